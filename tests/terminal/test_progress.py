"""The progress of a long command: visible on a terminal, absent from a file."""

from __future__ import annotations

import signal
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from tests.importing.formats.kindle_corpus import file_of
from tests.terminal.conftest import ROOT
from tests.terminal.screen import Screen

if TYPE_CHECKING:
    from pathlib import Path

SCRIPT = """\
import sys
from tui.reports import progress
progress.PATIENCE = 0.01
with progress.Progress() as shown:
    shown.done = "400 of 900 notes read"
    sys.stdin.readline()
    with shown.hidden():
        print("a warning", file=sys.stderr)
    shown.done = "the notes are read"
    sys.stdin.readline()
print("the output")
sys.stdin.readline()
"""


def test_a_long_command_shows_progress_until_it_prints(tmp_path: Path) -> None:
    with Screen(sys.executable, "-c", SCRIPT, env={"PYTHONPATH": str(ROOT)}, cwd=tmp_path) as screen:
        screen.wait_for("earmark: 400 of 900 notes read, 0 s; ctrl+c stops").send("\r")
        screen.wait_for(lambda lines: lines[0] == "a warning" and "the notes are read" in lines[1]).send("\r")
        screen.wait_for(lambda lines: lines[:3] == ["a warning", "the output", ""])


def test_a_files_name_in_the_progress_controls_no_terminal(tmp_path: Path) -> None:
    script = SCRIPT.replace("400 of 900 notes read", "reading \\x1b]0;title\\x07\\x1b[2J\\nx.html")
    with Screen(sys.executable, "-c", script, env={"PYTHONPATH": str(ROOT)}, cwd=tmp_path) as screen:
        screen.wait_for("earmark: reading ␛]0;title␇␛[2J␤x.html, 0 s; ctrl+c stops")


def test_no_progress_is_shown_if_standard_error_is_no_terminal(tmp_path: Path) -> None:
    ended = subprocess.run(
        [sys.executable, "-c", SCRIPT], input=b"\n" * 3, capture_output=True, cwd=tmp_path,
        env={"PYTHONPATH": str(ROOT)}, timeout=60, check=True,
    )  # fmt: skip
    assert ended.stderr == b"a warning\n"


def test_a_command_that_is_interrupted_ends_with_130_and_says_that_alone(tmp_path: Path) -> None:
    outline = f'"{sys.executable}" -m tui outline - >/dev/null'
    script = f'trap : INT; tail -f /dev/null | {outline}; echo "ended with $?"'
    with Screen("sh", "-c", script, env={"PYTHONPATH": str(ROOT)}, cwd=tmp_path) as screen:
        screen.wait_for("earmark: reading").send("\x03").wait_for("ended with 130")
        assert [line for line in screen.lines() if line] == ["earmark: interrupted", "ended with 130"]


LATE = """\
import os, signal, sys
# As from a terminal: the tests may run in the background, where these signals are ignored.
signal.signal(signal.SIGINT, signal.default_int_handler)
signal.signal(signal.SIGHUP, signal.SIG_DFL)
from tui.cli import program
{code}
from tui.__main__ import main
sys.argv = ["earmark", "outline", "notes.md"]
sys.exit(main())
"""
IN_IMPORT = """\
class Hooked:
    def __set_name__(self, *_):
        os.kill(os.getpid(), signal.{signal})
        for _ in range(9): pass
program._imported = lambda *_: type("Class", (), {{"field": Hooked()}})
"""
IN_EXEC = 'program._imported = lambda *_: exec("os.kill(os.getpid(), signal.{signal})\\nfor _ in range(9): pass")\n'
AT_END = "import atexit; atexit.register(os.kill, os.getpid(), signal.{signal})\n"


@pytest.mark.parametrize(
    ("code", "told", "ends"),
    [
        (IN_IMPORT, signal.SIGINT, 130),
        (IN_IMPORT, signal.SIGTERM, 143),
        (IN_EXEC, signal.SIGINT, 130),
        (IN_EXEC, signal.SIGHUP, 129),
        (AT_END, signal.SIGINT, 0),
    ],
)
def test_an_interrupt_anywhere_is_reported_in_one_line(
    code: str, told: signal.Signals, ends: int, tmp_path: Path
) -> None:
    (tmp_path / "notes.md").write_text("- a walk to the harbour\n")
    ended = subprocess.run(
        [sys.executable, "-c", LATE.format(code=code.format(signal=told.name))], capture_output=True, cwd=tmp_path,
        env={"PYTHONPATH": str(ROOT), "XDG_STATE_HOME": str(tmp_path)}, timeout=60, check=False,
    )  # fmt: skip
    said = [line for line in ended.stderr.splitlines() if line]
    assert (ended.returncode, said) == (ends, [b"earmark: interrupted"] if ends else [])


IMPORTING = """\
import os, signal, sys
from tui.core.annotations.choices import Colour
from tui.importing import import_source, marked_text
from tui.reports import progress
progress.PATIENCE = 0.01
real = import_source.{where}

def slow(*given):
    if {at_end}:
        found = real(*given)
    sys.stdin.readline()
    return found if {at_end} else real(*given)

import_source.{where} = slow
from tui.cli.running import run
sys.exit(run(["import", "clips.txt"]))
"""


@pytest.mark.parametrize(
    ("where", "at_end", "said", "is_there"),
    [
        ("compose_note", False, "making the note", False),
        ("places_of_marks", False, "placing 1 highlight", False),
        ("add_records", True, "saving 1 highlight", True),
    ],
)
def test_an_import_shows_progress_and_leaves_all_or_nothing_if_stopped(
    where: str, said: str, tmp_path: Path, *, at_end: bool, is_there: bool
) -> None:
    highlight = (
        "Ropes (Lund)",
        "- Your Highlight on page 3 | Location 30-31 | Added on Sunday, March 3, 2024",
        "Ropes",
    )
    note = ("Ropes (Lund)", "- Your Note on page 3 | Location 31 | Added on Sunday, March 3, 2024", "how so?")
    (tmp_path / "clips.txt").write_bytes(file_of(highlight, note))
    script = tmp_path / "import.py"
    script.write_text(IMPORTING.format(where=where, at_end=at_end))
    command = f'"{sys.executable}" import.py; echo "ended with $?"'
    with Screen("sh", "-c", f"trap : INT; {command}", env={"PYTHONPATH": str(ROOT)}, cwd=tmp_path) as screen:
        screen.wait_for(f"earmark: {said}").send("\x03")
        if is_there:
            screen.send("\r")
        screen.wait_for("ended with 130")
        assert "earmark: interrupted" in screen.text()
        assert "Traceback" not in screen.text()
    assert (tmp_path / "clips.md").exists() is is_there
    assert (tmp_path / "clips.highlights.toml").exists() is is_there
    assert not [each for each in tmp_path.iterdir() if each.suffix == ".tmp"]
