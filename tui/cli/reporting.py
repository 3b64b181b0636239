"""Reporting errors of commands, on one line each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.reports.printing import say

if TYPE_CHECKING:
    from tui.errors import EarmarkError


def report(error: EarmarkError) -> int:
    """Print an error on one line of standard error; return its exit code."""
    return fail(str(error), error.exit_code)


def fail(message: str, code: int) -> int:
    """Print why a command fails; return the exit code."""
    say(message)
    return code
