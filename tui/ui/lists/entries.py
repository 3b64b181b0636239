"""One entry of a list of highlights or questions, and the signs for the state of a question."""

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
    """A list's view of a highlight, a question, a candidate for one, or a heading between them."""

    row: EntryKind
    text: str
    "The words it is anchored to today; for an orphan, or one that needs review, its former words."
    path: str = ""
    "The path of its note."
    id: str = ""
    "Identifier within the note; the record's id for anything in the highlights file."
    where: tuple[tuple[Position, Span], ...] = ()
    "Position and span of each part, or of the candidate; empty for an orphan."
    details: str = ""
    "Further details, in one line or more."
    state: Answer = Answer.OPEN
    "State of a question."
    colour: Colour | None = None
    "Colour of a highlight; None for a heading."

    @property
    def key(self) -> tuple[str, str]:
        """The note and the id that it is about."""
        return self.path, self.id


class Grouping(StrEnum):
    """The order of the highlights of a whole library, and the headings between them."""

    EPISODE = "episode"
    COLOUR = "colour"
    TAG = "tag"

    @property
    def next(self) -> Grouping:
        """The grouping that the key for it leads to."""
        ways = list(Grouping)
        return ways[(ways.index(self) + 1) % len(ways)]


@lru_cache(10_000)
def heading(text: str) -> ListEntry:
    """A heading; the same object each time, so that a list need not measure it again."""
    return ListEntry(EntryKind.HEADING, text)


def under(title: str, entries: Sequence[ListEntry]) -> Iterator[ListEntry]:
    """Entries below a heading; nothing if there are none."""
    if entries:
        yield heading(title)
        yield from entries


def grouped(entries: Iterable[ListEntry], title_of: Callable[[ListEntry], str]) -> Iterator[ListEntry]:
    """Entries below headings, one for each run of entries with the same title."""
    for title, group in groupby(entries, title_of):
        yield heading(title)
        yield from group


ANSWER_SIGNS = {Answer.OPEN: "○", Answer.ANSWERED: "●", Answer.DISMISSED: "×"}
