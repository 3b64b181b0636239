"""The terminal as keyboard and screen, even if standard input is a pipe with notes, or a standard stream is closed."""

from __future__ import annotations

import os
import sys

from tui.errors import EarmarkError

TERMINAL = "/dev/tty"
"The controlling terminal, whatever the standard streams are."

_STANDARD_INPUT, _STANDARD_OUTPUT = 0, 1


def take_keys_from_terminal() -> None:
    """Make the terminal standard input if it is not; raises EarmarkError if there is none.

    Streams that Textual uses and that are closed are opened on the terminal.
    """
    if not os.isatty(_STANDARD_INPUT):
        try:
            terminal = os.open(TERMINAL, os.O_RDWR)
        except OSError:
            raise EarmarkError("standard input", "no terminal to read keys from", "run earmark in one") from None
        os.dup2(terminal, _STANDARD_INPUT)
        if terminal != _STANDARD_INPUT:  # as it is where standard input is closed
            os.close(terminal)
    if sys.__stdin__ is None:
        sys.__stdin__ = os.fdopen(_STANDARD_INPUT, encoding="utf-8", closefd=False)  # type: ignore[misc]
    if sys.__stderr__ is None:
        sys.__stderr__ = os.fdopen(os.dup(_STANDARD_OUTPUT), "w", encoding="utf-8")  # type: ignore[misc]
