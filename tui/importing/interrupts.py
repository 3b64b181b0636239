"""Deferring ctrl+c until a write is complete."""

from __future__ import annotations

import signal
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def deferred_interrupts() -> Iterator[None]:
    """Defer ctrl+c to the end of a ``with`` block in the main thread; raises KeyboardInterrupt there."""
    pressed: list[int] = []
    former = signal.signal(signal.SIGINT, lambda number, _: pressed.append(number))
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, former)
    if pressed:
        raise KeyboardInterrupt
