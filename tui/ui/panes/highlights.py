"""The highlights tab: first highlights that need a decision, then the others in document order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.segment import Segment

from tui.keys import hints
from tui.ui.lists.entries import EntryKind, Grouping
from tui.ui.panes.decisions import Decisions

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tui.ui.lists.entries import ListEntry


class Highlights(Decisions):
    """The highlights of the current episode, or of the library.

    Their details are the comment, tags, former words, and a candidate's likelihood.
    """

    title = "Highlights"
    can_group = True
    notation = (("#tag colour: NOT OR", "narrow"), ("is:review orphan commented", "by state"))

    def __init__(self, keys: Mapping[str, Sequence[str]]) -> None:
        super().__init__(of_library=True)
        self.id = "highlights"
        self.set_keys(keys)
        self.grouping = Grouping.EPISODE

    def facts(self) -> Sequence[str]:
        """See `Decisions`."""
        count = len({entry.key for entry in self.entries if entry.id})
        return (f"{count:,}", "" if self.grouping is Grouping.EPISODE else f"by {self.grouping}")

    def empty_text(self) -> str:
        """See `Entries`."""
        if self.entries:
            return ""
        if self.filter:
            return "No match"
        return " · ".join(filter(None, ("No highlights yet", hints(self.keys, mark="highlights a bullet"))))

    def can_decide(self, verdict: str, entry: ListEntry) -> bool:
        """See `Decisions`; every highlight can be moved."""
        return verdict == "relink" or super().can_decide(verdict, entry)

    def draw_sign(self, entry: ListEntry) -> Segment:
        """See `Decisions`."""
        inks = self.inks
        if entry.row is EntryKind.CANDIDATE:
            return Segment("  → ", inks.panel_accent)
        if entry.colour is None:
            return Segment("  ", inks.panel)
        sign = {EntryKind.REVIEW: "?", EntryKind.ORPHAN: "✗"}.get(entry.row, inks.sign_text[entry.colour])
        return Segment(sign + " ", inks.panel + inks.sign[entry.colour])
