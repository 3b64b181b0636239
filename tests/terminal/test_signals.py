"""Signals from the system: stop, continue, end."""

from __future__ import annotations

import os
import signal
import sys
import time
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.faults.terminal import environment
from tests.terminal.screen import Screen
from tui.files.lock import locked
from tui.ui.terminal.early import ENDING

if TYPE_CHECKING:
    from collections.abc import Callable

TAKEN = b"\x1b[?1049h"
"Modes set when the terminal is taken over."
PASTES = b"\x1b[?2004h"
"Mode that the first frame sets, and Textual's driver again once it reads: pastes are marked."


@pytest.fixture
def notes(tmp_path: Path) -> Path:
    path = tmp_path / "walks.md"
    path.write_text("".join(f"- walk {number} to the harbour\n" for number in range(9)))
    return path


def opened(notes: Path) -> Screen:
    home = notes.parent
    screen = Screen(sys.executable, "-m", "tui", notes, env=environment(home), cwd=home, columns=120, rows=30)
    return screen.wait_for("walk 8").wait_for(lambda _: screen.written.count(PASTES) == 2)


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
        shown = screen.wait_for("Welcome").rest(0.5).lines()
        screen.written.clear()
        os.kill(screen.pid, stop)
        screen.wait_for(partial(_is_stopped, pid=screen.pid))
        os.kill(screen.pid, signal.SIGCONT)
        screen.wait_for(lambda _: TAKEN in screen.written).wait_for(lambda lines: lines == shown)


@pytest.mark.parametrize("told", ENDING)
def test_sigterm_leaves_the_terminal_as_it_was(notes: Path, told: signal.Signals) -> None:
    with opened(notes) as screen:
        screen.press("j", "m").wait_for("▎")
        os.kill(screen.pid, told)
        assert screen.wait_exit() == 128 + told
        assert b"\x1b[?1049l" in screen.written
    assert "walk 1 " in notes.with_suffix(".highlights.toml").read_text()


def test_a_mark_that_waits_for_the_lock_survives_sigterm(notes: Path) -> None:
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


# -- a terminal that takes no output

BLOCKING = 60
"Page back and forth until the frames fill the buffer of a terminal that nobody reads."


@pytest.fixture
def long_notes(tmp_path: Path) -> Path:
    path = tmp_path / "long.md"
    path.write_text("".join(f"- walk {number} to the harbour {'and back ' * 30}\n" for number in range(300)))
    return path


def blocked(notes: Path) -> Screen:
    """A reader whose terminal has accepted no output for a while, with a highlight on its second bullet."""
    home = notes.parent
    screen = Screen(sys.executable, "-m", "tui", notes, env=environment(home), cwd=home, columns=160, rows=50)
    screen.wait_for("walk 3").wait_for(lambda _: screen.written.count(PASTES) == 2).rest()
    for _ in range(BLOCKING):
        screen.press("ctrl+f", "ctrl+b")
    screen.press("g", "j", "m")
    sidecar = notes.with_suffix(".highlights.toml")
    _wait(sidecar.exists)
    return screen


def _wait(condition: Callable[[], object], seconds: float = 60.0) -> float:
    """Wait for a condition without reading from any terminal."""
    began = time.monotonic()
    while not condition():
        assert time.monotonic() < began + seconds
        time.sleep(0.01)
    return time.monotonic() - began


def _has_ended(pid: int) -> bool:
    return os.waitid(os.P_PID, pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is not None


@pytest.mark.parametrize("told", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT, None], ids=["TERM", "HUP", "INT", "q"])
def test_reader_ends_also_where_its_terminal_takes_no_output(long_notes: Path, told: signal.Signals | None) -> None:
    with blocked(long_notes) as screen:
        if told is not None:
            os.kill(screen.pid, told)
        else:
            screen.press("q")
        _wait(partial(_has_ended, screen.pid), 15.0)  # within two seconds on a machine with nothing else to do
        assert screen.wait_exit() == (128 + told if told is not None else 0)
        assert b"\x1b[?1049l" in screen.written
    assert "walk 1 " in long_notes.with_suffix(".highlights.toml").read_text()


def test_terminal_that_goes_on_shows_all_that_was_left_out(long_notes: Path) -> None:
    with blocked(long_notes) as screen:
        screen.wait_for(partial(_is_marked, number=1)).press("j", "m").wait_for(partial(_is_marked, number=2))
        screen.press("q")
        assert screen.wait_exit() == 0


@pytest.mark.skipif(sys.platform != "linux", reason="who is stopped is looked up in /proc")
def test_many_stop_signals_at_once_count_as_one(notes: Path) -> None:
    with opened(notes) as screen:
        for _ in range(20):
            os.kill(screen.pid, signal.SIGTSTP)
        screen.wait_for(partial(_is_stopped, pid=screen.pid))
        screen.written.clear()
        os.kill(screen.pid, signal.SIGCONT)
        screen.wait_for(lambda _: TAKEN in screen.written).rest()
        screen.press("j", "m").wait_for("▎").press("q")
        assert screen.wait_exit() == 0


def test_sigterm_while_an_editor_has_the_terminal_waits_for_it(notes: Path) -> None:
    home = notes.parent
    editor = home / "editor"
    editor.write_text(f"#!/bin/sh\ntouch {home}/begun\nwhile test ! -e {home}/done; do sleep 0.1; done\n")
    editor.chmod(0o755)
    env = {**environment(home), "EDITOR": str(editor), "VISUAL": str(editor)}
    with Screen(sys.executable, "-m", "tui", notes, env=env, cwd=home, columns=120, rows=30) as screen:
        screen.wait_for("walk 8").wait_for(lambda _: screen.written.count(PASTES) == 2).press("e")
        _wait((home / "begun").exists)
        os.kill(screen.pid, signal.SIGTERM)
        with pytest.raises(AssertionError):
            screen.wait_exit(2.5)
        (home / "done").touch()
        assert screen.wait_exit() == 128 + signal.SIGTERM
