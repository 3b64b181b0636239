"""One entry of a list of highlights or questions, and the signs for the state of a question."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from tui.core.annotations.choices import Answer, Colour

if TYPE_CHECKING:
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


ANSWER_SIGNS = {Answer.OPEN: "○", Answer.ANSWERED: "●", Answer.DISMISSED: "×"}
