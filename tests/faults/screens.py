"""The screen while the notes are saved in hostile ways: every frame shows one complete version."""

from __future__ import annotations

import random
import re
import sys
import time
from itertools import pairwise
from typing import TYPE_CHECKING

from tests.faults.report import Report
from tests.faults.terminal import SUPPORTS_FRAMES, environment
from tests.files.saving import Saver
from tests.terminal.emulator import Emulator
from tests.terminal.screen import Screen

if TYPE_CHECKING:
    from pathlib import Path

SAVES = 750
SAMPLE = 12
PAUSE = 0.25
"The longest pause inside a save, in seconds."
PATIENCE = 10.0
PARTS = 12
SIZE = {"columns": 110, "rows": 40}

_FRAME_END = b"\x1b[?2026l"
_NUMBER = re.compile(r"\bof (\d+)\b")
_TITLE = re.compile(r"\bPart (\d+) of \d+\b")


def version(number: int) -> bytes:
    """Some 80 KB of notes with as many episodes as the list has room for, each with the number in it twice."""
    parts = []
    for part in range(1, PARTS + 1):
        bullets = "".join(
            f"- {part * 100 + line} lines, and one that is as long as bullets are\n" for line in range(120)
        )
        parts.append(f"# Part {part} of {number}\n\n- a line of {number} that changes\n{bullets}\n")
    return "".join(parts).encode()


def measure(folder: Path, *, is_long: bool) -> Report:
    """Save in eight ways at random, sometimes waiting until the version is on screen."""
    inside, elsewhere = folder / "in", folder / "out"
    inside.mkdir(parents=True)
    elsewhere.mkdir()
    path = inside / "notes.md"
    path.write_bytes(version(0))
    chance = random.Random(1)
    saver = Saver(path, elsewhere, chance, PAUSE)
    saves = SAVES if is_long else SAMPLE
    latencies: list[float] = []
    wrong: list[str] = []
    with Screen(sys.executable, "-m", "tui", path, env=environment(folder), cwd=folder, **SIZE) as screen:
        screen.wait_for("a line of 0")
        screen.send(SUPPORTS_FRAMES)
        # The status line's words on a change show that the notes are watched.
        path.write_bytes(version(1))
        screen.wait_for("a line of 1 ")
        for number in range(2, saves + 2):
            way = saver.save(version(number))
            saved = time.monotonic()
            if chance.random() < 0.25 or number == saves + 1:
                try:
                    screen.wait_for(f"a line of {number} ", PATIENCE)
                except AssertionError:
                    wrong.append(f"not on the screen: save {number}, {way}")
                latencies.append(time.monotonic() - saved)
            else:
                time.sleep(chance.choice((0, 0, 0.01, 0.05, 0.1, 0.3)) * chance.random())
        screen.press("q").wait_exit()
    states, odd = shown(bytes(screen.written))
    wrong += odd
    wrong += [f"{later} shown after {earlier}" for earlier, later in pairwise(states) if later < earlier]
    figures = f"{saves} saves, {len(states)} states on the screen, {_spread(latencies)} ms from save to screen"
    return Report("screens", figures, tuple(wrong))


def shown(written: bytes) -> tuple[list[int], list[str]]:
    """The versions that were on screen, one after another, and the frames that show no complete version."""
    emulator = Emulator(SIZE["columns"], SIZE["rows"], lambda _: None)
    first, *frames = written.split(_FRAME_END)
    emulator.take(first)
    states: list[int] = []
    odd: list[str] = []
    for frame in frames[:-1]:
        emulator.take(frame)
        text = "\n".join(emulator.display)
        numbers = {int(each) for each in _NUMBER.findall(text)}
        titles = {int(each) for each in _TITLE.findall(text)}
        if len(numbers) != 1 or len(titles) != PARTS:
            odd.append(f"a frame shows {sorted(numbers)} and {len(titles)} episodes:\n{text}")
        elif not states or states[-1] not in numbers:
            states += numbers
    return states, odd


def _spread(seconds: list[float]) -> str:
    ordered = sorted(seconds)
    median, high = (ordered[int((len(ordered) - 1) * share)] * 1000 for share in (0.5, 0.95))
    return f"median {median:.0f}, p95 {high:.0f}"
