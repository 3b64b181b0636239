"""Every way in which people save notes is reported, with the saved text and with nothing else."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.files.editors import NOTE, OTHERS, Editor, editors, prepare
from tests.files.saving import version
from tui.files.watching.watched import targets_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.files.conftest import Told, Watch

TEXT = version(1)
OLD, NEW = b"OLD\n" + TEXT, b"NEW\n" + TEXT
RENAMES = {"vim", "vim backupdir", "neovim", "emacs", "sed -i", "perl -pi", "mv", "atomic rename"}
"Ways that replace the note by another file."
GIT = ["git", "-c", "user.name=reader", "-c", "user.email=reader@example.org", "-c", "init.defaultBranch=main"]

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the events are Linux's")


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder outside the system's temporary one, where vim and emacs would keep no backup and save another way."""
    for parent in ("/var/tmp", Path.home()):
        if os.access(parent, os.W_OK) and not str(parent).startswith("/tmp/"):
            with tempfile.TemporaryDirectory(dir=parent, prefix="earmark-saving-") as path:
                yield Path(path)
            return
    pytest.skip("no folder outside the temporary one can be written to")


def save_and_wait(watch: Watch, note: Path, save: Callable[[], object]) -> Told:
    """Save a watched note; returns the reports up to its new text, which must be complete texts only."""
    told = watch(targets_of(str(note))[0])
    save()
    told.wait(note, NEW)
    assert set(told.of(note)) <= {OLD, NEW}
    return told


@pytest.mark.parametrize("editor", editors(), ids=lambda editor: editor.name)
def test_save_is_told_of_and_so_is_the_next(editor: Editor, folder: Path, watch: Watch) -> None:
    if not editor.is_here:
        pytest.skip(f"{editor.words[0]} is not installed")
    note = prepare(folder, TEXT)
    before = note.stat()
    with note.open("rb"):  # so that the file's number is not given to another
        told = save_and_wait(watch, note, lambda: editor.save(folder))
        assert (note.stat().st_ino != before.st_ino) == (editor.name in RENAMES)
    prepare(folder, TEXT)
    told.wait(note, OLD)
    editor.save(folder)
    told.wait(note, NEW)


def test_emacs_keeps_its_backup_here(folder: Path) -> None:
    emacs = next(editor for editor in editors() if editor.name == "emacs")
    if not emacs.is_here:
        pytest.skip("emacs is not installed")
    prepare(folder, TEXT)
    emacs.save(folder)
    assert (folder / f"{NOTE}~").read_bytes() == OLD


@pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")
@pytest.mark.parametrize("commands", [["checkout -q changed"], ["checkout -q changed", "rebase -q ahead"]])
def test_git_that_changes_the_branch_or_rebases_is_told_of(folder: Path, watch: Watch, commands: list[str]) -> None:
    def git(words: str) -> None:
        subprocess.run([*GIT, *words.split()], cwd=folder, check=True, capture_output=True, timeout=60)

    note = prepare(folder, TEXT)
    for words in ("init -q", f"add {NOTE}", "commit -qm old", "branch changed", "checkout -qb ahead"):
        git(words)
    (folder / "other.md").write_bytes(b"- other\n")
    for words in ("add other.md", "commit -qm other", "checkout -q changed"):
        git(words)
    note.write_bytes(NEW)
    for words in ("commit -qam new", "checkout -q ahead"):
        git(words)

    def change() -> None:
        for words in commands:
            git(words)

    save_and_wait(watch, note, change)


def test_target_of_a_link_is_told_of_however_it_is_saved(folder: Path, watch: Watch) -> None:
    note = prepare(folder, TEXT)
    (folder / "far").mkdir()
    target = note.rename(folder / "far" / NOTE)
    note.symlink_to(target)
    (folder / "beside").write_bytes(NEW)
    save_and_wait(watch, note, lambda: (folder / "beside").replace(target))


def test_other_name_of_the_same_file_is_told_of(folder: Path, watch: Watch) -> None:
    note = prepare(folder, TEXT)
    (folder / OTHERS / "same.md").hardlink_to(note)
    save_and_wait(watch, note, lambda: (folder / OTHERS / "same.md").write_bytes(NEW))


def test_folder_that_takes_the_place_of_another_is_told_of(folder: Path, watch: Watch) -> None:
    (folder / "now").mkdir()
    (folder / "next").mkdir()
    note = prepare(folder / "now", TEXT)
    (folder / "next" / NOTE).write_bytes(NEW)

    def swap() -> None:
        (folder / "now").rename(folder / "before")
        (folder / "next").rename(folder / "now")

    save_and_wait(watch, note, swap)
