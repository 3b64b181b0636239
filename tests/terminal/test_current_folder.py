"""The current folder is deleted under a reader, as git does on a branch without it."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from tests.terminal.conftest import COMMAND
from tests.terminal.screen import Screen

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


def test_reader_goes_on_and_saves_once_the_folder_is_back(home: Mapping[str, str], notes: Path) -> None:
    text = notes.read_bytes()
    sidecar = notes.with_name("podcasts.highlights.toml")
    with Screen(*COMMAND, notes.name, env=home, cwd=notes.parent, columns=150, rows=40) as screen:
        screen.wait_for("22 open").press("j", "m").wait_for("Highlighted").wait_for(lambda _: sidecar.exists())
        shutil.rmtree(notes.parent)
        screen.wait_for("is missing").press("j", "m").wait_for("1 not saved")
        notes.parent.mkdir()
        notes.write_bytes(text)
        screen.wait_gone("not saved").wait_for(lambda _: sidecar.exists())
        assert screen.press("q").wait_exit() == 0
    assert not list(notes.parents[1].rglob("crashes"))
