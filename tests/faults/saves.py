"""A save that strace kills or fails at each of its system calls."""

from __future__ import annotations

import shutil
from collections import Counter
from dataclasses import dataclass
from random import Random
from typing import TYPE_CHECKING

from tests.faults.report import Report
from tests.faults.save_once import NOTE, highlight
from tests.faults.traced import KILL, Point, Traced, can_trace, changes_something
from tui.core.annotations.highlights import Put
from tui.errors import SidecarError
from tui.files.atomic import backups_of
from tui.files.sidecar.store import apply, load, sidecar_of

if TYPE_CHECKING:
    from pathlib import Path

ERRORS = ("ENOSPC", "EIO", "EINTR", "EROFS")
SAMPLE = 10
"Faults tried for each save, besides the deaths at calls that change something."
EARLIER, NEW = ("01A", "01B"), "01NEW"
"The highlights before a later save, and the one that it adds."


@dataclass(frozen=True, slots=True)
class Outcome:
    """The result of a save that met a fault."""

    said: str
    "The program's output after ``begin``; empty if it was killed before."
    crashed: bool
    "True if it ended with an unexpected exception."
    before: bool
    "True if the highlights file is as before the save."
    after: bool
    "True if it is as after the save."
    keeps_backup: bool
    "True if the previous generation, if there is one, can be read."
    goes_on: bool
    "True if the next save succeeds and loses nothing."

    @property
    def is_right(self) -> bool:
        """True if nothing acknowledged is lost and nothing is damaged."""
        return (
            not self.crashed
            and (self.before or self.after)
            and (self.after or not self.said.startswith("saved"))
            and (self.before or not self.said.startswith("refused") or "saved, but" in self.said)
            and self.keeps_backup
            and self.goes_on
        )


@dataclass(frozen=True, slots=True)
class Save:
    """A save in a folder of its own, to be repeated."""

    folder: Path
    is_first: bool
    "True if it creates the highlights file."

    @property
    def sidecar(self) -> Path:
        """The highlights file."""
        return sidecar_of(self.folder / NOTE)

    def traced(self) -> Traced:
        """The program that does it."""
        return Traced(self.folder, ("tests.faults.save_once", str(self.sidecar), NEW), self._prepare)

    def meet(self, traced: Traced, point: Point, fault: str) -> Outcome:
        """Run the save with one call that fails or kills the program; returns the result."""
        before = [] if self.is_first else sorted(EARLIER)
        ended = traced.meet(point, fault)
        after = self._ids()
        return Outcome(
            said=ended.said.partition("\n")[2].strip(),
            crashed=ended.code not in (0, -9),
            before=after == before,
            after=after == sorted([*before, NEW]),
            keeps_backup=self.is_first or any(each.exists() and _ids_in(each) for each in backups_of(self.sidecar)),
            goes_on=self._goes_on(after),
        )

    def _prepare(self) -> None:
        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.mkdir(parents=True)
        (self.folder / NOTE).write_text("- a walk to the harbour and back\n", encoding="utf-8")
        for name in () if self.is_first else EARLIER:
            apply(self.sidecar, NOTE, [Put(highlight(name))])

    def _ids(self) -> list[str] | None:
        return _ids_in(self.sidecar)

    def _goes_on(self, ids: list[str] | None) -> bool:
        try:
            apply(self.sidecar, NOTE, [Put(highlight("01Z"))])
        except SidecarError:
            return False
        return ids is not None and self._ids() == sorted([*ids, "01Z"])


def _ids_in(path: Path) -> list[str] | None:
    """The ids in a highlights file, in order; None if it is damaged."""
    try:
        contents = load(path)
    except SidecarError:
        return None
    return None if contents.missing_end else sorted(each.record.id for each in contents.entries)


def every_fault(traced: Traced) -> list[tuple[Point, str]]:
    """Each fault at each system call of a save except the last one, which acknowledges it."""
    *points, last = traced.points()
    return [(point, fault) for point in points for fault in (KILL, *ERRORS)] + [(last, KILL)]


def measure(folder: Path, *, is_long: bool) -> Report:
    """Faults at the calls of a save that creates the highlights file, and of one that replaces it."""
    if reason := can_trace():
        return Report("saves", f"not here: {reason}")
    wrong: list[str] = []
    results: Counter[str] = Counter()
    for is_first in (False, True):
        save = Save(folder / ("first" if is_first else "next"), is_first)
        with save.traced() as traced:
            faults = every_fault(traced)
            if not is_long:
                kills = [(point, fault) for point, fault in faults if fault == KILL and changes_something(point)]
                others = [fault for fault in faults if fault not in kills]
                faults = kills + Random(1).sample(others, SAMPLE)
            for point, fault in faults:
                outcome = save.meet(traced, point, fault)
                results[outcome.said.split(" ")[0] or "killed"] += 1
                if not outcome.is_right:
                    wrong.append(f"{fault} at {point.call} {point.use} {point.arguments}: {outcome}")
    counts = ", ".join(f"{count} {said}" for said, count in sorted(results.items()))
    return Report("saves", f"{results.total()} faults met ({counts})", tuple(wrong))
