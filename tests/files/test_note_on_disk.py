"""One note on disk: the records that count, and those kept in the state folder."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from tests.files.records import highlight
from tui.core.annotations.changes import RecordChange
from tui.core.annotations.highlights import Put
from tui.files.note_on_disk import NoteOnDisk, NotesOnDisk
from tui.files.remembered import unsaved
from tui.files.remembered.liveness import SessionLock
from tui.files.sidecar.text import Contents, with_operations

OLD = highlight("01A")
NEW = replace(OLD, updated=OLD.updated + timedelta(seconds=1))


@pytest.fixture
def note(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> NoteOnDisk:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    return NoteOnDisk(str(tmp_path / "walks.md"))


def test_a_note_asked_for_twice_is_the_same() -> None:
    notes = NotesOnDisk()
    assert notes["walks.md"] is notes["walks.md"]
    assert notes["walks.md"].path == "walks.md"


def test_the_notes_of_an_adopted_sidecar_are_found_and_no_others() -> None:
    notes, sidecar = NotesOnDisk(), Path("former.highlights.toml")
    for path, is_adopted in (("a.md", True), ("b.md", False)):
        notes[path].sidecar, notes[path].is_adopted = sidecar, is_adopted
    notes["c.md"].sidecar, notes["c.md"].is_adopted = Path("other.highlights.toml"), True
    assert [each.path for each in notes.adopters(sidecar)] == ["a.md"]


@pytest.mark.parametrize(
    ("change", "prevails"),
    [
        (RecordChange(None, OLD), True),
        (RecordChange(OLD, NEW), True),
        (RecordChange(NEW, OLD), False),
        (RecordChange(OLD, None), False),
    ],
)
def test_the_newer_of_two_counts_and_a_record_never_met_stays(
    note: NoteOnDisk, change: RecordChange, *, prevails: bool
) -> None:
    assert note.prevails(change) is prevails


def test_a_record_that_was_met_may_be_gone(note: NoteOnDisk) -> None:
    note.meet(with_operations(Contents("walks.md"), [Put(OLD)]))
    assert note.prevails(RecordChange(OLD, None))


def test_kept_changes_are_forgotten_once_saved(note: NoteOnDisk) -> None:
    life, changes = SessionLock("ab12"), {OLD.id: RecordChange(None, OLD)}
    assert note.keep(changes, life, durable=False)
    assert note.keep(changes, life)
    life.end()
    assert unsaved.kept(note.path)[0] == changes
    assert note.keep({}, life)
    assert unsaved.kept(note.path) == ({}, ())
    life.end()


def test_changes_that_no_folder_takes_are_not_said_to_be_kept(note: NoteOnDisk, tmp_path: Path) -> None:
    (tmp_path / "state").write_text("a file in the folder's place")
    assert not note.keep({OLD.id: RecordChange(None, OLD)}, SessionLock("ab12"))
    assert note.kept == {}
