"""The highlights of a note that was renamed: found by the note that a sidecar names, else by their text."""

from __future__ import annotations

import os
from operator import itemgetter
from typing import TYPE_CHECKING

from tui.core.anchoring import resolve
from tui.core.annotations.highlights import Anchored
from tui.errors import SidecarError
from tui.files.atomic import unwritable
from tui.files.exchange import rename_new
from tui.files.lock import locked
from tui.files.sidecar import store
from tui.files.sidecar.text import refusal

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from pathlib import Path

    from tui.core.annotations.highlights import Record
    from tui.core.notes.model import Note

SHARE = 0.5
"How many of a sidecar's records must sit in a note for certain before it is taken for the note's own."


def adopted(note: Note, strays: tuple[tuple[Path, str], ...]) -> tuple[Path, str] | None:
    """The sidecar that was this note's under another name, with that name; None where there is none.

    Args:
        note: A note that has no sidecar of its own.
        strays: Sidecars whose note is gone, with the notes' names, as `tui.files.sidecar.store.strays` gives them.
    """
    best: tuple[int, Path, str] | None = None
    for path, name in strays:
        try:
            contents = store.INDEX.contents(path)
        except SidecarError:
            continue
        records = contents.records
        if not records or refusal(str(path), contents) is not None:
            continue
        certain = _certain(note, records)
        if certain and (best is None or certain > best[0]):
            best = (certain, path, name)
    return best[1:] if best else None


def owner(notes: Iterable[Note], records: Collection[Record]) -> Note | None:
    """The note in which records sit, of one that was renamed; None where that is not certain of any."""
    found = [(certain, note) for note in notes if (certain := _certain(note, records))]
    return max(found, key=itemgetter(0))[1] if found else None


def _certain(note: Note, records: Collection[Record]) -> int:
    """How many records sit in a note for certain; none where that are too few for it to be theirs."""
    anchors = resolve(note, records, None)
    certain = sum(isinstance(anchor, Anchored) for anchor in anchors.values())
    return certain if certain >= max(1, SHARE * len(records)) else 0


def take_over(old: Path, new: Path) -> None:
    """Give an adopted sidecar the name that its note's sidecar has. Raises SidecarError, and then it is as it was."""
    with locked(new, note=old):
        try:
            # It may be gone: another note that it could have been of was marked first.
            if os.path.exists(old):
                rename_new(old, new)
        except OSError as error:
            raise unwritable(new, error) from error
