"""Highlights, timed: until shown, until in the file, a step meanwhile; and more where there are very many."""

from __future__ import annotations

from functools import partial
from time import perf_counter, sleep, time_ns
from typing import TYPE_CHECKING

from tests.bench.cursor import has_moved, held
from tests.bench.figures import PRODUCT, Row, Target
from tests.bench.notes import START
from tests.bench.program import PATIENCE, MissingError, Program

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

MARK, LISTED = "m", "H"
"Keys: mark the block under the cursor, change between the lists of questions and highlights."
REDRAWN, AT_REST = 0.15, 0.4
"Seconds of silence after a highlight, and after longer work."
BETWEEN = 0.03
"Seconds between two steps while something is read."
KEY, MARKED = Target(5, 10), Target(100)
NEW = "anewline"
"A word of a bullet that is inserted above all others."


def marks(name: str, edited: Path, program: Program, step: str, times: int, what: str = "a mark") -> Iterator[Row]:
    """Marks of one block after the other; a step follows every second one at once. ``what`` is what they are called."""
    sidecar = edited.with_suffix(".highlights.toml")
    shown, stepped, kept = [], [], []
    for turn in range(2 * times):
        program.rest(REDRAWN)
        before, place = file_time(sidecar), held(program.lines())
        # The file's time has the same clock.
        pressed_at = time_ns()
        pressed = program.type(MARK)
        if turn % 2 == 0:
            shown.append(program.frames(pressed, 0).first)
            program.type(step)
        else:
            moved = program.type(step)
            stepped.append(program.wait_for(partial(has_moved, place), moved))
        kept.append((file_time(sidecar, before) - pressed_at) / 1e6)
    yield Row(f"{what}: shown", name, "ms", {PRODUCT: shown}, MARKED)
    yield Row(f"{what}: in its file", name, "ms", {PRODUCT: kept}, MARKED)
    yield Row(f"a step while {what} is saved", name, "ms", {PRODUCT: stepped}, KEY)


def marks_among_many(name: str, edited: Path, program: Program, step: str, times: int) -> Iterator[Row]:
    """Highlights where there are very many: with all of them listed, and each below a line inserted above them."""
    program.type(LISTED)
    program.rest(AT_REST)
    yield from marks(name, edited, program, step, times, "a mark while all are listed")
    program.type(LISTED)
    program.rest(AT_REST)
    whole, shown = edited.read_bytes(), []
    for turn in range(times):
        word = f"{NEW}{turn}"
        program.type("g")
        program.rest(AT_REST)
        edited.write_bytes(whole.replace(f"- {START}".encode(), f"- {word}\n- {START}".encode(), 1))
        program.wait_for(word, perf_counter())
        program.type(2 * step)
        program.rest(AT_REST)
        shown.append(program.frames(program.type(MARK), 0).first)
    program.rest(AT_REST)
    edited.write_bytes(whole)
    program.rest(AT_REST)
    yield Row("a mark below a new line: shown", name, "ms", {PRODUCT: shown}, MARKED)


def reading_many(
    name: str, command: Sequence[str], environment: Mapping[str, str], count: int, steps: tuple[str, str], times: int
) -> Iterator[Row]:
    """Starts until the status line counts all highlights, and steps meanwhile."""
    known, stepped = [], []
    for _ in range(times):
        with Program(command, environment) as program:
            program.wait_for(START, program.started)
            while not (lines := program.lines()) or not any(counted(count) in line for line in lines):
                for key in steps:
                    place = held(program.lines())
                    stepped.append(program.wait_for(partial(has_moved, place), program.type(key)))
                    program.rest(BETWEEN)
            known.append(1000 * (perf_counter() - program.started))
    yield Row("start: all highlights in their places", name, "ms", {PRODUCT: known})
    yield Row("a step while they are read", name, "ms", {PRODUCT: stepped}, KEY)


def counted(highlights: int) -> str:
    """The status line's text once this many highlights are known."""
    return f"{highlights:,} highlights"


def file_time(path: Path, before: int | None = None) -> int:
    """The time a file was last renamed into place, in nanoseconds, 0 if there is none; waits until that changes."""
    end = perf_counter() + PATIENCE
    while perf_counter() < end:
        changed = path.stat().st_ctime_ns if path.exists() else 0
        if changed != before:
            return changed
        sleep(0.002)
    raise MissingError(f"{path.name} was not written")
