"""A program under strace that is killed, or told of an error, at one of its system calls.

strace counts a call's uses from the program's start, so a first run tells which use of which call is whose.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).parents[2]
STRACE = shutil.which("strace")
KILL = "KILL"
PATIENCE = 60.0

_CALL = re.compile(r"^\d+ +(\w+)\((.*)$")
_NO_FILE = ("mmap", "munmap", "ioctl")
"Calls that strace counts among those on descriptors, and that touch no file."
_LOOKING = ("newfstatat", "fstat", "stat", "lstat", "statx", "lseek", "read", "close", "access", "faccessat2", "fcntl")


@dataclass(frozen=True, slots=True)
class Point:
    """A system call of a save."""

    call: str
    use: int
    "Which use of the call in the program it is, from 1."
    arguments: str
    "What strace shows of them, and of the result."


def can_trace() -> str:
    """Why no program can be traced here; empty where one can."""
    if STRACE is None:
        return "strace is not installed"
    tried = subprocess.run([STRACE, "-f", "-o", os.devnull, "true"], capture_output=True, check=False)
    return "" if tried.returncode == 0 else "strace may not trace here"


def changes_something(point: Point) -> bool:
    """Whether a call changes what is on the disk, or makes sure of it."""
    return point.call not in _LOOKING and not (point.call == "openat" and "O_CREAT" not in point.arguments)


@dataclass(frozen=True, slots=True)
class Traced:
    """A program that writes ``begin`` before what matters, and ``saved`` behind it, to be run again and again."""

    folder: Path
    "The folder it works in; what tracing needs lies beside it."
    words: tuple[str, ...]
    "A module and its arguments."
    prepare: Callable[[], None]
    "Makes the folder anew."

    def points(self) -> list[Point]:
        """Its system calls on files, in order, the one that acknowledges it last."""
        self._compile()
        self.prepare()
        log = self.folder.with_suffix(".trace")
        self._run("-o", str(log), "-e", "trace=%file,%desc")
        uses: dict[str, int] = {}
        points: list[Point] = []
        begun = False
        for line in log.read_text(encoding="utf-8", errors="replace").splitlines():
            if (match := _CALL.match(line)) is None:
                continue
            uses[match[1]] = uses.get(match[1], 0) + 1
            if begun and match[1] not in _NO_FILE:
                points.append(Point(match[1], uses[match[1]], match[2]))
            begun = begun or match[2].startswith('1, "begin')
            if match[2].startswith('1, "saved'):
                return points
        raise AssertionError("it was not acknowledged")

    def meet(self, point: Point, fault: str) -> subprocess.CompletedProcess[str]:
        """Run it while a call fails with an error, or kills the program; how it ended, and what it wrote."""
        what = "signal=KILL" if fault == KILL else f"error={fault}"
        log = self.folder.with_suffix(".trace")
        inject = f"inject={point.call}:{what}:when={point.use}"
        ended = self._run("-o", str(log), "-e", f"trace={point.call}", "-e", inject)
        told = log.read_text(encoding="utf-8", errors="replace")
        assert "(INJECTED" in told or "killed by SIGKILL" in told, f"{inject} met nothing"
        assert ended.stdout.startswith("begin"), f"{inject} came too early: {ended.stderr}"
        return ended

    def _compile(self) -> None:
        """Run it once, so that all its modules are compiled: a source that is read as well is a call more."""
        self.prepare()
        program = [sys.executable, "-m", *self.words]
        subprocess.run(program, cwd=ROOT, env=self._environment(), capture_output=True, timeout=PATIENCE, check=True)

    def _run(self, *options: str) -> subprocess.CompletedProcess[str]:
        """Run it under strace; the same bytes of it are executed each time."""
        program = [sys.executable, "-B", "-m", *self.words]
        return subprocess.run(
            [str(STRACE), "-f", *options, *program],
            cwd=ROOT,
            env=self._environment(),
            capture_output=True,
            text=True,
            timeout=PATIENCE,
            check=False,
        )

    def _environment(self) -> dict[str, str]:
        """Variables of the program; compiled modules lie apart, where no other program adds to them meanwhile."""
        compiled, state = str(self.folder.with_suffix(".compiled")), str(self.folder.with_suffix(".state"))
        own = {"PYTHONHASHSEED": "0", "PYTHONPATH": str(ROOT), "PYTHONPYCACHEPREFIX": compiled}
        return {**os.environ, **own, "XDG_STATE_HOME": state}
