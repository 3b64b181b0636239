"""First highlights in a folder with many highlights files, timed until each is in its file."""

from __future__ import annotations

import os
from functools import partial
from time import perf_counter, time_ns
from typing import TYPE_CHECKING

from tests.bench.figures import PRODUCT, Row, Target
from tests.bench.host import processor_seconds
from tests.bench.marked import write_highlights
from tests.bench.marking import MARK, file_time
from tests.bench.notes import START, write_folder
from tests.bench.program import Program
from tests.bench.reading import until_idle

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tests.bench.contenders import Contender

BULLETS, HIGHLIGHTS = 20, 5
"Bullets of each note, and highlights among them."
FIRST = tuple(number / 40 for number in range(48))
"Seconds from the text on screen to the highlight."
MOMENTS = (0.0, 0.05, 0.1, 0.2, 0.3, 0.5, 0.8, 1.2)
"Seconds from a change of branches to the highlight."
AT_REST = 1.0
"Seconds of silence after which everything is read."
SAVED = Target(p95=100)
STEP = "j"


def first_marks(folder: Path, product: Contender, count: int, strays: int = 0) -> Iterator[Row]:
    """Marks right after starts and after changes of branches, in a folder of ``count`` notes with highlights.

    With ``strays`` that many more highlights files belong to no note, and the marked note has none of its own.
    """
    notes = write_folder(folder / "notes", count, BULLETS)
    for note in sorted(notes.iterdir()):
        write_highlights(note, HIGHLIGHTS)
    sidecar = notes / "00000.highlights.toml"
    for number in range(strays):
        _write_stray(notes, number, number % count)
    if strays:
        sidecar.unlink()
    known = sidecar.read_bytes() if sidecar.exists() else None
    name = f"{count:,} notes" + (f", {strays:,} files of gone notes" if strays else "")
    start = partial(Program, product.command(notes), product.environment)
    _first_mark(start, sidecar, known, 0.0)  # What is compiled or remembered is so at every start that counts.
    written = [_bare_write(notes, (notes / "00001.highlights.toml").read_bytes()) for _ in MOMENTS]
    yield Row("a bare write, for comparison", name, "ms", {PRODUCT: written})
    first = [_first_mark(start, sidecar, known, moment) for moment in FIRST]
    yield Row("a mark in the first moments: in its file", name, "ms", {PRODUCT: [saved for saved, _ in first]}, SAVED)
    yield Row("the same: processor time of all threads", name, "ms", {PRODUCT: [spent for _, spent in first]})
    with start() as program:
        program.wait_for(START, program.started)
        program.rest(AT_REST)
        until_idle(program)
        samples = []
        for moment in MOMENTS:
            for each in notes.glob("*.highlights.toml"):
                _write_anew(each)
            _run(program, moment)
            samples.append(_saved(program, sidecar)[0])
            program.rest(AT_REST)
            until_idle(program)
            program.type(STEP)
            program.rest()
    yield Row("a mark right after a change of branches: in its file", name, "ms", {PRODUCT: samples}, SAVED)


def _write_stray(notes: Path, number: int, like: int) -> None:
    """Write the highlights file of a note that is gone, with other words."""
    words = (notes / f"{like:05}.highlights.toml").read_text("utf-8").replace(f"{like:05}.md", f"gone{number}.md")
    text = words.replace("ar", "zo").replace("in ", "un ")
    (notes / f"gone{number}.highlights.toml").write_text(text, "utf-8")


def _write_anew(sidecar: Path) -> None:
    """Replace a highlights file by an identical one, as git does."""
    written = sidecar.with_name("written~")
    written.write_bytes(sidecar.read_bytes() + b"\n")
    os.replace(written, sidecar)


def _bare_write(folder: Path, data: bytes) -> float:
    """Milliseconds of a save by itself: a file written beside, synced, renamed, and its folder synced."""
    began = perf_counter()
    beside, place = folder / "bare~", folder / "bare.txt~"
    with beside.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(place)
    opened = os.open(folder, os.O_RDONLY)
    os.fsync(opened)
    os.close(opened)
    place.unlink()
    return 1000 * (perf_counter() - began)


def _first_mark(start: Callable[[], Program], sidecar: Path, known: bytes | None, moment: float) -> tuple[float, float]:
    """As `_saved`, for a mark so long after the first text; its file is then as before."""
    with start() as program:
        program.wait_for(START, program.started)
        _run(program, moment)
        saved = _saved(program, sidecar)
        program.rest(AT_REST)
    if known is None:
        sidecar.unlink()
    else:
        sidecar.write_bytes(known)
    return saved


def _run(program: Program, seconds: float) -> None:
    """Let a program run for this long, while reading its output."""
    end = perf_counter() + seconds
    while (left := end - perf_counter()) > 0:
        program.rest(left, left)


def _saved(program: Program, sidecar: Path) -> tuple[float, float]:
    """Milliseconds from a highlight until it is in its file, and the program's processor time meanwhile."""
    before, spent, pressed = file_time(sidecar), processor_seconds(program.pid), time_ns()
    program.type(MARK)
    saved = (file_time(sidecar, before) - pressed) / 1e6
    return saved, 1000 * (processor_seconds(program.pid) - spent)
