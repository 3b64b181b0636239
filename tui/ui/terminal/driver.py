"""The terminal as Textual drives it, for a program that may be stopped without a warning."""

from __future__ import annotations

import asyncio
import os
import re
import threading
import time
from codecs import getincrementaldecoder
from contextlib import suppress
from functools import cached_property
from selectors import EVENT_READ, SelectSelector
from typing import IO

from textual import constants
from textual._xterm_parser import XTermParser
from textual.drivers.linux_driver import LinuxDriver

CHUNK = 1 << 12
"Bytes that are read from the terminal at once."
PATIENCE = 0.1
"Seconds between two looks at a terminal of which nothing comes any more."
LONGEST = 32
"Characters that a key sends at most, as Textual has it."

_ESCAPES = re.compile("(?<=\x1b[0-9A-NQ-WYZa-z])|(?<=\x1b)(?=[ !-/:-@`{-~])")
"Behind escape and a key that may be alt with it, and between escape and one that may not: no sequence goes on there."


class Output:
    """A terminal that takes what is written also when it is gone.

    Else the thread that writes would die of it, and who writes next wait for that thread for ever.
    """

    def __init__(self, file: IO[str]) -> None:
        self._file = file

    def write(self, text: str) -> None:
        """Write a text, or nothing where there is no terminal any more."""
        with suppress(OSError):
            self._file.write(text)

    def flush(self) -> None:
        """Have it on the terminal, where there is one."""
        with suppress(OSError):
            self._file.flush()

    def fileno(self) -> int:
        """The terminal's file descriptor."""
        return self._file.fileno()


class Stop(threading.Event):
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
    """

    _is_taken = False
    "Whether the terminal is in the program's mode."

    @cached_property
    def _stop(self) -> Stop:
        return Stop()

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
            patience = None
            while not self._stop.is_set():
                ready, patience = selector.select(patience), None
                if any(key.fd == self.fileno for key, _ in ready):
                    sent = os.read(self.fileno, CHUNK)
                    if not sent:
                        self._stop.wait(PATIENCE)  # nothing comes of a terminal that is gone
                    text = decode(sent)
                    take(text)
                    if "\x1b" in text[-LONGEST:]:
                        patience = constants.ESCAPE_DELAY
                tell_escapes()

    def start_application_mode(self) -> None:
        """Take the terminal."""
        self.exit_event = self._stop
        if self._file is not None and not isinstance(self._file, Output):
            self._file = Output(self._file)  # type: ignore[assignment]  # Textual asks for no more of it
        super().start_application_mode()  # type: ignore[no-untyped-call]  # Textual does not say what it gives
        self._is_taken = True

    def stop_application_mode(self) -> None:
        """Let the terminal go."""
        self._is_taken = False
        super().stop_application_mode()

    def resume_application_mode(self) -> None:
        """Take the terminal again, and draw all anew."""
        if self._is_taken:
            # Not here: a signal may come in the midst of writing, which has a lock.
            asyncio.get_running_loop().call_soon_threadsafe(self._take_again)
        else:
            super().resume_application_mode()

    def _take_again(self) -> None:
        if self._is_taken:
            self.suspend_application_mode()
            self._must_signal_resume = True  # as after the stop that Textual hears of
            super().resume_application_mode()
