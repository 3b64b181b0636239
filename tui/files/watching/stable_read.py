"""Reading a file that others write, either completely or not at all."""

from __future__ import annotations

import os
import stat
from typing import TYPE_CHECKING, NamedTuple

from tui.core.pieces import in_pieces

if TYPE_CHECKING:
    from collections.abc import Sequence
    from io import FileIO

    from tui.core.pieces import Pieces

LARGEST = 1 << 30
"Largest file that is read, in bytes."
WINDOW = 1 << 18
"Bytes of a file held in memory while it is compared with a known text."


class Signature(NamedTuple):
    """The state of a file, from a stat; all five values are needed, since inodes are reused and times restored."""

    device: int
    inode: int
    size: int
    modified: int
    "In nanoseconds, like `changed`."
    changed: int


TICK, COARSE_TICK = 0.1, 2.0
"""Seconds in which a file may change twice with one signature: a tick of the clock, and of the coarsest, FAT's, which
gives whole seconds."""


def may_have_changed(state: Signature, then: float) -> bool:
    """True if a file may have changed once more with the signature that it had at a time in seconds since 1970.

    git has the same rule.
    """
    return abs(then - state.changed / 1e9) < (COARSE_TICK if is_coarse(state) else TICK)


def is_coarse(state: Signature) -> bool:
    """True if a file's times are whole seconds."""
    return state.changed % 10**9 == 0


class Reading(NamedTuple):
    """The result of reading a path."""

    data: Pieces | None
    "The bytes in pieces, none if it is empty; None if there is no readable regular file of at most `LARGEST` bytes."
    signature: Signature | None
    "The state of the file with this data; None if there is none."
    is_whole: bool = True
    "True if neither the file nor the path's target changed between the first and last byte."


NOTHING = Reading(None, None)


def signature(path: str) -> Signature | None:
    """The state of the file at a path, following symbolic links; None if there is no access to it."""
    try:
        return _signature(os.stat(path))
    except OSError:
        return None


def read_stable(path: str, known: Sequence[bytes] = ()) -> Reading:
    """Read a file between two stats, then check the path's target.

    Unchanged parts of a ``known`` text are returned as the very same pieces, so that they take no memory a second time.
    Never raises, and opens only regular files; a pipe or device counts as missing.
    """
    try:
        if not stat.S_ISREG(os.stat(path).st_mode):
            return NOTHING
        # Non-blocking, since a pipe may have replaced the file after the stat.
        with open(os.open(path, os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK), "rb", buffering=0) as file:
            before = os.fstat(file.fileno())
            if not stat.S_ISREG(before.st_mode) or before.st_size > LARGEST:
                return NOTHING
            data = in_pieces(_WindowedFile(file, before.st_size), known)
            after = _signature(os.fstat(file.fileno()))
    except OSError:
        return NOTHING
    is_whole = _signature(before) == after == signature(path) and sum(map(len, data)) == after.size
    return Reading(data, after, is_whole)


class _WindowedFile:
    """An open file as a source of pieces, read through a window; each byte is read once if nothing has changed."""

    def __init__(self, file: FileIO, size: int) -> None:
        self.size = size
        self._file = file
        self._window = bytearray(min(size, WINDOW))
        self._start = self._stop = 0
        "The bounds of the window's bytes in the file."

    def has(self, piece: bytes, at: int) -> bool:
        """True if a piece occurs at an offset; False also if it cannot be read."""
        for start in range(0, len(piece), WINDOW):
            part = piece if len(piece) <= WINDOW else piece[start : start + WINDOW]
            self._show(at + start, len(part))
            if self._stop < at + start + len(part) or not self._window.startswith(part, at + start - self._start):
                return False
        return True

    def find(self, piece: bytes, start: int, stop: int) -> int:
        """The first offset of a piece in a range; -1 if there is none."""
        head = piece[: WINDOW // 2]
        at = start
        while at + len(piece) <= stop:
            self._show(at, len(head))
            if self._stop < at + len(head):
                return -1  # truncated meanwhile
            place = self._start + self._window.find(head, at - self._start, self._stop - self._start)
            if place < self._start:
                at = max(at, self._stop - len(head)) + 1
            elif place + len(piece) <= stop and self.has(piece, place):
                return place
            else:
                at = place + 1
        return -1

    def read(self, start: int, stop: int) -> bytes:
        """Copy the bytes of a range."""
        self._file.seek(start)
        return self._file.read(stop - start) or b""

    def _show(self, at: int, size: int) -> None:
        """Read a range into the window, together with what will be requested next: the bytes below, or above if those
        were.
        """
        if self._start <= at and at + size <= self._stop:
            return
        self._start = at if at >= self._start else max(0, at + size - WINDOW)
        self._file.seek(self._start)
        self._stop = self._start + (self._file.readinto(self._window) or 0)


def _signature(status: os.stat_result) -> Signature:
    return Signature(status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns, status.st_ctime_ns)
