"""Reading the sidecars of many notes in slices, at a cost proportional to their number."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING

import pytest

from tests.files.records import highlight
from tests.steps import calls
from tui.core.annotations.highlights import Put
from tui.core.state.model import State
from tui.files.config import Config
from tui.files.opened import Opened
from tui.files.session import Session
from tui.files.sidecar.places import SidecarsThere
from tui.files.sidecar.store import apply, sidecar_of
from tui.files.watching.stable_read import signature

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    return tmp_path / "notes"


def write_notes(folder: Path, count: int) -> list[Path]:
    folder.mkdir()
    notes = [folder / f"talk{number:03}.md" for number in range(count)]
    for note in notes:
        note.write_text(f"- bullet of {note.stem}\n- another bullet\n")
    return notes


def mark(note: Path, number: int = 1) -> None:
    apply(sidecar_of(note), note.name, [Put(highlight(f"{number:03}{note.stem}", exact=f"bullet of {note.stem}"))])


def at_once() -> bool:
    return True


def read_by_single_notes(folder: Path) -> tuple[State, int]:
    """Read as on a machine so slow that each slice has time for one note; returns the number of slices."""
    session, slices = Session(opened := Opened(str(folder), Config())), 0
    state, waiting = State(opened.library), deque(opened.library.numbers)
    there = SidecarsThere(opened.library)
    while waiting:
        state, slices = session.read_own_sidecars(state, waiting, there, at_once), slices + 1
    return state, slices


def test_a_slice_without_time_reads_one_note_and_the_next_goes_on(folder: Path) -> None:
    notes = write_notes(folder, 5)
    for note in notes[1:4]:
        mark(note)
    state, slices = read_by_single_notes(folder)
    assert slices == 5
    assert [len(state.annotations_of(str(note)).highlights) for note in notes] == [0, 1, 1, 1, 0]


def test_slices_cost_what_is_read_in_them_however_many_notes_wait(tmp_path: Path, folder: Path) -> None:
    few, many = tmp_path / "few", tmp_path / "many"
    write_notes(few, 40)
    write_notes(many, 160)
    assert calls(lambda: read_by_single_notes(many)) < 4.4 * calls(lambda: read_by_single_notes(few))


def test_notes_without_highlights_are_not_looked_at_one_by_one(folder: Path) -> None:
    notes = write_notes(folder, 30)
    mark(notes[7])
    looked_at = calls(lambda: read_by_single_notes(folder), "SidecarReader.read_one")
    assert looked_at == 1


@pytest.mark.parametrize("name", ["Talk000.highlights.toml", "TALK000.MD.highlights.toml", "café.highlights.toml"])
def test_a_sidecar_in_other_letters_is_looked_at_where_the_system_may_take_it_for_the_notes_own(
    folder: Path, name: str
) -> None:
    write_notes(folder, 1)
    (folder / "cafe\u0301.md").write_text("- a bullet\n")
    (folder / name).write_text("version = 1\n")
    opened = Opened(str(folder), Config())
    there = SidecarsThere(opened.library)
    own = folder / ("cafe\u0301.highlights.toml" if name.startswith("c") else name.lower())
    assert there.may_have(own)
    assert not there.may_have(folder / "other.highlights.toml")


def test_looking_for_sidecars_of_gone_notes_gives_way_at_each_file(folder: Path) -> None:
    notes = write_notes(folder, 12)
    for number, note in enumerate(notes):
        mark(note, number)
    for note in notes[6:]:
        note.unlink()
    session, ways = Session(opened := Opened(str(folder), Config())), 0
    session.read_own_sidecars(State(opened.library), deque(opened.library.numbers))

    def give_way() -> None:
        nonlocal ways
        ways += 1

    assert session.other_sidecars(opened.library, give_way) == {}
    assert ways >= 12 + 6 + 6


def test_sidecars_that_are_there_are_known_to_the_watcher_before_they_are_read(folder: Path) -> None:
    notes = write_notes(folder, 3)
    for note in notes:
        mark(note)
    session = Session(opened := Opened(str(folder), Config()))
    session.sidecars_there(opened.library)
    assert {str(sidecar_of(note)) for note in notes} <= opened.seen.keys()
    assert all(opened.seen[str(sidecar_of(note))] == signature(str(sidecar_of(note))) for note in notes)
