"""Measure the whole program beside the floor under it, less and vim: ``python -m tests.bench``, on Linux.

Prints each row as it is measured and a table at the end. ``--quick`` takes about two minutes; ``--notes`` and
``--only`` choose. ``--write`` puts the tables into docs/benchmarks.md. How bytecode is compiled is said in
`contenders.contenders`, how time is taken in `program`.
"""

from __future__ import annotations

import argparse
import tempfile
from dataclasses import replace
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from platform import python_version
from typing import TYPE_CHECKING

from tests.bench import settling
from tests.bench.contenders import ROOT, contenders
from tests.bench.figures import Target, is_reached
from tests.bench.first_marks import first_marks
from tests.bench.host import Load, kind
from tests.bench.marked import write_highlights
from tests.bench.meanwhile import meanwhile
from tests.bench.notes import write_folder, write_note
from tests.bench.parsing import LARGEST, LINEAR, SLOWEST, curves
from tests.bench.program import MissingError
from tests.bench.reading import Notes, Plan, measure
from tests.bench.report import parsing_table, reading_table

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.bench.figures import Row

PAGE = ROOT / "docs" / "benchmarks.md"
FULL, SHORT, BRIEF, QUICK = (
    Plan(),
    Plan(7, 24, 6, 6, 5, 4, 3.0, 5.0),
    Plan(5, 16, 4, 4, 4, 3, 3.0, 5.0),
    Plan(5, 12, 3, 4, 3, 2, 2.0, 3.0),
)
MANY = ((300, 0), (2000, 0), (300, 300), (300, 3000))
"Notes with highlights, and highlights files whose notes are gone."
CHANGED = 10_000, 3_000
"Notes, and those of them with highlights, that change while keys are pressed."
SMALL, MIDDLE, LARGE, UNUSUAL = Target(60, 150), Target(100), Target(300), Target(300)
"Milliseconds from an edit to the screen."


def _small(folder: Path) -> Notes:
    return _one("25 KB", write_note(folder / "notes.md", 8, 29), SMALL)


def _middle(folder: Path) -> Notes:
    return _one("10 MB", write_note(folder / "notes.md", 920, 100), MIDDLE)


def _large(folder: Path) -> Notes:
    return _one("100 MB", write_note(folder / "notes.md", 9200, 100), LARGE)


def _bullets(folder: Path) -> Notes:
    note = write_note(folder / "notes.md", 1, 100_000)
    return replace(_one("100,000 bullets in an episode", note, UNUSUAL), is_every_thing_measured=False)


def _episodes(folder: Path) -> Notes:
    note = write_note(folder / "notes.md", 10_000, 3)
    return replace(_one("10,000 episodes", note, UNUSUAL), is_every_thing_measured=False)


def _notes(folder: Path) -> Notes:
    path = write_folder(folder / "notes", 10_000, 10)
    size = sum(file.stat().st_size for file in path.iterdir())
    return Notes("10,000 notes", path, path / "00000.md", size / 2**20, UNUSUAL, is_every_thing_measured=False)


def _highlights(folder: Path) -> Notes:
    note = write_note(folder / "notes.md", 920, 100)
    write_highlights(note, 10_000)
    one = _one("10,000 highlights in 10 MB", note, UNUSUAL)
    return replace(one, is_every_thing_measured=False, highlights=10_000)


def _one(name: str, path: Path, edit_target: Target) -> Notes:
    return Notes(name, path, path, path.stat().st_size / 2**20, edit_target, is_every_thing_measured=True)


KINDS: dict[str, tuple[Callable[[Path], Notes], Plan]] = {
    "25k": (_small, FULL),
    "10m": (_middle, FULL),
    "100m": (_large, SHORT),
    "bullets": (_bullets, BRIEF),
    "episodes": (_episodes, BRIEF),
    "folder": (_notes, BRIEF),
    "highlights": (_highlights, BRIEF),
}


def main() -> None:
    """Measure the requested parts, and print them."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="25 KB and 10 MB, few samples, small texts")
    parser.add_argument(
        "--only", choices=("reading", "starts", "marks", "meanwhile", "settling", "parsing"), help="a part"
    )
    parser.add_argument("--notes", nargs="+", choices=KINDS, help="the kinds of notes to read; all by default")
    parser.add_argument("--write", action="store_true", help=f"put the tables into {PAGE.relative_to(ROOT)}")
    options = parser.parse_args()
    names = options.notes or (["25k", "10m"] if options.quick else list(KINDS))
    parts = []
    if options.only in (None, "reading", "starts"):
        parts.append(_reading(names, is_quick=options.quick, is_start_alone=options.only == "starts"))
    if options.only == "marks" or not (options.only or options.quick):
        parts.append(_first_marks())
    if options.only == "meanwhile" or not (options.only or options.quick):
        parts.append(_meanwhile())
    if options.only == "settling" or not (options.only or options.quick):
        parts.append(_settling())
    if options.only in (None, "parsing"):
        parts.append(_parsing(1 << 17 if options.quick else LARGEST))
    page = "\n\n".join([_opening(), *parts])
    print(f"\n{page}")
    if options.write:
        PAGE.parent.mkdir(exist_ok=True)
        PAGE.write_text(f"{page}\n", encoding="utf-8")


def _reading(names: list[str], *, is_quick: bool, is_start_alone: bool) -> str:
    rows: list[Row] = []
    remarks = []
    for name in names:
        make, plan = KINDS[name]
        with tempfile.TemporaryDirectory(prefix="bench") as folder:
            (home := Path(folder, "home")).mkdir()
            notes = make(Path(folder))
            programs = contenders(home)
            before = Load.now()
            try:
                for row in measure(notes, programs, QUICK if is_quick else plan, is_start_alone=is_start_alone):
                    rows.append(row)
                    print(reading_table([row]).splitlines()[-1], flush=True)
            except (MissingError, OSError, ValueError) as error:
                # A program that has ended, say: what was measured so far counts, and so do the other notes.
                remarks.append(f"- {notes.name}: measuring ended early: {error}.")
            remarks.append(f"- {notes.name}: others kept {Load.now().others(before):.0f} % of the machine busy.")
    verdicts = [is_reached(row) for row in rows]
    return "\n".join(
        [
            "## Reading",
            "",
            "Median / 95th percentile. `bare` is the least that a Textual app can do: it shows one line, a step changes"
            " it, a page fills the screen. The programs take turns, a sample each.",
            "",
            reading_table(rows),
            "",
            f"{verdicts.count(True)} of {verdicts.count(True) + verdicts.count(False)} targets reached. Over 10 % of"
            " others, times are not to be trusted:",
            "",
            *remarks,
        ]
    )


def _first_marks() -> str:
    rows: list[Row] = []
    before = Load.now()
    for count, strays in MANY:
        with tempfile.TemporaryDirectory(prefix="bench") as folder:
            (home := Path(folder, "home")).mkdir()
            for row in first_marks(Path(folder), contenders(home)[0], count, strays):
                rows.append(row)
                print(reading_table([row]).splitlines()[-1], flush=True)
    return "\n".join(
        [
            "## Marks among many highlights files",
            "",
            "Median / 95th percentile of one mark each, 0 to 1.2 s after the text is on screen, and after all"
            " highlights files were written anew under the open reader. Others kept"
            f" {Load.now().others(before):.0f} % of the machine busy.",
            "",
            reading_table(rows),
        ]
    )


def _meanwhile() -> str:
    rows: list[Row] = []
    before = Load.now()
    with tempfile.TemporaryDirectory(prefix="bench") as folder:
        (home := Path(folder, "home")).mkdir()
        for row in meanwhile(Path(folder), contenders(home)[0], *CHANGED):
            rows.append(row)
            print(reading_table([row]).splitlines()[-1], flush=True)
    return "\n".join(
        [
            "## Keys while much changes",
            "",
            "Median / 95th percentile from a step to its frame, twenty steps a second; to reach: 50 ms above an idle"
            f" step. Others kept {Load.now().others(before):.0f} % of the machine busy.",
            "",
            reading_table(rows),
        ]
    )


def _settling() -> str:
    rows: list[Row] = []
    before = Load.now()
    for row in settling.rows():
        rows.append(row)
        print(reading_table([row]).splitlines()[-1], flush=True)
    return "\n".join(
        [
            "## Large edits",
            "",
            "A note is read again after an edit, parsed where it differs, and settled: all changed bullets are matched,"
            " and a thousand highlights followed. Each is a process of its own, once. Memory is the most above the old"
            f" text, not parsed, and the new one's bytes. Others kept {Load.now().others(before):.0f} % of the machine"
            " busy: alone, times are shorter.",
            "",
            reading_table(rows),
        ]
    )


def _parsing(largest: int) -> str:
    measured = []
    for curve in curves(largest):
        measured.append(curve)
        print(parsing_table([curve]).splitlines()[-1], flush=True)
    reached = sum(curve.is_reached for curve in measured)
    return "\n".join(
        [
            "## Parsing",
            "",
            "Processor time of reading a note and parsing all of it, against its size, which doubles. Reached: the"
            f" exponent is at most {LINEAR} (1 is linear; none where all is too quick to tell), and a megabyte takes at"
            f" most {SLOWEST:.0f} s.",
            "",
            parsing_table(measured),
            "",
            f"{reached} of {len(measured)} reached.",
        ]
    )


def _opening() -> str:
    versions = ", ".join(f"{name} {version(name)}" for name in ("textual", "rich", "mistune", "watchdog", "rapidfuzz"))
    return "\n".join(
        [
            "# Benchmarks",
            "",
            f"{datetime.now(UTC):%Y-%m-%d}, {kind()}, Python {python_version()}, {versions}.",
            "Written by `python -m tests.bench --write`. Two more programs measure what this one does not:"
            " `python -m tests.bench.anchoring` where highlights go after edits, `python -m tests.bench.watch` what is"
            " shown while a file is being saved.",
        ]
    )


if __name__ == "__main__":
    main()
