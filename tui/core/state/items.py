"""Highlights and questions with their present anchors, as panes and reports list them."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, NamedTuple

from tui.core.anchoring.highlighted_text import words_under
from tui.core.annotations.choices import Answer
from tui.core.annotations.highlights import Anchored, NeedsReview, Orphan
from tui.core.notes.summary import summary
from tui.core.state.questions import questions_in, unplaced, words_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from tui.core.annotations.highlights import Anchor, Highlight, QuestionRecord
    from tui.core.notes.model import Episode, Note, Place, Position
    from tui.core.state.model import Annotations, State
    from tui.core.state.questions import AskedQuestion

BETWEEN_PARTS = " … "
"Separator between the words of two blocks under one highlight."


class Group(Enum):
    """The headings of the highlight list, in order."""

    REVIEW = "Needs review"
    ORPHAN = "Text is gone (kept here)"
    PLACED = "Anchored"
    KEPT = "Kept without their text"


class HighlightItem(NamedTuple):
    """A highlight and its present anchor."""

    note: Note
    highlight: Highlight
    anchor: Anchor

    @property
    def state(self) -> str:
        """``anchored``, ``review`` or ``orphan``."""
        if isinstance(self.anchor, Anchored):
            return "anchored"
        return "review" if isinstance(self.anchor, NeedsReview) else "orphan"

    @property
    def group(self) -> Group:
        """The heading that it is listed under."""
        if isinstance(self.anchor, Anchored):
            return Group.PLACED
        if self.highlight.kept:
            return Group.KEPT
        return Group.REVIEW if isinstance(self.anchor, NeedsReview) else Group.ORPHAN

    @property
    def needs_person(self) -> bool:
        """True if it is an orphan or needs review, and is not kept on purpose."""
        return self.group in (Group.REVIEW, Group.ORPHAN)

    @property
    def quoted(self) -> str:
        """The words first highlighted."""
        return quoted_words(self.highlight)

    @property
    def words(self) -> str:
        """The words it is anchored to today, or its last ones if it is not anchored."""
        if isinstance(self.anchor, Anchored):
            return BETWEEN_PARTS.join(words_under(self.note, self.anchor.places, self.highlight.parts))
        return BETWEEN_PARTS.join(part.exact for part in self.highlight.parts)


def highlight_items(state: State) -> Iterator[HighlightItem]:
    """Every highlight of the library, ordered by note and by position in it."""
    for note in state.library.notes:
        annotations = state.annotations_of(note.path)
        for highlight in annotations.highlights.values():
            yield HighlightItem(note, highlight, annotations.anchors.get(highlight.id, Orphan()))


class QuestionItem(NamedTuple):
    """A question and its present state."""

    note: Note
    annotations: Annotations
    episode: Episode | None
    "None if its text has no certain position."
    asked: AskedQuestion | None
    record: QuestionRecord | None

    @property
    def state(self) -> Answer:
        """Open, answered or dismissed."""
        return self.asked.state if self.asked else self.record.state if self.record else Answer.OPEN

    @property
    def text(self) -> str:
        """The sentence that asks, on one line; the record's words if its position is uncertain."""
        return self.asked.text if self.asked else one_line(self.record.parts[0].exact) if self.record else ""

    @property
    def title(self) -> str:
        """The title of the episode that it is in, or was in."""
        return self.episode.title if self.episode else self.record.parts[0].episode if self.record else ""

    @property
    def line(self) -> int | None:
        """The first line of its block, 1-based."""
        return self.episode.lines(self.episode.blocks[self.asked.block])[0] if self.episode and self.asked else None


def question_items(state: State, states: Sequence[Answer] = (), episode: str = "") -> tuple[QuestionItem, ...]:
    """Every question in document order; those of a note without a certain position come after its others.

    Args:
        state: The state.
        states: Only questions in these states; empty for all.
        episode: Only those of episodes with this in their titles, ignoring case.
    """
    found = []
    for note in state.library.notes:
        annotations = state.annotations_of(note.path)
        words = words_of(annotations)
        for number, each in enumerate(note.episodes):
            asked = questions_in(each, summary(each).questions, words.get(number, {}))
            found += [QuestionItem(note, annotations, each, one, one.record) for one in asked]
        found += [QuestionItem(note, annotations, None, None, record) for record in unplaced(annotations)]
    wanted = episode.casefold()
    return tuple(each for each in found if (not states or each.state in states) and wanted in each.title.casefold())


def questions_at(state: State, positions: Collection[Position]) -> Iterator[QuestionItem]:
    """The questions of some blocks, in document order; parses only the episodes of these blocks."""
    for section in sorted({position.section for position in positions}):
        note = state.note_of(section)
        annotations, number = state.annotations_of(note.path), section - state.first_section(note.path)
        episode, words = note.episodes[number], words_of(annotations).get(number, {})
        for asked in questions_in(episode, summary(episode).questions, words):
            if (section, asked.block) in positions:
                yield QuestionItem(note, annotations, episode, asked, asked.record)


def quoted_words(highlight: Highlight) -> str:
    """The words first highlighted."""
    return BETWEEN_PARTS.join(part.quoted or part.exact for part in highlight.parts)


def words_at(note: Note, places: Sequence[Place]) -> str:
    """The words at places of a note."""
    found = []
    for place in places:
        block = note.block(place.address)
        found.append(block.text[place.span.start : place.span.end])
    return BETWEEN_PARTS.join(found)


def one_line(text: str) -> str:
    """The text with each run of white space collapsed to a space."""
    return " ".join(text.split())
