"""Atomic replacement of files, so that a crash, a full disk or a second writer does no damage.

The steps: write a temporary file in the same folder, fsync it, exchange it with the present file, check the displaced
version, fsync the folder. Pillai et al., "All File Systems Are Not Created Equal" (OSDI 2014), explain why. The check
is for writers that ignore the lock: if the displaced version is not the one that was read, it is put back.
"""

from __future__ import annotations

import errno
import itertools
import os
import re
import stat
import time
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from tui.files import permissions
from tui.files.exchange import NOT_HERE, exchange, rename_new
from tui.files.short_names import fits, with_ending
from tui.files.symbolic_links import ENDING
from tui.files.watching.writers import has_writer

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_TEMPORARY = re.compile(r"\.earmark-[0-9]+-[0-9a-f]{12}\.tmp")

BACKUP_SUFFIX = ".bak"

BACKUPS = ("0", "", "2", "3")
"""Numbers behind the stem in the names of backups, newest first: ``podcasts~2.highlights.toml.bak``.

All names end like the first, so that an ignore rule for ``*.highlights.toml.bak`` covers them. 0 exists only while a
file is being replaced, or if the writer died in that moment."""

STALE = 60.0
"""Seconds after which a temporary file counts as abandoned, since another machine's clock may be off and its lock
unseen."""


class Swap(NamedTuple):
    """The result of replacing a file."""

    is_done: bool
    "True if the file was replaced; False if another writer changed it or has it open: its version stays."
    displaced: tuple[bytes, ...] = ()
    "Versions by other writers that were displaced and still have to be merged in."


def replace_bytes(path: Path, parts: Iterable[bytes], *, durable: bool = True) -> None:
    """Replace a private file by these bytes atomically: readers never find it partial or missing.

    Each part is written before the next one is asked for. Only its owner may read it. If the path is a link, the link
    itself is replaced. Without ``durable`` a power cut may bring the old content back. Raises OSError with the file
    unchanged, except if the last step fails, the folder's fsync: then it is replaced unless the power fails.
    """
    temporary = _temporary(path.parent)
    try:
        with open(_created(temporary), "wb") as file:
            _write(file.fileno(), parts, durable=durable)
        os.replace(temporary, path)
    finally:
        with suppress(OSError):
            temporary.unlink()
    if durable:
        _sync_folder(path.parent)


def write_whole(path: Path, data: bytes, *, replaces: bool, before: bytes | None = None) -> bool:
    """Replace a file by ``data`` atomically, with the default permissions of new files.

    Args:
        path: The file, or a link to an existing one.
        data: The content.
        replaces: True to replace an existing file, which keeps its owner, group, mode and attributes.
        before: The content to replace, if ``data`` was made from it: any other content stays.

    Returns:
        False if an existing file stays. Raises OSError and SidecarError.
    """
    real = Path(os.path.realpath(path))
    if before is not None:
        return swap(real, data, before, backup=False).is_done
    if os.path.islink(path) and not os.path.exists(real):
        raise OSError(errno.ELOOP, "a symbolic link that leads nowhere", os.fspath(path))
    if os.path.exists(real) and not os.path.isfile(real) and not os.path.isdir(real):
        raise OSError(errno.ENODEV, os.strerror(errno.ENODEV), os.fspath(path))
    temporary = _temporary(real.parent)
    try:
        with open(os.open(temporary, _NEW, 0o666), "wb") as file:
            is_there = os.path.lexists(real)
            if is_there and not replaces:
                return False
            if _is_protected(real):
                raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), os.fspath(real))
            if is_there:
                permissions.copy_from_replaced(file.fileno(), real)
            _write(file.fileno(), [data])
        if not replaces:
            return rename_new(temporary, real)
        os.replace(temporary, real)
        return True
    finally:
        with suppress(OSError):
            temporary.unlink()


def swap(real: Path, data: bytes, before: bytes | None, *, note: Path | None = None, backup: bool = True) -> Swap:
    """Replace the file's content ``before`` by ``data``, atomically and safe against a power cut.

    Owner, group, mode, access list and attributes are kept, and so is a version that another program wrote meanwhile.
    With ``backup`` the previous generation is kept next to the file.

    Args:
        real: The file, which is not a symbolic link.
        data: The new content.
        before: The content as read; None if there was no file.
        note: The file whose permissions a new file gets.
        backup: True if the file keeps previous generations.

    Raises OSError and SidecarError, with the file not replaced unless the error says so.
    """
    if before is not None and _is_protected(real):
        # The rename alone would succeed, but a write-protected file is not meant to be written.
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), os.fspath(real))
    temporary = _temporary(real.parent)
    try:
        with open(_created(temporary), "wb") as file:
            try:
                if before is None:
                    permissions.copy_from_note(file.fileno(), note)
                else:
                    permissions.copy_from_replaced(file.fileno(), real)
            except FileNotFoundError:
                return Swap(is_done=False)
            _write(file.fileno(), [data])
            written = _state(os.fstat(file.fileno()))
        if _content(real) != before:
            return Swap(is_done=False)
        if before is None:
            done = _create(real, data, temporary)
        else:
            done = _replace(real, data, before, temporary, backup=backup)
        # Another program may have written right after us; if the file is gone, that was intended.
        with suppress(FileNotFoundError):
            return done._replace(is_done=done.is_done and _state(os.stat(real)) == written)
        return done
    finally:
        with suppress(OSError):
            temporary.unlink()


def backups_of(real: Path) -> Iterator[Path]:
    """The paths of a file's backups, existing or not, newest first; names that would be too long are left out.

    They are none of another file's: beside ``podcasts~2.highlights.toml``, they are called ``podcasts~~2`` and so on.
    """
    stem = real.name.removesuffix(ENDING)
    ending, sign = real.name[len(stem) :], "~"
    while any(os.path.lexists(real.with_name(f"{stem}{sign}{number}{ending}")) for number in filter(None, BACKUPS)):
        sign += "~"
    for number in BACKUPS:
        name = f"{stem}{sign if number else ''}{number}{ending}{BACKUP_SUFFIX}"
        if fits(name):
            yield real.with_name(name)


def keep(real: Path, data: bytes) -> None:
    """Store bytes as the newest backup of an existing file. Raises OSError and SidecarError."""
    temporary = _temporary(real.parent)
    try:
        with open(_created(temporary), "wb") as file:
            permissions.copy_from_replaced(file.fileno(), real)
            _write(file.fileno(), [data])
        _rotate(real, temporary)
    finally:
        with suppress(OSError):
            temporary.unlink()


def kept_aside(path: Path, suffix: str) -> Path:
    """Give the file's content a second name, and return it: the file's name with a suffix, numbered if necessary.

    An existing file of that name is kept. Raises OSError.
    """
    real = Path(os.path.realpath(path))
    for number in itertools.count(1):
        ending = f"{suffix}{number if number > 1 else ''}"
        aside = real.with_name(with_ending(real.name, ending))
        try:
            _link(real, aside)
        except FileExistsError:
            continue
        break
    return aside


def sweep(path: Path) -> None:
    """Delete temporary files of dead writers in the folder of ``path``. The caller holds its lock, so that no other
    writer is alive.
    """
    with suppress(OSError), os.scandir(os.path.dirname(os.path.realpath(path))) as entries:
        for entry in entries:
            if _TEMPORARY.fullmatch(entry.name) and time.time() - entry.stat(follow_symlinks=False).st_mtime > STALE:
                os.unlink(entry.path)


def sync_folder(path: Path) -> None:
    """Sync to disk the folder of ``path``, or of its target if it is a symbolic link. Raises OSError."""
    _sync_folder(Path(os.path.realpath(path)).parent)


def _is_protected(real: Path) -> bool:
    """True if a file is there and may not be written.

    Neither can be written while another program deletes and creates it, so it is asked about again.
    """
    return not os.access(real, os.W_OK) and os.path.exists(real) and not os.access(real, os.W_OK)


def _create(real: Path, data: bytes, temporary: Path) -> Swap:
    if not rename_new(temporary, real):
        return Swap(is_done=False)
    try:
        _sync_folder(real.parent)
    except OSError:
        with suppress(OSError):
            os.replace(real, temporary)
            if _content(temporary) != data:
                rename_new(temporary, real)
        raise
    return Swap(is_done=True)


def _replace(real: Path, data: bytes, before: bytes, temporary: Path, *, backup: bool) -> Swap:
    aside = next(backups_of(real), temporary) if backup else temporary
    if aside != temporary:
        if os.path.lexists(aside):
            _rotate(real, aside)
        os.replace(temporary, aside)
    try:
        is_exchanged = _exchange(aside, real, temporary, before)
    except OSError as error:
        with suppress(OSError):
            aside.unlink()
        if isinstance(error, FileNotFoundError):
            return Swap(is_done=False)
        raise
    try:
        found = _content(aside)
        is_open = False
        if found == before:
            _sync_folder(real.parent)
            # A program that already has the file open would write into the backup.
            is_open = bool(has_writer(os.fspath(aside)))
            found = _content(aside)
    except OSError:
        with suppress(OSError):
            _put_back(aside, real, data, before, is_exchanged=is_exchanged)
            _sync_folder(real.parent)
        raise
    if is_open or found != before:
        displaced = _put_back(aside, real, data, found, is_exchanged=is_exchanged)
        return Swap(is_done=False, displaced=tuple(each for each in displaced if each != before))
    if backup:
        _rotate(real, aside)
    return Swap(is_done=True)


def _exchange(aside: Path, real: Path, temporary: Path, before: bytes) -> bool:
    """Exchange the new version with the file, or replace it if exchanging is impossible; True if exchanged."""
    if exchange(aside, real):
        return True
    new = temporary
    if aside == temporary:
        new = _temporary(real.parent)
    os.replace(aside, new)
    try:
        _link(real, aside)
        if _content(aside) != before:
            raise FileNotFoundError(errno.ENOENT, "changed meanwhile", os.fspath(real))
        os.replace(new, real)
    finally:
        with suppress(OSError):
            new.unlink()
    return False


def _put_back(aside: Path, real: Path, placed: bytes, found: bytes | None, *, is_exchanged: bool) -> tuple[bytes, ...]:
    """Undo a replacement by restoring the version found; return every displaced version, oldest first.

    If that displaces a still newer version of another writer, that one is restored in turn. Raises OSError.
    """
    displaced = [] if found is None else [found]
    if not is_exchanged:
        if _content(real) == placed:
            os.replace(aside, real)
        return tuple(displaced)
    last: bytes | None = placed
    while True:
        try:
            exchange(aside, real)
        except FileNotFoundError:
            # Someone else removed the file: it stays removed, and the next save finds the version aside.
            return tuple(displaced)
        if (out := _content(aside)) == last:
            with suppress(OSError):
                aside.unlink()
            return tuple(displaced)
        last, found = found, out
        displaced += [] if found is None else [found]


def _rotate(real: Path, newest: Path) -> None:
    """Rename a file to the newest backup; if that fails, the next save tries again."""
    names = [*backups_of(real)][1:] or [real.with_name(real.name + BACKUP_SUFFIX)]
    with suppress(OSError):
        for newer, older in reversed([*itertools.pairwise(names)]):
            with suppress(FileNotFoundError):
                os.replace(newer, older)
        os.replace(newest, names[0])


_READING = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC


def _content(path: Path) -> bytes | None:
    """The content of a file; None if it is not a regular file. Raises OSError."""
    try:
        with open(os.open(path, _READING), "rb") as file:
            return file.read() if stat.S_ISREG(os.fstat(file.fileno()).st_mode) else None
    except OSError as error:
        if error.errno in (errno.ENOENT, errno.ELOOP, errno.ENXIO, errno.EISDIR):
            return None
        raise


def _state(status: os.stat_result) -> tuple[int, int, int]:
    return status.st_ino, status.st_size, status.st_mtime_ns


def _temporary(folder: Path) -> Path:
    # Matches `_TEMPORARY`. Hidden, so that it is not mistaken for notes, and of fixed length, so that it fits wherever
    # the file's own name does.
    return folder / f".earmark-{os.getpid()}-{os.urandom(6).hex()}.tmp"


_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC


def _created(temporary: Path) -> int:
    return os.open(temporary, _NEW, permissions.PRIVATE)


def _write(descriptor: int, parts: Iterable[bytes], *, durable: bool = True) -> None:
    for part in parts:
        left = memoryview(part)
        while left:
            left = left[os.write(descriptor, left) :]
    if durable:
        os.fsync(descriptor)


def _link(real: Path, other: Path) -> None:
    """Give a file a second name, or a copy where there are no hard links, as on FAT; raises FileExistsError."""
    try:
        os.link(real, other)
    except OSError as error:
        if error.errno not in (*NOT_HERE, errno.EMLINK):
            raise
        import shutil  # not above: the first highlight is saved without it

        with open(other, "xb") as copy, open(real, "rb") as file:
            shutil.copyfileobj(file, copy)
        shutil.copystat(real, other)


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    except OSError as error:
        # Some file systems cannot sync a folder; the rename is then as durable as they make it.
        if error.errno not in (errno.EINVAL, errno.ENOTSUP, errno.EROFS, errno.EACCES):
            raise
    finally:
        os.close(descriptor)
