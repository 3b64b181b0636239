"""Reading a file that others write: whole, or not at all."""

from __future__ import annotations

import os
import stat
from typing import NamedTuple

LARGEST = 1 << 30
"The largest file that is read, in bytes."


class Signature(NamedTuple):
    """The state of a file, from a stat; it takes all five: inodes are reused, times are restored."""

    device: int
    inode: int
    size: int
    modified: int
    "Time in nanoseconds, as is `changed`."
    changed: int


class Reading(NamedTuple):
    """The result of reading a path."""

    data: bytes | None
    "The bytes; None if there is no readable regular file of at most `LARGEST` bytes."
    signature: Signature | None
    "The state of the file with ``data``; None if there is no data."
    is_whole: bool = True
    "True if neither the file nor the path's target changed from the first byte to the last."


NOTHING = Reading(None, None)


def signature(path: str) -> Signature | None:
    """The state of the file at a path, symbolic links followed; None if it cannot be seen."""
    try:
        return _signature(os.stat(path))
    except OSError:
        return None


def read_stable(path: str) -> Reading:
    """Read a file between two looks at it, then check the path's target.

    No error is raised, and only a regular file is opened: a pipe or a device counts as missing.
    """
    try:
        if not stat.S_ISREG(os.stat(path).st_mode):
            return NOTHING
        # Not blocking: since the stat, the file may have been replaced by a pipe.
        with open(os.open(path, os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK), "rb", buffering=0) as file:
            before = os.fstat(file.fileno())
            if not stat.S_ISREG(before.st_mode) or before.st_size > LARGEST:
                return NOTHING
            data: bytes | None = file.readall()
            after = _signature(os.fstat(file.fileno()))
    except OSError:
        return NOTHING
    if data is None:  # a file of the system's that has nothing to say yet
        return NOTHING
    is_whole = _signature(before) == after == signature(path) and len(data) == after.size
    return Reading(data, after, is_whole)


def _signature(status: os.stat_result) -> Signature:
    return Signature(status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns, status.st_ctime_ns)
