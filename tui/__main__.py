"""The program's entry point, which opens notes without importing the argument parser, as that takes 12 ms."""

from __future__ import annotations

import gc
import os
import signal
import sys
import time
from contextlib import suppress

OUTPUT = "textual-output"
"Name of the thread that writes to the terminal; it ends with the app unless the terminal blocks it."
SIGNALLED = 128
"Exit codes above it are of signals."
MOMENT = 0.1
"Seconds for idle threads to end."


def main() -> int:
    """Run the program; return the exit code."""
    try:
        code = _run(sys.argv[1:])
    except (KeyboardInterrupt, Exception) as error:
        from tui.cli.reporting import report_any

        code = report_any(error)
    # Python's own end would print a traceback of an interrupt.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if code > SIGNALLED:
        # CPython would end by SIGINT itself if an interrupt ever came through `exec`, as dataclasses use it.
        _exit(code)
    _end_threads(code)
    return code


def _run(words: list[str]) -> int:
    # Not above: an interrupt of what is imported before `main` would print a traceback.
    from tui.cli import COMMANDS

    is_paths_alone = not any(word.startswith("-") for word in words) and (not words or words[0] not in COMMANDS)
    if sys.stdout and sys.stdout.isatty() and "_EARMARK_COMPLETE" not in os.environ and is_paths_alone:
        # Scanning objects that all stay would be a tenth of the start; the app enables it again.
        gc.disable()
        from tui.ui.terminal.lean import run_on_use

        run_on_use()
        from tui.launch import read_on_terminal

        return read_on_terminal(words, commands=COMMANDS)
    from tui.cli.running import run

    return run(words)


def _end_threads(code: int) -> None:
    """Exit while threads compute results that nobody will see; Python would wait for them."""
    import threading

    deadline = time.monotonic() + MOMENT
    for thread in threading.enumerate():
        if thread.name == OUTPUT:
            os._exit(code)  # the terminal accepts no output, and Python would wait for it to take the buffer
        if thread is not threading.current_thread() and not thread.daemon:
            thread.join(max(0.0, deadline - time.monotonic()))
            if thread.is_alive():
                _exit(code)


def _exit(code: int) -> None:
    for stream in filter(None, (sys.stdout, sys.stderr)):
        with suppress(OSError):
            stream.flush()
    os._exit(code)


if __name__ == "__main__":
    sys.exit(main())
