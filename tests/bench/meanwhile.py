"""Steps in a folder of very many notes, timed while much changes in it: background work never delays them."""

from __future__ import annotations

import os
from functools import partial
from time import perf_counter, sleep
from typing import TYPE_CHECKING

from tests.bench.cursor import has_moved, held
from tests.bench.figures import PRODUCT, Row, Target
from tests.bench.host import processor_seconds
from tests.bench.marked import write_highlights
from tests.bench.notes import START, write_folder
from tests.bench.program import Program
from tests.bench.reading import BEHIND, until_idle

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from tests.bench.contenders import Contender

BULLETS, HIGHLIGHTS = 10, 5
"Bullets of each note, and highlights among them."
BETWEEN = 0.05
"Seconds from one step to the next."
IDLE = 5.0
"Seconds of steps while nothing else happens."
QUIET = 6.0
"Seconds with almost no processor time besides that of the steps, which end the work that was started."
ABOVE = 50.0
"Most milliseconds above an idle step's median."
STEPS = "jk"


def meanwhile(folder: Path, product: Contender, count: int, marked: int) -> Iterator[Row]:
    """Steps among ``count`` notes: idle, while one is edited, while its lost highlights are looked for, and while all
    notes and the highlights files of ``marked`` of them change, as by a change of branches.
    """
    notes = write_folder(folder / "notes", count, BULLETS)
    paths = sorted(notes.iterdir())
    for path in paths[1 : marked + 1]:
        write_highlights(path, HIGHLIGHTS)
    name = f"{count:,} notes, {marked:,} with highlights"
    with Program(product.command(notes), product.environment) as program:
        program.wait_for(START, program.started)
        program.rest(1.0)
        until_idle(program)
        end = perf_counter() + IDLE
        before = processor_seconds(program.pid)
        idle = _steps(program, lambda: perf_counter() > end)
        share = (processor_seconds(program.pid) - before) / IDLE
        yield Row("a step", name, "ms", {PRODUCT: idle})
        limit = Target(p95=sorted(idle)[len(idle) // 2] + ABOVE)
        for what, change in (
            ("an edit of another note is shown", partial(_edit, paths[:2])),
            ("lost highlights are looked for in all notes", partial(_empty, paths[2])),
            ("a change of branches is read", partial(_change_all, notes)),
        ):
            change()
            yield Row(f"a step while {what}", name, "ms", {PRODUCT: _steps(program, _rested(program, share))}, limit)


def _steps(program: Program, is_over: Callable[[], bool]) -> list[float]:
    """Steps back and forth until the work is over; returns milliseconds from each key to its frame."""
    taken: list[float] = []
    while not taken or len(taken) % 2 or not is_over():
        place = held(program.lines())
        taken.append(program.wait_for(partial(has_moved, place), program.type(STEPS[len(taken) % 2])))
        sleep(BETWEEN)
    return taken


def _rested(program: Program, share: float) -> Callable[[], bool]:
    """True if a program did almost nothing for `QUIET` seconds besides the steps, which need a share of a core."""
    since, spent = perf_counter(), processor_seconds(program.pid)

    def is_over() -> bool:
        nonlocal since, spent
        now = perf_counter()
        if now - since < QUIET:
            return False
        before, spent = spent, processor_seconds(program.pid)
        is_quiet = (spent - before) / (now - since) < share + BEHIND
        since = now
        return is_quiet

    return is_over


def _edit(paths: Sequence[Path]) -> None:
    for path in paths[1:]:
        _write(path, path.read_bytes() + b"\n- one more\n")


def _empty(path: Path) -> None:
    _write(path, path.read_bytes().partition(b"\n")[0] + b"\n\n- nothing of what it was\n")


def _change_all(notes: Path) -> None:
    for path in sorted(notes.iterdir()):
        _write(path, path.read_bytes() + (b"\n- one more\n" if path.suffix == ".md" else b"\n"))


def _write(path: Path, data: bytes) -> None:
    """Replace a file, as git does."""
    written = path.with_name("written~")
    written.write_bytes(data)
    os.replace(written, path)
