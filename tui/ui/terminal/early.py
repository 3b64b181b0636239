"""The terminal between the first frame and Textual's own: taken, drawn on, and released if the start fails."""

from __future__ import annotations

import os
import signal
import sys
import termios
from contextlib import suppress
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import FrameType, TracebackType
    from typing import Self

ALTERNATE = "\x1b[?1049h"
"The sequence that shows the screen of programs."
SYNCHRONISED = "\x1b[?2026h"
"The beginning of a frame that is drawn at once; terminals that do not know it ignore it."
ENTERED = f"{ALTERNATE}\x1b[?25l\x1b[?7l{SYNCHRONISED}"
"The terminal taken: that screen, no cursor, no wrapping, and all that follows drawn at once."
DRAWN = "\x1b[?2026l"
"The end of such a frame."
RELEASED = (
    b"\x1b[?2026l\x1b[?2004l\x1b[?7h\x1b[?1000l\x1b[?1003l\x1b[?1015l\x1b[?1006l\x1b[<u\x1b[?1049l\x1b[?25h\x1b[?1004l"
)
"The sequences by which Textual releases the terminal: frame, paste, wrap, mouse, keys, screen, cursor and focus."
ENDING = (
    *(signal.SIGTERM, signal.SIGHUP, signal.SIGINT, signal.SIGQUIT),
    *(signal.SIGUSR1, signal.SIGUSR2, signal.SIGALRM, signal.SIGXCPU),
)
"Signals that a person or a system ends programs with; by default they leave the terminal in the program's mode."
INPUT, LOCAL, CHARACTERS = 0, 3, 6
"Indices of `termios.tcgetattr`."
_LOCAL_OFF = termios.ECHO | termios.ICANON | termios.IEXTEN | termios.ISIG
_INPUT_OFF = termios.IXON | termios.IXOFF | termios.ICRNL | termios.INLCR | termios.IGNCR
"The modes of a terminal that Textual switches off, so that each key arrives as it is."


def screen_size() -> tuple[int, int]:
    """The columns and rows of the terminal, as `shutil.get_terminal_size` tells Textual; that takes 2 ms to import."""
    columns, rows = (_number(os.environ.get(name, "")) for name in ("COLUMNS", "LINES"))
    found = (0, 0)
    if columns <= 0 or rows <= 0:
        with suppress(AttributeError, ValueError, OSError):  # no standard output, or none that is a terminal
            found = os.get_terminal_size(sys.__stdout__.fileno())  # type: ignore[union-attr]
    return columns if columns > 0 else found[0] or 80, rows if rows > 0 else found[1] or 24


def _number(text: str) -> int:
    return int(text) if text.strip().isdecimal() else 0


class EarlyTerminal:
    """The terminal, with a frame on it that is drawn anew for each size.

    Keys stay in the terminal until Textual's driver reads them. As a context, it releases the terminal at an exception,
    unless the driver has it by then.
    """

    def __init__(self) -> None:
        self._paint: Callable[[int, int], str] | None = None
        "Gives the frame for a number of columns and rows; None unless the terminal is held."
        self._modes: list[Any] = []
        "The terminal's modes before; empty unless it has to be given back."
        self._input = self._output = -1
        self._size: tuple[int, int] | None = None
        "The columns and rows that the frame was last drawn for; None if it is gone."
        self._is_drawing = self._is_stopping = False

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: TracebackType | BaseException | None) -> None:
        if kind is not None:
            self.release()

    def show(self, paint: Callable[[int, int], str]) -> None:
        """Take the terminal and draw a frame; nothing where keys or frames have none, or nothing fits on it."""
        streams = [stream.fileno() for stream in (sys.__stdin__, sys.__stderr__) if stream is not None]
        if len(streams) < 2 or not all(map(os.isatty, streams)) or not paint(*screen_size()):
            return
        self._input, self._output = streams
        with suppress(termios.error):
            self._modes = termios.tcgetattr(self._input)
        if self._modes:
            self._paint = paint
            self._heed()
            self._take()

    @property
    def is_held(self) -> bool:
        """True from the first frame until Textual's driver has the terminal, or it is released."""
        return self._paint is not None

    def hand_over(self) -> list[Any]:
        """Leave the terminal to Textual's driver; the modes it had before."""
        self._paint = None
        return self._modes

    def release(self) -> None:
        """Leave the terminal as it was before the frame, unless Textual's driver has it."""
        if self.is_held:
            self._restore()
            self._paint, self._modes = None, []

    def _take(self) -> None:
        modes = [*self._modes[:CHARACTERS], [*self._modes[CHARACTERS]]]
        modes[INPUT] &= ~_INPUT_OFF
        modes[LOCAL] &= ~_LOCAL_OFF
        modes[CHARACTERS][termios.VMIN] = 1
        with suppress(termios.error):
            termios.tcsetattr(self._input, termios.TCSANOW, modes)
        self._size = None
        self._draw()

    def _draw(self) -> None:
        """Draw the frame until it is as large as the terminal: signals come while it is being written.

        A signal that comes behind the last look at the size draws by itself, for nothing is being drawn then.
        """
        while not self._is_drawing and self._paint is not None and screen_size() != self._size:
            self._is_drawing = True
            lead = SYNCHRONISED if self._size else ENTERED
            self._size = size = screen_size()
            self._write(f"{lead}{self._paint(*size)}{DRAWN}".encode("utf-8", "replace"))
            self._is_drawing = False

    def _restore(self) -> None:
        with suppress(termios.error):
            termios.tcsetattr(self._input, termios.TCSANOW, self._modes)
        self._write(RELEASED)

    def _write(self, data: bytes) -> None:
        with suppress(OSError):  # the terminal is gone
            while data:
                data = data[os.write(self._output, data) :]

    # -- signals, until Textual and the reader have handlers of their own

    def _heed(self) -> None:
        for number in ENDING:
            if signal.getsignal(number) in (signal.SIG_DFL, signal.default_int_handler):
                signal.signal(number, self._end)
        signal.signal(signal.SIGTSTP, self._stop)
        signal.signal(signal.SIGCONT, self._go_on)
        signal.signal(signal.SIGWINCH, self._resized)

    def _end(self, number: int, _: FrameType | None) -> None:
        if self._modes:  # held, or taken over by a driver whose reader has no handlers yet
            self._restore()
        os._exit(128 + number)

    def _stop(self, *_: object) -> None:
        if self._is_stopping:  # many words to stop that come at once are one
            return
        self._is_stopping = True
        if self.is_held:
            self._restore()
        os.kill(os.getpid(), signal.SIGSTOP)
        self._is_stopping = False

    def _go_on(self, *_: object) -> None:
        if self.is_held:
            self._take()

    def _resized(self, *_: object) -> None:
        self._draw()
