"""The notes that a command opens: named, piped, configured, or in the current folder."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from tui.cli import COMMANDS
from tui.core.notes.model import STANDARD_INPUT
from tui.errors import NotesError, UsageError
from tui.files.config import Config
from tui.files.library import open_library
from tui.target import NotesTarget, target

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty current folder and a home of its own, without standard input."""
    folder = tmp_path / "here"
    folder.mkdir()
    monkeypatch.chdir(folder)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    return folder


@pytest.fixture(autouse=True)
def no_input() -> Iterator[None]:
    """Make standard input the null device."""
    yield from standard_input(os.open(os.devnull, os.O_RDONLY))


def standard_input(descriptor: int) -> Iterator[None]:
    before = os.dup(0)
    os.dup2(descriptor, 0)
    os.close(descriptor)
    yield
    os.dup2(before, 0)
    os.close(before)


@pytest.fixture
def piped() -> Iterator[None]:
    """Make standard input a pipe."""
    reading, writing = os.pipe()
    os.close(writing)
    yield from standard_input(reading)


def test_sample_is_opened_where_there_is_nothing_else() -> None:
    sample = target((), Config())
    assert sample.is_sample
    assert open_library(sample.path, Config().options).notes[0].episodes


def test_current_folder_is_opened_if_a_note_is_in_it(here: Path) -> None:
    (here / "walks.md").write_text("- a walk\n")
    assert target((), Config()) == NotesTarget(str(here))


@pytest.mark.parametrize("name", ["README.md", "CHANGELOG.md", "requirements.txt", "picture.png", ".hidden.md"])
def test_folder_of_a_program_is_no_folder_of_notes(here: Path, name: str) -> None:
    (here / name).write_text("- a walk\n")
    assert target((), Config()).is_sample


def test_folder_whose_only_note_is_deeper_is_no_folder_of_notes(here: Path) -> None:
    (here / "inner").mkdir()
    (here / "inner" / "walks.md").write_text("- a walk\n")
    assert target((), Config()).is_sample


@pytest.mark.parametrize("sign", [".obsidian", "logseq"])
def test_vault_is_opened_wherever_its_notes_lie(here: Path, sign: str) -> None:
    (here / sign).mkdir()
    (here / "pages").mkdir()
    (here / "pages" / "looms.md").write_text("- a bullet\n")
    assert target((), Config()) == NotesTarget(os.fspath(here))


def test_home_is_not_opened_for_a_stray_note(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / "list.txt").write_text("- eggs\n")
    monkeypatch.chdir(tmp_path / "home")
    assert target((), Config()).is_sample


def test_configured_notes_come_before_the_current_folder(here: Path) -> None:
    (here / "walks.md").write_text("- a walk\n")
    assert target((), Config(notes="/elsewhere")) == NotesTarget("/elsewhere")


@pytest.mark.usefixtures("piped")
def test_pipe_comes_before_the_configured_notes() -> None:
    assert target((), Config(notes="/elsewhere")) == NotesTarget(STANDARD_INPUT)


@pytest.mark.usefixtures("piped")
def test_named_path_comes_before_a_pipe() -> None:
    assert target(["walks.md"], Config()) == NotesTarget("walks.md")


def test_empty_path_counts_as_named() -> None:
    assert target([""], Config()) == NotesTarget("")


def test_several_paths_are_opened_together_in_the_folder_that_holds_them(here: Path) -> None:
    (here / "inner").mkdir()
    assert target(["inner/", "walks.md", "walks.md"], Config()) == NotesTarget(str(here), ("inner", "walks.md"))


def test_standard_input_is_not_opened_together_with_files() -> None:
    with pytest.raises(NotesError, match="it cannot be opened together with files"):
        target(["walks.md", "-"], Config())


@pytest.mark.parametrize(("word", "meant"), [("outlin", "outline"), ("highlight", "highlights"), ("help", "--help")])
def test_mistyped_command_is_told_with_the_nearest(word: str, meant: str) -> None:
    with pytest.raises(UsageError) as caught:
        target([word, "notes.md"], Config(), COMMANDS)
    assert str(caught.value) == f"{word}: no command and no file of this name; did you mean `earmark {meant}`?"
    assert caught.value.exit_code == 2


@pytest.mark.parametrize("word", ["walks", "./outlin", "outlin.md"])
def test_path_that_resembles_no_command_is_left_to_be_opened(word: str) -> None:
    assert target([word], Config(), COMMANDS) == NotesTarget(word)


def test_file_called_almost_like_a_command_is_opened(here: Path) -> None:
    (here / "outlin").write_text("- a walk\n")
    assert target(["outlin"], Config(), COMMANDS) == NotesTarget("outlin")
