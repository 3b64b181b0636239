"""Handling of terminating signals: exit cleanly if that is quick, and within two seconds in any case."""

from __future__ import annotations

import asyncio
import os
import signal
import threading
from contextlib import suppress
from typing import TYPE_CHECKING, Protocol

from tui.ui.terminal.early import ENDING

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import FrameType

LONGEST = 1.7
"Seconds from the signal to the end."


class Terminal(Protocol):
    """The terminal, in use by the reader or lent to an editor."""

    @property
    def is_taken(self) -> bool:
        """True while the reader uses it."""

    def release_now(self, last_words: str = "") -> None:
        """Release it and print a text, without waiting; from any thread."""


def handle_signals(end: Callable[[int], None], terminal: Terminal, last_words: Callable[[], str]) -> None:
    """Call ``end`` in the event loop for each terminating signal.

    The process ends within `LONGEST` regardless, and in that case prints the last words. Signals that are ignored, as
    set up by nohup, stay ignored.
    """
    loop, begun = asyncio.get_running_loop(), threading.Event()

    def told(number: int, _: FrameType | None) -> None:
        # While an editor has the terminal, exit waits for it, since it may have a text to save.
        if terminal.is_taken and not begun.is_set():
            begun.set()
            threading.Thread(target=_force_exit, args=(terminal, last_words, number), name="end", daemon=True).start()
        with suppress(RuntimeError):  # the loop has already ended
            loop.call_soon_threadsafe(end, number)

    for number in ENDING:
        if signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, told)


def _force_exit(terminal: Terminal, last_words: Callable[[], str], number: int) -> None:
    """End the process if it is still there, blocked by a disk, a terminal or itself."""
    threading.Event().wait(LONGEST)
    terminal.release_now(last_words())
    os._exit(128 + number)
