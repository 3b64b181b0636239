"""Handling of terminating signals: exit cleanly if that is quick, and within two seconds in any case."""

from __future__ import annotations

import asyncio
import os
import signal
import threading
from contextlib import suppress
from typing import TYPE_CHECKING, Protocol

from tui.ui.terminal.early import ENDING, STARTING
from tui.ui.terminal.own_time import Allowance

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import FrameType

    from tui.ui.terminal.early import EarlyTerminal

LONGEST = 1.7
"Seconds from the signal to the end, of own time."


class Terminal(Protocol):
    """The terminal, in use by the reader or lent to an editor."""

    @property
    def is_taken(self) -> bool:
        """True while the reader uses it."""

    def release_now(self, last_words: str = "") -> None:
        """Release it and print a text, without waiting; from any thread."""


def handle_signals(
    end: Callable[[int, float], None], terminal: Terminal, last_words: Callable[[], str], early: EarlyTerminal | None
) -> None:
    """Call ``end`` in the event loop with each terminating signal and the seconds left, also with one that came before.

    The process ends within `LONGEST` regardless, and in that case prints the last words. Signals that are ignored, as
    set up by nohup, stay ignored.
    """
    loop, begun = asyncio.get_running_loop(), threading.Event()

    def tell(number: int, _: FrameType | None) -> None:
        # While an editor has the terminal, exit waits for it, since it may have a text to save.
        if terminal.is_taken and not begun.is_set():
            begun.set()
            threading.Thread(target=_force_exit, args=(terminal, last_words, number), name="end", daemon=True).start()
        with suppress(RuntimeError):  # the loop has already ended
            loop.call_soon_threadsafe(end, number, LONGEST)

    for number in ENDING:
        if signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, tell)
    if early is not None and early.told:
        begun.set()  # the terminal that held the first frame sees to the end
        end(early.told, STARTING / 2)


def _force_exit(terminal: Terminal, last_words: Callable[[], str], number: int) -> None:
    """End the process if it is still there, blocked by a disk, a terminal or itself."""
    Allowance(LONGEST).wait()
    terminal.release_now(last_words())
    os._exit(128 + number)
