"""A file system without locks, as some network and FUSE ones: strace makes it so for the whole program."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

import tui
from tests.faults.traced import STRACE, can_trace

pytestmark = pytest.mark.skipif(bool(can_trace()), reason=can_trace())


@pytest.mark.parametrize("error", ["ENOSYS", "ENOLCK", "EOPNOTSUPP"])
def test_highlight_is_refused_with_the_reason_where_there_are_no_locks(tmp_path: Path, error: str) -> None:
    notes = tmp_path / "walks.md"
    notes.write_text("- a walk to the harbour\n")
    options = ("-f", "-o", tmp_path / "trace", "-e", "trace=flock", "-e", f"inject=flock:error={error}")
    words = (sys.executable, "-m", "tui", "mark", notes, "--quote", "the harbour")
    env = {**os.environ, "XDG_STATE_HOME": str(tmp_path / "state"), "PYTHONPATH": str(Path(tui.__file__).parents[1])}
    ended = subprocess.run([str(STRACE), *options, *words], env=env, capture_output=True, text=True, check=False)
    assert ended.returncode == 3
    (line,) = ended.stderr.splitlines()
    assert "walks.highlights.toml: this file system has no locks" in line
    assert not (tmp_path / "walks.highlights.toml").exists()
