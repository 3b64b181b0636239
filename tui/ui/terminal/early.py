"""The terminal between the first frame and Textual: taken, drawn on, and released if the start fails."""

from __future__ import annotations

import fcntl
import os
import select
import signal
import sys
import termios
from contextlib import suppress
from functools import lru_cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import FrameType, TracebackType
    from typing import Self

ALTERNATE = "\x1b[?1049h"
"Switches to the alternate screen."
SYNCHRONISED = "\x1b[?2026h"
"Begins a frame to be drawn at once; ignored by terminals that do not support it."
PASTES = "\x1b[?2004h"
"Has the terminal mark pasted text, which would otherwise count as keys."
ENTERED = f"{ALTERNATE}{PASTES}\x1b[?25l\x1b[?7l{SYNCHRONISED}"
"Takes the terminal: alternate screen, marked pastes, no cursor, no wrapping, and a synchronised frame."
DRAWN = "\x1b[?2026l"
"Ends a synchronised frame."
RELEASED = (
    b"\x1b[?2026l\x1b[?2004l\x1b[?7h\x1b[?1000l\x1b[?1003l\x1b[?1015l\x1b[?1006l\x1b[<u\x1b[?1049l\x1b[?25h\x1b[?1004l"
)
"Releases the terminal as Textual does: frame, paste, wrapping, mouse, keys, screen, cursor and focus."
ENDING = (
    *(signal.SIGTERM, signal.SIGHUP, signal.SIGINT, signal.SIGQUIT),
    *(signal.SIGUSR1, signal.SIGUSR2, signal.SIGALRM, signal.SIGXCPU),
)
"Signals that end programs; by default they would leave the terminal in program mode."
STARTING = 1.9
"Seconds of own time from a terminating signal to the end if keys were typed before it: the reader starts to take them."
CHUNK = 1 << 12
"Bytes read from the terminal at a time."
INPUT, LOCAL, CHARACTERS = 0, 3, 6
"Indices into the result of `termios.tcgetattr`."
_LOCAL_OFF = termios.ECHO | termios.ICANON | termios.IEXTEN | termios.ISIG
_INPUT_OFF = termios.IXON | termios.IXOFF | termios.ICRNL | termios.INLCR | termios.IGNCR
"Terminal modes that Textual switches off, so that each key arrives as it is."


def screen_size() -> tuple[int, int]:
    """The columns and rows of the terminal, as `shutil.get_terminal_size` would report, which takes 2 ms to import."""
    columns, rows = (_number(os.environ.get(name, "")) for name in ("COLUMNS", "LINES"))
    found = (0, 0)
    if columns <= 0 or rows <= 0:
        with suppress(AttributeError, ValueError, OSError):  # no standard output, or one that is not a terminal
            found = os.get_terminal_size(sys.__stdout__.fileno())  # type: ignore[union-attr]
    return columns if columns > 0 else found[0] or 80, rows if rows > 0 else found[1] or 24


def _number(text: str) -> int:
    return int(text) if text.strip().isdecimal() else 0


class TypedAhead:
    """Takes in what is typed before Textual's driver does: a terminal that goes away forgets what nobody has read."""

    def __init__(self, terminal: int) -> None:
        """Begin to read a terminal, which is in raw mode."""
        import threading  # not above: the first frame is drawn without it

        self._terminal = terminal
        self._typed = bytearray()
        self._reader, self._writer = os.pipe()
        "The pipe that ends the reading thread."
        self._thread = threading.Thread(target=self._read, name="typed ahead", daemon=True)
        self._thread.start()

    def _read(self) -> None:
        # A stop signal given to this thread would be handled once the program goes on, and stop it a second time.
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTSTP})
        with suppress(OSError):  # the terminal is gone
            while self._reader not in select.select((self._terminal, self._reader), (), ())[0]:
                if not (sent := os.read(self._terminal, CHUNK)):
                    return
                self._typed += sent

    def is_empty(self) -> bool:
        """True if nothing was typed; in a signal handler as well."""
        waiting = bytearray(4)
        with suppress(OSError):
            fcntl.ioctl(self._terminal, termios.FIONREAD, waiting)
        return not self._typed and not any(waiting)

    @property
    def first(self) -> str:
        """The first character of the input if it is one of ASCII; else an empty text."""
        return self._typed[:1].decode("ascii", "ignore")

    def drop(self) -> None:
        """Drop the first character, which has been handled."""
        del self._typed[:1]

    def end(self) -> bytes:
        """Stop reading; return the input."""
        os.write(self._writer, b".")
        self._thread.join()
        os.close(self._reader)
        os.close(self._writer)
        return bytes(self._typed)


class EarlyTerminal:
    """The terminal while it shows a frame that is redrawn for each size.

    Keys are kept for Textual's driver. As a context manager, it releases the terminal if an exception is raised, unless
    the driver has it by then.
    """

    def __init__(self) -> None:
        self._paint: Callable[[int, int], str] | None = None
        "Returns the frame for a number of columns and rows; None unless the terminal is held."
        self._modes: list[Any] = []
        "The terminal's former modes; empty unless it has to be given back."
        self._input = self._output = -1
        self._size: tuple[int, int] | None = None
        "The columns and rows of the last frame; None if that is gone."
        self._is_drawing = self._is_stopping = False
        self._ahead: TypedAhead | None = None
        "Reads the input typed while the terminal is held."
        self.told = 0
        "The terminating signal that came behind keys: the reader ends once it has taken them; 0 for none."

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: TracebackType | BaseException | None) -> None:
        if kind is not None:
            self.release()

    def show(self, paint: Callable[[int, int], str]) -> None:
        """Take the terminal and draw a frame, unless it cannot show frames or the keys come from elsewhere."""
        streams = [stream.fileno() for stream in (sys.__stdin__, sys.__stderr__) if stream is not None]
        paint = lru_cache(1)(paint)  # asking for anything to draw makes the frame that is drawn next
        if len(streams) < 2 or not all(map(os.isatty, streams)) or not paint(*screen_size()):
            return
        self._input, self._output = streams
        with suppress(termios.error):
            self._modes = termios.tcgetattr(self._input)
        if self._modes:
            self._paint = paint
            self._install_handlers()
            self._take_terminal()

    def read_ahead(self) -> None:
        """Take in what is typed from here on, if the terminal is held."""
        if self.is_held:
            self._ahead = TypedAhead(self._input)

    @property
    def next_typed(self) -> str:
        """The first character typed that is not handled yet, if it is one of ASCII; else an empty text."""
        return self._ahead.first if self._ahead else ""

    def drop_typed(self) -> None:
        """Drop that character, since it is handled now."""
        if self._ahead:
            self._ahead.drop()

    @property
    def is_held(self) -> bool:
        """True from the first frame until Textual's driver takes the terminal or it is released."""
        return self._paint is not None

    @property
    def is_drawn(self) -> bool:
        """True if the frame was drawn, and the terminal not given back since."""
        return bool(self._modes)

    def typed(self) -> bytes:
        """Return the input typed so far; from here on it stays in the terminal."""
        ahead, self._ahead = self._ahead, None
        return ahead.end() if ahead else b""

    def hand_over(self) -> list[Any]:
        """Hand the terminal over to Textual's driver; return its former modes."""
        self._paint = None
        return self._modes

    def release(self) -> None:
        """Restore the terminal to its state before the frame, unless Textual's driver has it."""
        if self.is_held:
            self.typed()
            self._restore()
            self._paint, self._modes = None, []

    def _take_terminal(self) -> None:
        modes = [*self._modes[:CHARACTERS], [*self._modes[CHARACTERS]]]
        modes[INPUT] &= ~_INPUT_OFF
        modes[LOCAL] &= ~_LOCAL_OFF
        modes[CHARACTERS][termios.VMIN] = 1
        with suppress(termios.error):
            termios.tcsetattr(self._input, termios.TCSANOW, modes)
        self._size = None
        self._draw()

    def _draw(self) -> None:
        """Draw the frame until it has the size of the terminal, since signals arrive while it is being written.

        A signal after the last check of the size draws on its own, since nothing is being drawn then.
        """
        while not self._is_drawing and self._paint is not None and (size := screen_size()) != self._size:
            self._is_drawing = True
            lead = SYNCHRONISED if self._size else ENTERED
            self._size = size
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

    # -- signals, until Textual and the reader install their own handlers

    def _install_handlers(self) -> None:
        for number in ENDING:
            if signal.getsignal(number) is not signal.SIG_IGN:
                signal.signal(number, self._end)
        signal.signal(signal.SIGTSTP, self._stop)
        signal.signal(signal.SIGCONT, self._go_on)
        signal.signal(signal.SIGWINCH, self._resized)

    def _end(self, number: int, _: FrameType | None) -> None:
        if self._ahead is not None and self._ahead.is_empty():
            self._end_at_once(number)
        elif not self.told:
            import threading

            self.told = number
            threading.Thread(target=self._end_for_certain, name="end", daemon=True).start()

    def _end_for_certain(self) -> None:
        from tui.ui.terminal.own_time import Allowance  # not above: the first frame is drawn without it

        Allowance(STARTING).wait()
        self._end_at_once(self.told)

    def _end_at_once(self, number: int) -> None:
        if self._modes:  # held, or taken by a driver whose reader has no handlers yet
            self._restore()
        os._exit(128 + number)

    def _stop(self, *_: object) -> None:
        if self._is_stopping:  # several stop signals at the same time count as one
            return
        self._is_stopping = True
        if self.is_held:
            self._restore()
        os.kill(os.getpid(), signal.SIGSTOP)
        self._is_stopping = False

    def _go_on(self, *_: object) -> None:
        if self.is_held:
            self._take_terminal()

    def _resized(self, *_: object) -> None:
        self._draw()
