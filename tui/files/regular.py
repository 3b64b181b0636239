"""The bytes of a regular file, got without ever waiting on a pipe or a device."""

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


def read_bytes(path: Path | str, *, limit: int | None = None) -> bytes:
    """All bytes of the file, a symbolic link followed; raises what `open_regular` raises."""
    with open_regular(path, limit=limit) as file:
        return file.read()


@contextmanager
def open_regular(path: Path | str, *, limit: int | None = None) -> Iterator[BinaryIO]:
    """The file to read from, open for a ``with`` block, a symbolic link followed.

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
        yield file


def _error(number: int, path: Path | str) -> OSError:
    return OSError(number, os.strerror(number), os.fspath(path))
