"""What the system says to the program: stop, go on, end."""

from __future__ import annotations

import os
import signal
import sys
from functools import partial
from pathlib import Path

import pytest

from tests.faults.terminal import environment
from tests.terminal.screen import Screen
from tui.files.atomic import locked

TAKEN = b"\x1b[?1049h"
"How the terminal is taken."


@pytest.fixture
def notes(tmp_path: Path) -> Path:
    path = tmp_path / "walks.md"
    path.write_text("".join(f"- walk {number} to the harbour\n" for number in range(9)))
    return path


def opened(notes: Path) -> Screen:
    home = notes.parent
    screen = Screen(sys.executable, "-m", "tui", notes, env=environment(home), cwd=home, columns=120, rows=30)
    return screen.wait_for("walk 8").wait_for("open")


def _is_marked(lines: list[str], number: int) -> bool:
    return any("▎" in line and f"walk {number} " in line for line in lines)


def _is_stopped(_: list[str], pid: int) -> bool:
    return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "T"


@pytest.mark.skipif(sys.platform != "linux", reason="who is stopped is looked up in /proc")
@pytest.mark.parametrize("stop", [signal.SIGSTOP, signal.SIGTSTP, None])
def test_reader_that_was_stopped_takes_every_key_once_when_it_goes_on(notes: Path, stop: signal.Signals | None) -> None:
    with opened(notes) as screen:
        for number in (2, 4, 6):
            screen.written.clear()
            if stop is not None:
                os.kill(screen.pid, stop)
                screen.wait_for(partial(_is_stopped, pid=screen.pid))
            os.kill(screen.pid, signal.SIGCONT)
            screen.wait_for(lambda _: TAKEN in screen.written).rest()
            screen.press("j", "j", "m").wait_for(partial(_is_marked, number=number))
        screen.press("q")
        assert screen.wait_exit() == 0
    assert notes.with_suffix(".highlights.toml").read_text().count("[[highlight]]") == 3


@pytest.mark.skipif(sys.platform != "linux", reason="who is stopped is looked up in /proc")
@pytest.mark.parametrize("stop", [signal.SIGSTOP, signal.SIGTSTP])
def test_reader_that_goes_on_draws_all_anew(notes: Path, stop: signal.Signals) -> None:
    with opened(notes) as screen:
        shown = screen.rest().lines()
        screen.written.clear()
        os.kill(screen.pid, stop)
        screen.wait_for(partial(_is_stopped, pid=screen.pid))
        os.kill(screen.pid, signal.SIGCONT)
        screen.wait_for(lambda _: TAKEN in screen.written).wait_for(lambda lines: lines == shown)


@pytest.mark.parametrize("told", [signal.SIGTERM, signal.SIGHUP])
def test_reader_that_is_told_to_end_leaves_the_terminal_as_it_was(notes: Path, told: signal.Signals) -> None:
    with opened(notes) as screen:
        screen.press("j", "m").wait_for("▎")
        os.kill(screen.pid, told)
        assert screen.wait_exit() == 128 + told
        assert b"\x1b[?1049l" in screen.written
    assert "walk 1 " in notes.with_suffix(".highlights.toml").read_text()


def test_mark_that_waits_for_the_lock_outlives_the_word_to_end(notes: Path) -> None:
    with opened(notes) as screen:
        with locked(notes):
            screen.press("j", "m").wait_for("1 not saved")
            os.kill(screen.pid, signal.SIGTERM)
            assert screen.wait_exit() == 128 + signal.SIGTERM
        assert not notes.with_suffix(".highlights.toml").exists()
    with opened(notes) as screen:
        screen.wait_for("▎").press("q")
        assert screen.wait_exit() == 0
    assert "walk 1 " in notes.with_suffix(".highlights.toml").read_text()
