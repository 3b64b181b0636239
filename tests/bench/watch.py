"""Changes on their way to the reader: wrong states and latency over hostile and editors' saves, and the cost of idling.

``python -m tests.bench.watch [FOLDER]``; the folder decides the file system. Not /tmp: vim makes no backups there.
"""

from __future__ import annotations

import argparse
import os
import random
import tempfile
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from tests.files.editors import editors as ways
from tests.files.editors import prepare
from tests.files.saving import Saver, version, version_of
from tui.files.watching.watcher import Watcher, WatchTarget

if TYPE_CHECKING:
    from tui.core.pieces import Pieces

SETTLED = 2.2
"Seconds after which a save must be on screen."


@dataclass
class Shown:
    """The reports of a watcher, with times."""

    states: list[tuple[float, bytes | None]] = field(default_factory=list)
    came: threading.Event = field(default_factory=threading.Event)

    def __call__(self, path: str, data: Pieces | None, is_unfinished: bool) -> None:
        self.states.append((time.monotonic(), None if data is None else b"".join(data)))
        self.came.set()


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", nargs="?", default="/var/tmp", type=Path)
    parser.add_argument("--writes", type=int, default=750)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--pause", type=float, default=0.25, help="longest pause inside a save, in seconds")
    parser.add_argument("--only", choices=("hostile", "editors", "idle"))
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=options.folder) as folder:
        if options.only in (None, "hostile"):
            hostile(Path(folder), options.writes, options.seed, options.pause)
        if options.only in (None, "editors"):
            editors(Path(folder))
        if options.only in (None, "idle"):
            idle(Path(folder))


def hostile(folder: Path, writes: int, seed: int, pause: float) -> None:
    """Saves in eight ways at random; after a quarter of them there is a pause to measure the latency."""
    chance = random.Random(seed)
    path, elsewhere = folder / "in" / "notes.md", folder / "out"
    path.parent.mkdir()
    elsewhere.mkdir()
    path.write_bytes(version(0))
    shown = Shown()
    watcher = Watcher(WatchTarget.of_files(str(path)), shown)
    watcher.start()
    time.sleep(0.5)
    saver = Saver(path, elsewhere, chance, pause)
    latencies: list[float] = []
    stale = 0
    ways = Counter[str]()
    for number in range(1, writes + 1):
        ways[saver.save(version(number))] += 1
        saved = time.monotonic()
        if chance.random() < 0.25:
            time.sleep(SETTLED)
            right = [when for when, data in shown.states if version_of(data) == number]
            if not right or version_of(shown.states[-1][1]) != number:
                stale += 1
            else:
                latencies.append(max(0.0, right[0] - saved))
        else:
            time.sleep(chance.choice((0, 0, 0.01, 0.05, 0.1, 0.3)) * chance.random())
    time.sleep(SETTLED)
    watcher.stop()
    numbers = [version_of(data) for _, data in shown.states]
    wrong = Counter(_wrong(data) for _, data in shown.states if version_of(data) is None)
    back = sum(later < earlier for earlier, later in pairwise(numbers) if earlier and later)
    print(f"hostile: {writes} saves, {dict(ways)}")
    print(f"  {len(numbers)} refreshes; wrong states {dict(wrong) or 0}; older after newer {back}")
    print(f"  stale after {SETTLED} s: {stale} of {stale + len(latencies)}; last one shown {numbers[-1] == writes}")
    print(f"  ms from the end of a save: {_spread(latencies)}")


def editors(folder: Path) -> None:
    """Real programs save real files; missing ones are named."""
    for editor in ways():
        if not editor.is_here:
            print(f"  {editor.name:24} not here")
            continue
        latencies = []
        states: list[bytes | None] = []
        for _ in range(5):
            path = prepare(folder, version(1))
            shown = Shown()
            watcher = Watcher(WatchTarget.of_files(str(path)), shown)
            watcher.start()
            time.sleep(0.3)
            editor.save(folder)
            saved = time.monotonic()
            shown.came.wait(5)
            time.sleep(0.6)
            watcher.stop()
            states += [data for _, data in shown.states]
            latencies += [max(0.0, shown.states[-1][0] - saved)] if shown.states else []
        right = sum(data == b"NEW\n" + version(1) for data in states)
        seen, wrong = len(latencies), len(states) - right
        print(f"  {editor.name:24} seen {seen} of 5, wrong states {wrong}, ms {_spread(latencies)}")


def idle(folder: Path) -> None:
    """Processor time of this process over ten idle seconds."""
    for count in (1, 1000):
        inside = folder / f"idle{count}"
        inside.mkdir()
        for number in range(count):
            (inside / f"{number}.md").write_text("- a bullet\n")
        target = WatchTarget.of_folder(str(inside), partial(_paths, inside), lambda path: path.endswith(".md"))
        watcher = Watcher(target, lambda *_: None)
        watcher.start()
        time.sleep(3)
        used, began = time.process_time(), time.monotonic()
        time.sleep(10)
        share = (time.process_time() - used) / (time.monotonic() - began)
        watcher.stop()
        print(f"idle: {count} notes, {share:.3%} of a core")


def _paths(folder: Path) -> list[str]:
    return [each.path for each in os.scandir(folder)]


def _wrong(data: bytes | None) -> str:
    return "missing" if data is None else "partial" if data else "empty"


def _spread(seconds: list[float]) -> str:
    if not seconds:
        return "-"
    ordered = sorted(seconds)
    at = [ordered[int((len(ordered) - 1) * share)] * 1000 for share in (0.5, 0.95, 1)]
    return f"p50 {at[0]:.0f}, p95 {at[1]:.0f}, max {at[2]:.0f}"


if __name__ == "__main__":
    main()
