"""Time limits for a busy machine: the clock, less what this process waited for a processor."""

from __future__ import annotations

import os
import time
from contextlib import suppress

TASKS = "/proc/self/task"
"The threads of this process, on Linux."
LOOK = 0.1
"Most seconds between two looks at the time."


def own_time() -> float:
    """Seconds of a clock that stands still while a thread of this process waits for a processor, as far as Linux tells.

    Of a limit by the usual clock, work that is nearly done may get nothing.
    """
    waited = 0
    with suppress(OSError, ValueError, IndexError):
        for thread in os.listdir(TASKS):
            with suppress(FileNotFoundError), open(f"{TASKS}/{thread}/schedstat", encoding="ascii") as told:
                waited += int(told.read().split()[1])
    return time.monotonic() - waited / 1e9


class Allowance:
    """Seconds of own time from now on; by the usual clock a few times as many at most."""

    MOST = 4.0
    "Seconds by the usual clock for one of own time."

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._began = own_time(), time.monotonic()

    def remaining(self, share: float = 1.0) -> float:
        """Seconds left of a share."""
        own, usual = own_time() - self._began[0], (time.monotonic() - self._began[1]) / self.MOST
        return max(0.0, share * self._seconds - max(own, usual))

    def wait(self) -> None:
        """Sleep until nothing is left."""
        while left := self.remaining():
            time.sleep(min(left, LOOK))
