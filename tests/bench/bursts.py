"""Ten saves a second while keys are pressed: every step is timed, every frame checked for impossible states."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from time import perf_counter
from typing import TYPE_CHECKING

from tests.bench.cursor import has_moved, held
from tests.bench.figures import PRODUCT, Row, Target
from tests.bench.host import processor_seconds
from tests.bench.notes import START

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.bench.program import Program

EVERY = 0.1
"Seconds from one save to the next."
SILENCE = 0.4
"Seconds without output before the saves begin."
_SAVED = re.compile(r"saved(\d{4})")


@dataclass(slots=True)
class _Saves:
    """Saves of a file: each has its number in the first bullet, and one bullet more in the middle."""

    path: Path
    text: bytes
    "The original text."
    count: int = 0

    def save(self) -> None:
        """Save once more, alternately in place and by renaming."""
        middle = self.text.index(b"\n- ", len(self.text) // 2) + 1
        added = b"".join(b"- bullet %04d\n" % number for number in range(self.count + 1))
        above = self.text[:middle].replace(START.encode(), b"saved%04d" % self.count, 1)
        self._write(above + added + self.text[middle:], in_place=self.count % 2 == 0)
        self.count += 1

    def restore(self) -> None:
        """Save the file as it was."""
        self._write(self.text, in_place=False)

    def _write(self, data: bytes, *, in_place: bool) -> None:
        if in_place:
            self.path.write_bytes(data)
        else:
            written = self.path.with_name("written~")
            written.write_bytes(data)
            written.replace(self.path)


@dataclass(slots=True)
class _Watch:
    """The numbers of the saves that frames showed, one after the other."""

    saves: _Saves
    shown: int = 0
    wrong: list[float] = field(default_factory=list)
    "The numbers of frames with an older save than one already shown, with none that was made, or with none at all."

    def look(self, lines: list[str]) -> None:
        """Look at a frame."""
        numbers = [int(each) for line in lines for each in _SAVED.findall(line)]
        if not numbers or not self.shown <= numbers[0] < self.saves.count:
            self.wrong.append(numbers[0] if numbers else -1)
        else:
            self.shown = numbers[0]


def bursts(notes: str, path: Path, program: Program, keys: tuple[str, str], seconds: float) -> Iterator[Row]:
    """The rows of ten saves a second.

    Args:
        notes: What the notes are called in the table.
        path: The file that is saved; its first bullet is on the screen and under the cursor.
        program: The product, reading it.
        keys: What makes a step, and one back.
        seconds: For how long.
    """
    saves = _Saves(path, path.read_bytes())
    watch = _Watch(saves)
    program.rest(SILENCE)
    saves.save()
    program.wait_for("saved0000", perf_counter())
    program.rest(SILENCE)
    spent, began = processor_seconds(program.pid), perf_counter()
    steps: list[float] = []
    last = began
    while saves.count * EVERY < seconds:
        if perf_counter() >= last + EVERY:
            last += EVERY
            saves.save()
        steps.append(_step(program, keys[len(steps) % 2], watch))
    saved = perf_counter()
    shown = program.wait_for(f"saved{saves.count - 1:04}", saved) if watch.shown < saves.count - 1 else 0.0
    share = 100 * (processor_seconds(program.pid) - spent) / (perf_counter() - began)
    what = f"{1 / EVERY:.0f} saves a second"
    yield Row(f"{what}: a step", notes, "ms", {PRODUCT: steps}, Target(5, 10))
    yield Row(f"{what}: the last on screen", notes, "ms", {PRODUCT: [shown]})
    yield Row(f"{what}: of a core", notes, "%", {PRODUCT: [share]})
    yield Row(f"{what}: wrong states", notes, "frames", {PRODUCT: [len(watch.wrong)]}, Target(0))
    program.rest(SILENCE)
    saves.restore()
    program.wait_for(START, perf_counter())
    program.rest(SILENCE)


def _step(program: Program, key: str, watch: _Watch) -> float:
    lines = program.lines()
    watch.look(lines)
    place = held(lines)

    def is_there(lines: list[str]) -> bool:
        watch.look(lines)
        return has_moved(place, lines)

    return program.wait_for(is_there, program.type(key))
