"""Thread pools: exit waits for writing, but not for computing."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import TYPE_CHECKING, ParamSpec, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

Given = ParamSpec("Given")
Result = TypeVar("Result")


class Computing(ThreadPoolExecutor):
    """Threads that compute what is shown; exit does not wait for them."""

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Start no more work."""
        super().shutdown(wait=False, cancel_futures=True)


class WritingThread:
    """The thread in which files are written, one after another."""

    def __init__(self) -> None:
        self._thread = ThreadPoolExecutor(1, "writing")

    async def run(self, write: Callable[Given, Result], *given: Given.args, **named: Given.kwargs) -> Result:
        """Run a writing function and return its result; once begun, it finishes before the program ends."""
        return await asyncio.get_running_loop().run_in_executor(self._thread, partial(write, *given, **named))

    async def end(self) -> None:
        """Wait until everything is written."""
        # A shutdown would run in another thread, and none of those may ever be free again.
        await self.run(lambda: None)
        self._thread.shutdown(wait=False)
