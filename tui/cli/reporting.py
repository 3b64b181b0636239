"""Reporting errors of commands, on one line each."""

from __future__ import annotations

from tui.errors import INTERRUPTED, EarmarkError
from tui.importing.interrupts import is_interrupt
from tui.reports.printing import say


def report(error: EarmarkError) -> int:
    """Print an error on one line of standard error; return its exit code."""
    return fail(str(error), error.exit_code)


def fail(message: str, code: int) -> int:
    """Print why a command fails; return the exit code."""
    say(message)
    return code


def report_any(error: BaseException) -> int:
    """Print an error, an interrupt, or anything else as a crash with its report; return the exit code."""
    if isinstance(error, EarmarkError):
        return report(error)
    if is_interrupt(error):
        return fail("interrupted", INTERRUPTED)
    # Imported here, since only crashes need it.
    from tui.files.crash import reported

    return report(reported(error))
