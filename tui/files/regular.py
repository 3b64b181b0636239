"""The bytes of a regular file, got without ever waiting on a pipe or a device."""

from __future__ import annotations

import errno
import os
import stat
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


def read_bytes(path: Path | str, *, limit: int | None = None, most: int | None = None) -> bytes:
    """All bytes of the file, or ``most`` of them from its beginning, a symbolic link followed.

    Raises OSError; with ``EISDIR`` for a folder, ``ENODEV`` for a pipe, a socket or a device, ``EFBIG`` for more
    than ``limit`` bytes.
    """
    # Without O_NONBLOCK, opening a pipe that nobody writes to never returns.
    descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK)
    with open(descriptor, "rb") as file:
        status = os.fstat(descriptor)
        if stat.S_ISDIR(status.st_mode):
            raise _error(errno.EISDIR, path)
        if not stat.S_ISREG(status.st_mode):
            raise _error(errno.ENODEV, path)
        if limit is not None and status.st_size > limit:
            raise _error(errno.EFBIG, path)
        return file.read(most)


def _error(number: int, path: Path | str) -> OSError:
    return OSError(number, os.strerror(number), os.fspath(path))
