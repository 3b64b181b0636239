"""A list of suggestions for a line being typed, such as places to go to or commands."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from rich.cells import cell_len
from rich.segment import Segment

from tui.ui.panes.entries import Entries
from tui.ui.views.lines import fit

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.style import Style as Ink

    from tui.core.notes.model import Span

ROOMY = 44
"Row width from which the note is shown next to an offer with a key."
WIDEST = 110
"Maximum row width in cells; in a longer row the eye loses the note at the right."


class Offer(NamedTuple):
    """One offer."""

    sign: str
    "Marker of its kind, one cell wide."
    text: str
    "The text, on one line."
    beside: str = ""
    "A note at the right."
    match: Span | None = None
    "The part of the text that matches a search."
    key: str = ""
    "The key for the same action, shown before the note."


class Offers(Entries):
    """A list of offers, best first."""

    def __init__(self) -> None:
        super().__init__()
        self.id = "offers"
        self._title = ""
        self.offers: tuple[Offer, ...] = ()

    def show(self, title: str, offers: Sequence[Offer], cursor: int = 0) -> None:
        """List offers, with the cursor on one of them."""
        self._title, self.offers = title, tuple(offers)
        self.cursor = self.top = 0
        self.changed()
        self.set_cursor(cursor)

    def count(self) -> int:
        """See `Entries`."""
        return len(self.offers)

    def empty_text(self) -> str:
        """See `Entries`."""
        return "" if self.offers else "No match"

    def entry_height(self, index: int, width: int) -> int:
        """See `Entries`."""
        return 1

    @property
    def is_active(self) -> bool:
        """See `Entries`; the focus stays elsewhere while the line is typed."""
        return True

    def draw_title(self) -> list[Segment]:
        """See `Entries`."""
        return [Segment(f" {self._title}", self.inks.panel_title)]

    def draw_entry(self, index: int, row: int, width: int) -> list[Segment]:
        """See `Entries`."""
        inks, offer = self.inks, self.offers[index]
        room = min(width, WIDEST) - 3
        beside = f"  {offer.beside}" if offer.beside and (room >= ROOMY or not offer.key) else ""
        key = f"  {offer.key}" if offer.key else ""
        left = max(room - cell_len(offer.text) - cell_len(key), room // 3)
        if cell_len(beside) > left:
            beside = fit(beside, left)
        ink = inks.panel_strong if index == self.cursor else inks.panel
        return [
            Segment(offer.sign + " ", inks.panel_accent),
            *_matched(fit(offer.text, max(1, room - cell_len(key + beside))), offer.match, ink, ink + inks.hit),
            Segment(key, inks.panel_accent),
            Segment(beside + " ", inks.panel_faint),
        ]


def _matched(text: str, match: Span | None, ink: Ink, of_match: Ink) -> list[Segment]:
    """A row's text, with the matching part in its own style."""
    if match is None:
        return [Segment(text, ink)]
    start, end = match
    return [Segment(text[:start], ink), Segment(text[start:end], of_match), Segment(text[end:], ink)]
