"""Saving a reader's changes to sidecars, or in the state folder while that is impossible."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path, PurePath
from typing import TYPE_CHECKING

from tui.core.annotations.changes import Step, differences
from tui.core.state import highlighting
from tui.core.state.model import with_annotations
from tui.errors import DamagedError, SidecarError
from tui.files.lock import LOCK_SECONDS
from tui.files.os_errors import sidecar_unwritable
from tui.files.remembered import unsaved
from tui.files.sidecar import store
from tui.files.sidecar.adoption import move_adopted, owner
from tui.files.sidecar.reading import locked

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from tui.core.annotations.changes import RecordChange
    from tui.core.notes.model import Note
    from tui.core.state.model import State
    from tui.files.note_on_disk import NotesOnDisk
    from tui.files.opened import Opened
    from tui.files.remembered.liveness import SessionLock
    from tui.files.sidecar.reading import SidecarReader


@dataclass(frozen=True, slots=True)
class Saved:
    """The outcome of saving."""

    state: State
    fault: str
    "The reason why not everything was saved; empty if it was."


class SidecarSaver:
    """Saves the changes of a session."""

    def __init__(
        self, opened: Opened, notes: NotesOnDisk, reader: SidecarReader, life: SessionLock, within: Sequence[Path]
    ) -> None:
        self._opened = opened
        self._notes = notes
        self._reader = reader
        self._life = life
        self._within = within
        "Folders that a sidecar's link may lead into."

    def write(self, state: State, note: str, *, patience: float = LOCK_SECONDS) -> State:
        """Save a note's unsaved changes, and records that returned to earlier words; return the new state.

        Raises SidecarError, with nothing changed.
        """
        if not state.annotations_of(note).unsaved and not highlighting.upkeep_of_returned(state, note):
            return state
        path, disk = store.sidecar_of(Path(note)), self._notes[note]
        if (former := disk.former) is not None:
            move_adopted(former, path, PurePath(note).name, self._within)
            disk.is_adopted, disk.beside = False, None
        disk.sidecar = path
        operations = highlighting.operations(state, note)
        order = highlighting.order(state, note)
        contents = store.apply(
            path, PurePath(note).name, operations, order=order, patience=patience, within=self._within
        )
        disk.is_read, disk.written = True, contents
        disk.meet(contents)
        return highlighting.with_saved(state, note, operations, contents.highlights, contents.questions)

    def save(self, state: State, note: str, *, patience: float) -> Saved:
        """Save a note's unsaved changes; failing that, store them in the state folder for the next session."""
        disk, fault = self._notes[note], ""
        disk.keep(state.annotations_of(note).unsaved, self._life, durable=False)
        try:
            state = self.write(state, note, patience=patience)
        except DamagedError as error:
            state = locked(state, disk, error, self._within)
            fault = state.annotations_of(note).locked
        except SidecarError as error:
            fault = error.in_short()
        except OSError as error:
            fault = sidecar_unwritable(Path(note), error).in_short()
        disk.keep(state.annotations_of(note).unsaved, self._life)
        return Saved(state, fault)

    def is_stale(self, state: State, note: str) -> bool:
        """True if a note's sidecar still has words that its highlights matched only for a while."""
        return (
            state.has(note)
            and not state.annotations_of(note).unsaved
            and bool(highlighting.upkeep_of_returned(state, note))
        )

    def restore(self, state: State, note: str) -> tuple[State, str]:
        """Restore the backup of a note's damaged sidecar; return the new state and a message.

        Records read before the damage and missing from the backup are saved again; records in the backup that were
        never read here stay. Raises SidecarError.
        """
        disk, annotations = self._notes[note], state.annotations_of(note)
        path = disk.sidecar or store.sidecar_of(Path(note))
        aside = store.restore(path, within=self._within)
        if disk.is_read:
            changes = differences(store.load(path, self._within).records, annotations.records.values())
            ours = {id_: change for id_, change in changes.items() if disk.prevails(change)}
            state = with_annotations(state, note, replace(annotations, unsaved=ours))
        state = self._reader.read_one(state, state.note(note), partial(self._reader.strays, state.library))
        return state, f"{path.name} is as it was before; the damaged one is {aside.name}"

    # -- unsaved changes

    def restore_unsaved(self, state: State) -> State:
        """Restore changes that earlier sessions could not save, as unsaved changes."""
        for path in unsaved.waiting(note.path for note in state.library.notes):
            state = self._restore_unsaved(state, state.note(path), *unsaved.kept(path))
        for found, file in unsaved.of_gone_notes(self._opened.is_near):
            records = [record for change in found.values() if (record := change.after or change.before)]
            if (renamed := owner(state.library.notes, records)) is not None:
                state = self._restore_unsaved(state, renamed, found, (file,))
        return state

    def _restore_unsaved(
        self, state: State, note: Note, found: Mapping[str, RecordChange], files: Iterable[Path]
    ) -> State:
        if found:
            state = highlighting.with_step_unsaved(state, Step(note.path, tuple(found.values()), ""))
            if self._notes[note.path].keep(state.annotations_of(note.path).unsaved, self._life):
                unsaved.forget(files)
        return state

    def is_kept(self, state: State) -> bool:
        """True if every unsaved change is in the state folder."""
        pending = {path: annotations.unsaved for path, annotations in state.annotations.items() if annotations.unsaved}
        return all(self._notes[path].kept == changes for path, changes in pending.items())

    def keep_for_next(self, state: State) -> bool:
        """Store unsaved changes for the next session, next to any that this one may still save; True if all are
        stored.
        """
        pending = {path: annotations.unsaved for path, annotations in state.annotations.items() if annotations.unsaved}
        kept = [unsaved.keep(path, changes, f"{self._life.session}.0") for path, changes in pending.items()]
        return all(kept)
