"""Which episodes a list holds, and in which order: all of them, or those that fit what was typed."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from tui.core.notes.dates import by_date

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tui.core.notes.model import Episode


class Order(StrEnum):
    """The order of a list of episodes, as its title says it."""

    DOCUMENT = "as they stand"
    NEWEST = "newest first"
    OLDEST = "oldest first"

    @property
    def next(self) -> Order:
        """The order that comes after this one, around the end."""
        orders = list(Order)
        return orders[(orders.index(self) + 1) % len(orders)]


class Said(NamedTuple):
    """What is said of an episode that can be asked for."""

    anything: str
    "Title, guests, show and date, a line each."
    show: str
    guests: str


class Catalogue:
    """The episodes of a library as what can be asked of them: built once, asked with every letter typed."""

    def __init__(self, episodes: Sequence[Episode]) -> None:
        self._dates = [episode.date for episode in episodes]
        self._said = [_said(episode) for episode in episodes]
        self._folded = [Said(*map(str.casefold, each)) for each in self._said]
        self._orders: dict[Order, Sequence[int]] = {Order.DOCUMENT: range(len(self._said))}

    @property
    def has_dates(self) -> bool:
        """Whether any episode has a date."""
        return any(self._dates)

    def sections(self, query: str, order: Order) -> Sequence[int]:
        """The episodes that fit a query, by number.

        Args:
            query: ``show:NAME`` and ``guest:NAME`` ask for a show and for a guest, any other word for one in the
                title, the guests, the show or the date; an episode fits where it has all of them. What has white
                space stands in double quotes. A word in small letters is found in capitals too.
            order: The order to list them in.
        """
        found = self._ordered(order)
        for key, value in _terms(query):
            said = self._folded if value == value.casefold() else self._said
            part = _PARTS[key]
            found = [section for section in found if value in part(said[section])]
        return found

    def _ordered(self, order: Order) -> Sequence[int]:
        if order not in self._orders:
            self._orders[order] = by_date(self._dates, newest_first=order is Order.NEWEST)
        return self._orders[order]


_PARTS: dict[str, Callable[[Said], str]] = {
    "": lambda said: said.anything,
    "show": lambda said: said.show,
    "guest": lambda said: said.guests,
}
_TERM = re.compile(r'(?:(show|guest):)?(?:"([^"]*)"?|(\S+)|(?<=:))', re.IGNORECASE)


def _said(episode: Episode) -> Said:
    show, guests = episode.show or "", "\n".join(episode.guests)
    return Said("\n".join((episode.title, guests, show, episode.date or "")), show, guests)


def _terms(query: str) -> list[tuple[str, str]]:
    """What a query asks for: the part of an episode, empty for any, and the words in it."""
    found = ((key or "", quoted or word or "") for key, quoted, word in _TERM.findall(query))
    return [(key.casefold(), value) for key, value in found if value]
