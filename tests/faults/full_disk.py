"""A disk that fills up while a reader highlights: a file system of 64 KB if one can be mounted, or a limited file."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from tests.faults.report import Report
from tests.faults.save_once import NOTE, highlight
from tui.core.annotations.highlights import Put
from tui.errors import SidecarError
from tui.files.sidecar.store import apply, load, sidecar_of

if TYPE_CHECKING:
    from collections.abc import Sequence

ROOT = Path(__file__).parents[2]
ROOM = 64 * 1024
LARGEST_FILE = 16 * 1024
MOST = 1000
"More highlights than fit."


def measure(folder: Path, *, is_long: bool) -> Report:
    """Highlight until nothing fits any more, make room, and highlight again."""
    del is_long  # It takes a second.
    small = folder / "small"
    small.mkdir(parents=True)
    reports = [_limited(folder / "limited")]
    if _mounted(small):
        try:
            (small / "ballast").write_bytes(bytes(ROOM // 4))
            marked = fill(small)
            problems = full_problems(small, marked)
            (small / "ballast").unlink()
            more = fill(small, marked)
            problems += [] if len(more) > len(marked) else ["nothing could be marked where there was room again"]
            problems += full_problems(small, more)
        finally:
            subprocess.run(["umount", str(small)], check=True, capture_output=True)
        reports.append(Report("", f"{len(more)} highlights in {ROOM >> 10} KB", tuple(problems)))
    else:
        reports.append(Report("", "no file system may be mounted here"))
    return Report("disk", "; ".join(each.figures for each in reports), sum((each.wrong for each in reports), ()))


def fill(folder: Path, marked: Sequence[str] = ()) -> list[str]:
    """Highlight until that fails; returns the acknowledged ids, including earlier ones."""
    acknowledged = list(marked)
    for number in range(len(marked), MOST):
        name = f"01{number:04}"
        try:
            apply(sidecar_of(folder / NOTE), NOTE, [Put(highlight(name))])
        except SidecarError:
            return acknowledged
        acknowledged.append(name)
    raise AssertionError("the disk was never full")


def full_problems(folder: Path, acknowledged: Sequence[str]) -> list[str]:
    """The fault after a save failed for lack of space; empty if there is none."""
    problems = []
    held = [each.record.id for each in load(sidecar_of(folder / NOTE)).entries]
    if lost := set(acknowledged) - set(held):
        problems.append(f"lost {sorted(lost)}")
    if extra := set(held) - set(acknowledged):
        problems.append(f"there though refused: {sorted(extra)}")
    if left := [path.name for path in folder.glob(".earmark-*")]:
        problems.append(f"left behind: {left}")
    return problems


_FILL = """
import resource, sys
from pathlib import Path
from tests.faults.full_disk import fill
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]),) * 2)
print(*fill(Path(sys.argv[1])))
"""


def _limited(folder: Path) -> Report:
    """Highlight until the file has the largest size allowed."""
    folder.mkdir()
    command = [sys.executable, "-c", _FILL, str(folder), str(LARGEST_FILE)]
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)
    if ended.returncode:
        return Report("", "the limit on files", (ended.stderr,))
    marked = ended.stdout.split()
    return Report(
        "", f"{len(marked)} highlights in a file of {LARGEST_FILE >> 10} KB", tuple(full_problems(folder, marked))
    )


def _mounted(folder: Path) -> bool:
    """Mount an empty file system of `ROOM` bytes; False if that is not allowed."""
    command = ["mount", "-t", "tmpfs", "-o", f"size={ROOM}", "earmark", str(folder)]
    try:
        return subprocess.run(command, capture_output=True, check=False).returncode == 0
    except FileNotFoundError:
        return False
