"""A terminal that closes takes the reader with it, even if its signal is ignored."""

from __future__ import annotations

import os
import pty
import shutil
import signal
import subprocess
import sys
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING

from textual.drivers._writer_thread import WriterThread

from tui.ui.terminal.driver import Output

if TYPE_CHECKING:
    from tests.terminal.conftest import Start

ROOT = Path(__file__).parents[2]


def test_reader_ends_with_its_terminal_though_the_hangup_is_ignored(tmp_path: Path) -> None:
    notes = shutil.copy(ROOT / "notes" / "podcasts.md", tmp_path)
    home = {f"XDG_{name}_HOME": str(tmp_path / name) for name in ("STATE", "CONFIG", "DATA")}
    environment = {**os.environ, **home, "PYTHONPATH": str(ROOT), "TERM": "xterm-256color"}
    master, terminal = pty.openpty()
    command = ["sh", "-c", 'trap "" HUP; exec "$0" "$@"', sys.executable, "-m", "tui", notes]
    reader = subprocess.Popen(
        command, stdin=terminal, stdout=terminal, stderr=terminal, env=environment, start_new_session=True
    )
    try:
        os.close(terminal)
        seen = b""
        while b"Episodes" not in seen:
            seen += os.read(master, 65_536)
        os.close(master)
        reader.wait(timeout=60)
    finally:
        reader.kill()


def test_terminal_that_goes_away_is_no_fault(start: Start, notes: Path, tmp_path: Path) -> None:
    screen = start(notes).wait_for("22 open").press("j", "m").wait_for("1 highlight")
    assert screen.hang_up() == 128 + signal.SIGHUP
    assert not list(tmp_path.rglob("crashes"))


def test_writing_to_a_terminal_that_is_gone_holds_nobody_up() -> None:
    reading, writing = os.pipe()
    os.close(reading)
    writer = WriterThread(Output(os.fdopen(writing, "w")))  # type: ignore[arg-type]  # as the driver has it
    writer.start()

    def write() -> None:
        for _ in range(1000):
            writer.write("a frame")

    frames = Thread(target=write, daemon=True)
    frames.start()
    frames.join(30)
    assert not frames.is_alive()
