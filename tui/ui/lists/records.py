"""The parts of an overview that only notes with records or changes have: highlights, signs, words of questions."""

from __future__ import annotations

from collections import defaultdict
from operator import attrgetter
from typing import TYPE_CHECKING

from tui.core.annotations.highlights import Anchored
from tui.core.notes.model import Position
from tui.core.state.answers_elsewhere import answered_by_block
from tui.core.state.needs import needs
from tui.core.state.questions import answering_blocks, words_of
from tui.ui.drawing.paint import DrawnHighlight
from tui.ui.lists.entries import ANSWER_SIGNS, ANSWERS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tui.core.state.model import State
    from tui.core.state.needs import Needs
    from tui.core.state.questions import QuestionStatus

_BOUNDS = attrgetter("address", "span")
_ID = attrgetter("id")


def drawn_highlights(state: State) -> dict[Position, tuple[DrawnHighlight, ...]]:
    """Highlights to draw, by block in document order; on one block, in order of creation."""
    found: defaultdict[tuple[int, int], list[DrawnHighlight]] = defaultdict(list)
    for path, noted in state.annotations.items():
        if not state.has(path):
            continue
        start = state.first_section(path)
        for highlight in noted.highlights.values():
            anchor = noted.anchors.get(highlight.id)
            if isinstance(anchor, Anchored):
                shown = (highlight.colour, highlight.id, highlight.id not in noted.unsaved, bool(highlight.comment))
                for (episode, block), span in map(_BOUNDS, anchor.places):
                    found[start + episode, block].append(DrawnHighlight(span, *shown))
    for here in found.values():
        if len(here) > 1:
            here.sort(key=_ID)
    return {Position(*position): tuple(found[position]) for position in sorted(found)}


def drawn_signs(state: State) -> dict[Position, str]:
    """Gutter signs for questions, by block: recorded states, and blocks that answer a question."""
    found: dict[Position, str] = {}
    elsewhere = [state.position(*there) for there in answered_by_block(state)]
    for note in state.library.notes:
        annotations = state.annotations_of(note.path)
        if not annotations.questions:
            continue
        start = state.first_section(note.path)
        for episode, words in words_of(annotations).items():
            for block, word in words.items():
                if not word.record.unmade:
                    found[Position(start + episode, block)] = ANSWER_SIGNS[word.record.state]
        for address in answering_blocks(annotations):
            position = Position(start + address.episode, address.block)
            found[position] = found.get(position, "") + ANSWERS
    for position in elsewhere:
        found[position] = found.get(position, "").removesuffix(ANSWERS) + ANSWERS
    return found


def drawn_changes(state: State) -> dict[Position, str]:
    """Change marks to draw, by block in document order."""
    found: dict[Position, str] = {}
    for note in state.library.notes:
        if diff := state.changes.get(note.path):
            start = state.first_section(note.path)
            for (episode, block), sign in sorted(diff.places.items()):
                found[Position(start + episode, block)] = sign.value
    return found


def words_by_section(state: State) -> dict[int, Mapping[int, QuestionStatus]]:
    """The recorded states of questions, by episode, counted over the library, and block."""
    return {
        state.first_section(path) + episode: words
        for path, annotations in state.annotations.items()
        if annotations.questions and state.has(path)
        for episode, words in words_of(annotations).items()
    }


def needs_of(state: State) -> Needs | None:
    """Counts of items that need the reader; None without records."""
    return needs(state) if state.annotations else None
