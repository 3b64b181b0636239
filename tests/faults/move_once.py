"""Moves a record after its text into another note and tells how it went: the program that `moves` puts under strace.

``python -m tests.faults.move_once FOLDER`` writes ``begin``, then ``saved`` or ``refused`` with the reason.
"""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

from tests.faults.save_once import highlight
from tui.core.annotations.highlights import Put
from tui.core.state.model import State
from tui.files.config import Config
from tui.files.opened import Opened
from tui.files.session import Session
from tui.files.sidecar.store import apply


def main(folder: str) -> None:
    """Search and move as the reader does, after a save elsewhere that imports what saving needs."""
    with tempfile.TemporaryDirectory() as other:
        for name in ("01A", "01B"):
            apply(Path(other, "other.highlights.toml"), "other.md", [Put(highlight(name))])
    opened = Opened(folder, Config())
    session = Session(opened)
    state = session.read_sidecars(State(opened.library))
    *_, found = session.moving.search(state)
    assert found
    os.write(1, b"begin\n")
    moved = session.moving.move(state, found)
    os.write(1, f"refused {moved.fault}\n".encode() if moved.fault else b"saved\n")


if __name__ == "__main__":
    main(sys.argv[1])
