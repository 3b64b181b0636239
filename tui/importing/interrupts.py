"""Signals that end a command: what is half made is removed, and what is being written is written first."""

from __future__ import annotations

import signal
import sys
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import FrameType

ENDING = (signal.SIGINT, signal.SIGTERM, *((signal.SIGHUP,) if sys.platform != "win32" else ()))
"Signals that a person or a system ends commands with."
AGAIN = 1.0
"Seconds for which further signals are ignored, so that none interrupts the removal of what is half made."


@contextmanager
def raised_interrupts() -> Iterator[list[int]]:
    """Have signals that end a command raise KeyboardInterrupt in a ``with`` block in the main thread; yield their list.

    Ignored ones stay ignored, as nohup sets them.
    """
    came: list[int] = []
    last = -AGAIN

    def heed(number: int, _: FrameType | None) -> None:
        nonlocal last
        came.append(number)
        if time.monotonic() > last + AGAIN:
            last = time.monotonic()
            raise KeyboardInterrupt

    former = {number: signal.getsignal(number) for number in ENDING}
    heeded = [number for number, handler in former.items() if handler in (signal.SIG_DFL, signal.default_int_handler)]
    for number in heeded:
        signal.signal(number, heed)
    try:
        yield came
    finally:
        for number in heeded:
            signal.signal(number, former[number])


@contextmanager
def deferred_interrupts() -> Iterator[None]:
    """Defer signals that end a command to the end of a ``with`` block in the main thread."""
    came: list[int] = []
    former = {number: signal.signal(number, lambda number, _: came.append(number)) for number in ENDING}
    try:
        yield
    finally:
        for number, handler in former.items():
            signal.signal(number, handler)
    for number in came[:1]:
        signal.raise_signal(number)


def is_interrupt(error: BaseException | None) -> bool:
    """True for an interrupt, or an error that one became: Python's import may wrap it."""
    while error is not None and not isinstance(error, KeyboardInterrupt):
        error = error.__cause__ or error.__context__
    return error is not None
