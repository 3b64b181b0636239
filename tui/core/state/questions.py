"""The present questions of a note: those that its blocks ask, combined with the reader's records."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tui.core.annotations.choices import Answer
from tui.core.annotations.highlights import Anchored, Orphan
from tui.core.annotations.link_ids import link_id
from tui.core.notes.questions import asking, replies

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from tui.core.annotations.highlights import NeedsReview, QuestionRecord
    from tui.core.notes.model import Address, Episode, Note, Span
    from tui.core.notes.questions import Question
    from tui.core.state.model import Annotations


@dataclass(frozen=True, slots=True)
class QuestionStatus:
    """A block's question record."""

    record: QuestionRecord
    span: Span
    "The span of the block to which the record is anchored."


@dataclass(frozen=True, slots=True)
class AskedQuestion:
    """A question and its present state."""

    block: int
    "The block's index in its episode."
    span: Span
    "The first sentence that asks, or the span that the reader declared a question."
    text: str
    "The text of that span, on one line."
    more: int
    "Number of other sentences in the block that ask."
    replies: int
    "Number of blocks and lines that reply; see `tui.core.notes.questions.replying`."
    record: QuestionRecord | None
    "Its record, if there is one."
    is_ticked: bool = False
    "True for a finished task."

    @property
    def state(self) -> Answer:
        """The state in the reader's record, or else in the notes."""
        return self.record.state if self.record else self.status_in_notes

    @property
    def status_in_notes(self) -> Answer:
        """Answered if the notes contain a reply or tick it off."""
        return state_in_notes(self.replies, is_ticked=self.is_ticked)


def state_in_notes(replies: int, *, is_ticked: bool) -> Answer:
    """The state of a question without a record."""
    return Answer.ANSWERED if replies or is_ticked else Answer.OPEN


def words_of(annotations: Annotations) -> Mapping[int, Mapping[int, QuestionStatus]]:
    """The records on a note's blocks, by episode and block; of two on one block, the later one."""
    found: defaultdict[int, dict[int, QuestionStatus]] = defaultdict(dict)
    for record in annotations.questions.values():
        anchor = annotations.anchors.get(record.id)
        if isinstance(anchor, Anchored):
            place = anchor.places[0]
            here = found[place.address.episode]
            before = here.get(place.address.block)
            if before is None or before.record.updated <= record.updated:
                here[place.address.block] = QuestionStatus(record, place.span)
    return found


def questions_in(
    episode: Episode, found: Sequence[tuple[Question, str]], words: Mapping[int, QuestionStatus]
) -> list[AskedQuestion]:
    """The questions of an episode in document order: those it asks and those the reader declared.

    Args:
        episode: The episode.
        found: The blocks that ask, each with the question on one line, as in `tui.core.notes.summary`.
        words: The records on its blocks.
    """
    asked = []
    for question, text in found:
        word = words.get(question.block)
        record = word.record if word else None
        if record is None or not record.unmade:
            more = question.count - 1
            asked.append(
                AskedQuestion(question.block, question.span, text, more, question.replies, record, question.is_ticked)
            )
    asking_blocks = {question.block for question, _ in found}
    made = [(block, word) for block, word in words.items() if block not in asking_blocks and not word.record.unmade]
    if made:
        asked += (_asked_question(episode, block, word) for block, word in made)
        asked.sort(key=lambda each: each.block)
    return asked


def open_count(found: Sequence[tuple[Question, str]], words: Mapping[int, QuestionStatus]) -> int:
    """Number of open questions in an episode; see `questions_in`."""
    said = dict(words)
    count = 0
    for question, _ in found:
        word = said.pop(question.block, None)
        record = word.record if word else None
        if record is None or not record.unmade:
            state = record.state if record else state_in_notes(question.replies, is_ticked=question.is_ticked)
            count += state is Answer.OPEN
    return count + sum(word.record.state is Answer.OPEN and not word.record.unmade for word in said.values())


def question_at(note: Note, annotations: Annotations, address: Address) -> AskedQuestion | None:
    """The question in a block; None if it asks none, or the reader withdrew it."""
    word = words_of(annotations).get(address.episode, {}).get(address.block)
    episode = note.episodes[address.episode]
    block = episode.blocks[address.block]
    record = word.record if word else None
    if record is not None and record.unmade:
        return None
    if found := asking(block):
        text = _on_one_line(block.text, found.span)
        beneath = replies(episode.blocks, address.block)
        return AskedQuestion(address.block, found.span, text, found.count - 1, beneath, record, block.task is True)
    return _asked_question(episode, address.block, word) if word else None


def unplaced(annotations: Annotations) -> Iterator[QuestionRecord]:
    """Question records without a certain position, except those that withdraw a question."""
    for record in annotations.questions.values():
        if not record.unmade and not isinstance(annotations.anchors.get(record.id), Anchored):
            yield record


def answering_blocks(annotations: Annotations) -> Mapping[Address, Sequence[QuestionRecord]]:
    """Blocks that answer questions and have a certain position, each with its questions."""
    found: defaultdict[Address, list[QuestionRecord]] = defaultdict(list)
    for record in annotations.questions.values():
        anchor = annotations.anchors.get(link_id(record.id))
        if not record.unmade and isinstance(anchor, Anchored):
            found[anchor.places[0].address].append(record)
    return found


def doubtful_links(annotations: Annotations) -> Iterator[tuple[QuestionRecord, NeedsReview | Orphan]]:
    """Questions whose answering block has no certain position, with the anchor of that block."""
    for record in annotations.questions.values():
        if record.link and not (record.unmade or record.kept):
            anchor = annotations.anchors.get(link_id(record.id), Orphan())
            if not isinstance(anchor, Anchored):
                yield record, anchor


def _asked_question(episode: Episode, block: int, word: QuestionStatus) -> AskedQuestion:
    blocks = episode.blocks
    text = _on_one_line(blocks[block].text, word.span)
    return AskedQuestion(block, word.span, text, 0, replies(blocks, block), word.record, blocks[block].task is True)


def _on_one_line(text: str, span: Span) -> str:
    return " ".join(text[span.start : span.end].split())
