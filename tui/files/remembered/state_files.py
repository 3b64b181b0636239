"""Files of the state folder, one for each note and kind of state, that name the note they are about."""

from __future__ import annotations

import os
from contextlib import suppress
from typing import TYPE_CHECKING

from tui.files.regular import read_bytes
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
