"""Reading regular files, without ever blocking on a pipe or a device."""

from __future__ import annotations

import errno
import os
import stat
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from typing import BinaryIO

_PIECE = 1 << 20
"Bytes read at once of a file that is larger than it said, or does not say."


def read_bytes(path: Path | str, *, limit: int, follows: bool = True) -> bytes:
    """Read the whole file; raises the errors of `open_regular`, also if it grows past ``limit`` meanwhile."""
    with open_regular(path, limit=limit, follows=follows) as file:
        return _whole(file, limit)


@contextmanager
def open_regular(path: Path | str, *, limit: int | None = None, follows: bool = True) -> Iterator[BinaryIO]:
    """Open a file for reading in a ``with`` block, following a symbolic link unless ``follows`` is False.

    Raises OSError; with ``EISDIR`` for a folder, ``ENODEV`` for a pipe, socket or device, ``EFBIG`` for more than
    ``limit`` bytes, ``ELOOP`` for a link that is not followed.
    """
    stays = 0 if follows else os.O_NOFOLLOW
    # Without O_NONBLOCK, opening a pipe that has no writer would block.
    descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK | stays)
    with open(descriptor, "rb") as file:
        status = os.fstat(descriptor)
        if stat.S_ISDIR(status.st_mode):
            raise _error(errno.EISDIR)
        if not stat.S_ISREG(status.st_mode):
            raise _error(errno.ENODEV)
        if limit is not None and status.st_size > limit:
            raise _error(errno.EFBIG)
        yield file


def read_standard_input(limit: int) -> bytes:
    """Read all of standard input; raises OSError, with ``EBADF`` if it is closed, ``EFBIG`` for more than ``limit``."""
    if sys.stdin is None:
        raise _error(errno.EBADF)
    return _whole(sys.stdin.buffer, limit)


def _whole(file: BinaryIO, limit: int) -> bytes:
    if len(data := at_most(file, limit + 1)) > limit:
        raise _error(errno.EFBIG)
    return data


def at_most(file: BinaryIO, size: int) -> bytes:
    """Read up to ``size`` bytes; raises OSError.

    Unlike ``file.read(size)``, this takes memory only for bytes that are there.
    """
    pieces: list[bytes] = []
    step = os.fstat(file.fileno()).st_size + 1
    while size > 0 and (piece := file.read(min(size, step))):
        pieces.append(piece)
        size -= len(piece)
        step = _PIECE
    if not pieces and piece is None:  # a system file such as /proc/kmsg with nothing to read yet
        raise _error(errno.EAGAIN)
    return b"".join(pieces)


def _error(number: int) -> OSError:
    return OSError(number, os.strerror(number))
