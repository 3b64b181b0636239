"""Everything that an exporter works on: the highlights and questions that pass a filter, and their notes."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from tui.core.annotations.highlights import Orphan
from tui.core.state.filtering import EVERYTHING, passes, passes_question
from tui.core.state.items import highlight_items, question_items

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tui.core.annotations.highlights import Anchor
    from tui.core.state.filtering import Filter
    from tui.core.state.items import HighlightItem, QuestionItem
    from tui.core.state.model import State


@dataclass(frozen=True)
class Export:
    """Highlights and questions to export, with the notes they are in."""

    state: State
    wanted: Filter = EVERYTHING
    "The filter that they pass."
    names: Mapping[str, str] = field(default_factory=dict)
    "The reader's names for the colours."
    has_questions: bool = True
    "False for highlights alone."
    template: tuple[str, str] | None = None
    "The reader's template: its name and its source."

    @cached_property
    def highlights(self) -> tuple[HighlightItem, ...]:
        """The highlights, in the order of the notes and of the highlights in them."""
        found = highlight_items(self.state)
        return tuple(each for each in found if passes(each.highlight, each.anchor, each.words, self.wanted, self.names))

    @cached_property
    def questions(self) -> tuple[QuestionItem, ...]:
        """The questions in document order, those of the notes and those that the reader declared.

        Finding them parses all notes.
        """
        if not self.has_questions:
            return ()
        found = question_items(self.state)
        return tuple(
            each for each in found if passes_question(each.text, each.state, each.record, each.annotations, self.wanted)
        )

    def anchor(self, path: str, record_id: str) -> Anchor:
        """The anchor of a record in a note."""
        return self.state.annotations_of(path).anchors.get(record_id, Orphan())
