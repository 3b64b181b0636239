"""The lock of a folder of notes, which admits one writer at a time."""

from __future__ import annotations

import errno
import fcntl
import os
import stat
import time
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from tui.errors import SidecarError
from tui.files import permissions
from tui.files.os_errors import sidecar_unwritable

if TYPE_CHECKING:
    from collections.abc import Iterator

LOCK_NAME = ".earmark.lock"
"""Name of the lock file, one per folder of notes.

It lies next to the notes rather than in a home directory, so that everyone who can reach the folder finds the same
lock: another user, a container, or a machine that shares it. One per folder, rather than per file, keeps the folder
tidy. It is empty and stays: if it were removed, two writers could hold two locks with the same name."""

LOCK_SECONDS = 10.0
"Seconds to wait for another writer; a write takes milliseconds."
LOOK = 0.01
"Seconds between two looks at a lock that another holds."


@contextmanager
def locked(path: Path, patience: float = LOCK_SECONDS, *, note: Path | None = None) -> Iterator[None]:
    """Hold the lock of the folder of ``path``, or of its target if it is a symbolic link.

    Waits for another writer, at most ``patience`` seconds. Two processes, or two threads, are never inside at the same
    time. The lock file has the permissions of ``note``, or else of ``path``. Raises SidecarError if the lock cannot be
    acquired.
    """
    real = Path(os.path.realpath(path))
    lock_path = real.parent / LOCK_NAME
    try:
        descriptor = _acquired(lock_path, note or real, patience)
    except OSError as error:
        if error.errno in _NO_LOCKS:
            problem = "this file system has no locks, and without one two programs could write at once"
            raise SidecarError(os.fspath(path), problem, "keep the notes on one that has") from error
        raise sidecar_unwritable(path, error) from error
    if descriptor is None:
        problem = f"another program has been writing in this folder for more than {patience:.1g} seconds"
        raise SidecarError(os.fspath(path), problem, f"try again; {lock_path} is its lock")
    try:
        yield
    finally:
        # The work is done; its own error, if any, is the one to report.
        with suppress(OSError):
            fcntl.flock(descriptor, fcntl.LOCK_UN)
        with suppress(OSError):
            os.close(descriptor)


def _acquired(path: Path, note: Path, patience: float) -> int | None:
    """The descriptor of the lock file, once it is locked; None if another holds it all the while.

    Raises OSError and SidecarError.
    """
    end = time.monotonic() + patience
    while True:
        descriptor = _opened(path, note)
        is_ours = False
        try:
            while not (is_locked := try_lock(descriptor)) and time.monotonic() < end:
                time.sleep(LOOK)
            # A file that was deleted meanwhile locks nothing: the next writer makes another.
            is_ours = is_locked and is_at(path, descriptor)
        finally:
            if not is_ours:
                os.close(descriptor)
        if is_ours:
            return descriptor
        if not is_locked:
            return None


def is_at(path: Path, descriptor: int) -> bool:
    """True if an open file is the one that a path leads to."""
    try:
        return os.path.samestat(os.stat(path), os.fstat(descriptor))
    except OSError:
        return False


def try_lock(descriptor: int) -> bool:
    """Lock a file without waiting; False if another holds it. Raises OSError."""
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        if error.errno in _HELD:
            return False
        raise
    return True


def _opened(path: Path, note: Path) -> int:
    """Open the lock file, which is made if it is not there and checked to be a plain one.

    Raises OSError and SidecarError.
    """
    with suppress(FileNotFoundError):
        _check(path, os.lstat(path))
    descriptor = os.open(
        path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC | os.O_NONBLOCK, permissions.PRIVATE
    )
    try:
        _check(path, status := os.fstat(descriptor))
        if status.st_uid == os.geteuid():
            permissions.copy_from_note(descriptor, note)
            folder = os.stat(path.parent)
            if folder.st_mode & stat.S_ISGID and folder.st_mode & stat.S_IWGRP:
                # In a group's folder, one private note must not lock the others out of the rest.
                os.fchmod(descriptor, stat.S_IMODE(os.fstat(descriptor).st_mode) | 0o660)
    except BaseException:
        os.close(descriptor)
        raise
    return descriptor


_HELD = errno.EAGAIN, errno.EWOULDBLOCK, errno.EACCES
"Errors by which file systems say that another holds a lock."
_NO_LOCKS = errno.ENOSYS, errno.ENOLCK, errno.EOPNOTSUPP


def _check(path: Path, status: os.stat_result) -> None:
    """Raise SidecarError if a file is unsuitable as the lock."""
    if stat.S_ISLNK(status.st_mode):
        problem = "a lock may not be a symbolic link"
    elif not stat.S_ISREG(status.st_mode):
        problem = "a lock must be a plain file"
    elif status.st_nlink > 1:
        problem = "a lock may not be a hard link"
    else:
        return
    raise SidecarError(os.fspath(path), problem, "delete it; a new one is made")
