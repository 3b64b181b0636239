"""Settings that change while the reader runs, in a real terminal."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.terminal.screen import Screen

ROOT = Path(__file__).parents[2]


@pytest.fixture
def screen(tmp_path: Path) -> Screen:
    """A reader of the sample notes, with a configuration of its own."""
    return opened(tmp_path, "--config", "config.toml")


def opened(tmp_path: Path, *words: str, text: str = "[earmark]\nwidth = 60\n") -> Screen:
    """A reader of the sample notes in a folder with a configuration."""
    shutil.copy(ROOT / "notes" / "podcasts.md", tmp_path / "podcasts.md")
    (tmp_path / "config.toml").write_text(text)
    command = (sys.executable, "-m", "tui", *words, "podcasts.md")
    screen = Screen(*command, columns=150, rows=40, env=environment(tmp_path), cwd=tmp_path)
    return screen.wait_for("A chip multiplies")


def environment(tmp_path: Path) -> dict[str, str]:
    """Separate folders for a reader."""
    home = {f"XDG_{name}_HOME": str(tmp_path / name) for name in ("STATE", "CONFIG", "DATA")}
    return {**home, "HOME": str(tmp_path), "PYTHONPATH": str(ROOT)}


def first(lines: list[str]) -> str:
    """The first row of the first bullet, as wide as it may be."""
    return next(line for line in lines if "A chip multiplies" in line).split("• ")[1].split("│")[0].strip()


def test_width_and_keys_are_taken_up_while_reading(screen: Screen, tmp_path: Path) -> None:
    with screen:
        narrow = first(screen.lines())
        assert len(narrow) < 60
        (tmp_path / "config.toml").write_text('[earmark]\nwidth = 30\n\n[earmark.keys]\nnext = "x"\nhelp = "h"\n')
        screen.wait_for("Configuration reloaded")
        assert len(first(screen.lines())) < 30
        screen.press("h").wait_for("esc closes").press("escape")
        screen.wait_for(lambda lines: "h help" in lines[-1])


def test_a_mistake_is_reported_and_the_previous_settings_stay(screen: Screen, tmp_path: Path) -> None:
    with screen:
        narrow = first(screen.lines())
        (tmp_path / "config.toml").write_text("[earmark]\nwidht = 30\n")
        screen.wait_for("did you mean `width`?")
        assert first(screen.lines()) == narrow
        (tmp_path / "config.toml").write_text("[earmark]\nwidth = 60\n")
        screen.wait_for("Configuration reloaded")


def test_settings_that_wait_for_the_next_start_are_reported(screen: Screen, tmp_path: Path) -> None:
    with screen:
        (tmp_path / "config.toml").write_text("[earmark]\nwidth = 60\nepisodes = 3\n")
        screen.wait_for("episodes takes effect the next time you start earmark")


HOSTILE = """[earmark]
width = 40
editor = "touch pwned"
editor_window = true

[earmark.keys]
edit = ["e", "j"]
next = []
"""
NOTICE = "(`earmark config --trust`); ignored: editor, editor_window, keys"


def test_a_configuration_that_came_with_the_notes_runs_nothing_until_it_is_trusted(tmp_path: Path) -> None:
    with opened(tmp_path, text=HOSTILE) as screen:
        screen.wait_for(NOTICE)
        assert len(first(screen.lines())) < 40
        screen.press("j").wait_for(lambda lines: NOTICE not in "".join(lines))
        assert not (tmp_path / "pwned").exists()
        trust = (sys.executable, "-m", "tui", "config", "--trust")
        subprocess.run(trust, cwd=tmp_path, env={**os.environ, **environment(tmp_path)}, check=True)
        screen.wait_for("Configuration reloaded").press("j").wait_for("touch opens podcasts.md")
        (tmp_path / "config.toml").write_text(HOSTILE.replace("pwned", "again"))
        screen.wait_for(NOTICE).press("j").wait_for(lambda lines: NOTICE not in "".join(lines))
        screen.press("q").wait_exit()
    assert (tmp_path / "pwned").exists()
    assert not (tmp_path / "again").exists()


def test_a_configuration_that_arrives_while_reading_runs_nothing(tmp_path: Path) -> None:
    with opened(tmp_path, text="") as screen:
        (tmp_path / "config.toml").write_text(HOSTILE)
        screen.wait_for(NOTICE).press("j").wait_for(lambda lines: NOTICE not in "".join(lines))
        screen.press("q").wait_exit()
    assert not (tmp_path / "pwned").exists()
