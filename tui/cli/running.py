"""Running the program: its arguments, its exit code, and its errors as one line each."""

from __future__ import annotations

import sys
from io import TextIOWrapper
from typing import TYPE_CHECKING

import click

from tui.cli.program import earmark
from tui.cli.reporting import fail, report
from tui.errors import INTERRUPTED, EarmarkError
from tui.garbage import uncollected
from tui.importing.interrupts import is_interrupt, raised_interrupts

if TYPE_CHECKING:
    from collections.abc import Sequence


USAGE_ERROR = 2


def run(words: Sequence[str]) -> int:
    """Run the program with these arguments, and return the exit code."""
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")
    # A command ends before garbage matters; searching for it takes a tenth of the time.
    with uncollected(), raised_interrupts() as came:
        return _run(words, came)


def _run(words: Sequence[str], came: Sequence[int]) -> int:
    """Run the command; ``came`` are the signals that ended it."""
    try:
        result = earmark.main(list(words), prog_name="earmark", standalone_mode=False)
    except EarmarkError as error:
        return report(error)
    except click.UsageError as error:
        return fail(f"{error.format_message().rstrip('.')}; see `{_command_of(error)} --help`", USAGE_ERROR)
    except click.ClickException as error:
        return fail(error.format_message(), error.exit_code)
    except (click.Abort, KeyboardInterrupt, RuntimeError) as error:
        if not is_interrupt(error):
            raise
        return fail("interrupted", 128 + came[0] if came else INTERRUPTED)
    return result if isinstance(result, int) else 0


def _command_of(error: click.UsageError) -> str:
    return error.ctx.command_path.strip() if error.ctx else "earmark"
