"""A program in a pseudo-terminal, timed from outside.

Each piece of output is stamped when it is read and emulated only afterwards, when the program is at rest or what is
looked for may have come, and what comes meanwhile is read a millisecond later at most: the emulator, slower than any
program here, is in no figure. Where a program marks its
frames (synchronised output, mode 2026), a frame is there with its end mark. Times are seconds of `time.perf_counter`.
"""

from __future__ import annotations

import fcntl
import os
import re
import select
import shutil
import signal
import struct
import termios
from collections import deque
from dataclasses import dataclass
from time import perf_counter, sleep
from typing import TYPE_CHECKING, Self

from tests.terminal.emulator import Emulator, environment

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path

    from pyte.screens import Char

PATIENCE = 60.0
"Most seconds for anything."
PAUSE = 0.03
"Seconds of silence that end the effects of a key: two frames of a terminal at 60 a second."

_ASKED = b"\x1b[?2026$p"
_ANSWER = b"\x1b[?2026;2$y"
"The terminal's answer that it knows synchronised output, which is off."
_FRAME = re.compile(rb"\x1b\[\?2026([hl])")
_PART_OF_MARK = 7
"Bytes of a frame's mark, all but one."
_STROKE = 512
"Bytes drawn between two checks for more output: about a millisecond's."


class MissingError(Exception):
    """The expected output did not come."""


@dataclass(frozen=True, slots=True)
class Frames:
    """The times at which the screen changed after an action, in milliseconds."""

    first: float
    rest: float
    "The last change before the pause."
    count: int


class Program:
    """Runs a command in a terminal of a given size until `close`, or the end of its ``with`` block."""

    def __init__(
        self, command: Sequence[str | Path], env: Mapping[str, str], *, columns: int = 120, rows: int = 40
    ) -> None:
        self._emulator = Emulator(columns, rows, self.type)
        self._pieces: deque[tuple[float, bytes]] = deque()
        self._in_frame = False
        self._tail = b""
        "The end of the drawn output, which may begin a frame's mark."
        self._picture: dict[int, tuple[Char, ...]] = {}
        self._cursor: tuple[int, int] | None = None
        self._has_ended = self._is_closed = False
        self.size = columns, rows
        self.sent = 0
        "Bytes sent by the program."
        self._terminal, theirs = os.openpty()
        self._set_size(columns, rows)
        words = [os.fspath(word) for word in command]
        path = shutil.which(words[0])
        if path is None:
            raise MissingError(f"{words[0]} is not installed")
        inputs = [
            (os.POSIX_SPAWN_OPEN, 0, os.ttyname(theirs), os.O_RDWR, 0),
            (os.POSIX_SPAWN_DUP2, 0, 1),
            (os.POSIX_SPAWN_DUP2, 0, 2),
        ]
        # Not a fork: that would copy this process's page tables, the more the more it holds.
        surroundings = environment(os.environ, env)
        self.started = perf_counter()
        self.pid = os.posix_spawn(
            path, words, surroundings, file_actions=inputs, setsid=True, setsigdef=[signal.SIGPIPE, signal.SIGINT]
        )
        os.close(theirs)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def type(self, text: str) -> float:
        """Send text at once; returns the time."""
        when = perf_counter()
        os.write(self._terminal, text.encode())
        return when

    def resize(self, columns: int, rows: int) -> float:
        """Resize the terminal; returns the time."""
        self.rest()
        self._emulator.resize(rows, columns)
        self._picture.clear()
        self.size = columns, rows
        when = perf_counter()
        self._set_size(columns, rows)
        return when

    def lines(self) -> list[str]:
        """The rows of the screen, drawn from the output read so far."""
        self._draw()
        return [line.rstrip() for line in self._emulator.display]

    def rest(self, silence: float = PAUSE, limit: float = PATIENCE) -> bool:
        """Read output until there is none for this long; False if it never ends within the limit."""
        end = perf_counter() + limit
        while self._read(silence):
            if perf_counter() > end:
                return False
            if len(self._pieces) > 200:
                self._draw()
        self._draw()
        return True

    def frames(self, since: float, silence: float = PAUSE, patience: float = 3.0) -> Frames:
        """The changes of the screen after an action; raises MissingError if there are none."""
        changes: list[float] = []
        while not changes:
            if not self._read(max(0.0, since + patience - perf_counter())):
                raise MissingError("the screen did not change")
            while self._read(silence):
                if perf_counter() > since + PATIENCE:
                    raise MissingError("the screen does not come to rest")
            changes = list(self._replay())
        return Frames(1000 * (changes[0] - since), 1000 * (changes[-1] - since), len(changes))

    def wait_for(self, what: str | Callable[[list[str]], bool], since: float, patience: float = PATIENCE) -> float:
        """Milliseconds until a word is on screen or the rows are as wanted; raises MissingError."""
        end = since + patience
        while True:
            if not self._read(max(0.0, end - perf_counter())):
                reason = "the program has ended" if self._has_ended else f"not on the screen after {patience:.0f} s"
                raise MissingError(f"{what}: {reason}")
            # The slow look at the screen waits until a word's bytes are there and its frame has ended, or all is
            # silent: what comes while it lasts is stamped too late.
            if not (isinstance(what, str) and self._holds(what)) and not self._is_silent():
                continue
            shown = [when for when in self._replay() if self._shows(what)]
            if shown:
                return 1000 * (shown[0] - since)

    def close(self) -> None:
        """End the program, by force if necessary; may be called again."""
        if self._is_closed:
            return
        for number in (signal.SIGTERM, signal.SIGKILL):
            os.kill(self.pid, number)
            end = perf_counter() + 1.5
            while perf_counter() < end:
                self._read(0.005)
                if os.waitpid(self.pid, os.WNOHANG)[0]:
                    self._is_closed = True
                    os.close(self._terminal)
                    return
                if self._has_ended:
                    sleep(0.005)
        raise MissingError("the program cannot be ended")

    def _set_size(self, columns: int, rows: int) -> None:
        fcntl.ioctl(self._terminal, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def _is_silent(self) -> bool:
        return not select.select([self._terminal], [], [], PAUSE)[0]

    def _holds(self, word: str) -> bool:
        """True if a word, which is drawn in one go, is in the unread output and no frame is incomplete."""
        data = self._tail + b"".join(data for _, data in self._pieces)
        annotations = _FRAME.findall(data)
        return word.encode() in data and not (annotations[-1] == b"h" if annotations else self._in_frame)

    def _shows(self, what: str | Callable[[list[str]], bool]) -> bool:
        lines = self._emulator.display
        return any(what in line for line in lines) if isinstance(what, str) else what(lines)

    def _read(self, patience: float) -> bool:
        """Read one piece and stamp it; False if none comes in this many seconds."""
        if self._has_ended or not select.select([self._terminal], [], [], patience)[0]:
            return False
        try:
            data = os.read(self._terminal, 1 << 16)
        except OSError:
            # Linux reports so that nobody holds the other end any more.
            self._has_ended = True
            return False
        self._pieces.append((perf_counter(), data))
        self.sent += len(data)
        if _ASKED in data:
            os.write(self._terminal, _ANSWER)
        return True

    def _draw(self) -> None:
        for _ in self._replay():
            pass

    def _replay(self) -> Iterator[float]:
        """Draw the output; yields the times at which the screen changed, each while it is as it was then."""
        while self._pieces:
            when, data = self._pieces.popleft()
            for start in range(0, len(data), _STROKE):
                self._emulator.take(data[start : start + _STROKE])
                while self._read(0):  # what comes while this is drawn is stamped when it comes
                    pass
            if annotations := _FRAME.findall(self._tail + data):
                self._in_frame = annotations[-1] == b"h"
            self._tail = (self._tail + data)[-_PART_OF_MARK:]
            if not self._in_frame and self._has_changed():
                yield when

    def _has_changed(self) -> bool:
        screen = self._emulator
        columns = range(screen.columns)
        has_changed = False
        for number in screen.dirty:
            row = screen.buffer[number]
            cells = tuple(row[column] for column in columns)
            if self._picture.get(number) != cells:
                self._picture[number] = cells
                has_changed = True
        screen.dirty.clear()
        cursor = None if screen.cursor.hidden else (screen.cursor.x, screen.cursor.y)
        has_moved, self._cursor = cursor != self._cursor, cursor
        return has_changed or has_moved
