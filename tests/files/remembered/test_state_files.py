"""Files in the state folder: one per note and kind, expendable, never mistaken for another note's."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tui.files.remembered import reader_state
from tui.files.remembered.state_files import file_of, forget, load, save

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(autouse=True)
def state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The state folder of these tests."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    return tmp_path / "state"


def test_data_of_a_note_and_kind_is_loaded_for_them_alone() -> None:
    save("places", "/notes/a.md", b"one\ntwo")
    assert load("places", "/notes/a.md") == b"one\ntwo"
    assert load("places", "/notes/b.md") == b""
    assert load("orders", "/notes/a.md") == b""


def test_forgotten_data_is_gone_and_may_be_forgotten_again() -> None:
    save("places", "/notes/a.md", b"one")
    forget("places", "/notes/a.md")
    forget("places", "/notes/a.md")
    assert load("places", "/notes/a.md") == b""


def test_a_file_that_names_another_note_is_not_taken_for_this_ones() -> None:
    save("places", "/notes/a.md", b"one")
    file = file_of("places", "/notes/a.md")
    assert file is not None
    file[0].write_bytes(file[0].read_bytes().replace(b"a.md", b"b.md"))
    assert load("places", "/notes/a.md") == b""


def test_more_than_the_limit_counts_as_nothing() -> None:
    save("places", "/notes/a.md", b"x" * 100)
    assert load("places", "/notes/a.md", limit=50) == b""


@pytest.mark.parametrize("kept", ["", "24 0", "-3 40", "x y", "1 2 3"])
def test_widths_that_make_no_sense_are_the_usual_ones(kept: str) -> None:
    save("widths", "", kept.encode())
    left, right = reader_state.load_widths()
    assert left >= 0
    assert right >= 0


def test_the_readers_choices_are_remembered() -> None:
    reader_state.save_widths((30, 44))
    reader_state.save_theme("nord")
    reader_state.save_order("/notes", "newest first")
    assert reader_state.load_widths() == (30, 44)
    assert reader_state.load_theme() == "nord"
    assert reader_state.load_order("/notes") == "newest first"
    assert reader_state.load_order("/others") == ""
