"""A very large folder in a real terminal: shown at once, read in the background, no further than wanted."""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path

from tests.terminal.screen import Screen

ROOT = Path(__file__).parents[2]
COUNT = 12_000


def test_many_notes_are_shown_at_once_and_reading_can_be_stopped_and_taken_up_again(tmp_path: Path) -> None:
    folder = tmp_path / "many"
    folder.mkdir()
    first = folder / "0.md"
    first.write_text("# Ada on Cogs\n\n" + "- a bullet of some length, to take a while\n" * 60)
    for number in range(1, COUNT):
        os.link(first, folder / f"{number}.md")
    home = {f"XDG_{name}_HOME": str(tmp_path / name) for name in ("STATE", "CONFIG", "DATA")}
    environment = {**home, "HOME": str(tmp_path), "PYTHONPATH": str(ROOT)}
    with Screen(sys.executable, "-m", "tui", "many", columns=150, rows=30, env=environment, cwd=tmp_path) as screen:
        screen.wait_for("a bullet of some length")
        screen.wait_for(lambda lines: re.search(r"Reading: [\d,]+ of 12,000 notes · esc stops", lines[-2]))
        screen.press("escape").wait_for(lambda lines: re.search(r"Stopped: [\d,]+ of 12,000 notes read", lines[-2]))
        screen.press("j").wait_for(
            lambda lines: re.search(r"[\d,]+ of 12,000 notes read · \+ reads on · many", lines[-2])
        )
        screen.press("+").wait_for("many · 12,000 notes", timeout=60)
        assert screen.press("q").wait_exit() == 0
