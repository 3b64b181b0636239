"""Replacing a file as a whole, so that a crash, a full disk or a second writer damages nothing.

The recipe: a temporary file in the same folder, fsync, a hard link that keeps the generation before, rename
over, fsync of the folder. Pillai et al., "All File Systems Are Not Created Equal" (OSDI 2014), say why.
"""

from __future__ import annotations

import errno
import itertools
import os
import re
import shutil
import time
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from tui.errors import SidecarError

if TYPE_CHECKING:
    from collections.abc import Iterator

_TEMPORARY = re.compile(r"\.earmark-[0-9]+-[0-9a-f]{12}\.tmp")

LOCK_NAME = ".earmark.lock"
"""The lock's file, one for each folder of notes.

It lies beside what it guards, not in somebody's home: whoever can reach the file finds the same lock, be it
another user, a container, or a machine that shares the folder. One for the folder instead of one for each file
keeps the folder tidy. It is empty and stays: were it taken away, two writers could hold two locks of one name.
"""

LOCK_SECONDS = 10.0
"How long to wait for another writer; a write takes milliseconds."

BACKUP_SUFFIX = ".bak"

STALE = 60.0
"Seconds after which a temporary file is nobody's any more: another machine's clock may be off, and its lock unseen."


def replace_bytes(path: Path, data: bytes, *, backup: bool, durable: bool = True) -> None:
    """Make ``data`` the file's content, in one step: at no time is there half a file, or none.

    Mode and owner stay, a symbolic link is followed. With ``backup`` the content before is kept as ``NAME.bak``;
    without ``durable`` a power cut may bring the old content back. Raises OSError, and then the file is as it was;
    but where the folder's fsync failed, the last step, it is as it shall be, for as long as the power stays.
    """
    real = Path(os.path.realpath(path))
    try:
        before = real.stat()
    except FileNotFoundError:
        before = None
    if before is not None and not os.access(real, os.W_OK):
        # The rename alone would succeed; who write-protects a file does not want it written.
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), os.fspath(path))
    temporary = _temporary(real.parent)
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o666)
    try:
        with open(descriptor, "wb") as file:
            if before is not None:
                _take_over(descriptor, before)
            file.write(data)
            file.flush()
            if durable:
                os.fsync(descriptor)
        if backup and before is not None:
            _keep(real)
        os.replace(temporary, real)
    except BaseException:
        with suppress(OSError):
            temporary.unlink()
        raise
    if durable:
        _sync_folder(real.parent)


def backup_of(path: Path) -> Path:
    """Where the generation before of a file lies, a symbolic link followed."""
    real = Path(os.path.realpath(path))
    return real.with_name(real.name + BACKUP_SUFFIX)


def kept_aside(path: Path, suffix: str) -> Path:
    """Give the file's content a second name, which is returned: the file's own with a suffix, numbered if it must be.

    What has that name already stays. Raises OSError.
    """
    real = Path(os.path.realpath(path))
    for number in itertools.count(1):
        aside = real.with_name(f"{real.name}{suffix}{number if number > 1 else ''}")
        try:
            _link(real, aside)
        except FileExistsError:
            continue
        break
    return aside


def sweep(path: Path) -> None:
    """Delete what writers that died left in the folder of ``path``; whoever calls holds its lock, so no other lives."""
    with suppress(OSError), os.scandir(os.path.dirname(os.path.realpath(path))) as entries:
        for entry in entries:
            if _TEMPORARY.fullmatch(entry.name) and time.time() - entry.stat(follow_symlinks=False).st_mtime > STALE:
                os.unlink(entry.path)


def sync_folder(path: Path) -> None:
    """Have the folder of ``path`` (of its target, for a symbolic link) on the disk as it is now. Raises OSError."""
    _sync_folder(Path(os.path.realpath(path)).parent)


@contextmanager
def locked(path: Path, patience: float = LOCK_SECONDS) -> Iterator[None]:
    """Hold the lock of the folder in which ``path`` lies (its target, for a symbolic link).

    Another writer is waited for, ``patience`` seconds at most. Two processes, or two threads, are never inside at
    once. Raises SidecarError where the lock cannot be had.
    """
    from filelock import FileLock, Timeout

    folder = Path(os.path.realpath(path)).parent
    lock_path = folder / LOCK_NAME
    # Two users of one folder must both be able to open the lock, whatever the first one's umask is.
    lock = FileLock(lock_path, timeout=patience, poll_interval=0.01, mode=0o666)
    try:
        # filelock would make a missing folder, and the reader's notes would be in two places.
        folder.stat()
        lock.acquire()
    except Timeout as error:
        problem = f"another program has been writing in this folder for more than {patience:.1g} seconds"
        raise SidecarError(os.fspath(path), problem, f"try again; {lock_path} is its lock") from error
    except OSError as error:
        raise unwritable(path, error) from error
    try:
        yield
    finally:
        # What was done is done, and its error, if it had one, is the one to tell.
        with suppress(OSError):
            lock.release()


def unwritable(path: Path, error: OSError) -> SidecarError:
    """What to tell the reader of a failed write."""
    folder = os.path.dirname(os.path.realpath(path))
    remedies = {
        errno.EACCES: f"give yourself the right to write to it and to {folder}",
        errno.EPERM: f"give yourself the right to write to it and to {folder}",
        errno.EROFS: "copy the notes to a place that can be written to",
        errno.ENOSPC: "make room on the disk",
        errno.EDQUOT: "make room on the disk",
        errno.ENOENT: f"make the folder {folder}",
        errno.ENAMETOOLONG: "give the notes a shorter name",
    }
    problem = f"cannot be written: {error.strerror or error}"
    return SidecarError(os.fspath(path), problem, remedies.get(error.errno or 0, ""))


def _temporary(folder: Path) -> Path:
    # `_TEMPORARY`. Hidden, and of fixed length: nobody takes it for notes, and it fits where the file's own name does.
    return folder / f".earmark-{os.getpid()}-{os.urandom(6).hex()}.tmp"


def _take_over(descriptor: int, before: os.stat_result) -> None:
    if (before.st_uid, before.st_gid) != (os.geteuid(), os.getegid()):
        with suppress(OSError):
            os.fchown(descriptor, before.st_uid, before.st_gid)
    # After fchown, which clears some bits of the mode.
    with suppress(PermissionError):
        os.fchmod(descriptor, before.st_mode & 0o7777)


def _keep(real: Path) -> None:
    """Give the present content the backup's name too; the file's own name is never absent."""
    temporary = _temporary(real.parent)
    try:
        _link(real, temporary)
        os.replace(temporary, real.with_name(real.name + BACKUP_SUFFIX))
    finally:
        with suppress(FileNotFoundError):
            temporary.unlink()


def _link(real: Path, other: Path) -> None:
    """Give a file a second name, or where there are no hard links, as on FAT, a copy; raises FileExistsError."""
    try:
        os.link(real, other)
    except OSError as error:
        if error.errno not in (errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK):
            raise
        with open(other, "xb") as copy, open(real, "rb") as file:
            shutil.copyfileobj(file, copy)
        shutil.copystat(real, other)


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    except OSError as error:
        # Some file systems cannot sync a folder; the rename is then as safe as they make it.
        if error.errno not in (errno.EINVAL, errno.ENOTSUP, errno.EROFS, errno.EACCES):
            raise
    finally:
        os.close(descriptor)
