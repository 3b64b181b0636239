"""What the highlights tab lists, worked out in a thread where there are very many."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, NamedTuple

from tui.ui.panes.entries import AT_ONCE
from tui.ui.settings import ConfiguringApp

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tui.core.state.model import State
    from tui.ui.lists.highlights import HighlightList
    from tui.ui.panes.decisions import Entry


class Listing(NamedTuple):
    """What the highlights tab is asked for."""

    section: int | None
    "The episode; None for the library."
    query: str
    names: Mapping[str, str]
    "What the reader calls the colours."


class ReviewingApp(ConfiguringApp):
    """An app with a tab of highlights."""

    _prepared: tuple[State, Listing, Sequence[Entry]] | None = None
    "What the tab lists of a state, as it was last worked out; None while it is not to be seen."
    _highlight_list: HighlightList | None = None

    def show_highlights(self) -> None:
        """See `SavingApp`."""
        if self.side is not self.highlights:
            self._prepared = self._highlight_list = None  # They hold former texts.
            return
        asked = self._asked_of_highlights(self.bullets.cursor.section)
        if (entries := self._prepared_entries) is not None:
            self.highlights.show(entries, asked.section)
        elif sum(len(marks.highlights) for marks in self.state.marks.values()) <= AT_ONCE:
            self.highlights.show(self._make_entries(self.state, asked), asked.section)
        else:
            listing = object()
            self.unshown.add(listing)
            self.run_worker(self._show_many_highlights(listing), group="highlights")

    async def _show_many_highlights(self, listing: object) -> None:
        """List the highlights once a thread has worked out what there is to list; keys for the list wait for it."""
        try:
            await self.list_highlights(self.state, self.bullets.cursor.section)
            if self._prepared_entries is not None:
                self.show_highlights()
        finally:
            self.is_shown(listing)

    async def list_highlights(self, state: State, section: int) -> None:
        """Have at hand what `show_highlights` will list of a state while the cursor is in an episode."""
        if self.side is self.highlights:
            asked = self._asked_of_highlights(section)
            self._prepared = state, asked, await asyncio.to_thread(self._make_entries, state, asked)

    @property
    def _prepared_entries(self) -> Sequence[Entry] | None:
        """What the tab has to list now; None where that was not worked out yet."""
        if self._prepared is None:
            return None
        state, asked, entries = self._prepared
        is_this = state is self.state and asked == self._asked_of_highlights(self.bullets.cursor.section)
        return entries if is_this else None

    def _asked_of_highlights(self, section: int) -> Listing:
        """What the tab is asked for while the cursor is in an episode."""
        pane = self.highlights
        return Listing(None if pane.of_library else section, pane.filter, self.config.colours)

    def _make_entries(self, state: State, asked: Listing) -> Sequence[Entry]:
        """What the tab lists of a state; from a thread, too."""
        from tui.ui.lists.highlights import HighlightList

        self._highlight_list = self._highlight_list or HighlightList()
        return self._highlight_list.entries(state, *asked)
