"""The platform's state folder for earmark, and the names that notes have in it."""

from __future__ import annotations

import os
import zlib
from contextlib import suppress
from typing import TYPE_CHECKING

from tui.files.desktop import folders

if TYPE_CHECKING:
    from pathlib import Path


def state_folder() -> Path | None:
    """The folder; None if there is no home directory for it."""
    folder = folders.state_folder()
    return folder if folder.is_absolute() else None


def make_folder(inside: Path) -> None:
    """Create a folder in the state folder, and that one if needed, both private. Raises OSError."""
    if not inside.is_dir():
        inside.parent.parent.mkdir(parents=True, exist_ok=True)
        # Private: the files hold the notes' text.
        inside.parent.mkdir(mode=0o700, exist_ok=True)
        inside.mkdir(mode=0o700, exist_ok=True)


def files_of(kind: str, pattern: str) -> tuple[Path, ...]:
    """The files for one kind of state whose names match; none if they cannot be listed."""
    folder = state_folder()
    with suppress(OSError):
        return tuple((folder / kind).glob(pattern)) if folder else ()
    return ()


def name_of(note: str) -> str:
    """The name of a note in the folder, derived from its path; two notes hardly ever share one."""
    path = os.fsencode(os.path.abspath(note))
    return f"{zlib.crc32(path):08x}{zlib.adler32(path):08x}"
