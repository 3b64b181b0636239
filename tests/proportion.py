"""Processor times compared at two sizes, for work without calls to count: if quadratic, it takes 16 times as long."""

from __future__ import annotations

import gc
from time import process_time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

NOTHING = 0.3
"Seconds of processor time too short to measure growth."
ATTEMPTS = 3


def grows_in_proportion(work: Callable[[int], object], size: int) -> bool:
    """True if four times the size takes at most eight times as long, or no time to speak of."""

    def seconds(many: int) -> float:
        began = process_time()
        work(many)
        return process_time() - began

    gc.disable()  # it would look at all that other tests left
    try:
        return any((time := seconds(4 * size)) < NOTHING or time <= 8 * seconds(size) for _ in range(ATTEMPTS))
    finally:
        gc.enable()
