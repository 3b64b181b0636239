"""Commands run as from a script, without anyone's configuration or state."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import pytest

from tui.cli.running import run

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Command = Callable[..., "Ended"]


class Ended(NamedTuple):
    """The result of a command."""

    code: int
    out: str
    err: str


@pytest.fixture
def bare_command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Command:
    """Run earmark in an empty folder."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("EARMARK_CONFIG", raising=False)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    for name in ("CONFIG", "STATE", "DATA", "CACHE"):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(tmp_path / "home" / name))

    def ended(*words: str) -> Ended:
        code = run(words)
        captured = capsys.readouterr()
        return Ended(code, captured.out, captured.err)

    return ended
