"""Entries in a list of highlights or questions, and markers for the states of questions."""

from __future__ import annotations

from enum import StrEnum
from functools import lru_cache
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from tui.core.annotations.choices import Answer, Colour

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from tui.core.notes.model import Position, Span


class EntryKind(StrEnum):
    """Kind of a list entry."""

    HEADING = "heading"
    PLACED = "placed"
    REVIEW = "review"
    CANDIDATE = "candidate"
    ORPHAN = "orphan"


class ListEntry(NamedTuple):
    """A highlight, a question, a candidate for one, or a heading, as an entry of a list."""

    row: EntryKind
    text: str
    "The words it is anchored to today; former words for an orphan or one that needs review."
    path: str = ""
    "The path of its note."
    id: str = ""
    "Identifier within the note; the record's id if it is in the highlights file."
    where: tuple[tuple[Position, Span], ...] = ()
    "Position and span of each part, or of the candidate; empty for an orphan."
    details: str = ""
    "Further details, on one or more lines."
    state: Answer = Answer.OPEN
    "State of a question."
    colour: Colour | None = None
    "Colour of a highlight; None for a heading."

    @property
    def key(self) -> tuple[str, str]:
        """The note and id of the entry's subject."""
        return self.path, self.id


class Grouping(StrEnum):
    """An order for the highlights of a whole library, with headings between them."""

    EPISODE = "episode"
    COLOUR = "colour"
    TAG = "tag"

    @property
    def next(self) -> Grouping:
        """The next grouping, wrapping around."""
        ways = list(Grouping)
        return ways[(ways.index(self) + 1) % len(ways)]


@lru_cache(10_000)
def heading(text: str) -> ListEntry:
    """A heading; returns the same object each time, so that a list need not measure it again."""
    return ListEntry(EntryKind.HEADING, text)


def under(title: str, entries: Sequence[ListEntry]) -> Iterator[ListEntry]:
    """Entries below a heading; nothing if there are none."""
    if entries:
        yield heading(title)
        yield from entries


def grouped(entries: Iterable[ListEntry], title_of: Callable[[ListEntry], str]) -> Iterator[ListEntry]:
    """Entries with a heading above each run of entries with the same title."""
    for title, group in groupby(entries, title_of):
        yield heading(title)
        yield from group


ANSWER_SIGNS = {Answer.OPEN: "○", Answer.ANSWERED: "●", Answer.DISMISSED: "×"}
ANSWERS = "↳"
"Gutter sign of a block that answers a question."
