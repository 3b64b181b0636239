"""One note and its sidecar, as far as a session of reading knows them on the disk."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tui.files.remembered import unsaved

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from tui.core.anchoring.snapshot import Settled
    from tui.core.annotations.changes import RecordChange
    from tui.files.remembered.alive import Life
    from tui.files.sidecar.text import Contents


@dataclass(slots=True)
class NoteOnDisk:
    """A note and its sidecar on the disk: what was read of them, what was written, what waits to be."""

    path: str
    sidecar: Path | None = None
    "The file with its highlights; None until that was looked for."
    is_adopted: bool = False
    "True while that file has the name that the note had before."
    beside: Path | None = None
    "A file with more of its highlights, in a folder that it was moved from before it was marked anew."
    is_away: bool = False
    "True while the note is missing or empty."
    is_read: bool = False
    "True once all of its highlights have been read."
    written: Contents | None = None
    "The sidecar as this session wrote it last; None where another may have written since, or before."
    met: set[str] = field(default_factory=set)
    "The ids of the records that its sidecar had when it was read or written."
    snapshots: tuple[Settled, ...] | None = None
    "The texts that the state folder has from this session; None before the first."
    kept: Mapping[str, RecordChange] = field(default_factory=dict)
    "The changes that the state folder has because the sidecar does not have them (yet)."
    is_durable: bool = True
    "True where a power cut leaves those there."

    @property
    def former(self) -> Path | None:
        """The file with its highlights, or more of them, that lies where it was before it was renamed or moved."""
        return self.sidecar if self.is_adopted else self.beside

    def meet(self, contents: Contents) -> None:
        """Remember which records its sidecar has."""
        self.met.update(record.id for record in contents.records)

    def prevails(self, change: RecordChange) -> bool:
        """Tell if a record as it is here counts more than as it is in a file that was brought back."""
        if change.before is None:
            return True
        if change.after is None:
            return change.id in self.met
        return change.after.updated >= change.before.updated

    def keep(self, changes: Mapping[str, RecordChange], life: Life, *, durable: bool = True) -> bool:
        """Keep in the state folder what is not saved; tell if it is there."""
        if changes != self.kept or (durable and not self.is_durable):
            life.begin()
            if not unsaved.keep(self.path, changes, life.session, durable=durable):
                return False
            self.kept, self.is_durable = changes, durable
        return True


class NotesOnDisk(dict[str, NoteOnDisk]):
    """The notes of a session by their paths; one that is asked for the first time is new."""

    def __missing__(self, path: str) -> NoteOnDisk:
        self[path] = NoteOnDisk(path)
        return self[path]

    def adopters(self, sidecar: Path) -> Iterator[NoteOnDisk]:
        """The notes that have a sidecar under the name, or in the folder, that they had before."""
        return (note for note in self.values() if note.former == sidecar)
