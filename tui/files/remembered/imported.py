"""The names of items imported into a note, kept so that another import does not bring back what the reader deleted."""

from __future__ import annotations

import hashlib
from contextlib import suppress
from typing import TYPE_CHECKING

from tui.files.atomic import replace_bytes
from tui.files.regular import read_bytes
from tui.files.remembered.state_folder import make_folder, name_of, state_folder

if TYPE_CHECKING:
    from collections.abc import Iterable, Set
    from pathlib import Path

_SIZE = 8
"Bytes per name."
_LARGEST = 1 << 24
"Most bytes: names of two million items, which take 200 MB of memory."


def imported_name(*what: str) -> bytes:
    """A short name for an imported item."""
    return hashlib.blake2b("\0".join(what).encode("utf-8", "surrogatepass"), digest_size=_SIZE).digest()


def load_imported(note: str) -> Set[bytes]:
    """The names of the items imported into a note."""
    with suppress(OSError):
        if (path := _path(note)) is not None:
            data = read_bytes(path, limit=_LARGEST, follows=False)
            return {data[at : at + _SIZE] for at in range(0, len(data) - _SIZE + 1, _SIZE)}
    return frozenset()


def save_imported(note: str, names: Iterable[bytes]) -> None:
    """Remember the names of the items imported into a note."""
    with suppress(OSError):
        if (path := _path(note)) is not None:
            make_folder(path.parent)
            replace_bytes(path, [b"".join(sorted(names))])


def _path(note: str) -> Path | None:
    folder = state_folder()
    return folder / "imported" / name_of(note) if folder else None
