"""The questions of a note as they stand today: what its blocks ask, and what the reader said of it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from tui.core.annotations.choices import Answer
from tui.core.annotations.highlights import Anchored, Orphan, link_id
from tui.core.notes.questions import asking, replies

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from tui.core.annotations.highlights import NeedsReview, QuestionRecord
    from tui.core.notes.model import Address, Episode, Note, Place, Span
    from tui.core.notes.questions import Question
    from tui.core.state.model import Marks


class QuestionTarget(NamedTuple):
    """A question of a note that something is to be said of."""

    note: Note
    place: Place | None
    "The block that asks; None where it has no certain place."
    record: QuestionRecord | None
    "The record of what was said of it before."


@dataclass(frozen=True, slots=True)
class QuestionStatus:
    """What the reader said of a block."""

    record: QuestionRecord
    span: Span
    "Where in the block the record is anchored."


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as it stands today."""

    block: int
    "The block's index in its episode."
    span: Span
    "What asks: the first asking sentence, or what the reader made a question."
    text: str
    "That, on one line."
    more: int
    "How many further sentences of the block ask."
    replies: int
    "Bullets nested beneath the block and other lines below that answer it."
    record: QuestionRecord | None
    "What the reader said of it."
    is_ticked: bool = False
    "True for a task that is done."

    @property
    def state(self) -> Answer:
        """What the reader said of it goes before what the notes say."""
        return self.record.state if self.record else self.said_by_notes

    @property
    def said_by_notes(self) -> Answer:
        """Answered where the notes reply or tick it off."""
        return state_in_notes(self.replies, is_ticked=self.is_ticked)


def state_in_notes(replies: int, *, is_ticked: bool) -> Answer:
    """The state of a question of which the reader said nothing."""
    return Answer.ANSWERED if replies or is_ticked else Answer.OPEN


def words_of(marks: Marks) -> Mapping[int, Mapping[int, QuestionStatus]]:
    """What the reader said of a note's blocks, by episode and block; of two words on one block the later one."""
    found: defaultdict[int, dict[int, QuestionStatus]] = defaultdict(dict)
    for record in marks.questions.values():
        anchor = marks.anchors.get(record.id)
        if isinstance(anchor, Anchored):
            place = anchor.places[0]
            here = found[place.address.episode]
            before = here.get(place.address.block)
            if before is None or before.record.updated <= record.updated:
                here[place.address.block] = QuestionStatus(record, place.span)
    return found


def asked_in(
    episode: Episode, found: Sequence[tuple[Question, str]], words: Mapping[int, QuestionStatus]
) -> list[Asked]:
    """The questions of an episode in document order: those it asks and those the reader made.

    Args:
        episode: The episode.
        found: The questions that its blocks ask, each with its text on one line, as `tui.core.notes.summary` has them.
        words: What the reader said of its blocks.
    """
    asked = []
    for question, text in found:
        word = words.get(question.block)
        record = word.record if word else None
        if record is None or not record.unmade:
            more = question.count - 1
            asked.append(Asked(question.block, question.span, text, more, question.replies, record, question.is_ticked))
    asking_blocks = {question.block for question, _ in found}
    made = [(block, word) for block, word in words.items() if block not in asking_blocks and not word.record.unmade]
    if made:
        asked += (_made(episode, block, word) for block, word in made)
        asked.sort(key=lambda each: each.block)
    return asked


def open_count(found: Sequence[tuple[Question, str]], words: Mapping[int, QuestionStatus]) -> int:
    """How many questions of an episode are open; see `asked_in`."""
    said = dict(words)
    count = 0
    for question, _ in found:
        word = said.pop(question.block, None)
        record = word.record if word else None
        if record is None or not record.unmade:
            state = record.state if record else state_in_notes(question.replies, is_ticked=question.is_ticked)
            count += state is Answer.OPEN
    return count + sum(word.record.state is Answer.OPEN and not word.record.unmade for word in said.values())


def asked_at(note: Note, marks: Marks, address: Address) -> Asked | None:
    """The question that a block is; None where it is none, or where the reader said so."""
    word = words_of(marks).get(address.episode, {}).get(address.block)
    episode = note.episodes[address.episode]
    block = episode.blocks[address.block]
    record = word.record if word else None
    if record is not None and record.unmade:
        return None
    if found := asking(block):
        text = _on_one_line(block.text, found.span)
        beneath = replies(episode.blocks, address.block)
        return Asked(address.block, found.span, text, found.count - 1, beneath, record, block.task is True)
    return _made(episode, address.block, word) if word else None


def unplaced(marks: Marks) -> Iterator[QuestionRecord]:
    """The words on questions that have no certain place today, but for those that say that something is no question."""
    for record in marks.questions.values():
        if not record.unmade and not isinstance(marks.anchors.get(record.id), Anchored):
            yield record


def answering_blocks(marks: Marks) -> Mapping[Address, Sequence[QuestionRecord]]:
    """The blocks that answer questions, each with the questions that it answers, as far as those are certain."""
    found: defaultdict[Address, list[QuestionRecord]] = defaultdict(list)
    for record in marks.questions.values():
        anchor = marks.anchors.get(link_id(record.id))
        if not record.unmade and isinstance(anchor, Anchored):
            found[anchor.places[0].address].append(record)
    return found


def doubtful_links(marks: Marks) -> Iterator[tuple[QuestionRecord, NeedsReview | Orphan]]:
    """The questions of which the block that answers them has no certain place, and what is known of that block."""
    for record in marks.questions.values():
        if record.answered_by and not (record.unmade or record.kept):
            anchor = marks.anchors.get(link_id(record.id), Orphan())
            if not isinstance(anchor, Anchored):
                yield record, anchor


def _made(episode: Episode, block: int, word: QuestionStatus) -> Asked:
    blocks = episode.blocks
    text = _on_one_line(blocks[block].text, word.span)
    return Asked(block, word.span, text, 0, replies(blocks, block), word.record, blocks[block].task is True)


def _on_one_line(text: str, span: Span) -> str:
    return " ".join(text[span.start : span.end].split())
