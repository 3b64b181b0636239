"""Copies of a sidecar that sync programs leave when two machines change it at the same time."""

from __future__ import annotations

import os
import re
from contextlib import suppress
from typing import TYPE_CHECKING

from tui.errors import SidecarError
from tui.files.lock import LOCK_NAME
from tui.files.sidecar.store import INDEX, is_in_place
from tui.files.toml.codec import storable

if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Mapping, Sequence
    from pathlib import Path

_NAME = re.compile(r"\.highlights.*\.toml(?:\.conflict\d*)?\Z")
"""Names of sidecars and their copies. Copies of ``podcasts.highlights.toml`` are, among others,

- ``podcasts.highlights.sync-conflict-20260818-173636-D4LGQYW.toml`` by Syncthing,
- ``podcasts.highlights (Ada's conflicted copy 2026-08-18).toml`` by Dropbox,
- ``podcasts.highlights (conflicted copy 2026-08-18 173636).toml`` by Nextcloud,
- ``podcasts.highlights (SFConflict ada@example.org 2026-08-18-17-36-36).toml`` by Seafile,
- ``podcasts.highlights (1).toml`` by Google Drive, ``podcasts.highlights 2.toml`` by iCloud,
- ``podcasts.highlights-LAPTOP.toml`` by OneDrive, ``podcasts.highlights.toml.conflict1`` by rclone."""

_OWN_NAME = re.compile(r"\.highlights.*\.toml(?:\.[^./]+)?\Z")
"""The same names, possibly followed by the suffix of a backup or of a version that was put aside."""


def is_sidecar_name(name: str) -> bool:
    """True if this is the name of a sidecar or of a copy of one."""
    return _NAME.search(name) is not None


def is_own_name(name: str) -> bool:
    """True if this is the name of a file that earmark keeps beside notes: a sidecar, copy, backup or the lock."""
    return name == LOCK_NAME or _OWN_NAME.search(name) is not None


def copies_of(sidecars: Mapping[Path, Path]) -> dict[Path, tuple[Path, ...]]:
    """The copies next to sidecars, by sidecar.

    A copy is recognised by the note that it names, not by its file name, which differs by program and language. A
    sidecar in the place of another note was copied together with its note, and is that note's own.

    Args:
        sidecars: The notes by their sidecars.
    """
    owners: dict[Path, dict[str, Path]] = {}
    for note, sidecar in sidecars.items():
        owners.setdefault(sidecar.parent, {})[storable(note.name)] = sidecar
    found: dict[Path, tuple[Path, ...]] = {}
    for folder, by_name in owners.items():
        for path in others_in(folder, frozenset(by_name.values())):
            if (original := by_name.get(INDEX.note_named(path) or "")) is None or is_in_place(path):
                continue
            with suppress(SidecarError):
                INDEX.contents(path)  # a broken file is not a copy
                found[original] = (*found.get(original, ()), path)
    return found


def others_in(folder: Path, known: Container[Path]) -> Iterator[Path]:
    """The files in a folder named like sidecars or copies of them, except known ones."""
    try:
        names = sorted(os.listdir(folder))
    except OSError:
        return
    yield from (path for path in (folder / name for name in names if is_sidecar_name(name)) if path not in known)


def notice(copies: Sequence[str]) -> str:
    """A message about copies, given at least one name."""
    head = "A copy of highlights waits" if len(copies) == 1 else f"{len(copies)} copies of highlights wait"
    return f"{head} to be merged: {', '.join(copies)}"
