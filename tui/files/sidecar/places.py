"""The possible sidecars of notes, to find the owner of a sidecar, and the sidecars that exist in folders."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from unicodedata import normalize

from tui.files.sidecar import store
from tui.files.sidecar.copies import is_sidecar_name
from tui.files.toml import codec

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from collections.abc import Set as AbstractSet

    from tui.core.notes.model import Library


class SidecarPlaces(NamedTuple):
    """The possible sidecars of a library's notes; notes are given by path."""

    notes: AbstractSet[str]
    by_sidecar: Mapping[str, Sequence[str]]
    "Notes by the paths of their possible sidecars."
    by_name: Mapping[tuple[str, str], Sequence[str]]
    "Notes by their folder and by the name that a sidecar would give them."


class SidecarsThere:
    """The sidecars in the folders of a library's notes, found by listing each folder once, whatever the number of
    notes.
    """

    def __init__(self, library: Library) -> None:
        self.paths: list[Path] = []
        for folder in {os.path.dirname(path) for path in library.numbers}:
            with suppress(OSError):
                names = filter(is_sidecar_name, os.listdir(folder or os.curdir))
                self.paths += (Path(folder, name) for name in names)
        self._names = frozenset(map(_folded, self.paths))

    def may_have(self, sidecar: Path) -> bool:
        """True if a sidecar may be at a path; some file systems ignore case or Unicode form in names."""
        return _folded(sidecar) in self._names


def _folded(path: Path) -> str:
    return normalize("NFC", str(path)).casefold()


def places_of(library: Library) -> SidecarPlaces:
    """Compute the possible sidecars of a library's notes."""
    by_sidecar: dict[str, list[str]] = {}
    by_name: dict[tuple[str, str], list[str]] = {}
    for note in library.notes:
        path = Path(note.path)
        for place in store.possible_sidecars(path):
            by_sidecar.setdefault(str(place), []).append(note.path)
        by_name.setdefault((str(path.parent), codec.storable(path.name)), []).append(note.path)
    return SidecarPlaces(library.numbers.keys(), by_sidecar, by_name)
