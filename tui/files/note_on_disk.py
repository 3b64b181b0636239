"""A session's knowledge of one note and its sidecar on disk."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tui.files.remembered import unsaved

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from tui.core.anchoring.snapshot import Snapshot
    from tui.core.annotations.changes import RecordChange
    from tui.files.remembered.liveness import SessionLock
    from tui.files.sidecar.text import Contents


@dataclass(slots=True)
class NoteOnDisk:
    """A note and its sidecar on disk: contents read and written, and changes not saved yet."""

    path: str
    sidecar: Path | None = None
    "The note's sidecar; None until it has been looked for."
    is_adopted: bool = False
    "True while that file still has the note's former name."
    beside: Path | None = None
    "A second sidecar, left in the folder that the note was moved from before it got new highlights."
    is_new: bool = False
    "True while the note, which had no sidecar of its own, may still turn out to own a stray one."
    is_away: bool = False
    "True while the note is missing or empty."
    is_read: bool = False
    "True once all of its highlights have been read."
    written: Contents | None = None
    "The sidecar as this session last wrote it; None if another program may have written after that, or before."
    met: set[str] = field(default_factory=set)
    "Ids of the records in its sidecar when it was read or written."
    snapshots: tuple[Snapshot, ...] | None = None
    "Snapshots written to the state folder by this session; None before the first."
    kept: Mapping[str, RecordChange] = field(default_factory=dict)
    "Changes stored in the state folder that are not in the sidecar yet."
    is_durable: bool = True
    "True if they would survive a power cut there."

    @property
    def former(self) -> Path | None:
        """The sidecar, or second sidecar, that still lies at the note's former path."""
        return self.sidecar if self.is_adopted else self.beside

    def meet(self, contents: Contents) -> None:
        """Remember which records its sidecar has."""
        self.met.update(record.id for record in contents.records)

    def prevails(self, change: RecordChange) -> bool:
        """True if a record here wins over the one in a restored file."""
        if change.before is None:
            return True
        if change.after is None:
            return change.id in self.met
        return change.after.updated >= change.before.updated

    def keep(self, changes: Mapping[str, RecordChange], life: SessionLock, *, durable: bool = True) -> bool:
        """Store unsaved changes in the state folder; False if that fails."""
        if changes != self.kept or (durable and not self.is_durable):
            life.begin()
            if not unsaved.keep(self.path, changes, life.session, durable=durable):
                return False
            self.kept, self.is_durable = changes, durable
        return True


class NotesOnDisk(dict[str, NoteOnDisk]):
    """The notes of a session by path, each created on first use."""

    def __missing__(self, path: str) -> NoteOnDisk:
        self[path] = NoteOnDisk(path)
        return self[path]

    def adopters(self, sidecar: Path) -> Iterator[NoteOnDisk]:
        """The notes that use a sidecar of their former name or folder."""
        return (note for note in self.values() if note.former == sidecar)
