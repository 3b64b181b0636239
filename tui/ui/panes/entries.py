"""The widget for a list of entries: the base of the side panes."""

from __future__ import annotations

import asyncio
from bisect import bisect_right
from itertools import accumulate, chain
from typing import TYPE_CHECKING

from textual.message import Message

from tui.ui.panes.line_pane import Lines
from tui.ui.views.entries import EntryView
from tui.ui.views.lines import HEAD

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from textual import events


class Entries(EntryView, Lines):
    """A list of entries whose cursor can be moved by clicks."""

    class Chosen(Message):
        """The reader clicked an entry; the cursor is on it."""

        def __init__(self, pane: Entries) -> None:
            super().__init__()
            self.pane = pane

        @property
        def control(self) -> Entries:
            """The pane of the entry."""
            return self.pane

    def measure_later(self, first: Sequence[int], rest: Iterable[int]) -> None:
        """See `EntryView`; measures in a thread."""
        self.run_worker(self._measure(self._ends, first, rest), group="measure")

    async def _measure(self, estimated: Sequence[int], first: Sequence[int], rest: Iterable[int]) -> None:
        self.measured(estimated, await asyncio.to_thread(lambda: list(accumulate(chain(first, rest)))))

    def on_resize(self) -> None:
        """Keep the cursor in view: a list is filled before it has a size, and may lose rows later."""
        if self.cursor and self.cells[0]:
            self._reveal()

    def on_click(self, event: events.Click) -> None:
        """Put the cursor on the clicked entry."""
        row = self.row_at(event.y)
        if row is None or event.y < HEAD or not self._ends:
            return
        index = bisect_right(self._ends, row)
        if self.is_choosable(index):
            self.set_cursor(index)
            self.post_message(self.Chosen(self))
