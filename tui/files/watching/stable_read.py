"""How a file that others write is read: whole, or not at all."""

from __future__ import annotations

import os
import stat
from typing import NamedTuple

LARGEST = 1 << 30
"The largest file that is read, in bytes."


class Signature(NamedTuple):
    """What a stat tells of a file's state; it takes all five: inodes are given out again, times are restored."""

    device: int
    inode: int
    size: int
    modified: int
    "In nanoseconds, as `changed` is."
    changed: int


class Reading(NamedTuple):
    """What one read of a path gave."""

    data: bytes | None
    "None where nothing is there, or nothing that can be read as a file of at most `LARGEST` bytes."
    signature: Signature | None
    "The state that ``data`` belongs to; None where there is no data."
    is_whole: bool = True
    "Whether the file stood still, and the path led to it, from the first byte to the last."


NOTHING = Reading(None, None)


def signature(path: str) -> Signature | None:
    """The state of the file that a path leads to, symbolic links followed; None where nothing can be seen."""
    try:
        return _signature(os.stat(path))
    except OSError:
        return None


def read_stable(path: str) -> Reading:
    """Read a file between two looks at it, and look where the path leads afterwards.

    No error is raised, and nothing but a regular file is opened: a pipe or a device counts as nothing.
    """
    try:
        if not stat.S_ISREG(os.stat(path).st_mode):
            return NOTHING
        # Not blocking, for what was a file at the stat may be a pipe by now.
        with open(os.open(path, os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK), "rb", buffering=0) as file:
            before = os.fstat(file.fileno())
            if not stat.S_ISREG(before.st_mode) or before.st_size > LARGEST:
                return NOTHING
            data = file.readall()
            after = _signature(os.fstat(file.fileno()))
    except OSError:
        return NOTHING
    is_whole = _signature(before) == after == signature(path) and len(data) == after.size
    return Reading(data, after, is_whole)


def _signature(status: os.stat_result) -> Signature:
    return Signature(status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns, status.st_ctime_ns)
