"""Growth of parsing time with a note's size, through the product's own reading.

Texts that are hard on parsers, and ordinary notes, each at sizes that double; the shortest of several times, in
processor time. A slow size ends the doubling.
"""

from __future__ import annotations

import gc
from dataclasses import dataclass
from time import process_time
from typing import TYPE_CHECKING

from tests.bench.figures import growth
from tests.bench.notes import markdown, pasted
from tests.core.patterns import PATTERNS
from tui.core.notes.reading import read_note

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

LINEAR = 1.2
"The largest exponent taken for linear: filling caches and growing memory add to it."
SMALLEST, LARGEST = 1 << 15, 1 << 19
"Code points."
LONG = 0.3
"Seconds for a size after which no larger one is tried."
SLOWEST = 2.0
"Most seconds for parsing a megabyte."
_TOO_SHORT = 0.002
"Seconds below which a time says little about growth."


@dataclass(frozen=True, slots=True)
class Curve:
    """The times of one kind of text."""

    name: str
    sizes: tuple[int, ...]
    "In code points."
    seconds: tuple[float, ...]

    @property
    def exponent(self) -> float | None:
        """The growth: 1 is linear; None if all of it takes next to no time."""
        points = [(size, time) for size, time in zip(self.sizes, self.seconds, strict=True) if time > _TOO_SHORT]
        return growth([size for size, _ in points], [time for _, time in points]) if len(points) > 2 else None

    @property
    def per_megabyte(self) -> float:
        """Seconds for 2**20 code points, measured at the largest size."""
        return self.seconds[-1] / self.sizes[-1] * 2**20

    @property
    def is_reached(self) -> bool:
        """True if it is linear, and quick enough."""
        return (self.exponent is None or self.exponent <= LINEAR) and self.per_megabyte <= SLOWEST


def curves(largest: int = LARGEST) -> Iterator[Curve]:
    """Every kind of text, as it is measured."""
    yield _curve("notes in Markdown", "notes.md", lambda count: markdown(max(1, count // 12_000), 100), largest)
    yield _curve("notes in Markdown, one episode", "notes.md", lambda count: markdown(1, count // 120), largest)
    yield _curve("notes pasted from a page", "notes.txt", lambda count: pasted(max(1, count // 12_000), 100), largest)
    for name, pattern in PATTERNS.items():
        yield _curve(name, "notes.md", pattern, largest)


def _curve(name: str, path: str, make: Callable[[int], str], largest: int) -> Curve:
    per_count = len(make(SMALLEST)) / SMALLEST
    sizes: list[int] = []
    seconds: list[float] = []
    size = SMALLEST
    while size <= largest and (not seconds or seconds[-1] < LONG):
        text = make(round(size / per_count))
        sizes.append(len(text))
        seconds.append(min(_seconds(path, text) for _ in range(2)))
        size *= 2
    return Curve(name, tuple(sizes), tuple(seconds))


def _seconds(path: str, text: str) -> float:
    gc.collect()
    gc.disable()
    started = process_time()
    blocks = [len(episode.blocks) for episode in read_note(path, text).episodes]
    taken = process_time() - started
    gc.enable()
    # What was read goes after the clock is read.
    del blocks
    return taken
