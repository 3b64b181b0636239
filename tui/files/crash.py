"""Reports of internal errors, in the state folder, and the message for the reader."""

from __future__ import annotations

import os
import platform
import traceback
from datetime import UTC, datetime
from importlib.metadata import version

import tui
from tui.core.notes.sanitise import clean
from tui.errors import CrashError, EarmarkError, NotesError
from tui.files.atomic import replace_bytes
from tui.files.remembered.state_folder import make_folder, state_folder

MOST_WORDS = 200
"Most code points of an error's own message that are shown."


def reported(error: BaseException) -> EarmarkError:
    """Write a report about an unexpected error, unless memory ran out; return the message for the reader.

    The report contains the traceback without local variables, which would include the reader's notes. It replaces the
    previous report.
    """
    if isinstance(error, MemoryError):
        return NotesError("memory", "there is not enough to go on", "open fewer or smaller notes")
    words = " ".join(str(error).split())
    problem = f"this is a bug in earmark ({type(error).__name__}{f': {words[:MOST_WORDS]}' if words else ''})"
    if (folder := state_folder()) is None:
        return CrashError("no report", problem)
    path = folder / "crashes" / "last.txt"
    try:
        make_folder(path.parent)
        replace_bytes(path, [_report(error).encode()])
    except OSError as fault:
        return CrashError("no report", problem, f"{path} cannot be written: {(fault.strerror or str(fault)).lower()}")
    return CrashError(os.fspath(path), problem, "your highlights are safe; please report this file")


def _report(error: BaseException) -> str:
    versions = (f"earmark {tui.__version__}", f"Textual {version('textual')}", f"Python {platform.python_version()}")
    head = f"{datetime.now(UTC):%Y-%m-%d %H:%M:%S} UTC, {', '.join(versions)}, {platform.platform()}\n\n"
    return clean(head + "".join(traceback.format_exception(error)))
