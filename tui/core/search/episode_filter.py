"""Filter and order of the episode list."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from tui.core.notes.dates import by_date

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tui.core.notes.model import Episode


class Order(StrEnum):
    """An order of the episode list; the value is shown in the list's title."""

    DOCUMENT = "file order"
    NEWEST = "newest first"
    OLDEST = "oldest first"

    @property
    def next(self) -> Order:
        """The next order, wrapping around."""
        orders = list(Order)
        return orders[(orders.index(self) + 1) % len(orders)]


class EpisodeFacts(NamedTuple):
    """The searchable facts of an episode."""

    anything: str
    "Title, guests, show and date, one per line."
    show: str
    guests: str


class Catalogue:
    """The searchable facts of all episodes, built once and queried with every letter typed."""

    def __init__(self, episodes: Sequence[Episode]) -> None:
        self._dates = [episode.date for episode in episodes]
        self._facts = [_facts(episode) for episode in episodes]
        self._folded = [EpisodeFacts(*map(str.casefold, each)) for each in self._facts]
        self._orders: dict[Order, Sequence[int]] = {Order.DOCUMENT: range(len(self._facts))}

    @property
    def has_dates(self) -> bool:
        """True if any episode has a date."""
        return any(self._dates)

    def sections(self, query: str, order: Order) -> Sequence[int]:
        """The episodes that match a query, by number.

        Args:
            query: ``show:NAME`` and ``guest:NAME`` match a show and a guest, any other word the title, the guests, the
                show or the date; an episode must match every word. Double quotes hold words with white space together.
                A word in lower case matches capitals too.
            order: The order to list them in.
        """
        found = self._ordered(order)
        for key, value in _terms(query):
            said = self._folded if value == value.casefold() else self._facts
            part = _PARTS[key]
            found = [section for section in found if value in part(said[section])]
        return found

    def _ordered(self, order: Order) -> Sequence[int]:
        if order not in self._orders:
            self._orders[order] = by_date(self._dates, newest_first=order is Order.NEWEST)
        return self._orders[order]


_PARTS: dict[str, Callable[[EpisodeFacts], str]] = {
    "": lambda said: said.anything,
    "show": lambda said: said.show,
    "guest": lambda said: said.guests,
}
_TERM = re.compile(r'(?:(show|guest):)?(?:"([^"]*)"?|(\S+)|(?<=:))', re.IGNORECASE)


def _facts(episode: Episode) -> EpisodeFacts:
    show, guests = episode.show or "", "\n".join(episode.guests)
    return EpisodeFacts("\n".join((episode.title, guests, show, episode.date or "")), show, guests)


def _terms(query: str) -> list[tuple[str, str]]:
    """The terms of a query: the field to search, empty for any, and the text to find in it."""
    found = ((key or "", quoted or word or "") for key, quoted, word in _TERM.findall(query))
    return [(key.casefold(), value) for key, value in found if value]
