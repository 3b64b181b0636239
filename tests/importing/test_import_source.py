"""Imports into notes that someone edits at the same time."""

from __future__ import annotations

from typing import TYPE_CHECKING, NoReturn

import pytest

from tests.importing.formats.kindle_corpus import file_of
from tui.core.state.model import State
from tui.errors import NotesError, OutputError
from tui.files.config import Config
from tui.files.opened import Opened
from tui.files.session import Session
from tui.importing.import_source import ImportRequest, import_source

if TYPE_CHECKING:
    from pathlib import Path


CLIPPING = "- Your Highlight on page {0} | Location {0} | Added on Sunday, March 3, 2024 10:05:07 PM"
COMMENT = "- Your Note on page {0} | Location {0} | Added on Sunday, March 3, 2024 10:06:00 PM"


@pytest.fixture(autouse=True)
def bare_state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))


def clippings(folder: Path, *pages: int) -> str:
    records = [("Ropes", CLIPPING.format(page), f"Rope {page} holds.") for page in pages]
    (path := folder / "clips.txt").write_bytes(file_of(*records, ("Ropes", COMMENT.format(pages[0]), "how so?")))
    return str(path)


def annotated(path: str) -> tuple[Session, State]:
    opened = Opened(path, Config())
    session = Session(opened)
    return session, session.read_sidecars(State(opened.library))


def test_an_edit_during_an_import_stays_and_is_reported(tmp_path: Path) -> None:
    note = tmp_path / "ropes.md"
    import_source(ImportRequest(clippings(tmp_path, 3), output=str(note)), annotated)
    edited = note.read_text() + "\nMy own words\n"

    def edit(message: str) -> None:
        if message == "making the note":
            note.write_text(edited)

    request = ImportRequest(clippings(tmp_path, 3, 5), output=str(note), appends=True)
    with pytest.raises(OutputError, match=r"changed meanwhile, and is left as it is; import again"):
        import_source(request, annotated, edit)
    assert note.read_text() == edited
    import_source(request, annotated)
    assert note.read_text() == f"{edited}\n- Rope 5 holds. (p. 5)\n"
    assert sorted(path.name for path in tmp_path.iterdir() if "ropes" in path.name) == [
        "ropes.highlights.toml",
        "ropes.md",
    ]


@pytest.mark.parametrize("is_edited", [False, True])
def test_a_note_without_its_highlights_is_removed_unless_someone_edited_it(tmp_path: Path, is_edited: bool) -> None:
    note = tmp_path / "ropes.md"

    def refuse(path: str) -> NoReturn:
        if is_edited:
            note.write_text("my own words\n")
        raise NotesError(path, "unreadable", "try again")

    with pytest.raises(NotesError):
        import_source(ImportRequest(clippings(tmp_path, 3), output=str(note)), refuse)
    assert note.exists() == is_edited
