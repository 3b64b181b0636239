"""The list of questions: first those that need a decision, then open, answered and dismissed ones."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.segment import Segment

from tui.core.annotations.choices import Answer
from tui.ui.lists.entries import ANSWER_SIGNS, EntryKind, ListEntry
from tui.ui.views.decisions import DecisionView

if TYPE_CHECKING:
    from collections.abc import Sequence


class QuestionView(DecisionView):
    """The questions of the current episode, or of the library, with replies, answer and age as details."""

    title = "Questions"

    def __init__(self) -> None:
        super().__init__(of_library=False)

    def empty_text(self) -> str:
        """See `EntryView`."""
        if self.entries or not self.is_listed:
            return ""
        return "No match" if self.filter else "No questions here"

    def facts(self) -> Sequence[str]:
        """See `DecisionView`."""
        if not self.is_listed:
            return ()
        is_open = sum(entry.row is EntryKind.PLACED and entry.state is Answer.OPEN for entry in self.entries)
        return (f"{is_open:,} open",)

    def again(self, here: ListEntry, before: Sequence[ListEntry]) -> int | None:
        """See `DecisionView`; a question that changed state does not take the cursor along."""
        index = super().again(here, before)
        if index is not None and self.is_decided(here) and self.entries[index].state is not here.state:
            return None
        return index

    def draw_sign(self, entry: ListEntry) -> Segment:
        """See `DecisionView`."""
        inks = self.inks
        if entry.row is EntryKind.CANDIDATE:
            return Segment("  → ", inks.panel_accent)
        sign = {EntryKind.REVIEW: "?", EntryKind.ORPHAN: "✗"}.get(entry.row, ANSWER_SIGNS[entry.state])
        return Segment(sign + " ", inks.panel_faint if self.is_faint(entry) else inks.panel_accent)

    def is_faint(self, entry: ListEntry) -> bool:
        """See `DecisionView`."""
        return entry.row is EntryKind.ORPHAN or entry.state is not Answer.OPEN
