"""A Textual driver that copes with being stopped without notice and with blocked terminals."""

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

from tui.ui.terminal.early import ALTERNATE, CHUNK, RELEASED
from tui.ui.terminal.pasting import Pastes
from tui.ui.terminal.replies import ASKED, Replies

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.app import App

    from tui.ui.terminal.early import EarlyTerminal

PATIENCE = 0.1
"Seconds between checks of a terminal that is gone."
GIVEN_UP = 3.0
"Seconds after which a paste counts as complete: if its end sequence got lost, all later keys would be pasted."

HELD_UP = 0.1
"Seconds that a frame waits for a slow terminal before frames are skipped."
DRAIN = 0.2
"Seconds that quitting waits for the terminal to accept its output."
LOOK = 0.01
"Seconds between checks during that wait."

MOST = 3000
"Most bytes of a final message: a terminal that accepts anything accepts this many at once."

_ESCAPES = re.compile("(?<=\x1b[0-9A-NQ-WYZa-z])|(?<=\x1b)(?=[ !-/:-@`{-~])")
"""Boundaries that no control sequence spans: after an escape and a key that makes it alt, and between an escape and any
other key."""


class Output:
    """A terminal file that can be written to even when the terminal is gone, and reports when all output was accepted.

    Otherwise the error would end the writing thread, and the next writer would wait for it forever.
    """

    def __init__(self, file: IO[str], on_written: Callable[[], None] = lambda: None) -> None:
        self._file = file
        self._on_written = on_written
        self.is_given_up = False
        "True once pending output is discarded."
        self.is_at_rest = True
        "True while the terminal has accepted all output."

    def write(self, text: str) -> None:
        """Write a text, or drop it if the terminal is gone."""
        self.is_at_rest = False
        if not self.is_given_up:
            with suppress(OSError):
                self._file.write(text)

    def flush(self) -> None:
        """Flush to the terminal, unless it is gone."""
        with suppress(OSError):
            self._file.flush()
        self.is_at_rest = True
        self._on_written()

    def fileno(self) -> int:
        """The terminal's file descriptor."""
        return self._file.fileno()


class StopSignal(threading.Event):
    """Tells the thread that reads keys to stop, and wakes it, so that it need not poll."""

    def __init__(self) -> None:
        super().__init__()
        self.reader, self._writer = os.pipe()
        "The pipe that is readable once the thread is to wake."
        os.set_blocking(self.reader, False)

    def set(self) -> None:
        """Set the signal."""
        if not self.is_set():
            super().set()
            self.wake()

    def clear(self) -> None:
        """Clear the signal."""
        super().clear()
        self.rest()

    def wake(self) -> None:
        """Wake the thread."""
        os.write(self._writer, b".")

    def rest(self) -> None:
        """Let the thread wait again."""
        with suppress(BlockingIOError):
            os.read(self.reader, CHUNK)


class Driver(LinuxDriver):
    """Textual's driver, changed to release the terminal before taking it again, and to recognise escapes immediately.

    After a SIGSTOP, which programs are not notified of, or a spurious SIGCONT, which systemd sends, Textual's driver
    would read keys in two threads, which steal keys from each other, and the one left over delays exit. It also checks
    only every tenth of a second whether an escape is complete, and takes the next characters for part of it; these
    checks are half the cost of an idle program, and exit waits for the next one.

    A terminal that accepts no output, stopped or unread, blocks nothing else: frames are skipped until it continues,
    then everything is redrawn, and at exit the rest is discarded.
    """

    is_taken = False
    "True while the terminal is in program mode."
    _is_stopping = False
    "True while a stop requested by the system is pending."
    _is_behind = False
    "True while the terminal lags behind and frames are skipped."

    def __init__(
        self,
        early: EarlyTerminal | None,
        app: App[None],
        *,
        debug: bool = False,
        mouse: bool = True,
        size: tuple[int, int] | None = None,
    ) -> None:
        super().__init__(app, debug=debug, mouse=mouse, size=size)
        self._early = early
        "The terminal that shows the first frame."
        self._replies = Replies()
        self._ahead = b""
        "Input typed before the driver had the terminal."
        self._asked: Callable[[], None] | None = None
        "Called in the event loop once all input so far is passed on; None unless somebody waits for that."

    @cached_property
    def _stop(self) -> StopSignal:
        return StopSignal()

    def run_input_thread(self) -> None:
        """Forward the terminal's input until the terminal is released."""
        parser = XTermParser(self._debug)
        decode = getincrementaldecoder("utf-8")("replace").decode
        last = ""

        def feed(text: str) -> None:
            nonlocal last
            lead = last if last == "\x1b" and parser._timeout_time is not None else ""
            for number, piece in enumerate(_ESCAPES.split(lead + text)):
                if number:
                    time.sleep(constants.ESCAPE_DELAY)
                    flush_escapes()
                else:
                    piece = piece.removeprefix(lead)
                if piece:  # to Textual's parser, an empty text means the end of input
                    for message in parser.feed(piece):
                        self.process_message(message)
            last = text[-1:] or last

        def flush_escapes() -> None:
            for message in parser.tick():
                self.process_message(message)

        with SelectSelector() as selector:
            selector.register(self.fileno, EVENT_READ)
            selector.register(self._stop.reader, EVENT_READ)
            pastes, patience, due = Pastes(), None, math.inf
            while not self._stop.is_set():
                ready, patience = selector.select(0 if self._ahead else patience), None
                sent, text = self._sent(is_ready=any(key.fd == self.fileno for key, _ in ready)), ""
                if sent:
                    text = self._replies.feed(decode(sent), time.monotonic())
                elif not ready:
                    text = self._replies.rest()
                if text:
                    was_open = pastes.is_open or not pastes.is_held
                    feed(pastes.feed(text))
                    if was_open:  # otherwise further input would delay the end of a paste as long as it lasts
                        due = time.monotonic() + (GIVEN_UP if pastes.is_open else constants.ESCAPE_DELAY)
                if pastes.is_held:
                    if time.monotonic() >= due:
                        feed(pastes.rest())
                        due = time.monotonic() + (GIVEN_UP if pastes.is_open else constants.ESCAPE_DELAY)
                    if pastes.is_held:
                        patience = max(0.0, due - time.monotonic())
                flush_escapes()
                # An escape whose rest arrives later, or never, is a key as well.
                if self._replies.is_held or parser._timeout_time is not None:
                    patience = min(math.inf if patience is None else patience, constants.ESCAPE_DELAY)
                if not self._stop.is_set():
                    self._stop.rest()
                if self._asked is not None and not sent:
                    feed(pastes.rest())
                    self._soon(self._asked)
                    self._asked = None

    def _sent(self, *, is_ready: bool) -> bytes:
        """Input of the terminal, that typed before the driver had it first; empty if there is none."""
        sent, self._ahead = self._ahead, b""
        if not sent and is_ready:
            with suppress(OSError):
                sent = os.read(self.fileno, CHUNK)
            if not sent and self._asked is None:
                self._stop.wait(PATIENCE)  # a terminal that is gone sends nothing
        return sent

    async def read_out(self) -> None:
        """Wait until all that the terminal has sent so far is passed on."""
        is_done = asyncio.Event()
        self._asked = is_done.set
        self._stop.wake()
        await is_done.wait()

    def ask_for_ground(self, tell: Callable[[bool], None]) -> None:
        """Ask the terminal for its background; ``tell`` is called in the event loop, with True for a light one."""
        self._replies.tell = lambda is_light: self._soon(partial(tell, is_light))
        self.write(ASKED)

    def _soon(self, act: Callable[[], object]) -> None:
        with suppress(RuntimeError):  # the program has ended
            self._loop.call_soon_threadsafe(act)

    def start_application_mode(self) -> None:
        """Take the terminal."""
        self.exit_event = self._stop
        if self._file is not None and not isinstance(self._file, Output):
            self._file = Output(self._file, self._have_written)  # type: ignore[assignment]  # Textual asks for no more of it
        if self._early is not None:
            self._ahead = self._early.typed()
        super().start_application_mode()  # type: ignore[no-untyped-call]  # Textual does not say what it gives
        if self._early is not None and self._early.is_held:
            self.attrs_before = self._early.hand_over()
        self.is_taken = True

    def stop_application_mode(self) -> None:
        """Release the terminal, discarding output that it does not accept."""
        if not self._catch_up():
            self.release_now()  # at once: the rest of a frame may still hold up what is written below
        self.is_taken = False
        super().stop_application_mode()

    def close(self) -> None:
        """End the writing thread; one blocked by the terminal ends with the program."""
        self._catch_up()
        if (writer := self._writer_thread) is not None:
            with suppress(Full):
                writer._queue.put(None, timeout=DRAIN)
            writer.join(DRAIN)

    # -- a terminal that accepts no output

    def write(self, data: str) -> None:
        """Write to the terminal, or skip the output while the terminal accepts none."""
        assert self._writer_thread is not None
        if data == ALTERNATE and self._early is not None and self._early.is_held:
            return  # it would clear the first frame
        if not self._is_behind:
            try:
                self._writer_thread._queue.put(data, timeout=HELD_UP)
            except Full:
                self._is_behind = True

    def _have_written(self) -> None:
        """Redraw after skipped frames, once the terminal has accepted all output; called in the writing thread."""
        if self._is_behind:
            self._is_behind = False
            if self.is_taken:
                self._soon(partial(self._app.refresh, layout=True))

    def _catch_up(self) -> bool:
        """Wait briefly for the terminal, then discard the rest; True if it accepted all output."""
        output, writer = self._file, self._writer_thread
        if writer is None or not isinstance(output, Output):
            return True
        began, is_discarded = time.monotonic(), False
        while not (is_done := writer._queue.empty() and output.is_at_rest) and time.monotonic() < began + 2 * DRAIN:
            if time.monotonic() > began + DRAIN:
                output.is_given_up = is_discarded = True
                self._discard_output()
            time.sleep(LOOK)
        if is_done:
            self._is_behind = output.is_given_up = False
        return is_done and not is_discarded

    def _discard_output(self) -> None:
        """Discard output that the terminal did not accept, so that it can continue."""
        output = self._output
        with suppress(OSError, termios.error):
            termios.tcflush(output, termios.TCOFLUSH)
            # Linux wakes a blocked writer only when the terminal continues after a stop.
            termios.tcflow(output, termios.TCOOFF)
            termios.tcflow(output, termios.TCOON)

    def release_now(self, last_words: str = "") -> None:
        """Release the terminal and print a text, without waiting; for the very end, from any thread."""
        if not self.is_taken:
            return
        self._discard_output()
        with suppress(OSError, ValueError, termios.error):
            if self.attrs_before is not None:
                termios.tcsetattr(self.fileno, termios.TCSANOW, self.attrs_before)
            if select.select((), (self._output,), (), 0)[1]:
                os.write(self._output, RELEASED + last_words.replace("\n", "\r\n").encode("utf-8", "replace")[:MOST])

    @property
    def _output(self) -> int:
        return self._file.fileno() if self._file is not None else self.fileno

    def _sigtstp_application(self, *_: object) -> None:
        # Deferred to `_stop_here`; several stop signals at the same time count as one.
        if not self._is_stopping:
            self._is_stopping = True
            self._loop.call_soon_threadsafe(self._stop_here)

    def _stop_here(self) -> None:
        super()._sigtstp_application()
        self._is_stopping = False

    def resume_application_mode(self) -> None:
        """Take the terminal again and redraw everything."""
        if self.is_taken:
            # Deferred, since a signal may arrive in the middle of a write, which holds a lock.
            asyncio.get_running_loop().call_soon_threadsafe(self._retake)
        else:
            super().resume_application_mode()

    def _retake(self) -> None:
        if self.is_taken:
            self.suspend_application_mode()
            self._must_signal_resume = True  # as after a stop that Textual knows of
            super().resume_application_mode()
