"""Programs that ignore the lock write the highlights file during saves: no version of theirs may be lost."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

from tests.faults.report import Report
from tests.faults.save_once import NOTE, highlight
from tui.core.annotations.highlights import Put
from tui.errors import SidecarError
from tui.files.atomic import backups_of
from tui.files.sidecar.store import apply, load, sidecar_of
from tui.files.sidecar.text import to_bytes, with_operations

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).parents[2]
VERSIONS, SAMPLE = 1000, 60
"Versions written by each program."
LONGEST_PAUSE = 0.06
"Most seconds between two of them; every fourth follows immediately."
MARKS = 40
"Highlights made and remade meanwhile."

_MARK = """
import itertools, sys, time
from pathlib import Path
from random import Random
from dataclasses import replace
from tests.faults.race import MARKS
from tests.faults.save_once import NOTE, highlight
from tui.core.annotations.highlights import Put
from tui.errors import SidecarError
from tui.files.sidecar.store import apply
chance, refused = Random(1), 0
for number in itertools.count():
    try:
        apply(Path(sys.argv[1]), NOTE, [Put(replace(highlight(f"01{number % MARKS:03}"), comment=str(number)))])
    except SidecarError:
        refused += 1
    if Path(sys.argv[2]).exists():
        print(number + 1, refused)
        break
    time.sleep(chance.random() * 0.02)
"""


def renamed(path: Path, data: bytes) -> None:
    """Write as Syncthing does: a file beside it, renamed over."""
    new = path.with_name("synchronised")
    new.write_bytes(data)
    new.rename(path)


def in_place(path: Path, data: bytes) -> None:
    """Write as nano does: into the existing file."""
    path.write_bytes(data)


def made_anew(path: Path, data: bytes) -> None:
    """Write as git does: delete the file, then create it."""
    path.unlink(missing_ok=True)
    while True:
        try:
            with path.open("xb") as file:
                file.write(data)
        except FileExistsError:
            path.unlink(missing_ok=True)
        else:
            return


def measure(folder: Path, *, is_long: bool) -> Report:
    """Let each program add highlights one by one while another process saves highlights."""
    figures: list[str] = []
    wrong: list[str] = []
    for write in (renamed, in_place, made_anew):
        report = against(folder / write.__name__, write, VERSIONS if is_long else SAMPLE)
        figures.append(report.figures)
        wrong += report.wrong
    return Report("race", "; ".join(figures), tuple(wrong))


def against(folder: Path, write: Callable[[Path, bytes], None], versions: int) -> Report:
    """The fates of the versions that a program wrote in its way."""
    folder.mkdir(parents=True)
    (folder / NOTE).write_text("- a walk to the harbour and back\n", encoding="utf-8")
    path, end = sidecar_of(folder / NOTE), folder / "end"
    apply(path, NOTE, [Put(highlight("01"))])
    chance = Random(2)
    written = []
    marking = subprocess.Popen(
        [sys.executable, "-c", _MARK, str(path), str(end)], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    try:
        for number in range(versions):
            try:
                contents = load(path)
            except SidecarError:
                continue
            name = f"02{number:04}"
            write(path, to_bytes(with_operations(contents, [Put(highlight(name))])))
            written.append(name)
            if number % 4:
                time.sleep(chance.random() * LONGEST_PAUSE)
    finally:
        end.touch()
        told = marking.communicate(timeout=60)[0].split()
    kept = ids(path)
    aside = [name for name in written if name not in kept]
    lost = set(aside).difference(*map(ids, backups_of(path)))
    marks, refused = told
    figures = f"{write.__name__}: {len(written)} versions beside {marks} saves ({refused} refused)"
    if aside:
        figures += f", {len(aside)} not in the file"
    return Report("race", figures, tuple(f"{write.__name__}: {name} is lost" for name in sorted(lost)))


def ids(path: Path) -> set[str]:
    """The ids of the records in a highlights file; none if it cannot be read."""
    try:
        return {record.id for record in load(path).records}
    except SidecarError:
        return set()
