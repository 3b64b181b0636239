"""How far a long command is, as a terminal shows it and a file does not."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

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


def test_a_long_command_tells_how_far_it_is_until_it_prints(tmp_path: Path) -> None:
    with Screen(sys.executable, "-c", SCRIPT, env={"PYTHONPATH": str(ROOT)}, cwd=tmp_path) as screen:
        screen.wait_for("earmark: 400 of 900 notes read, 0 s; ctrl+c stops").send("\r")
        screen.wait_for(lambda lines: lines[0] == "a warning" and "the notes are read" in lines[1]).send("\r")
        screen.wait_for(lambda lines: lines[:3] == ["a warning", "the output", ""])


def test_nothing_is_told_where_standard_error_is_no_terminal(tmp_path: Path) -> None:
    ended = subprocess.run(
        [sys.executable, "-c", SCRIPT], input=b"\n" * 3, capture_output=True, cwd=tmp_path,
        env={"PYTHONPATH": str(ROOT)}, timeout=60, check=True,
    )  # fmt: skip
    assert ended.stderr == b"a warning\n"


def test_a_command_that_is_interrupted_ends_with_130_and_says_nothing(tmp_path: Path) -> None:
    outline = f'"{sys.executable}" -m tui outline - >/dev/null'
    script = f'trap : INT; tail -f /dev/null | {outline}; echo "ended with $?"'
    with Screen("sh", "-c", script, env={"PYTHONPATH": str(ROOT)}, cwd=tmp_path) as screen:
        screen.wait_for("earmark: reading").send("\x03").wait_for("ended with 130")
        assert "Traceback" not in screen.text()
