"""Runs a program again and again, each time in a fork that stops itself first, so that strace can take hold of it.

``python -m tests.faults.forks MODULE WORD...`` runs ``main(WORD...)`` of a module once, which imports all that it
needs, and writes a line. For each line that it reads then, the path of a folder, it forks; the fork writes to ``out``
and ``err`` there. Two lines answer: the fork's process id once that has stopped, and its exit code once it has ended.
"""

from __future__ import annotations

import ctypes
import os
import signal
import sys
import traceback
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

LET_ANY_TRACE = (0x59616D61, ctypes.c_ulong(-1))
"Arguments of prctl: PR_SET_PTRACER and PR_SET_PTRACER_ANY, where only a parent may trace otherwise."


def serve(program: Callable[[], None]) -> None:
    """Fork for each line of the standard input, and answer."""
    for line in sys.stdin:
        pid = os.fork()
        if pid == 0:
            _run(program, Path(line.rstrip("\n")))
        os.waitpid(pid, os.WUNTRACED)
        print(pid, flush=True)
        print(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]), flush=True)


def _run(program: Callable[[], None], folder: Path) -> None:
    code = 0
    try:
        for name, number in (("out", 1), ("err", 2)):
            os.dup2(os.open(folder / name, os.O_WRONLY | os.O_CREAT | os.O_TRUNC), number)
        if sys.platform == "linux":
            ctypes.CDLL(None).prctl(*LET_ANY_TRACE)
        os.kill(os.getpid(), signal.SIGSTOP)
        program()
    except BaseException:
        os.write(2, traceback.format_exc().encode())
        code = 1
    finally:
        os._exit(code)


def main(module: str, *words: str) -> None:
    """Run the program once, then serve."""
    run = import_module(module).main
    answers = os.dup(1)
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    run(*words)
    os.dup2(answers, 1)
    os.close(answers)
    print("ready", flush=True)
    serve(lambda: run(*words))


if __name__ == "__main__":
    main(*sys.argv[1:])
