"""The records of a reader: highlights and question records, each with a selector that finds its text again."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Literal

from tui.core.annotations.link_ids import link_id

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import datetime

    from tui.core.annotations.choices import Answer, Colour
    from tui.core.notes.model import Note, Place

CONTEXT = 32
"Code points of context in a selector on each side, as in Hypothesis (match-quote.ts)."


@dataclass(frozen=True, slots=True)
class Part:
    """A highlight's selector in one block: a W3C TextQuoteSelector and the quote's last known position."""

    exact: str
    prefix: str
    suffix: str
    episode: str
    "The episode's title."
    heading: str
    "The text of the heading above the block within the episode; empty if there is none."
    block: str
    "The whole plain text of the block."
    start: int
    "Offset of ``exact`` in ``block``, in code points."
    line: int
    "The block's first line in the note when this was written, 1-based; see `same_words`."
    quoted: str = ""
    "The words first highlighted, if the notes were reworded since; else empty."
    others: tuple[str, ...] | None = None
    "Fingerprints of the lookalikes that the block had when it was marked, most alike first; None if unknown."
    earlier: tuple[str, ...] = ()
    "Fingerprints of the block's earlier wordings, newest first."

    def __hash__(self) -> int:
        # A string caches its hash. Hashing all fields would be repeated every time a highlight is looked up by its
        # parts.
        return hash(self.block)

    @property
    def is_whole(self) -> bool:
        """True if it covers the whole block."""
        return self.start == 0 and self.exact == self.block


@dataclass(frozen=True, slots=True)
class Highlight:
    """A highlight with its comment and tags."""

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
    "True if the reader keeps it although its text is gone."


@dataclass(frozen=True, slots=True)
class QuestionRecord:
    """A reader's record of a question: its state, or the decision that a block is a question."""

    id: str
    state: Answer
    parts: tuple[Part, ...]
    "The sentence that asks, or the whole block if none does."
    created: datetime
    updated: datetime
    answer: str = ""
    "The reader's own answer, of one or more lines."
    answered_by: tuple[Part, ...] = ()
    "The block that answers it; empty if there is none."
    unmade: bool = False
    "True if the reader said that this is not a question."
    kept: bool = False
    "True if the reader keeps it although its text is gone."
    answered_in: str = ""
    """The note that holds the answering block, relative to the folder of the question's note; empty if it is that
    note."""

    @property
    def answer_link(self) -> AnswerLink | None:
        """The block that answers it, as something to anchor; None if there is none."""
        return AnswerLink(link_id(self.id), self.answered_by) if self.answered_by else None

    @property
    def link(self) -> AnswerLink | None:
        """Like `answer_link`, but None if the answer is in another note."""
        return None if self.answered_in else self.answer_link


@dataclass(frozen=True, slots=True)
class AnswerLink:
    """The block that answers a question, as stored in the question's record."""

    id: str
    parts: tuple[Part, ...]


def same_words(parts: Sequence[Part], others: Sequence[Part]) -> bool:
    """True if selectors differ at most in their lines.

    A line is only written along with changed words: otherwise one new line at the top of the notes would change every
    table of the sidecar.
    """
    return len(parts) == len(others) and all(
        part == (other if part.line == other.line else replace(other, line=part.line))
        for part, other in zip(parts, others, strict=True)
    )


Record = Highlight | QuestionRecord
"A record of the sidecar."
Sought = Highlight | QuestionRecord | AnswerLink
"Anything that carries a selector and can therefore be anchored."


def sought(records: Iterable[Record]) -> Iterator[Sought]:
    """Everything to anchor in these records: the records themselves, and the blocks that answer questions."""
    for record in records:
        yield record
        if isinstance(record, QuestionRecord) and (link := record.link):
            yield link


Kind = Literal["highlight", "question"]


def kind_of(record: Record) -> Kind:
    """The name of the table that a record is stored in."""
    return "highlight" if isinstance(record, Highlight) else "question"


def document_order(record: Record) -> tuple[bool, int, int, str]:
    """The sort key of records in a sidecar: highlights first, each kind in document order."""
    first = record.parts[0]
    return isinstance(record, QuestionRecord), first.line, first.start, record.id


class MatchKind(StrEnum):
    """Ways in which the text of a highlight was found again."""

    EXACT = "exact"
    "The same words in the same block."
    MOVED = "moved"
    "The same words elsewhere in the note."
    EDITED = "edited"
    "The words or their context changed."


@dataclass(frozen=True, slots=True)
class Anchored:
    """A highlight whose position is certain."""

    places: tuple[Place, ...]
    "In document order, at least one."
    how: MatchKind
    confidence: float
    "From 0 to 1."


@dataclass(frozen=True, slots=True)
class Candidate:
    """A possible position of a highlight."""

    places: tuple[Place, ...]
    confidence: float
    note: Note | None = None
    "The other note that holds it, as it was when searched; None for the highlight's own note."


@dataclass(frozen=True, slots=True)
class NeedsReview:
    """A highlight whose position is uncertain, for the reader to decide."""

    candidates: tuple[Candidate, ...]
    "Best first, at least one."

    @property
    def is_elsewhere(self) -> bool:
        """True if the candidates are in other notes, because its own note no longer has its text."""
        return self.candidates[0].note is not None


@dataclass(frozen=True, slots=True)
class Orphan:
    """A highlight whose text is gone; the record is kept."""


Anchor = Anchored | NeedsReview | Orphan
"The result of resolving a highlight against today's text."


@dataclass(frozen=True, slots=True)
class Put:
    """An operation on a sidecar: add a record, or replace the one with its id."""

    record: Record
    before: Record | None = None
    "The record as this process last saw it; None to replace it unconditionally."

    @property
    def id(self) -> str:
        """The id of the record."""
        return self.record.id

    def on(self, now: Record | None) -> Record:
        """The record to store over the present one, if there is one.

        Only fields that differ from ``before`` are changed, so that what another earmark changed meanwhile stays.
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
    """An operation on a sidecar: remove the record with this id."""

    id: str


@dataclass(frozen=True, slots=True)
class Refresh:
    """An operation on a sidecar: update a record, unless someone else changed it meanwhile."""

    before: Record
    record: Record

    @property
    def id(self) -> str:
        """The id of the record."""
        return self.record.id


Operation = Put | Remove | Refresh


def tags_in(text: str) -> tuple[str, ...]:
    """Split a line into tags, separated by spaces or commas; duplicates are dropped."""
    return tuple(dict.fromkeys(text.replace(",", " ").replace("#", " ").split()))
