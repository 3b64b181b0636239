"""Changes to questions, planned as steps: answer, dismiss, link, declare and withdraw."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from tui.core.anchoring import described_anew, placed
from tui.core.annotations.choices import Answer
from tui.core.annotations.highlights import QuestionRecord
from tui.core.annotations.link_ids import link_id, question_of_link
from tui.core.notes.model import Place, whole_block
from tui.core.notes.questions import asking, replies
from tui.core.state.answers_elsewhere import relative_path
from tui.core.state.highlighting import deleting, saying, step_to
from tui.core.state.questions import question_at, state_in_notes, words_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from tui.core.annotations.changes import Step
    from tui.core.notes.model import Address
    from tui.core.state.model import State
    from tui.core.state.questions import AskedQuestion


def toggled(record: QuestionRecord, state: Answer) -> QuestionRecord:
    """Put a record into a state, or back to open if it is in that state already."""
    return replace(record, state=Answer.OPEN if record.state is state else state)


def answered(record: QuestionRecord, text: str) -> QuestionRecord:
    """Set a written answer and mark the record as answered; an empty text removes the answer."""
    text = text.strip()
    return replace(record, answer=text, state=Answer.ANSWERED if text else record.state)


def unlinked(record: QuestionRecord) -> QuestionRecord:
    """Remove a record's link to its answering block."""
    return replace(record, answered_by=(), answered_in="")


def removing(state: State, path: str, sought_id: str, now: datetime) -> Step | None:
    """The step that removes a record, or a question's link to its answer."""
    question = question_of_link(sought_id)
    if question is None:
        return deleting(state, path, sought_id)
    record = state.annotations_of(path).questions.get(question)
    return rewording(state, path, record, unlinked, "Link removed", now) if record else None


def changing(
    state: State,
    path: str,
    address: Address,
    change: Callable[[QuestionRecord], QuestionRecord],
    title: str,
    *,
    new_id: str,
    now: datetime,
) -> Step | None:
    """The step that changes the record of a block's question; None without a question or a change.

    Args:
        state: The state as it is.
        path: The note's path.
        address: The block.
        change: Makes the new record from the present one, or from a default.
        title: The step's name; if empty, the new state of the question names it.
        new_id: The id of a new record.
        now: The time of the change, in UTC.
    """
    found = question_at(state.note(path), state.annotations_of(path), address)
    if found is None:
        return None
    return _step(state, path, address, found, change, title, new_id, now)


def linking(
    state: State, path: str, question: Address, other: str, block: Address, *, new_id: str, now: datetime
) -> Step | None:
    """The step that links a question to the block that answers it, or unlinks it if that is the question's own block.

    Args:
        state: The state as it is.
        path: The path of the question's note.
        question: The question.
        other: The path of the note with the answering block.
        block: The answering block.
        new_id: The id of a new record.
        now: The time of the change, in UTC.
    """
    found = question_at(state.note(path), state.annotations_of(path), question)
    if found is None:
        return None
    if question == block and other == path:
        return _step(state, path, question, found, unlinked, "Link removed", new_id, now)
    note = state.note(other)
    here, answered_in = whole_block(note.block(block), block), "" if other == path else relative_path(path, other)

    def change(record: QuestionRecord) -> QuestionRecord:
        return replace(record, answered_by=described_anew(note, [here]), answered_in=answered_in, state=Answer.ANSWERED)

    step = _step(state, path, question, found, change, "Linked to its answer", new_id, now)
    if step is None or answered_in:
        return step
    record_id = found.record.id if found.record else new_id
    return replace(step, places={**step.places, link_id(record_id): (here,)})


def linked(state: State, path: str, question: QuestionRecord, other: str, places: Sequence[Place]) -> QuestionRecord:
    """A question's record with its answer at these places of a note, whether the answer moved, changed or is new."""
    parts = placed(question.answered_by, places, state.note(other))
    return replace(question, answered_by=parts, answered_in="" if other == path else relative_path(path, other))


def placing_answer(
    state: State, path: str, question_id: str, other: str, places: Sequence[Place], title: str, now: datetime
) -> Step | None:
    """The step that moves a question's answering block to these places, possibly in another note."""
    before = state.annotations_of(path).questions.get(question_id)
    if before is None or not before.answered_by:
        return None
    moved = replace(linked(state, path, before, other, places), updated=now)
    return step_to(state, path, [moved], title, {} if moved.answered_in else {link_id(question_id): tuple(places)})


def turning(state: State, path: str, address: Address, *, new_id: str, now: datetime) -> Step:
    """The step that turns a block into a question, or a question into an ordinary block."""
    note, annotations = state.note(path), state.annotations_of(path)
    block = note.block(address)
    word = words_of(annotations).get(address.episode, {}).get(address.block)
    asks = asking(block)
    beneath = replies(note.episodes[address.episode].blocks, address.block)
    default = state_in_notes(beneath, is_ticked=block.task is True)
    if word is not None and word.record.unmade:
        after = replace(word.record, unmade=False, updated=now)
        is_needed = _is_needed(after, asks=bool(asks), default=default)
        return step_to(state, path, [after if is_needed else after.id], "A question again")
    if word is not None and not asks:
        return step_to(state, path, [word.record.id], "No longer a question")
    if word is not None:
        return step_to(state, path, [replace(word.record, unmade=True, updated=now)], "No longer a question")
    place = Place(address, asks.span) if asks else whole_block(block, address)
    said = default if asks else Answer.OPEN
    record = QuestionRecord(new_id, said, described_anew(note, [place]), now, now, unmade=bool(asks))
    title = "No longer a question" if asks else "Made a question"
    return step_to(state, path, [record], title, {new_id: (place,)})


def rewording(
    state: State,
    path: str,
    record: QuestionRecord,
    change: Callable[[QuestionRecord], QuestionRecord],
    title: str,
    now: datetime,
) -> Step | None:
    """The step that changes a question's record, wherever that is anchored, as in `highlighting.saying`."""
    step = saying(state, path, record, change, title, now)
    after = step.changes[0].after if step else None
    if step is None or title or not isinstance(after, QuestionRecord):
        return step
    return replace(step, title=_TITLES[after.state])


_TITLES = {
    Answer.OPEN: "Question open again",
    Answer.ANSWERED: "Question answered",
    Answer.DISMISSED: "Question dismissed",
}


def _step(
    state: State,
    path: str,
    address: Address,
    found: AskedQuestion,
    change: Callable[[QuestionRecord], QuestionRecord],
    title: str,
    new_id: str,
    now: datetime,
) -> Step | None:
    note = state.note(path)
    place = Place(address, found.span)
    before = found.record
    fresh = before or QuestionRecord(new_id, found.state, described_anew(note, [place]), now, now)
    after = change(fresh)
    if after == fresh:
        return None
    title = title or _TITLES[after.state]
    asks = asking(note.block(address)) is not None
    if not _is_needed(after, asks=asks, default=found.status_in_notes):
        return step_to(state, path, [before.id], title) if before else None
    return step_to(state, path, [replace(after, updated=now)], title, {} if before else {new_id: (place,)})


def _is_needed(record: QuestionRecord, *, asks: bool, default: Answer) -> bool:
    """True if a record says more than the notes do."""
    return not asks or record.unmade or bool(record.answer or record.answered_by) or record.state is not default
