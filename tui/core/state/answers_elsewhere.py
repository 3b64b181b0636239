"""Questions that a block of another note of the library answers."""

from __future__ import annotations

import posixpath
from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from tui.core.anchoring import resolve
from tui.core.annotations.highlights import Anchored, AnswerLink, link_id

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from tui.core.annotations.highlights import Anchor, Part, QuestionRecord
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


def way(path: str, other: str) -> str:
    """The path of a note, as it is told in the records of another one: from that one's folder, with slashes."""
    here, there = path.replace("\\", "/"), other.replace("\\", "/")
    return posixpath.relpath(there, posixpath.dirname(here) or ".")


def note_at_way(state: State, path: str, told: str) -> Note | None:
    """The note of the library that is told so in the records of another one; None if there is none."""
    there = posixpath.normpath(posixpath.join(posixpath.dirname(path.replace("\\", "/")), told))
    return next((state.note(each) for each in (there, f"./{there}") if state.has(each)), None)


def answer_elsewhere(state: State, path: str, question: QuestionRecord) -> AnswerElsewhere | None:
    """The answering block of a question in another note; None if it has none there."""
    if not question.answered_in or question.unmade:
        return None
    note = note_at_way(state, path, question.answered_in)
    return AnswerElsewhere(question, path, note, None if note is None else _anchor(note, question.answered_by))


def answers_elsewhere(state: State) -> Iterator[AnswerElsewhere]:
    """All answering blocks in other notes than their questions'."""
    for path, here in state.annotations.items():
        for question in here.questions.values() if state.has(path) else ():
            if (found := answer_elsewhere(state, path, question)) is not None:
                yield found


def answered_by_block(state: State) -> Mapping[tuple[str, Address], Sequence[AnswerElsewhere]]:
    """The questions of other notes that certain blocks answer, by path and address."""
    found: defaultdict[tuple[str, Address], list[AnswerElsewhere]] = defaultdict(list)
    for each in answers_elsewhere(state):
        if each.note is not None and isinstance(each.anchor, Anchored):
            found[each.note.path, each.anchor.places[0].address].append(each)
    return found


_KNOWN: dict[tuple[int, tuple[Part, ...]], tuple[Note, Anchor]] = {}
"The anchors last searched for, by the note's identity and the selectors."
_MOST = 1_000
"Most of them that are kept."


def _anchor(note: Note, parts: tuple[Part, ...]) -> Anchor:
    known = _KNOWN.get((id(note), parts))
    if known is None or known[0] is not note:
        link = AnswerLink(link_id(""), parts)
        known = note, resolve(note, [link], None)[link.id]
        if len(_KNOWN) >= _MOST:
            _KNOWN.clear()
        _KNOWN[id(note), parts] = known
    return known[1]
