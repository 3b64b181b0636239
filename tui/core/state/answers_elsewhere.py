"""Questions answered by a block of another note in the library, with whose records that block is anchored."""

from __future__ import annotations

import posixpath
from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from tui.core.annotations.highlights import Anchored, NeedsReview
from tui.core.annotations.link_ids import link_id
from tui.core.state.questions import doubtful_links

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from tui.core.annotations.highlights import Anchor, AnswerLink, QuestionRecord
    from tui.core.notes.model import Address, Note
    from tui.core.state.model import State


class AnswerElsewhere(NamedTuple):
    """A question's answering block in another note."""

    question: QuestionRecord
    path: str
    "The path of the question's note."
    note: Note | None
    "The other note; None if it is not in the library."
    anchor: Anchor | None
    "The block's anchor in that note; None if it was not searched yet."


def relative_path(path: str, other: str) -> str:
    """The path of a note as records of another note store it: relative to that note's folder, with slashes."""
    here, there = path.replace("\\", "/"), other.replace("\\", "/")
    return posixpath.relpath(there, posixpath.dirname(here) or ".")


def resolved_path(state: State, path: str, relative: str) -> str:
    """Resolve a path stored in a note's records, whether or not the library has a note there."""
    there = posixpath.normpath(posixpath.join(posixpath.dirname(path.replace("\\", "/")), relative))
    return next((each for each in (there, f"./{there}") if state.has(each)), there)


def links_elsewhere(state: State, path: str, questions: Iterable[QuestionRecord]) -> dict[str, dict[str, AnswerLink]]:
    """The answering blocks of a note's questions in other notes, by the other note's path and their ids."""
    found: defaultdict[str, dict[str, AnswerLink]] = defaultdict(dict)
    for question in questions:
        if question.answered_in and not question.unmade and (link := question.answer_link) is not None:
            found[resolved_path(state, path, question.answered_in)][link.id] = link
    return found


def all_links_elsewhere(state: State) -> dict[str, dict[str, AnswerLink]]:
    """The answering blocks of all questions in other notes, by the other note's path and their ids."""
    found: defaultdict[str, dict[str, AnswerLink]] = defaultdict(dict)
    for path, here in state.annotations.items():
        for other, links in links_elsewhere(state, path, here.questions.values()).items() if state.has(path) else ():
            found[other] |= links
    return found


def answer_elsewhere(state: State, path: str, question: QuestionRecord) -> AnswerElsewhere | None:
    """The answering block of a question in another note; None if it has none there."""
    if not question.answered_in or question.unmade:
        return None
    other = resolved_path(state, path, question.answered_in)
    anchor = state.annotations_of(other).anchors.get(link_id(question.id))
    return AnswerElsewhere(question, path, state.note(other) if state.has(other) else None, anchor)


def answers_elsewhere(state: State) -> Iterator[AnswerElsewhere]:
    """All answering blocks that are not in the notes of their questions."""
    for path, here in state.annotations.items():
        for question in here.questions.values() if state.has(path) else ():
            if (found := answer_elsewhere(state, path, question)) is not None:
                yield found


def answered_by_block(state: State) -> Mapping[tuple[str, Address], Sequence[AnswerElsewhere]]:
    """The questions of other notes that each block answers, by path and address."""
    found: defaultdict[tuple[str, Address], list[AnswerElsewhere]] = defaultdict(list)
    for each in answers_elsewhere(state):
        if each.note is not None and isinstance(each.anchor, Anchored):
            found[each.note.path, each.anchor.places[0].address].append(each)
    return found


def answers_to_review(state: State, path: str) -> Iterator[tuple[QuestionRecord, NeedsReview]]:
    """The questions of a note whose answering block needs review; its candidates may be in any note."""
    here = state.annotations_of(path)
    for record, anchor in doubtful_links(here):
        if isinstance(anchor, NeedsReview):
            yield record, anchor
    for record in here.questions.values():
        found = None if record.kept else answer_elsewhere(state, path, record)
        if found is not None and isinstance(found.anchor, NeedsReview):
            named = (replace(each, note=each.note or found.note) for each in found.anchor.candidates)
            yield record, NeedsReview(tuple(named))
