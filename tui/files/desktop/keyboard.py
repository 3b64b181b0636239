"""Keyboard input from the terminal, even if standard input is a pipe with notes."""

from __future__ import annotations

import os

from tui.errors import EarmarkError

TERMINAL = "/dev/tty"
"The controlling terminal, whatever the standard streams are."

_STANDARD_INPUT = 0


def take_keys_from_terminal() -> None:
    """Make the terminal standard input if it is not; raises EarmarkError if there is none."""
    if os.isatty(_STANDARD_INPUT):
        return
    try:
        terminal = os.open(TERMINAL, os.O_RDWR)
    except OSError:
        raise EarmarkError("standard input", "no terminal to read keys from", "run earmark in one") from None
    os.dup2(terminal, _STANDARD_INPUT)
    os.close(terminal)
