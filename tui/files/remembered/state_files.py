"""Files of the state folder, one for each note and kind of state, that name the note they are about."""

from __future__ import annotations

import os
import stat
import sys
from contextlib import suppress
from typing import TYPE_CHECKING

from tui.files.regular import open_regular, read_bytes
from tui.files.remembered.state_folder import make_folder, name_of, state_folder

if TYPE_CHECKING:
    from pathlib import Path

LARGEST = 64 << 20
"Most bytes of a file here, except texts of notes, whose size the configuration limits."


def file_of(kind: str, note: str) -> tuple[Path, bytes] | None:
    """The file for one kind of state, and the line it begins with."""
    folder = state_folder()
    if folder is None:
        return None
    if not note:
        return folder / kind, b"\n"
    path = os.fsencode(os.path.abspath(note))
    # Two checksums are no proof against collisions; the path itself, kept in the file, is.
    return folder / kind / name_of(note), path.replace(b"\n", b"\0") + b"\n"


def load(kind: str, note: str, limit: int = LARGEST) -> bytes:
    """The remembered bytes; empty if there are none, for a link, and for more than ``limit`` bytes."""
    if (file := file_of(kind, note)) is None:
        return b""
    path, first = file
    with suppress(OSError):
        data = read_bytes(path, limit=limit, follows=False)
        if data.startswith(first):
            return data[len(first) :]
    return b""


def load_own(kind: str, note: str, limit: int = LARGEST) -> bytes:
    """The same, of a file that nobody but this user and the system's administrator can have written."""
    if (file := file_of(kind, note)) is None:
        return b""
    path, first = file
    with suppress(OSError), open_regular(path, limit=limit, follows=False) as opened:
        if is_own(os.fstat(opened.fileno())):
            data = opened.read(limit)
            return data[len(first) :] if data.startswith(first) else b""
    return b""


def is_own(status: os.stat_result) -> bool:
    """True if a file is this user's or root's, and others may not write it; on Windows, always."""
    if sys.platform == "win32":
        return True
    return status.st_uid in (os.geteuid(), 0) and not status.st_mode & (stat.S_IWGRP | stat.S_IWOTH)


def save(kind: str, note: str, data: bytes) -> None:
    """Remember these bytes, if the folder takes them."""
    from tui.files.atomic import replace_bytes

    if (file := file_of(kind, note)) is None:
        return
    path, first = file
    with suppress(OSError):
        make_folder(path.parent)
        replace_bytes(path, first + data, durable=False)


def forget(kind: str, note: str) -> None:
    """Forget what `save` was given."""
    if (file := file_of(kind, note)) is not None:
        with suppress(OSError):
            file[0].unlink()
