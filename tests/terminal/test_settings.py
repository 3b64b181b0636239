"""Settings that change while the reader runs, in a real terminal."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import pytest

from tests.terminal.screen import Screen

ROOT = Path(__file__).parents[2]


@pytest.fixture
def screen(tmp_path: Path) -> Screen:
    """A reader of the sample notes, with a configuration of its own."""
    shutil.copy(ROOT / "notes" / "podcasts.md", tmp_path / "podcasts.md")
    (tmp_path / "config.toml").write_text("[earmark]\nwidth = 60\n")
    home = {f"XDG_{name}_HOME": str(tmp_path / name) for name in ("STATE", "CONFIG", "DATA")}
    environment = {**home, "HOME": str(tmp_path), "PYTHONPATH": str(ROOT)}
    command = (sys.executable, "-m", "tui", "podcasts.md")
    screen = Screen(*command, columns=150, rows=40, env=environment, cwd=tmp_path)
    return screen.wait_for("podcasts.md · 8 episodes · 2")


def first(lines: list[str]) -> str:
    """The first row of the first bullet, as wide as it may be."""
    return next(line for line in lines if "A chip multiplies" in line).split("• ")[1].split("│")[0].strip()


def test_width_and_keys_are_taken_up_while_reading(screen: Screen, tmp_path: Path) -> None:
    with screen:
        narrow = first(screen.lines())
        assert len(narrow) < 60
        (tmp_path / "config.toml").write_text('[earmark]\nwidth = 30\n\n[earmark.keys]\nnext = "x"\nhelp = "h"\n')
        screen.wait_for("The configuration was read again")
        assert len(first(screen.lines())) < 30
        screen.press("h").wait_for("esc to close").press("escape")
        screen.wait_for(lambda lines: "h help" in lines[-1])


def test_a_mistake_is_told_and_the_settings_before_it_hold(screen: Screen, tmp_path: Path) -> None:
    with screen:
        narrow = first(screen.lines())
        (tmp_path / "config.toml").write_text("[earmark]\nwidht = 30\n")
        screen.wait_for("did you mean `width`?")
        assert first(screen.lines()) == narrow
        (tmp_path / "config.toml").write_text("[earmark]\nwidth = 60\n")
        screen.wait_for("The configuration was read again")


def test_what_counts_from_the_next_start_only_is_told(screen: Screen, tmp_path: Path) -> None:
    with screen:
        (tmp_path / "config.toml").write_text("[earmark]\nwidth = 60\nepisodes = 3\n")
        screen.wait_for("From the next start: episodes")
