"""One entry of a list of highlights or questions, and the signs of what was said of a question."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from tui.core.annotations.choices import Answer, Colour

if TYPE_CHECKING:
    from tui.core.notes.model import Position, Span


class EntryKind(StrEnum):
    """What an entry of the list is."""

    HEADING = "heading"
    PLACED = "placed"
    REVIEW = "review"
    CANDIDATE = "candidate"
    ORPHAN = "orphan"


class ListEntry(NamedTuple):
    """What the list shows of a highlight or a question, of a candidate for one, or a heading between them."""

    row: EntryKind
    text: str
    "The words it sits on today; for an orphan and one that needs review those it was about."
    path: str = ""
    "The note it is of."
    id: str = ""
    "What tells it from the note's others; of what is in the highlights file its id."
    where: tuple[tuple[Position, Span], ...] = ()
    "Where it sits, or where the candidate is; empty for an orphan."
    details: str = ""
    "What else is said of it."
    state: Answer = Answer.OPEN
    "Of a question."
    colour: Colour | None = None
    "Of a highlight; None for a heading."

    @property
    def key(self) -> tuple[str, str]:
        """The note and the id: what it is about."""
        return self.path, self.id


ANSWER_SIGNS = {Answer.OPEN: "○", Answer.ANSWERED: "●", Answer.DISMISSED: "×"}
