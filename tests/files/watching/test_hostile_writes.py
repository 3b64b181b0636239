"""Sixty saves in eight ways, with pauses at the worst moments; `tests.bench.watch` makes hundreds."""

from __future__ import annotations

import random
import threading
import time
from typing import TYPE_CHECKING

import pytest

from tests.files.saving import Saver, version, version_of
from tui.files.watching.watcher import Watcher, WatchTarget

if TYPE_CHECKING:
    from pathlib import Path

    from tui.core.pieces import Pieces

SAVES = 10
PATIENCE = 60.0
ATTEMPTS = 5
"Attempts at the same saves if the machine delayed the writer, which looks like the end of a save."
HELD_UP = 0.2
"Seconds by which a save exceeds its pauses if the machine delays it."


@pytest.mark.parametrize("seed", range(6))
def test_no_state_is_told_that_no_writer_left(tmp_path: Path, seed: int) -> None:
    for attempt in range(ATTEMPTS):
        numbers, delay = told_of(tmp_path / str(attempt), seed)
        if None not in numbers or delay < HELD_UP:
            break
    else:
        pytest.skip("the machine held up every writer")
    assert None not in numbers
    assert numbers == sorted(set(numbers), key=lambda number: number or 0)


def told_of(folder: Path, seed: int) -> tuple[list[int | None], float]:
    """The versions that a watcher reports while a file is saved in many ways, None for incomplete ones.

    Beside them, the longest delay of a save by the machine, in seconds.
    """
    path, elsewhere = folder / "in" / "podcasts.md", folder / "out"
    path.parent.mkdir(parents=True)
    elsewhere.mkdir()
    path.write_bytes(version(0))
    told: list[bytes | None] = []
    delay = 0.0
    came = threading.Condition()

    def change(_: str, data: Pieces | None, _is_unfinished: bool) -> None:
        with came:
            text = None if data is None else b"".join(data)
            if told[-1:] != [text]:  # the same once more where its writer has closed it meanwhile
                told.append(text)
            came.notify_all()

    watcher = Watcher(WatchTarget.of_files(str(path)), change)
    watcher.start()
    chance = random.Random(seed)
    saver = Saver(path, elsewhere, chance, pause=0.15)
    try:
        for number in range(1, SAVES + 1):
            began = time.monotonic()
            saver.pauses.clear()
            way = saver.save(version(number))
            delay = max(delay, time.monotonic() - began - sum(saver.pauses))
            if chance.random() < 0.4:
                with came:
                    assert came.wait_for(lambda: told[-1:] == [version(number)], PATIENCE), way  # noqa: B023
            else:
                time.sleep(chance.random() * 0.1)
        with came:
            assert came.wait_for(lambda: told[-1:] == [version(SAVES)], PATIENCE)
    finally:
        watcher.stop()
    return [version_of(data) for data in told], delay
