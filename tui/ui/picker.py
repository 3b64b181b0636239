"""A list of the best matches above the prompt line, for choosing one entry."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, NamedTuple

from tui.core.search.fuzzy import MOST, best
from tui.ui.panes.offers import Offers
from tui.ui.prompt_line import Request

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from textual.app import App

    from tui.ui.context import Context
    from tui.ui.panes.offers import Offer


class PickerRequest(NamedTuple):
    """A choice offered to the reader."""

    sign: str
    "The character before the line."
    title: str
    "The title above the list."
    unit: str
    "The noun for the offers, in the plural."
    does: str
    "The footer's word for the key that chooses one."
    offers: Sequence[Offer]
    words: Sequence[str]
    "The offers' texts, casefolded."
    taken: Callable[[int], None]
    "Called with the index of the chosen offer."
    looked_at: Callable[[int | None], None] = lambda _: None
    "Called with each index under the cursor, and with None if nothing is typed or the reader cancelled."
    most: int = MOST
    "Most offers in the list."
    first: int = 0
    "The offer under the cursor at first."
    tiers: Sequence[int] = ()
    "The tier of each offer: of equal matches, low tiers come first. Empty if all are equal."

    def best(self, typed: str) -> list[int]:
        """The offers that match a text, best first."""
        return best(typed, self.words, self.most, self.tiers)


class Picker:
    """The list of offers while the line is typed."""

    def __init__(self, cx: Context, wanted: PickerRequest) -> None:
        """Show the offers."""
        self._cx = cx
        self._wanted = wanted
        self._text = ""
        "The text typed so far."
        self._listed: list[int] = []
        self._listed_for = ""
        "The text for which the listed matches were found."
        app: App[None] = cx.panes.status.app
        found = app.query(Offers)
        self.pane = found.first() if found else Offers()
        if not found:
            app.mount(self.pane, before=cx.panes.status)
        self.pane.display = True
        cx.picker = self
        cx.prompt.ask(
            Request(
                wanted.sign,
                self._typed,
                self._ended,
                hints={
                    "line_next": "next",
                    "line_previous": "previous",
                    "line_enter": wanted.does,
                    "line_leave": "back",
                },
                step=self._step,
                pane=self.pane,
            )
        )
        self._list("", wanted.best(""))

    def choose(self) -> None:
        """Choose the clicked entry of the list on screen, regardless of what was typed since."""
        self._text = self._listed_for
        self._cx.prompt.end(is_entered=True)

    @property
    def _chosen(self) -> int | None:
        """The index of the offer under the cursor."""
        return self._listed[self.pane.cursor] if self._listed else None

    def _list(self, text: str, found: list[int]) -> None:
        wanted = self._wanted
        self._listed, self._listed_for = found, text
        offers = [wanted.offers[number] for number in self._listed]
        self.pane.show(wanted.title, offers, 0 if text.strip() else wanted.first)
        count = len(found)
        said = f"{len(wanted.offers):,} {wanted.unit}"
        if text.strip():
            best = "best " if count == wanted.most else ""
            said = f"{best}{count} {'match' if count == 1 else 'matches'}" if found else "No match"
        self._cx.prompt.show_remark(said, is_wrong=not found)

    def _typed(self, text: str) -> None:
        self._text = text

        async def find() -> None:
            await self._find(text)

        self._cx.windows.run_in_background(find, "offers")

    async def _find(self, text: str) -> None:
        """Find the matches in a thread, since there may be very many, and list them if the text is still the same."""
        if text != self._text:
            return  # more was typed meanwhile
        found = await asyncio.to_thread(self._wanted.best, text)
        if text == self._text != self._listed_for and self._cx.picker is self and self.pane.display:
            self._list(text, found)
            self._wanted.looked_at(self._chosen if text.strip() else None)

    def _have_found(self) -> None:
        """List the matches now, for a key that applies to them."""
        if self._listed_for != self._text:
            self._list(self._text, self._wanted.best(self._text))

    def _step(self, by: int) -> None:
        self._have_found()
        self.pane.step(by)
        self._wanted.looked_at(self._chosen)

    def _ended(self, is_entered: bool) -> None:
        if is_entered:
            self._have_found()
        self.pane.display = False
        if is_entered and self._chosen is not None:
            self._wanted.taken(self._chosen)
        else:
            self._wanted.looked_at(None)
