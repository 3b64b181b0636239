"""What a reader says of the notes: highlights and answers, each with the selector that finds its text again."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import datetime

    from tui.core.annotations.choices import Answer, Colour
    from tui.core.notes.model import Place

CONTEXT = 32
"How many code points of context a selector keeps on each side, as Hypothesis does (match-quote.ts)."


@dataclass(frozen=True, slots=True)
class Part:
    """What a highlight remembers of its text in one block: a W3C TextQuoteSelector and the place it had."""

    exact: str
    prefix: str
    suffix: str
    episode: str
    "The episode's title."
    heading: str
    "The text of the heading above the block inside the episode; empty where there is none."
    block: str
    "The whole plain text of the block."
    start: int
    "Where ``exact`` began in ``block``, in code points."
    line: int
    "The block's first line in the note when this was written, 1-based; see `same_words`."
    quoted: str = ""
    "The words as first marked, where the notes were reworded since; else empty."

    def __hash__(self) -> int:
        # A text keeps its hash. That of all fields would be made anew each time a highlight is looked up by its parts.
        return hash(self.block)

    @property
    def is_whole(self) -> bool:
        """Whether it marks the whole block."""
        return self.start == 0 and self.exact == self.block


@dataclass(frozen=True, slots=True)
class Highlight:
    """A mark a reader made."""

    id: str
    "A ULID."
    colour: Colour
    parts: tuple[Part, ...]
    "One per block, in document order; never empty."
    created: datetime
    updated: datetime
    comment: str = ""
    tags: tuple[str, ...] = ()
    kept: bool = False
    "Whether the reader has seen that its text is gone and wants it kept as it is."


@dataclass(frozen=True, slots=True)
class QuestionRecord:
    """A reader's word on a question: its state, or that a block is one though it does not ask."""

    id: str
    state: Answer
    parts: tuple[Part, ...]
    "Its asking sentence, or the whole of a block that does not ask."
    created: datetime
    updated: datetime
    answer: str = ""
    "What the reader wrote for an answer; may have several lines."
    answered_by: tuple[Part, ...] = ()
    "The block that answers it; empty where the reader named none."
    unmade: bool = False
    "Whether the reader said that it is no question."
    kept: bool = False
    "Whether the reader has seen that its text is gone and wants it kept as it is."

    @property
    def link(self) -> AnswerLink | None:
        """The block that answers it as something to be found; None where the reader named none."""
        return AnswerLink(link_id(self.id), self.answered_by) if self.answered_by else None


@dataclass(frozen=True, slots=True)
class AnswerLink:
    """The block that answers a question, as the question's record remembers it."""

    id: str
    parts: tuple[Part, ...]


def link_id(question_id: str) -> str:
    """The id under which the block that answers a question is looked for."""
    return f"{question_id}{_OF_LINK}"


def question_of_link(sought_id: str) -> str | None:
    """The question whose answering block is looked for under an id; None where it is no `link_id`."""
    return sought_id.removesuffix(_OF_LINK) if sought_id.endswith(_OF_LINK) else None


_OF_LINK = "/answer"


def same_words(parts: Sequence[Part], others: Sequence[Part]) -> bool:
    """Whether selectors differ in nothing but the line.

    A line is written with the words and not brought up to date by itself: one new line at the top of the notes
    would change every table of the sidecar.
    """
    return len(parts) == len(others) and all(
        part == (other if part.line == other.line else replace(other, line=part.line))
        for part, other in zip(parts, others, strict=True)
    )


Record = Highlight | QuestionRecord
"What a sidecar holds."
Sought = Highlight | QuestionRecord | AnswerLink
"What has a selector, and by it a place in today's text."


def sought(records: Iterable[Record]) -> Iterator[Sought]:
    """All that these records have a selector for: themselves, and the blocks that answer questions."""
    for record in records:
        yield record
        if isinstance(record, QuestionRecord) and (link := record.link):
            yield link


Kind = Literal["highlight", "question"]


def kind_of(record: Record) -> Kind:
    """What a record's table is called."""
    return "highlight" if isinstance(record, Highlight) else "question"


def document_order(record: Record) -> tuple[bool, int, int, str]:
    """By what records are sorted in a sidecar: highlights first, each kind as it stands in the notes."""
    first = record.parts[0]
    return isinstance(record, QuestionRecord), first.line, first.start, record.id


class How(StrEnum):
    """In what way a highlight found its text again."""

    EXACT = "exact"
    "The same words in the same block."
    MOVED = "moved"
    "The same words elsewhere in the note."
    EDITED = "edited"
    "The words or those around them were changed."


@dataclass(frozen=True, slots=True)
class Anchored:
    """A highlight whose place is certain."""

    places: tuple[Place, ...]
    "In document order, at least one."
    how: How
    confidence: float
    "From 0 to 1."


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place that a highlight may belong to."""

    places: tuple[Place, ...]
    confidence: float


@dataclass(frozen=True, slots=True)
class NeedsReview:
    """A highlight whose place is not certain: the reader decides."""

    candidates: tuple[Candidate, ...]
    "Best first, at least one."


@dataclass(frozen=True, slots=True)
class Orphan:
    """A highlight whose text is gone from the notes; it is kept."""


Anchor = Anchored | NeedsReview | Orphan
"A highlight resolved against today's text."


@dataclass(frozen=True, slots=True)
class Put:
    """An operation on a sidecar: add a record, or replace the one with its id."""

    record: Record
    before: Record | None = None
    "What the record was thought to be; None where it is to be replaced whatever it is."

    @property
    def id(self) -> str:
        """The id of the record."""
        return self.record.id

    def on(self, now: Record | None) -> Record:
        """What it makes of the record that is there by now, if one is.

        Only those fields change in which the record differs from what it was thought to be: what another earmark has
        said of it meanwhile stays.
        """
        if self.before is None or now is None or type(now) is not type(self.record):
            return self.record
        differing = {
            each.name: getattr(self.record, each.name)
            for each in fields(self.record)
            if getattr(self.before, each.name) != getattr(self.record, each.name)
        }
        return replace(now, **differing)


@dataclass(frozen=True, slots=True)
class Remove:
    """An operation on a sidecar: take the record with this id out."""

    id: str


@dataclass(frozen=True, slots=True)
class Refresh:
    """An operation on a sidecar: bring a record up to date if it still is what it was thought to be."""

    before: Record
    record: Record

    @property
    def id(self) -> str:
        """The id of the record."""
        return self.record.id


Operation = Put | Remove | Refresh


def tags_in(text: str) -> tuple[str, ...]:
    """The tags of a line, separated by spaces or commas, each once."""
    return tuple(dict.fromkeys(text.replace(",", " ").replace("#", " ").split()))
