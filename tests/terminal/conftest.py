"""The installed command, a home directory of its own, and notes to edit."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.terminal.screen import Screen

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    Start = Callable[..., Screen]

ROOT = Path(__file__).parents[2]
INSTALLED = Path(sys.executable).with_name("earmark")
COMMAND: tuple[str | Path, ...] = (INSTALLED,) if INSTALLED.exists() else (sys.executable, "-m", "tui")

NOTES = ROOT / "notes" / "podcasts.md"


@pytest.fixture
def notes(tmp_path: Path) -> Path:
    """A copy of the sample notes for a test to edit."""
    folder = tmp_path / "notes"
    folder.mkdir()
    return Path(shutil.copy(NOTES, folder / "podcasts.md"))


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Mapping[str, str]:
    """The environment of a first-time reader."""
    for name in ("EARMARK_CONFIG", "COLORFGBG", "NO_COLOR", "TERM_PROGRAM", "TMUX"):
        monkeypatch.delenv(name, raising=False)
    folders = {"HOME": "", "XDG_STATE_HOME": "state", "XDG_CONFIG_HOME": "config", "XDG_DATA_HOME": "data"}
    return {name: str(tmp_path / "home" / folder) for name, folder in folders.items()} | {"PYTHONPATH": str(ROOT)}


@pytest.fixture
def start(home: Mapping[str, str], tmp_path: Path, request: pytest.FixtureRequest) -> Start:
    """Starts the command in its own terminal, which closes with the test."""

    def run(*words: str | Path, env: Mapping[str, str] | None = None, **size: int) -> Screen:
        screen = Screen(
            *COMMAND, *words, env={**home, **(env or {})}, cwd=tmp_path, **({"columns": 150, "rows": 40} | size)
        )
        request.addfinalizer(screen.close)
        return screen

    return run
