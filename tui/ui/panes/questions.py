"""The question pane: first what needs a decision, then open, answered and dismissed questions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.segment import Segment

from tui.core.annotations.choices import Answer
from tui.ui.lists.entries import ANSWER_SIGNS, EntryKind, ListEntry
from tui.ui.panes.decisions import Decisions

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


class Questions(Decisions):
    """The questions of the current episode, or of the library; their details are replies, answer and age."""

    title = "Questions"
    notation = (("is:open answered dismissed linked review", "by state"), ("NOT OR", "combine"))

    def __init__(self, deciding: Mapping[str, str]) -> None:
        super().__init__("questions", deciding, of_library=False)

    def empty_text(self) -> str:
        """See `Entries`."""
        if self.entries:
            return ""
        return "No match" if self.filter else "No questions here"

    def facts(self) -> Sequence[str]:
        """See `Decisions`."""
        is_open = sum(entry.row is EntryKind.PLACED and entry.state is Answer.OPEN for entry in self.entries)
        return (f"{is_open:,} open",)

    def again(self, here: ListEntry, before: Sequence[ListEntry]) -> int | None:
        """See `Decisions`; a question that changed state leaves the cursor where it was."""
        index = super().again(here, before)
        if index is not None and self.is_decided(here) and self.entries[index].state is not here.state:
            return None
        return index

    def draw_sign(self, entry: ListEntry) -> Segment:
        """See `Decisions`."""
        inks = self.inks
        if entry.row is EntryKind.CANDIDATE:
            return Segment("  → ", inks.panel_accent)
        sign = {EntryKind.REVIEW: "?", EntryKind.ORPHAN: "✗"}.get(entry.row, ANSWER_SIGNS[entry.state])
        return Segment(sign + " ", inks.panel_faint if self.is_faint(entry) else inks.panel_accent)

    def is_faint(self, entry: ListEntry) -> bool:
        """See `Decisions`."""
        return entry.row is EntryKind.ORPHAN or entry.state is not Answer.OPEN

    def can_decide(self, verdict: str, entry: ListEntry) -> bool:
        """See `Decisions`; a question that has its position is answered and linked by keys of its own."""
        from tui.core.annotations.highlights import question_of_link

        return super().can_decide(verdict, entry) and not (verdict == "keep" and question_of_link(entry.id))
