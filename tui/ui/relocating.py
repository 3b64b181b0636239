"""Highlights whose bullets moved to other notes: found once editing pauses, and moved along."""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tui.core.anchoring.elsewhere import Relocation
    from tui.files.sidecar.moving import Moved
    from tui.ui.store import Store, View

REST = 1.5
"""Seconds without an edit before the search, which outlast switching a git branch, or cut and paste between two
windows."""
PAUSE = 0.15
"Seconds after a key press without searching."
SLICE = 0.01
"Seconds of searching at a time."


class Relocator:
    """Searches other notes for the text of lost highlights, one slice at a time while no key is pressed."""

    def __init__(self, store: Store, view: View, idle_for: Callable[[], float]) -> None:
        self._store = store
        self._view = view
        self._idle_for = idle_for
        "Returns the seconds since the last key press."
        self._timer: asyncio.TimerHandle | None = None
        self._round = 0
        "Number of the latest edit; a search that began before it moves nothing."

    def search_soon(self) -> None:
        """Search once there was no edit for `REST` seconds."""
        self._round += 1
        if self._timer is not None:
            self._timer.cancel()
        if not self._store.opened.is_piped:
            self._timer = asyncio.get_running_loop().call_later(REST, self._begin)

    def _begin(self) -> None:
        if not self._store.is_closed:
            self._view.run_in_background(self._search, "relocating")

    async def _search(self) -> None:
        """Search, then move what is certain and offer the rest for review."""
        store, this = self._store, self._round
        await store.complete.wait()
        moving = await asyncio.to_thread(lambda: store.session.moving)
        steps = moving.search(store.state)
        found: tuple[Relocation, ...] | None = None
        while found is None:
            while (rest := PAUSE - self._idle_for()) > 0 or store.is_saving:
                await asyncio.sleep(max(rest, PAUSE / 10))
            found = await asyncio.to_thread(_advance, steps)
            if store.is_closed or this != self._round:
                return
        if not found and not store.state.elsewhere:
            return
        async with store.turn:
            before = store.state
            moved = await store.writing.run(moving.move, before, found)
            state = await asyncio.to_thread(moving.offer, moved.state, found)
            if state is not before:
                await store.assign(state)
            self._report(moved)
        if moved.summary:
            self.search_soon()  # a question that moved may have left its answer in a third note

    def move(self, found: Relocation) -> None:
        """Move a record to the place in another note that the reader chose."""

        async def move() -> None:
            store = self._store
            async with store.turn:
                moved = await store.writing.run(store.session.moving.move, store.state, (found,))
                await store.assign(moved.state)
                self._report(moved)

        self._store.run(move)

    def _report(self, moved: Moved) -> None:
        if moved.summary or moved.fault:
            self._view.say(moved.summary or f"Not moved: {moved.fault}", is_warning=bool(moved.fault))


def _advance(steps: Iterator[tuple[Relocation, ...] | None]) -> tuple[Relocation, ...] | None:
    """Search for one slice of time; None if there is more to search."""
    until = time.monotonic() + SLICE
    found = None
    while found is None and time.monotonic() < until:
        found = next(steps)
    return found
