"""Errors of a command, as one line each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.reports.printing import say

if TYPE_CHECKING:
    from tui.errors import EarmarkError


def report(error: EarmarkError) -> int:
    """Print an error as one line on standard error; return its exit code."""
    return fail(str(error), error.exit_code)


def fail(message: str, code: int) -> int:
    """Say why a command fails; return the exit code."""
    say(message)
    return code
