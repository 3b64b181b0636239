"""Files in the state folder, one for each note and kind of state, each of which names its note."""

from __future__ import annotations

import os
import stat
import sys
from contextlib import contextmanager, suppress
from itertools import chain
from typing import TYPE_CHECKING

from tui.files.regular import at_most, open_regular
from tui.files.remembered.state_folder import make_folder, name_of, state_folder

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path
    from typing import BinaryIO

LARGEST = 64 << 20
"Most bytes of a file here, except texts of notes, which the configuration limits."

COARSE = 2_000_000_000
"Nanoseconds of the coarsest clock of a file system, FAT's."


def file_of(kind: str, note: str) -> tuple[Path, bytes] | None:
    """The file for one kind of state, and the line that it begins with."""
    folder = state_folder()
    if folder is None:
        return None
    if not note:
        return folder / kind, b"\n"
    path = os.fsencode(os.path.abspath(note))
    # Two checksums do not rule out collisions; the path itself, stored in the file, does.
    return folder / kind / name_of(note), path.replace(b"\n", b"\0") + b"\n"


def load(kind: str, note: str, limit: int = LARGEST) -> bytes:
    """The stored bytes; empty if there are none, for a link, and for more than ``limit`` bytes."""
    with suppress(OSError), opened(kind, note, limit) as file:
        return at_most(file, limit)
    return b""


def load_own(kind: str, note: str, limit: int = LARGEST) -> bytes:
    """Like `load`, but only from a file that nobody except this user and the administrator can have written."""
    with suppress(OSError), opened(kind, note, limit) as file:
        if is_own(os.fstat(file.fileno())):
            return at_most(file, limit)
    return b""


@contextmanager
def opened(kind: str, note: str, limit: int = LARGEST) -> Iterator[BinaryIO]:
    """Open the stored bytes for reading; raises OSError where `load` returns none."""
    if (file := file_of(kind, note)) is None:
        raise FileNotFoundError
    path, first = file
    with open_regular(path, limit=limit, follows=False) as stored:
        if stored.read(len(first)) != first:
            raise FileNotFoundError
        yield stored


def is_own(status: os.stat_result) -> bool:
    """True if a file belongs to this user or root and others cannot write it; always True on Windows."""
    if sys.platform == "win32":
        return True
    return status.st_uid in (os.geteuid(), 0) and not status.st_mode & (stat.S_IWGRP | stat.S_IWOTH)


def save(kind: str, note: str, data: bytes) -> None:
    """Store these bytes, if possible."""
    save_parts(kind, note, [data])


def save_parts(kind: str, note: str, parts: Iterable[bytes]) -> None:
    """Store bytes in parts, if possible; each part is written before the next one is asked for."""
    from tui.files.atomic import replace_bytes

    if (file := file_of(kind, note)) is None:
        return
    path, first = file
    with suppress(OSError):
        make_folder(path.parent)
        replace_bytes(path, chain([first], parts), durable=False)


def forget(kind: str, note: str) -> None:
    """Delete the bytes that `save` stored."""
    if (file := file_of(kind, note)) is not None:
        with suppress(OSError):
            file[0].unlink()


def make_newest(path: Path) -> None:
    """Give a file a later time than all others in its folder, whatever the clock says: they are read by their times."""
    with suppress(OSError, OverflowError):
        with os.scandir(path.parent) as entries:
            latest = max((time_of(entry) for entry in entries if entry.name != path.name), default=0)
        for step in (1, COARSE):
            if time_of(path) <= latest:
                os.utime(path, ns=(latest + step, latest + step))


def time_of(file: Path | os.DirEntry[str]) -> int:
    """The time by which a file here is in order; 0 if it is gone."""
    try:
        return file.stat().st_mtime_ns
    except OSError:
        return 0
