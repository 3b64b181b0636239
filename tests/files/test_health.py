from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.files.records import highlight
from tui.core.annotations.changes import RecordChange
from tui.core.notes.splitting import Options
from tui.files.health import faults_of, unread_sidecars
from tui.files.library import open_library
from tui.files.remembered.unsaved import keep

if TYPE_CHECKING:
    from pathlib import Path

SIDECAR = 'version = 1\nnote = "{}"\n\n[end]\n'


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("ada", "bob"):
        (tmp_path / f"{name}.md").write_text(f"# {name}\n\n- words\n")
        (tmp_path / f"{name}.highlights.toml").write_text(SIDECAR.format(f"{name}.md"))
    return tmp_path


def faults(path: Path) -> list[str]:
    return [fault.removeprefix(f"{path}/") for fault in faults_of(open_library(str(path), Options()))]


def test_notes_with_whole_files_of_highlights_have_no_faults(folder: Path) -> None:
    assert faults(folder) == faults(folder / "ada.md") == []


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ('version = 1\nnote = "ada.md"\nx =\n', "ada.highlights.toml:3: "),
        ('version = 1\nnote = "ada.md"\n', "it was cut short"),
        ('version = 9\nnote = "ada.md"\n\n[end]\n', "a newer earmark wrote it"),
        ("version = 1\n<<<<<<< ours\n", "both sides of a merge"),
    ],
)
def test_file_of_highlights_that_is_not_read_is_a_fault(folder: Path, text: str, fault: str) -> None:
    (folder / "ada.highlights.toml").write_text(text)
    (found,) = faults(folder)
    assert fault in found
    assert [str(error) for error in unread_sidecars(open_library(str(folder), Options()))] == [f"{folder}/{found}"]


def test_highlights_whose_note_is_gone_are_a_fault(folder: Path) -> None:
    (folder / "cleo.highlights.toml").write_text(SIDECAR.format("cleo.md"))
    (found,) = faults(folder)
    assert found.startswith("cleo.highlights.toml: its note cleo.md is gone; ")


def test_renamed_notes_with_their_highlights_renamed_too_are_fine(folder: Path) -> None:
    (folder / "ada.md").rename(folder / "eve.md")
    (folder / "ada.highlights.toml").rename(folder / "eve.highlights.toml")
    assert faults(folder) == []


@pytest.mark.parametrize(
    "name", ["ada.highlights (1).toml", "ada (copy).highlights.toml", "ada.highlights.sync-conflict-1.toml"]
)
def test_copy_that_nobody_reads_is_a_fault(folder: Path, name: str) -> None:
    (folder / name).write_text(SIDECAR.format("ada.md"))
    assert [found.startswith(f"{name}: it is a copy of ada.highlights.toml") for found in faults(folder)] == [True]
    (folder / name).write_text("x =")
    assert [found.startswith(f"{name}:1: ") for found in faults(folder)] == [True]


def test_one_note_answers_for_its_own_highlights_only(folder: Path) -> None:
    (folder / "bob.highlights.toml").write_text("x =")
    (folder / "adam.highlights.toml").write_text("x =")
    (folder / "bob (copy).highlights.toml").write_text(SIDECAR.format("bob.md"))
    assert faults(folder / "ada.md") == []


def test_note_that_cannot_be_read_is_a_fault(folder: Path) -> None:
    (folder / "ada.md").write_bytes(bytes(range(256)) * 40)
    (found,) = faults(folder)
    assert found.startswith("ada.md: this is not UTF-8 text")
    (folder / "ada.md").write_bytes(b"# Caf\xe9\n\n- plain words and a good many of them\n")
    assert faults(folder) == []


def test_changes_that_wait_to_be_saved_are_a_fault(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(folder / "state"))
    keep(str(folder / "ada.md"), {"01A": RecordChange(None, highlight("01A"))}, "one")
    (found,) = faults(folder)
    assert found == "ada.md: 1 change waits in the state folder; open the notes to save it"
