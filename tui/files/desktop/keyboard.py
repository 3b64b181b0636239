"""Where keys come from: the terminal, also where standard input is a pipe that notes came by."""

from __future__ import annotations

import os

from tui.errors import EarmarkError

TERMINAL = "/dev/tty"
"The terminal that the command runs in, whatever its standard streams are."

_STANDARD_INPUT = 0


def take_keys_from_terminal() -> None:
    """Make the terminal standard input if it is not; raises EarmarkError where the command runs in none."""
    if os.isatty(_STANDARD_INPUT):
        return
    try:
        terminal = os.open(TERMINAL, os.O_RDWR)
    except OSError:
        raise EarmarkError("standard input", "no terminal to read keys from", "run earmark in one") from None
    os.dup2(terminal, _STANDARD_INPUT)
    os.close(terminal)
