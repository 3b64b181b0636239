"""The input of exporters: the highlights and questions that pass a filter, and their notes."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from tui.core.annotations.highlights import Anchored, Orphan
from tui.core.state.filtering import EVERYTHING, passes, passes_question
from tui.core.state.items import QuestionItem, highlight_items, question_items, questions_at
from tui.core.state.questions import unplaced

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tui.core.annotations.highlights import Anchor
    from tui.core.notes.model import Position
    from tui.core.state.filtering import Filter
    from tui.core.state.items import HighlightItem
    from tui.core.state.model import State


class ListContent(NamedTuple):
    """The content of a list on screen."""

    records: frozenset[tuple[str, str]]
    "Path of the note and id of each highlight, and of each question without a certain position."
    questions: frozenset[Position]
    "The blocks that ask."


@dataclass(frozen=True)
class Export:
    """Highlights and questions to export, with their notes."""

    state: State
    wanted: Filter = EVERYTHING
    "The filter that they pass."
    names: Mapping[str, str] = field(default_factory=dict)
    "The reader's names for the colours."
    has_questions: bool = True
    "False to export only highlights."
    shown: ListContent | None = None
    "The list on screen that limits the export, if there is one."
    template: tuple[str, str] | None = None
    "The name and source of the reader's template."

    former: str = ""
    "The present text of the output file, for a format that is merged into it."

    @cached_property
    def highlights(self) -> tuple[HighlightItem, ...]:
        """The highlights, ordered by note and by position in it."""
        found = highlight_items(self.state)
        if self.shown is not None:
            keys = self.shown.records
            return tuple(each for each in found if (each.note.path, each.highlight.id) in keys)
        return tuple(each for each in found if passes(each.highlight, each.anchor, each.words, self.wanted, self.names))

    @cached_property
    def questions(self) -> tuple[QuestionItem, ...]:
        """The questions in document order, both those in the notes and those that the reader declared.

        Finding them parses all notes.
        """
        if not self.has_questions:
            return ()
        if self.shown is not None:
            return (*questions_at(self.state, self.shown.questions), *self._lost(self.shown.records))
        self._keep_blocks()
        found = question_items(self.state)
        return tuple(
            each for each in found if passes_question(each.text, each.state, each.record, each.annotations, self.wanted)
        )

    def _keep_blocks(self) -> None:
        """Parse the episodes of highlights and keep the result, since the search for questions would parse each
        again.
        """
        for item in self.highlights:
            if isinstance(item.anchor, Anchored):
                for place in item.anchor.places:
                    _ = item.note.episodes[place.address.episode].blocks

    def _lost(self, keys: frozenset[tuple[str, str]]) -> Iterator[QuestionItem]:
        """The questions with these paths and ids that have no certain position."""
        for note in self.state.library.notes:
            annotations = self.state.annotations_of(note.path)
            for record in unplaced(annotations):
                if (note.path, record.id) in keys:
                    yield QuestionItem(note, annotations, None, None, record)

    def anchor(self, path: str, record_id: str) -> Anchor:
        """The anchor of a record in a note."""
        return self.state.annotations_of(path).anchors.get(record_id, Orphan())
