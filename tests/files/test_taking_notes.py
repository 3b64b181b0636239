"""Many notes changed at once, as by a change of branches: the same result and cost as one by one."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.files.reader import Reader, at
from tests.steps import calls
from tui.core.notes.model import Position

if TYPE_CHECKING:
    from tui.core.pieces import Pieces


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    return written(tmp_path / "notes", 12)


def written(folder: Path, count: int) -> Path:
    folder.mkdir()
    for number in range(count):
        (folder / f"talk{number:03}.md").write_text(f"- bullet of talk {number}\n- another one of talk {number}\n")
    return folder


def edited(folder: Path, numbers: range) -> dict[str, Pieces | None]:
    files: dict[str, Pieces | None] = {}
    for number in numbers:
        path = folder / f"talk{number:03}.md"
        path.write_text(f"- put above in talk {number}\n- bullet of talk {number}, reworded\n")
        files[str(path)] = (path.read_bytes(),)
    return files


def at_once() -> bool:
    return True


def test_notes_taken_together_are_as_if_taken_one_after_the_other(folder: Path) -> None:
    Reader(folder).mark(at(0, 0, 6), path=str(folder / "talk003.md"))
    together, apart = Reader(folder), Reader(folder)
    files = edited(folder, range(8))
    (folder / "talk005.md").unlink()
    (folder / "talk006.md").write_bytes(b"\0\1\2\3" * 50)
    (folder / "new.md").write_text("- a bullet of a new note\n")
    files |= {
        str(folder / "talk005.md"): None,
        str(folder / "talk006.md"): ((folder / "talk006.md").read_bytes(),),
        str(folder / "new.md"): ((folder / "new.md").read_bytes(),),
    }
    before = together.state
    effect, done = together.session.take_notes(before, files)
    assert list(done) == list(files)
    assert effect.is_warning
    for path in files:
        if path != str(folder / "talk006.md"):
            apart.see(Path(path))
    assert effect.state == apart.state
    assert effect.follow(before, Position(3, 0)) == Position(effect.state.first_section(str(folder / "talk003.md")), 1)


def test_notes_are_taken_as_long_as_there_is_time_and_the_rest_later(folder: Path) -> None:
    reader, files = Reader(folder), edited(folder, range(3))
    effect, done = reader.session.take_notes(reader.state, files, is_over=at_once)
    assert list(done) == list(files)[:1]
    assert [note.path for note in effect.state.library.notes if "reworded" in note.source] == list(files)[:1]


def test_a_change_of_branches_is_reported_in_one_line(folder: Path) -> None:
    reader = Reader(folder)
    effect, _ = reader.session.take_notes(reader.state, edited(folder, range(5)))
    assert (effect.summary, effect.is_warning) == ("5 notes changed", False)


def test_an_edit_costs_what_it_is_about_however_many_notes_are_there(tmp_path: Path, folder: Path) -> None:
    def cost(count: int) -> int:
        notes = written(tmp_path / str(count), count)
        reader, files = Reader(notes), edited(notes, range(20))
        return calls(lambda: reader.session.take_notes(reader.state, files))

    assert cost(400) < 1.5 * cost(50)
