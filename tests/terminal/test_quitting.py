"""Quitting does not wait for background counting, and finishes writing."""

from __future__ import annotations

import shutil
import sys
import zlib
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.faults.terminal import environment
from tests.terminal.screen import Screen
from tui.files.lock import locked

if TYPE_CHECKING:
    from collections.abc import Mapping

ROOT = Path(__file__).parents[2]
NOTES = "# One\n\n- first\n- second\n" + "- and more of it\n" * 70_000
ENDLESS = '''
def {name}(*given: object, **named: object) -> None:
    """Take longer than anybody waits."""
    import threading
    from pathlib import Path

    Path("begun").touch()
    threading.Event().wait()
'''
FAULT = '''
def help_sheet(*given: object) -> None:
    """What is at fault."""
    raise RuntimeError
'''


@pytest.fixture
def notes(tmp_path: Path) -> Path:
    path = tmp_path / "notes.md"
    path.write_text(NOTES)
    return path


def changed(home: Path, module: str, code: str) -> Mapping[str, str]:
    """An environment with an empty home, in which a module of the program has other code."""
    shutil.copytree(ROOT / "tui", home / "copy" / "tui", ignore=shutil.ignore_patterns("__pycache__"))
    with (home / "copy" / "tui" / module).open("a") as file:
        file.write(code)
    return {**environment(home), "PYTHONPATH": str(home / "copy")}


def read_before(notes: Path) -> None:
    """Make the notes known from an earlier session, and add a line since."""
    home = notes.parent
    with Screen(sys.executable, "-m", "tui", notes, env=environment(home), cwd=home) as screen:
        screen.wait_for(lambda _: any(baselines(home).glob("*"))).press("q")
        assert screen.wait_exit() == 0
    notes.write_text(NOTES.replace("- second", "- second\n- third"))


def baselines(home: Path) -> Path:
    """The folder of the texts that count as read."""
    return home / "home" / "state" / "earmark" / "baselines"


@pytest.mark.parametrize(
    ("module", "name"),
    [("core/notes/summary.py", "summary"), ("core/state/baseline.py", "differences")],
    ids=["counting", "finding what is new"],
)
def test_quitting_saves_a_mark_and_does_not_wait_for_what_goes_on_behind(notes: Path, module: str, name: str) -> None:
    read_before(notes)
    home = notes.parent
    env = changed(home, module, ENDLESS.format(name=name))
    with Screen(sys.executable, "-m", "tui", notes, env=env, cwd=home) as screen:
        screen.wait_for("second").wait_for(lambda _: (home / "begun").exists()).press("j", "m", "q")
        assert screen.wait_exit() == 0
        assert b"Warning" not in screen.written
    assert "second" in notes.with_suffix(".highlights.toml").read_text()


@pytest.mark.parametrize(
    ("module", "name"),
    [("core/notes/excerpt.py", "stretch_around"), ("files/remembered/snapshots.py", "keep")],
    ids=["what is read first", "the text"],
)
def test_quitting_saves_a_mark_and_does_not_wait_for_what_is_remembered(notes: Path, module: str, name: str) -> None:
    home = notes.parent
    env = changed(home, module, ENDLESS.format(name=name))
    with Screen(sys.executable, "-m", "tui", notes, env=env, cwd=home) as screen:
        screen.wait_for("second").press("j", "m", "q")
        assert screen.wait_exit() == 0
    assert "second" in notes.with_suffix(".highlights.toml").read_text()


def test_mark_that_waits_for_the_lock_outlives_a_crash(notes: Path) -> None:
    home = notes.parent
    env = changed(home, "ui/dialogs/help.py", FAULT)
    with Screen(sys.executable, "-m", "tui", notes, env=env, cwd=home) as screen:
        screen.wait_for("second")
        with locked(notes):
            screen.press("j", "m").wait_for("1 not saved").press("?")
            assert screen.wait_exit() == 70
    with Screen(sys.executable, "-m", "tui", notes, env=environment(home), cwd=home) as screen:
        screen.wait_for("▎").press("q")
        assert screen.wait_exit() == 0
    assert "second" in notes.with_suffix(".highlights.toml").read_text()


def test_a_reading_baseline_is_remembered_however_soon_the_session_ends(notes: Path) -> None:
    read_before(notes)
    home = notes.parent
    with Screen(sys.executable, "-m", "tui", notes, env=environment(home), cwd=home) as screen:
        screen.wait_for("+•").press("r", "q")
        assert screen.wait_exit() == 0
    kept = next(baselines(home).glob("*")).read_bytes().partition(b"\n")[2]
    assert zlib.decompress(kept) == notes.read_bytes()
