"""Watchers of real files, and their reports."""

from __future__ import annotations

import os
import threading
import time
from typing import TYPE_CHECKING

import pytest

from tui.files.watching.watcher import Watcher, WatchTarget

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tui.core.pieces import Pieces

PATIENCE = 60.0
"Seconds after which a test gives up; nothing takes this long."


class Told:
    """The reports of a watcher, to wait for."""

    def __init__(self) -> None:
        self.all: list[tuple[str, bytes | None]] = []
        self.unfinished: list[bytes | None] = []
        self.notices: list[str] = []
        self._came = threading.Condition()

    def change(self, path: str, pieces: Pieces | None, is_unfinished: bool) -> None:
        data = None if pieces is None else b"".join(pieces)
        with self._came:
            if is_unfinished:
                self.unfinished.append(data)
            self.all.append((path, data))
            self._came.notify_all()

    def notice(self, text: str) -> None:
        with self._came:
            self.notices.append(text)
            self._came.notify_all()

    def of(self, path: Path) -> list[bytes | None]:
        return [data for told, data in self.all if told == str(path)]

    def wait(self, path: Path, data: bytes | None) -> None:
        """Wait until the last report about a path has this text."""
        assert self.wait_until(lambda: self.of(path)[-1:] == [data]), self.all

    def wait_until(self, holds: Callable[[], bool]) -> bool:
        with self._came:
            return self._came.wait_for(holds, PATIENCE)


class Watch:
    """Starts watchers, and stops them after the test."""

    def __init__(self) -> None:
        self.watchers: list[Watcher] = []

    def __call__(self, target: WatchTarget, *, needs_events: bool = True, **options: object) -> Told:
        told = Told()
        watcher = Watcher(target, told.change, on_notice=told.notice, **options)  # type: ignore[arg-type]
        self.watchers.append(watcher)
        watcher.start()
        deadline = time.monotonic() + PATIENCE
        while needs_events and not watcher.has_events:
            assert time.monotonic() < deadline
            time.sleep(0.005)
        return told


@pytest.fixture
def stopped_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """A file system whose times are all the second in which the test began, as for quick changes on FAT."""
    second = int(time.time())
    stat, fstat = os.stat, os.fstat

    def at_second(status: os.stat_result) -> os.stat_result:
        fields = {name: getattr(status, name) for name in dir(status) if name.startswith("st_")}
        fields |= {f"st_{kind}time_ns": second * 10**9 for kind in "amc"}
        return os.stat_result([*status[:7], second, second, second], fields)

    monkeypatch.setattr(os, "stat", lambda *words, **named: at_second(stat(*words, **named)))
    monkeypatch.setattr(os, "fstat", lambda descriptor: at_second(fstat(descriptor)))


@pytest.fixture
def watch() -> Iterator[Watch]:
    starter = Watch()
    yield starter
    for watcher in starter.watchers:
        watcher.stop()
