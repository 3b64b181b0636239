"""A highlights file truncated at any byte, or with any bit flipped."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from random import Random
from typing import TYPE_CHECKING

from tests.faults.report import Report
from tests.faults.save_once import NOTE, highlight
from tui.core.annotations.choices import Answer
from tui.core.annotations.highlights import Part, Put, QuestionRecord
from tui.errors import SidecarError
from tui.files.atomic import BACKUP_SUFFIX
from tui.files.sidecar.store import apply, load, sidecar_of

if TYPE_CHECKING:
    from pathlib import Path

NOW = datetime(2026, 11, 24, tzinfo=UTC)
FLIPS = 20_000
SAMPLE = 400
STEP = 7
"The sample truncates the file at every seventh byte, and at each of its last ones."


def measure(folder: Path, *, is_long: bool) -> Report:
    """Truncate the file at every byte, then flip single bits."""
    folder.mkdir(parents=True, exist_ok=True)
    path = sidecar_of(folder / NOTE)
    whole = some_highlights(path)
    cuts = [cut for cut in range(len(whole)) if is_long or cut % STEP == 0 or cut > len(whole) - 20]
    wrong = [f"cut off at byte {cut}: {problem}" for cut in cuts if (problem := _cut_off(path, whole, cut))]
    chance = Random(1)
    flips = [chance.randrange(len(whole) * 8) for _ in range(FLIPS if is_long else SAMPLE)]
    refused = 0
    for bit in flips:
        damaged = bytearray(whole)
        damaged[bit // 8] ^= 1 << bit % 8
        problem, was_refused = _damaged(path, bytes(damaged))
        refused += was_refused
        wrong += [f"bit {bit}: {problem}"] if problem else []
    figures = f"{len(cuts)} cuts of {len(whole)} bytes, {len(flips)} bits turned over, {refused} of them refused"
    return Report("damage", figures, tuple(wrong))


def some_highlights(path: Path) -> bytes:
    """Make a highlights file with all possible content; returns its bytes."""
    (path.parent / NOTE).write_text("- a walk\n", encoding="utf-8")
    path.unlink(missing_ok=True)
    full = replace(highlight("01B"), comment='says "so" —\n二', tags=("one", "two"), kept=True)
    part = Part("who pays?", "", " then", "Ada", "By day", "who pays? then", 0, 9, quoted="who paid?")
    question = QuestionRecord("01C", Answer.ANSWERED, (part, part), NOW, NOW, "the town")
    apply(path, NOTE, [Put(highlight("01A")), Put(full), Put(question)])
    text = path.read_text(encoding="utf-8").replace('colour = "yellow"', 'colour = "yellow"\nlater = [1, {a = 2}]', 1)
    path.write_text(text, encoding="utf-8")
    return path.read_bytes()


def _cut_off(path: Path, whole: bytes, cut: int) -> str:
    """The fault in the handling of a truncated file; empty if there is none."""
    path.write_bytes(whole[:cut])
    if whole[:cut].endswith(b"[end]"):
        return "" if _change(path) is None else "refused though nothing is missing"
    if _change(path) is None:
        return "taken for a whole file"
    return "" if path.read_bytes() == whole[:cut] else "overwritten"


def _damaged(path: Path, data: bytes) -> tuple[str, bool]:
    """The fault in the handling of a damaged file, and True if a change to it was refused."""
    path.write_bytes(data)
    try:
        records = [each.record for each in load(path).entries]
    except SidecarError:
        records = []
        is_read = False
    else:
        is_read = True
    if _change(path) is not None:
        return "" if path.read_bytes() == data else "overwritten though refused", True
    if not is_read:
        return "overwritten though it does not parse", False
    if path.with_name(path.name + BACKUP_SUFFIX).read_bytes() != data:
        return "not kept as the generation before", False
    after = [each.record for each in load(path).entries]
    lost = [record.id for record in records if record not in after]
    return (f"lost {lost}" if lost else ""), False


def _change(path: Path) -> SidecarError | None:
    """Add a highlight; returns the reason if it was refused."""
    try:
        apply(path, NOTE, [Put(highlight("01NEW"))])
    except SidecarError as error:
        return error
    return None
