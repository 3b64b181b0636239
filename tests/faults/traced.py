"""A program under strace that is killed, or told of an error, at one of its system calls.

strace counts a call's uses from the moment at which it takes hold of the program, so a first run tells which use of
which call is whose. The program is imported once and forked for each run (`forks`).
"""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, Self

from tui.files.watching.stable_read import TICK

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

ROOT = Path(__file__).parents[2]
STRACE = shutil.which("strace")
KILL = "KILL"
PATIENCE = 60.0
ROUNDED = 0.02
"Seconds by which the times of files lag."

_CALL = re.compile(r"^\d+ +(\w+)\((.*)$")
_NO_FILE = ("mmap", "munmap", "ioctl")
"Calls that strace counts among those on descriptors, and that touch no file."
_LOOKING = ("newfstatat", "fstat", "stat", "lstat", "statx", "lseek", "read", "close", "access", "faccessat2", "fcntl")


@dataclass(frozen=True, slots=True)
class Point:
    """A system call of a save."""

    call: str
    use: int
    "The number of this use of the call in the program, from 1."
    arguments: str
    "Its arguments and result, as shown by strace."


def can_trace() -> str:
    """The reason why no program can be traced here; empty if one can."""
    if STRACE is None:
        return "strace is not installed"
    tried = subprocess.run([STRACE, "-f", "-o", os.devnull, "true"], capture_output=True, check=False)
    return "" if tried.returncode == 0 else "strace may not trace here"


def changes_something(point: Point) -> bool:
    """True if a call changes the disk, or makes a change durable."""
    return point.call not in _LOOKING and not (point.call == "openat" and "O_CREAT" not in point.arguments)


class Ended(NamedTuple):
    """The end of a run."""

    code: int
    "The exit code; negative for a signal."
    said: str
    "Its standard output."
    errors: str
    "Its standard error."


class Traced:
    """A program that writes ``begin`` before what matters, and ``saved`` behind it, for runs inside a ``with`` block.

    ``folder`` is where it works; what tracing needs lies beside it. ``words`` are a module and what its ``main`` gets;
    ``prepare`` makes the folder anew.
    """

    def __init__(self, folder: Path, words: Sequence[str], prepare: Callable[[], None]) -> None:
        self._prepare = prepare
        self._beside = folder.with_suffix(".traced")
        self._beside.mkdir(parents=True, exist_ok=True)
        self._log = self._beside / "trace"
        prepare()
        environment = {"PYTHONPATH": str(ROOT), "XDG_STATE_HOME": str(folder.with_suffix(".state"))}
        self._forks = subprocess.Popen(
            [sys.executable, "-m", "tests.faults.forks", *words],
            cwd=ROOT,
            env={**os.environ, **environment},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self._answer() == "ready"

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._forks.communicate(timeout=PATIENCE)

    def points(self) -> list[Point]:
        """Its system calls on files, in order, with the acknowledging one last."""
        self._run("trace=%file,%desc")
        uses: dict[str, int] = {}
        points: list[Point] = []
        begun = False
        for line in self._log.read_text(encoding="utf-8", errors="replace").splitlines():
            if (match := _CALL.match(line)) is None:
                continue
            uses[match[1]] = uses.get(match[1], 0) + 1
            if begun and match[1] not in _NO_FILE:
                points.append(Point(match[1], uses[match[1]], match[2]))
            begun = begun or match[2].startswith('1, "begin')
            if match[2].startswith('1, "saved'):
                return points
        raise AssertionError("it was not acknowledged")

    def meet(self, point: Point, fault: str) -> Ended:
        """Run it with one call that fails or kills the program."""
        what = "signal=KILL" if fault == KILL else f"error={fault}"
        inject = f"inject={point.call}:{what}:when={point.use}"
        ended = self._run(f"trace={point.call}", inject)
        told = self._log.read_text(encoding="utf-8", errors="replace")
        assert "(INJECTED" in told or "killed by SIGKILL" in told, f"{inject} met nothing"
        assert ended.said.startswith("begin"), f"{inject} came too early: {ended.errors}"
        return ended

    def _run(self, *expressions: str) -> Ended:
        """Run it under strace from its first call on, in a folder that was made anew and has come to rest.

        Files that have just changed are read more often, by the clock.
        """
        self._prepare()
        rested = time.monotonic() + TICK + ROUNDED
        assert self._forks.stdin is not None
        self._forks.stdin.write(f"{self._beside}\n")
        self._forks.stdin.flush()
        pid = int(self._answer())
        options = [word for each in expressions for word in ("-e", each)]
        strace = subprocess.Popen(
            [str(STRACE), "-f", "-p", str(pid), "-o", str(self._log), *options], stderr=subprocess.PIPE, text=True
        )
        assert strace.stderr is not None
        assert "attached" in (told := strace.stderr.readline()), told
        time.sleep(max(0.0, rested - time.monotonic()))
        os.kill(pid, signal.SIGCONT)
        code = int(self._answer())
        strace.communicate(timeout=PATIENCE)
        return Ended(code, *((self._beside / name).read_text(encoding="utf-8") for name in ("out", "err")))

    def _answer(self) -> str:
        assert self._forks.stdout is not None
        return self._forks.stdout.readline().rstrip("\n")
