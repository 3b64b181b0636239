"""Highlights that cannot be saved: no space, no permission, a newer file; the program loses none silently."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from tests.faults.terminal import environment
from tests.terminal.screen import Screen

if TYPE_CHECKING:
    from pathlib import Path

NOTES = "# Talk\n\n- one\n- two\n"
COMMAND = (sys.executable, "-m", "tui")


def notes_in(folder: Path) -> Path:
    folder.mkdir(exist_ok=True)
    (folder / "notes.md").write_text(NOTES)
    return folder / "notes.md"


def test_a_full_disk_is_reported_and_quitting_names_the_loss(tmp_path: Path) -> None:
    notes = notes_in(tmp_path / "notes")
    limited = ("/bin/sh", "-c", 'ulimit -f 0 && exec "$@"', "sh", *COMMAND, notes)
    with Screen(*limited, env=environment(tmp_path), cwd=tmp_path, columns=140) as screen:
        screen.wait_for("two").press("j", "m").wait_for("1 not saved").wait_for("cannot be written")
        screen.press("q").wait_for("Quitting now loses it").press("q")
        assert screen.wait_exit() == 0
    assert not notes.with_suffix(".highlights.toml").exists()
    assert not list(notes.parent.glob(".earmark-*"))


@pytest.mark.skipif(os.geteuid() != 0, reason="only root may mount")
def test_marks_on_a_file_system_that_is_only_read_wait_until_it_can_be_written_to(tmp_path: Path) -> None:
    folder = tmp_path / "notes"
    folder.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "none", folder], check=False, capture_output=True).returncode:
        pytest.skip("no file system may be mounted here")
    try:
        notes = notes_in(folder)
        subprocess.run(["mount", "-o", "remount,ro", folder], check=True)
        with Screen(*COMMAND, notes, env=environment(tmp_path), cwd=tmp_path, columns=140) as screen:
            screen.wait_for("two").press("j", "m").wait_for("1 not saved").wait_for("ead-only file system")
            screen.press("q").wait_for("Start earmark again to save it").press("q")
            assert screen.wait_exit() == 0
        subprocess.run(["mount", "-o", "remount,rw", folder], check=True)
        with Screen(*COMMAND, notes, env=environment(tmp_path), cwd=tmp_path, columns=140) as screen:
            screen.wait_for("saved now").press("q")
            assert screen.wait_exit() == 0
        assert 'exact = "two"' in notes.with_suffix(".highlights.toml").read_text()
    finally:
        subprocess.run(["umount", "-l", folder], check=True)


def test_highlights_of_a_newer_version_are_not_written_and_marks_wait(tmp_path: Path) -> None:
    notes = notes_in(tmp_path / "notes")
    sidecar = notes.with_suffix(".highlights.toml")
    newer = 'version = 9\nnote = "notes.md"\n\n[end]\n'
    sidecar.write_text(newer)
    with Screen(*COMMAND, notes, env=environment(tmp_path), cwd=tmp_path, columns=140) as screen:
        screen.wait_for("a newer earmark wrote it").press("j", "m").wait_for("1 not saved")
        screen.press("q").wait_for("Start earmark again to save it").press("q")
        assert screen.wait_exit() == 0
    assert sidecar.read_text() == newer
    told = subprocess.run(
        [*COMMAND, "check", notes],
        env={**os.environ, **environment(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
        cwd=tmp_path,
    )
    assert told.returncode == 1
    assert "1 change waits in the state folder" in told.stdout
