"""A record's move into another note, killed or failed at each of its system calls."""

from __future__ import annotations

import shutil
from collections import Counter
from dataclasses import dataclass
from itertools import chain
from random import Random
from typing import TYPE_CHECKING

from tests.faults.report import Report
from tests.faults.save_once import NOW
from tests.faults.saves import ERRORS
from tests.faults.traced import KILL, Point, Traced, can_trace, changes_something
from tui.core.anchoring import describe
from tui.core.annotations.choices import Colour
from tui.core.annotations.highlights import Highlight, Put
from tui.core.notes.model import Address, Place, Span
from tui.core.notes.reading import read_note
from tui.core.state.model import State
from tui.errors import SidecarError
from tui.files.config import Config
from tui.files.opened import Opened
from tui.files.session import Session
from tui.files.sidecar.store import apply, load, sidecar_of

if TYPE_CHECKING:
    from pathlib import Path

DEATHS = 8
"Deaths tried of each kind, at calls that change something; the long run tries all faults."
KINDS = ("next", "first", "gone", "torn")
GOES, STAYS, THERE = (
    "the ferry to the outer islands leaves at dawn from the second quay",
    "a kiln of this size takes nine hours to cool before it may be opened",
    "ropes are tarred twice before the winter storms, and once in May",
)


@dataclass(frozen=True, slots=True)
class Move:
    """Moves of a highlight into a note with and without one, of both from a note that is gone, and of a part of one."""

    folder: Path
    kind: str
    "One of `KINDS`."

    def traced(self) -> Traced:
        """The program that makes it."""
        return Traced(self.folder, ("tests.faults.move_once", str(self.folder)), self._prepare)

    def wrong_after(self, traced: Traced, point: Point, fault: str) -> str:
        """The fault after the move failed, or after the next search; empty if there is none."""
        ended = traced.meet(point, fault)
        if ended.code not in (0, -9):
            return f"it crashed: {ended.errors[-300:]}"
        try:
            at_once = self._words("first"), self._words("second")
            self._search()
            first, second = self._words("first"), self._words("second")
        except SidecarError as error:
            return str(error)
        there = [] if self.kind == "first" else [(THERE,)]
        goes = sorted([(GOES,), (STAYS,)]) if self.kind == "gone" else [(GOES,)]
        stays = [] if self.kind == "gone" else [(STAYS,)]
        is_left_over = self.kind == "gone" and first == goes
        if {*chain(*chain(*at_once))} != {*chain(*goes, *stays, *there)}:
            return f"lost at once: {at_once}"
        is_right = second == sorted((*goes, *there)) and (first == stays or is_left_over)
        return "" if is_right else f"after the next search: {first}, {second}"

    def _prepare(self) -> None:
        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.mkdir(parents=True)
        first, second = self.folder / "first.md", self.folder / "second.md"
        first.write_text(f"- {GOES}\n- {STAYS}\n", encoding="utf-8")
        second.write_text(f"- {THERE}\n", encoding="utf-8")
        if self.kind == "torn":
            _mark(first, "BOTH", 0, 1)
        else:
            _mark(first, "GOES", 0)
            _mark(first, "STAYS", 1)
        if self.kind != "first":
            _mark(second, "THERE", 0)
        if self.kind == "gone":
            first.unlink()
            second.write_text(f"- {THERE}\n- {GOES}\n- {STAYS}\n", encoding="utf-8")
        else:
            first.write_text(f"- {STAYS}\n", encoding="utf-8")
            second.write_text(f"- {THERE}\n- {GOES}\n", encoding="utf-8")

    def _words(self, stem: str) -> list[tuple[str, ...]]:
        """The words of each highlight of a note."""
        contents = load(self.folder / f"{stem}.highlights.toml")
        if contents.missing_end:
            raise SidecarError(stem, "it was cut short")
        return sorted(tuple(part.exact for part in each.record.parts) for each in contents.entries)

    def _search(self) -> None:
        opened = Opened(str(self.folder), Config())
        session = Session(opened)
        state = session.read_sidecars(State(opened.library))
        *_, found = session.moving.search(state)
        session.moving.move(state, found or ())


def _mark(note: Path, name: str, *bullets: int) -> None:
    """Highlight bullets of a note."""
    text = read_note(str(note), note.read_text(encoding="utf-8"))
    blocks = text.episodes[0].blocks
    places = [Place(Address(0, each), Span(0, len(blocks[each].text))) for each in bullets]
    made = Highlight(name, Colour.YELLOW, describe(text, places), NOW, NOW)
    apply(sidecar_of(note), note.name, [Put(made)])


def measure(folder: Path, *, is_long: bool) -> Report:
    """Faults at the calls of a move."""
    if reason := can_trace():
        return Report("moves", f"not here: {reason}")
    wrong: list[str] = []
    results: Counter[str] = Counter()
    for kind in KINDS:
        move = Move(folder / kind, kind)
        with move.traced() as traced:
            points = traced.points()
            faults = [(point, fault) for point in points[:-1] for fault in (KILL, *ERRORS)]
            if not is_long:
                kills = [(point, fault) for point, fault in faults if fault == KILL and changes_something(point)]
                listings = [(point, fault) for point, fault in faults if point.call == "getdents64" and fault == "EIO"]
                faults = Random(1).sample(kills, DEATHS) + listings * (kind == KINDS[0])
            for point, fault in faults:
                results[fault] += 1
                if said := move.wrong_after(traced, point, fault):
                    wrong.append(f"{kind}: {fault} at {point.call} {point.use} {point.arguments}: {said}")
    return Report("moves", f"{results.total()} faults met", tuple(wrong))
