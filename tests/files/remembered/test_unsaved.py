"""Changes that cannot be saved next to the notes wait in the state folder for any later session."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.files.records import HIGHLIGHTS, QUESTIONS, highlight, question
from tui.core.annotations.changes import RecordChange
from tui.files.remembered.unsaved import forget, keep, kept, of_gone_notes

if TYPE_CHECKING:
    from tui.core.annotations.highlights import Record

PAIRS = st.lists(
    HIGHLIGHTS.map(lambda after: RecordChange(replace(after, comment="before"), after))
    | (HIGHLIGHTS | QUESTIONS).map(lambda record: RecordChange(None, record))
    | (HIGHLIGHTS | QUESTIONS).map(lambda record: RecordChange(record, None)),
    max_size=4,
    unique_by=lambda change: change.id,
)


@pytest.fixture
def note(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    return str(tmp_path / "walks.md")


def added(record: Record) -> dict[str, RecordChange]:
    return {record.id: RecordChange(None, record)}


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(changes=PAIRS)
def test_kept_changes_are_found_again(note: str, changes: list[RecordChange]) -> None:
    unsaved = {change.id: change for change in changes if change.before != change.after}
    assert keep(note, unsaved, "one")
    assert kept(note)[0] == unsaved
    assert keep(note, {}, "one")
    assert kept(note) == ({}, ())


def test_two_sessions_keep_theirs_side_by_side(note: str) -> None:
    assert keep(note, added(highlight("01A")), "one")
    assert keep(note, added(question("01B")), "two")
    found, files = kept(note)
    assert found == added(highlight("01A")) | added(question("01B"))
    assert len(files) == 2
    forget(files)
    assert kept(note) == ({}, ())


@pytest.mark.parametrize("ahead", [0, 1, 10**9, 10**18])
def test_later_changes_are_the_later_ones_whatever_the_clock_says(note: str, ahead: int) -> None:
    first, second, third = (replace(highlight("01A"), comment=words) for words in ("first", "second", "third"))
    assert keep(note, {"01A": RecordChange(first, second)}, "two")
    (file,) = kept(note)[1]
    then = file.stat().st_mtime_ns + ahead
    os.utime(file, ns=(then, then))
    assert keep(note, {"01A": RecordChange(second, third)}, "one")
    assert kept(note)[0] == {"01A": RecordChange(first, third)}


def test_another_note_has_none_of_it(note: str) -> None:
    keep(note, added(highlight("01A")), "one")
    assert kept(note + ".other") == ({}, ())


@pytest.mark.parametrize("text", ["", "not toml", "note = 1", '[[after.highlight]]\nid = "01A"\n'])
def test_unreadable_files_are_left_in_place(note: str, text: str) -> None:
    keep(note, added(highlight("01A")), "one")
    (file,) = kept(note)[1]
    file.write_text(text)
    assert kept(note) == ({}, ())
    assert file.exists()


def test_link_in_the_place_of_changes_is_not_followed(note: str, tmp_path: Path) -> None:
    assert keep(note, added(highlight("01A")), "one")
    ((file,),) = (kept(note)[1],)
    file.symlink_to(file.rename(tmp_path / "elsewhere"))
    assert kept(note) == ({}, ())
    assert not [*of_gone_notes(lambda _: True)]


def test_a_state_folder_that_cannot_be_is_told(note: str, tmp_path: Path) -> None:
    (tmp_path / "state").write_text("a file")
    assert not keep(note, added(highlight("01A")), "one")
    assert keep(note, {}, "one")
    assert kept(note) == ({}, ())


def test_a_path_of_any_bytes_has_its_own(note: str) -> None:
    odd = note + "caf\udce9 \x1b"
    assert keep(odd, added(highlight("01A")), "one")
    assert kept(odd)[0] == added(highlight("01A"))


@pytest.mark.parametrize("name", ["walks.md", "caf\udce9 \x1b.md", "caf\ufffd.md"])
def test_changes_of_a_vanished_note_are_found_whatever_its_name_was(note: str, name: str) -> None:
    folder = Path(note).parent
    here, gone, far = folder / f"here {name}", folder / name, folder / "other" / name
    here.write_text("- a walk\n")
    for number, path in enumerate((here, gone, far)):
        assert keep(str(path), added(highlight(f"0{number}")), "one")
    assert [found for found, _ in of_gone_notes(lambda path: Path(path).parent == folder)] == [added(highlight("01"))]
    gone.write_text("- a walk\n")
    assert list(of_gone_notes(lambda path: Path(path).parent == folder)) == []
