"""Possible sidecars of notes, to tell whose a sidecar may be."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from tui.files.sidecar import store
from tui.files.toml import codec

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from collections.abc import Set as AbstractSet

    from tui.core.notes.model import Library


class SidecarPlaces(NamedTuple):
    """The possible sidecars of a library's notes, which are given by their paths."""

    notes: AbstractSet[str]
    by_sidecar: Mapping[str, Sequence[str]]
    "Notes by the paths of their possible sidecars."
    by_name: Mapping[tuple[str, str], Sequence[str]]
    "Notes by their folder, and their name in a sidecar."


def places_of(library: Library) -> SidecarPlaces:
    """Find the possible sidecars of a library's notes."""
    by_sidecar: dict[str, list[str]] = {}
    by_name: dict[tuple[str, str], list[str]] = {}
    for note in library.notes:
        path = Path(note.path)
        for place in store.possible_sidecars(path):
            by_sidecar.setdefault(str(place), []).append(note.path)
        by_name.setdefault((str(path.parent), codec.storable(path.name)), []).append(note.path)
    return SidecarPlaces(library.numbers.keys(), by_sidecar, by_name)
