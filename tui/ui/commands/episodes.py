"""What the keys for the episode list do: filter it while one types, sort it by date, and move among what it lists."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from tui.ui.prompt_line import Asked, AskingApp

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tui.core.notes.model import Library, Spot
    from tui.core.search.episode_filter import Catalogue, Order
    from tui.ui.panes.bullets import Bullets
    from tui.ui.panes.entries import Entries


class ListingApp(AskingApp):
    """An app whose episode list can be filtered and sorted."""

    _catalogue: tuple[Library, Catalogue] | None = None
    "What can be asked of a library's episodes; None before the list is first filtered or sorted."
    _order: Order | None = None
    "The order of the list; None before it is first filtered or sorted."
    _filtered_from: tuple[Bullets | Entries, Spot, int] | None = None
    "The pane and the place where the reader was before typing a filter."

    def show_episodes(self) -> None:
        """Hand the episode list what it lists."""
        raise NotImplementedError

    def sections_of(self, library: Library) -> Sequence[int]:
        """The episodes of a library that the list holds, in its order; from a thread, too."""
        if self._catalogue is None or self._order is None:
            return range(sum(len(note.episodes) for note in library.notes))
        known, catalogue = self._catalogue
        if known is not library:
            from tui.core.search.episode_filter import Catalogue

            catalogue = Catalogue([episode for note in library.notes for episode in note.episodes])
            self._catalogue = library, catalogue
        return catalogue.sections(self.episodes.filter, self._order)

    async def _catalogued(self) -> Catalogue:
        """What can be asked of the episodes as they are now."""
        from tui.core.search.episode_filter import Catalogue, Order

        library = self.state.library
        if self._catalogue is None or self._catalogue[0] is not library:
            self._catalogue = library, await asyncio.to_thread(Catalogue, self.state.episodes)
        self._order = self._order or Order.DOCUMENT
        return self._catalogue[1]

    # -- filtering

    async def action_filter_episodes(self) -> None:
        """Filter the list while a line is typed."""
        await self._catalogued()
        self.bullets.select(None)
        self._filtered_from = self.pane, self.bullets.cursor, self.bullets.cursor_row
        self.focus_pane(self.episodes)
        keys = {"down": 1, "up": -1, "ctrl+n": 1, "ctrl+p": -1}
        self.ask_line(
            Asked(
                "episodes with",
                self._filter_typed,
                self._filter_ended,
                hints=(
                    ("↓ ↑", "next, previous"),
                    ("show: guest:", "in these alone"),
                    ("enter", "keep"),
                    ("esc", "all"),
                ),
                keys={key: lambda by=by: self.action_step(by) for key, by in keys.items()},  # type: ignore[misc]
            ),
            self.episodes.filter,
        )
        self._tell_filter()

    def _filter_typed(self, text: str) -> None:
        self._filter(text)
        self._tell_filter()

    def _tell_filter(self) -> None:
        shown, known = self.episodes.count(), len(self.episodes.entries)
        self.tell_asked(f"{shown:,} of {known:,}", is_wrong=not shown)

    def _filter_ended(self, is_entered: bool) -> None:
        before, self._filtered_from = self._filtered_from, None
        if is_entered and self.episodes.count():
            if not self.episodes.is_choosable(self.episodes.cursor):
                self.action_step(1)
            return
        if is_entered:
            self.status.say(f"No episode fits: {self.episodes.filter}", is_warning=True)
        self._filter("")
        if before is not None:
            pane, spot, row = before
            self.bullets.place(spot, row)
            self.focus_pane(pane)

    def _filter(self, text: str) -> None:
        self.episodes.filter = " ".join(text.split())
        self.episodes.top = 0
        self.show_episodes()

    def action_leave(self) -> None:
        """In the episode list, list all episodes again; else what it does."""
        if self.pane is self.episodes and self.episodes.filter:
            self._filter("")
        else:
            super().action_leave()

    # -- sorting

    async def action_sort_episodes(self) -> None:
        """Put the list into the next order: as the episodes stand, the newest first, the oldest first."""
        from tui.core.search.episode_filter import Order

        catalogue = await self._catalogued()
        if not catalogue.has_dates:
            self.status.say("No episode has a date to sort by", is_warning=True)
            return
        assert self._order is not None
        self._order = self._order.next
        await asyncio.to_thread(catalogue.sections, "", self._order)
        self.episodes.order = "" if self._order is Order.DOCUMENT else self._order
        self.show_episodes()
        self.status.say(f"Episodes: {self._order}")
        await self.writing.run(self.opened.keep_order, self._order)

    def sort_as_before(self) -> None:
        """Put the list into the order that the reader chose for these notes in an earlier session."""
        if not (chosen := self.opened.order()):
            return
        from tui.core.search.episode_filter import Catalogue, Order

        if chosen in (Order.NEWEST, Order.OLDEST):
            self._catalogue = self.state.library, Catalogue(self.state.episodes)
            self._order = Order(chosen)
            self.episodes.order = chosen

    # -- moving among what is listed

    def action_episode(self, by: int) -> None:
        """Go to the next episode; in the list, to the next one listed."""
        if self.pane is self.episodes:
            self.action_step(by)
        else:
            super().action_episode(by)
