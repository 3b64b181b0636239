"""Reports of a crash, in a copy of the program with a bug."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.faults.terminal import environment
from tests.faults.wire import strangers
from tests.terminal.screen import Screen
from tui.files.crash import reported

if TYPE_CHECKING:
    from collections.abc import Mapping

ROOT = Path(__file__).parents[1]
NOTES = "# One\n\n- first \x1b]0;title\x07\n- second\n\n# Two\n\n- third\n"
FAULT = '''
def {name}(*given: object, **named: object) -> None:
    """What is at fault."""
    secret = "words of the notes"
    raise RuntimeError("\\x1b]0;title\\x07 no such thing\\n in any line" + secret[:0])
'''


def faulty(home: Path, module: str, name: str) -> Mapping[str, str]:
    """An environment with an empty home, in which a function of the program fails."""
    shutil.copytree(ROOT / "tui", home / "copy" / "tui", ignore=shutil.ignore_patterns("__pycache__"))
    with (home / "copy" / "tui" / module).open("a") as file:
        file.write(FAULT.format(name=name))
    return {**environment(home), "PYTHONPATH": str(home / "copy")}


def report(home: Path) -> str:
    return (home / "home" / "state" / "earmark" / "crashes" / "last.txt").read_text()


def test_crash_leaves_the_terminal_as_it_was_and_one_line_that_names_the_report(tmp_path: Path) -> None:
    notes = tmp_path / "notes.md"
    notes.write_text(NOTES)
    env = faulty(tmp_path, "ui/dialogs/help.py", "help_sheet")
    with Screen(sys.executable, "-m", "tui", notes, env=env, cwd=tmp_path, columns=400, rows=20) as screen:
        screen.wait_for("second").press("j", "m").wait_for("Highlighted").press("?")
        assert screen.wait_exit() == 70
        assert b"\x1b[?1049l" in screen.written
        assert b"\x1b[?25h" in screen.written[screen.written.rindex(b"\x1b[?1049l") - 40 :]
        after = bytes(screen.written[screen.written.rindex(b"earmark: ") :])
    assert after.count(b"\n") == 1
    assert b"RuntimeError: \xe2\x90\x9b]0;title\xe2\x90\x87 no such thing in any line" in after
    assert str(tmp_path / "home" / "state" / "earmark" / "crashes" / "last.txt").encode() in after
    assert strangers(bytes(screen.written)) == []
    assert "second" in notes.with_suffix(".highlights.toml").read_text()


def test_report_has_the_calls_without_the_values_in_them(tmp_path: Path) -> None:
    notes = tmp_path / "notes.md"
    notes.write_text(NOTES)
    env = faulty(tmp_path, "ui/dialogs/help.py", "help_sheet")
    with Screen(sys.executable, "-m", "tui", notes, env=env, cwd=tmp_path) as screen:
        screen.wait_for("second").press("?")
        assert screen.wait_exit() == 70
    told = report(tmp_path)
    assert "in show_help" in told
    assert "ui/dialogs/help.py" in told
    assert "Textual 8." in told
    assert "\x1b" not in told
    assert "title' first" not in told


def test_marks_that_could_not_be_saved_outlive_a_crash(tmp_path: Path) -> None:
    notes = tmp_path / "notes.md"
    notes.write_text(NOTES)
    blocked = notes.with_suffix(".highlights.toml")
    blocked.mkdir()
    env = faulty(tmp_path, "ui/dialogs/help.py", "help_sheet")
    command = (sys.executable, "-m", "tui", notes)
    with Screen(*command, env=env, cwd=tmp_path) as screen:
        screen.wait_for("second").press("j", "m").wait_for("1 not saved").press("?")
        assert screen.wait_exit() == 70
    blocked.rmdir()
    with Screen(*command, env=environment(tmp_path), cwd=tmp_path) as screen:
        screen.wait_for("saved now").press("q")
        assert screen.wait_exit() == 0
    assert "second" in blocked.read_text()


def test_a_fault_before_the_first_frame_and_in_a_command_is_told_the_same_way(tmp_path: Path) -> None:
    notes = tmp_path / "notes.md"
    notes.write_text(NOTES)
    env = faulty(tmp_path, "core/notes/reading.py", "read_note")
    with Screen(sys.executable, "-m", "tui", notes, env=env, cwd=tmp_path) as screen:
        assert screen.wait_exit() == 70
        assert b"Traceback" not in screen.written
    words = [sys.executable, "-m", "tui", "outline", str(notes)]
    ended = subprocess.run(words, env=dict(env), capture_output=True, text=True, cwd=tmp_path, check=False)
    assert (ended.returncode, ended.stdout, ended.stderr.count("\n")) == (70, "", 1)
    assert report(tmp_path)


def test_without_a_place_for_the_report_the_crash_is_told_all_the_same(tmp_path: Path) -> None:
    notes = tmp_path / "notes.md"
    notes.write_text(NOTES)
    env = faulty(tmp_path, "reports/outline.py", "outline_text")
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / "state").write_text("a file where the folder belongs")
    words = [sys.executable, "-m", "tui", "outline", str(notes)]
    ended = subprocess.run(words, env=dict(env), capture_output=True, text=True, cwd=tmp_path, check=False)
    assert ended.returncode == 70
    assert "this is a bug in earmark" in ended.stderr
    assert "cannot be written" in ended.stderr


def test_an_episode_that_cannot_be_parsed_is_shown_as_plain_text_and_takes_marks(tmp_path: Path) -> None:
    notes = tmp_path / "notes.md"
    notes.write_text(NOTES)
    env = faulty(tmp_path, "core/notes/markdown/blocks.py", "parse")
    with Screen(sys.executable, "-m", "tui", notes, env=env, cwd=tmp_path, columns=140, rows=20) as screen:
        screen.wait_for("- second").press("j").wait_for("Shown as plain text: parsing it failed (RuntimeError)")
        screen.press("j", "m").wait_for("Highlighted").press("q")
        assert screen.wait_exit() == 0
        assert strangers(bytes(screen.written)) == []
    assert 'exact = "- second"' in notes.with_suffix(".highlights.toml").read_text()
    with Screen(sys.executable, "-m", "tui", notes, env=environment(tmp_path), cwd=tmp_path) as screen:
        screen.wait_for("• second").wait_for("▎").press("q")
        assert screen.wait_exit() == 0


@pytest.mark.parametrize(
    ("module", "name", "text"),
    [
        ("core/notes/markdown/episodes.py", "split_markdown", NOTES),
        ("core/notes/titles.py", "read_title", NOTES),
        ("core/notes/pasted/episodes.py", "split_pasted", "Ada on Ships (9/1)\n\n• first\n\n• second\n"),
        ("core/notes/markdown/episodes.py", "split_markdown", NOTES + "# More\n\n- and more of it\n" * 40_000),
    ],
    ids=["Markdown", "a title", "pasted text", "a large file"],
)
def test_notes_that_cannot_be_split_are_shown_as_one_plain_episode_and_followed(
    tmp_path: Path, module: str, name: str, text: str
) -> None:
    notes = tmp_path / "notes.md"
    notes.write_text(text)
    env = faulty(tmp_path, module, name)
    with Screen(sys.executable, "-m", "tui", notes, env=env, cwd=tmp_path, columns=140, rows=20) as screen:
        screen.wait_for("second").press("j").wait_for("Shown as plain text: parsing it failed")
        screen.press("/", *"second", "enter").wait_for("1 of 1").press("escape").wait_gone("1 of 1")
        screen.press("m").wait_for("Highlighted")
        notes.write_text(text.replace("first", "earlier"))
        screen.wait_for("earlier").wait_for("1 bullet changed").press("q")
        assert screen.wait_exit() == 0
    with Screen(sys.executable, "-m", "tui", notes, env=environment(tmp_path), cwd=tmp_path) as screen:
        screen.wait_for("• second").wait_for("▎").press("q")
        assert screen.wait_exit() == 0


def test_memory_that_runs_out_is_no_bug(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    error = reported(MemoryError())
    assert (str(error), error.exit_code) == ("memory: there is not enough to go on; open fewer or smaller notes", 3)
    assert not list(tmp_path.rglob("crashes"))
