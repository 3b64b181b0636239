"""Moves a record into another note and reports the result: the program that `moves` runs under strace."""

from __future__ import annotations

import os

from tui.core.state.model import State
from tui.files.config import Config
from tui.files.opened import Opened
from tui.files.session import Session


def main(folder: str) -> None:
    """Search and move as the reader does; write ``begin``, then ``saved`` or ``refused`` with the reason."""
    opened = Opened(folder, Config())
    session = Session(opened)
    state = session.read_sidecars(State(opened.library))
    *_, found = session.moving.search(state)
    assert found
    os.write(1, b"begin\n")
    moved = session.moving.move(state, found)
    os.write(1, f"refused {moved.fault}\n".encode() if moved.fault else b"saved\n")
