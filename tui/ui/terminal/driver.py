"""The terminal as Textual drives it, for a program that may be stopped without a warning."""

from __future__ import annotations

import asyncio
import math
import os
import re
import select
import termios
import threading
import time
from codecs import getincrementaldecoder
from contextlib import suppress
from functools import cached_property, partial
from queue import Full
from selectors import EVENT_READ, SelectSelector
from typing import IO, TYPE_CHECKING

from textual import constants
from textual._xterm_parser import XTermParser
from textual.drivers.linux_driver import LinuxDriver

from tui.ui.terminal.pasting import Pastes

if TYPE_CHECKING:
    from collections.abc import Callable

CHUNK = 1 << 12
"Bytes that are read from the terminal at once."
PATIENCE = 0.1
"Seconds between two looks at a terminal of which nothing comes any more."
LONGEST = 32
"Characters that a key sends at most, as Textual has it."
GIVEN_UP = 3.0
"Seconds after which the rest of a paste comes no more: else a sign that was lost would have all keys be pasted."

HELD_UP = 0.1
"Seconds that a frame waits for a terminal that is behind, before frames are left out."
DRAIN = 0.2
"Seconds that the end waits until the terminal has taken what it was sent."
LOOK = 0.01
"Seconds between two looks at that."
AS_BEFORE = b"\x1b[?2004l\x1b[?7h\x1b[?1000l\x1b[?1003l\x1b[?1015l\x1b[?1006l\x1b[<u\x1b[?1049l\x1b[?25h\x1b[?1004l"
"What Textual sends to let the terminal go: pasting, wrapping, mouse, keys, screen, cursor and focus as they were."

MOST = 3000
"Bytes of last words: a terminal that takes anything takes so many at once."

_ESCAPES = re.compile("(?<=\x1b[0-9A-NQ-WYZa-z])|(?<=\x1b)(?=[ !-/:-@`{-~])")
"Behind escape and a key that may be alt with it, and between escape and one that may not: no sequence goes on there."


class Output:
    """A terminal that takes what is written also when it is gone, and tells once it has taken all.

    Else the thread that writes would die of it, and who writes next wait for that thread for ever.
    """

    def __init__(self, file: IO[str], on_written: Callable[[], None] = lambda: None) -> None:
        self._file = file
        self._on_written = on_written
        self.is_given_up = False
        "Whether what is still to be written is thrown away."
        self.is_at_rest = True
        "Whether the terminal has taken all that was written."

    def write(self, text: str) -> None:
        """Write a text, or nothing where there is no terminal any more."""
        self.is_at_rest = False
        if not self.is_given_up:
            with suppress(OSError):
                self._file.write(text)

    def flush(self) -> None:
        """Have it on the terminal, where there is one."""
        with suppress(OSError):
            self._file.flush()
        self.is_at_rest = True
        self._on_written()

    def fileno(self) -> int:
        """The terminal's file descriptor."""
        return self._file.fileno()


class StopSignal(threading.Event):
    """Tells the thread that waits for keys that it is wanted no more, and wakes it: else it would have to look."""

    def __init__(self) -> None:
        super().__init__()
        self.reader, self._writer = os.pipe()
        "Where there is something to be read once it is told."

    def set(self) -> None:
        """Tell it."""
        if not self.is_set():
            super().set()
            os.write(self._writer, b".")

    def clear(self) -> None:
        """Take it back."""
        if self.is_set():
            super().clear()
            os.read(self.reader, 1)


class Driver(LinuxDriver):
    """Textual's driver, which lets the terminal go before it takes it again, and knows an escape as soon as it is one.

    After a SIGSTOP, of which no program hears, or a SIGCONT for nothing, which systemd sends, Textual's own would read
    keys in two threads: they take keys from each other, and the one that is left without holds up the end. It would
    also look only every tenth of a second whether an escape was one, and take what comes right behind for part of it;
    ten looks a second are half of what a program costs that is left alone, and the end waits for the next one.

    A terminal that takes no output (stopped, or nobody reads it) holds up nothing else: frames are left out until it
    goes on, then all is drawn anew, and the end throws away what it did not take.
    """

    is_taken = False
    "Whether the terminal is in the program's mode."
    _is_stopping = False
    "Whether the system has asked for a stop that is still to come."
    _is_behind = False
    "Whether the terminal has not taken all that it was sent, and frames are left out."

    @cached_property
    def _stop(self) -> StopSignal:
        return StopSignal()

    def run_input_thread(self) -> None:
        """Hand on what the terminal sends, until the terminal is let go."""
        parser = XTermParser(self._debug)
        decode = getincrementaldecoder("utf-8")("replace").decode

        def take(text: str) -> None:
            for number, piece in enumerate(_ESCAPES.split(text)):
                if number:
                    time.sleep(constants.ESCAPE_DELAY)
                    tell_escapes()
                if piece:  # Nothing at all would be the end of everything to Textual's parser.
                    for message in parser.feed(piece):
                        self.process_message(message)

        def tell_escapes() -> None:
            for message in parser.tick():
                self.process_message(message)

        with SelectSelector() as selector:
            selector.register(self.fileno, EVENT_READ)
            selector.register(self._stop.reader, EVENT_READ)
            pastes, patience, due = Pastes(), None, math.inf
            while not self._stop.is_set():
                ready, patience = selector.select(patience), None
                if any(key.fd == self.fileno for key, _ in ready):
                    sent = os.read(self.fileno, CHUNK)
                    if not sent:
                        self._stop.wait(PATIENCE)  # nothing comes of a terminal that is gone
                    text = decode(sent)
                    was_open = pastes.is_open or not pastes.is_held
                    take(pastes.feed(text))
                    if was_open:  # else what comes behind a paste would put its end off for as long as it comes
                        due = time.monotonic() + (GIVEN_UP if pastes.is_open else constants.ESCAPE_DELAY)
                    if "\x1b" in text[-LONGEST:]:
                        patience = constants.ESCAPE_DELAY
                if pastes.is_held:
                    if time.monotonic() >= due:
                        take(pastes.rest())
                        due = time.monotonic() + (GIVEN_UP if pastes.is_open else constants.ESCAPE_DELAY)
                    if pastes.is_held:
                        patience = max(0.0, due - time.monotonic())
                tell_escapes()

    def start_application_mode(self) -> None:
        """Take the terminal."""
        self.exit_event = self._stop
        if self._file is not None and not isinstance(self._file, Output):
            self._file = Output(self._file, self._have_written)  # type: ignore[assignment]  # Textual asks for no more of it
        super().start_application_mode()  # type: ignore[no-untyped-call]  # Textual does not say what it gives
        self.is_taken = True

    def stop_application_mode(self) -> None:
        """Let the terminal go, if need be without what it did not take."""
        if not self._catch_up():
            self.let_go_at_once()
        self.is_taken = False
        super().stop_application_mode()

    def close(self) -> None:
        """End the thread that writes; one that the terminal holds up is left to the end of the program."""
        self._catch_up()
        if (writer := self._writer_thread) is not None:
            with suppress(Full):
                writer._queue.put(None, timeout=DRAIN)
            writer.join(DRAIN)

    # -- a terminal that takes no output

    def write(self, data: str) -> None:
        """Write to the terminal, or leave it out where the terminal takes nothing."""
        assert self._writer_thread is not None
        if not self._is_behind:
            try:
                self._writer_thread._queue.put(data, timeout=HELD_UP)
            except Full:
                self._is_behind = True

    def _have_written(self) -> None:
        """Draw what was left out, once the terminal has taken all that it was sent; called in the writer's thread."""
        if self._is_behind:
            self._is_behind = False
            if self.is_taken:
                with suppress(RuntimeError):  # the program has ended
                    self._loop.call_soon_threadsafe(partial(self._app.refresh, layout=True))

    def _catch_up(self) -> bool:
        """Wait a moment until the terminal has taken all, then throw the rest away; True where it takes more."""
        output, writer = self._file, self._writer_thread
        if writer is None or not isinstance(output, Output):
            return True
        began = time.monotonic()
        while not (is_done := writer._queue.empty() and output.is_at_rest) and time.monotonic() < began + 2 * DRAIN:
            if time.monotonic() > began + DRAIN:
                output.is_given_up = True
                self._throw_away()
            time.sleep(LOOK)
        if is_done:
            self._is_behind = output.is_given_up = False
        return is_done

    def _throw_away(self) -> None:
        """Have the terminal go on, without what was sent to it and nobody read."""
        output = self._output
        with suppress(OSError, termios.error):
            termios.tcflush(output, termios.TCOFLUSH)
            # Linux wakes who waits to write only where the terminal goes on after a stop.
            termios.tcflow(output, termios.TCOOFF)
            termios.tcflow(output, termios.TCOON)

    def let_go_at_once(self, last_words: str = "") -> None:
        """Let the terminal go, and print a text, as far as that takes no time; for the very end, from any thread."""
        if not self.is_taken:
            return
        self._throw_away()
        with suppress(OSError, ValueError, termios.error):
            if self.attrs_before is not None:
                termios.tcsetattr(self.fileno, termios.TCSANOW, self.attrs_before)
            if select.select((), (self._output,), (), 0)[1]:
                os.write(self._output, AS_BEFORE + last_words.replace("\n", "\r\n").encode("utf-8", "replace")[:MOST])

    @property
    def _output(self) -> int:
        return self._file.fileno() if self._file is not None else self.fileno

    def _sigtstp_application(self, *_: object) -> None:
        # Not here, as below; and of many words to stop that come at once one counts.
        if not self._is_stopping:
            self._is_stopping = True
            self._loop.call_soon_threadsafe(self._stop_here)

    def _stop_here(self) -> None:
        super()._sigtstp_application()
        self._is_stopping = False

    def resume_application_mode(self) -> None:
        """Take the terminal again, and draw all anew."""
        if self.is_taken:
            # Not here: a signal may come in the midst of writing, which has a lock.
            asyncio.get_running_loop().call_soon_threadsafe(self._take_again)
        else:
            super().resume_application_mode()

    def _take_again(self) -> None:
        if self.is_taken:
            self.suspend_application_mode()
            self._must_signal_resume = True  # as after the stop that Textual hears of
            super().resume_application_mode()
