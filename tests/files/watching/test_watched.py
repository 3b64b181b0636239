"""The files that are watched for an opened library."""

from __future__ import annotations

import shutil
from queue import SimpleQueue
from typing import TYPE_CHECKING

from tui.files.config import Config
from tui.files.opened import Opened
from tui.files.watching.watched import start_watchers

if TYPE_CHECKING:
    from pathlib import Path


def test_folder_that_is_missing_when_watching_starts_is_watched_once_it_is_back(tmp_path: Path) -> None:
    folder = tmp_path / "walks"
    folder.mkdir()
    (folder / "one.md").write_text("- first\n", encoding="utf-8")
    opened = Opened(str(folder), Config())
    shutil.rmtree(folder)
    arrived: SimpleQueue[tuple[str, bool]] = SimpleQueue()
    watchers = start_watchers(opened, lambda path, data, _: arrived.put((path, data is None)), print, lambda _: ())
    try:
        assert arrived.get(timeout=30) == (str(folder / "one.md"), True)
        folder.mkdir()
        (folder / "two.md").write_text("- second\n", encoding="utf-8")
        assert arrived.get(timeout=30) == (str(folder / "two.md"), False)
    finally:
        for watcher in watchers:
            watcher.stop()
