"""Reading regular files, without ever blocking on a pipe or a device."""

from __future__ import annotations

import errno
import os
import stat
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from typing import BinaryIO


def read_bytes(path: Path | str, *, limit: int | None = None, follows: bool = True) -> bytes:
    """Read the whole file; raises the errors of `open_regular`, also if it grows past ``limit`` meanwhile."""
    with open_regular(path, limit=limit, follows=follows) as file:
        data: bytes | None = file.read() if limit is None else file.read(limit + 1)
    if data is None:  # a system file such as /proc/kmsg with nothing to read yet
        raise _error(errno.EAGAIN, path)
    if limit is not None and len(data) > limit:
        raise _error(errno.EFBIG, path)
    return data


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
            raise _error(errno.EISDIR, path)
        if not stat.S_ISREG(status.st_mode):
            raise _error(errno.ENODEV, path)
        if limit is not None and status.st_size > limit:
            raise _error(errno.EFBIG, path)
        yield file


def _error(number: int, path: Path | str) -> OSError:
    return OSError(number, os.strerror(number), os.fspath(path))
