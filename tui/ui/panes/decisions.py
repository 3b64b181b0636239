"""The widget for a list of entries to decide on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.message import Message

from tui.keymap import DECIDING
from tui.keys import names_by_key
from tui.ui.lists.entries import EntryKind, ListEntry
from tui.ui.panes.entries import Entries
from tui.ui.views.decisions import DecisionView

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

WHY_NOT = {
    "accept": "Nothing to accept: its place is certain",
    "keep": "Nothing to keep: its text is there",
    "relink": "Nothing to move: its place is certain",
    "group": "Only the list of a library's highlights is grouped",
}
"Reasons why verdicts do not apply to an entry that needs no decision."


class Decisions(DecisionView, Entries):
    """Entries of the current episode or of the library, to go to or decide on."""

    class DecisionMade(Message):
        """The reader decided on the entry under the cursor."""

        def __init__(self, pane: Decisions, verdict: str, entry: ListEntry) -> None:
            super().__init__()
            self.pane = pane
            self.verdict = verdict
            "accept, relink or keep"
            self.entry = entry

    class OrderRequested(Message):
        """The reader wants to filter or regroup the list."""

        def __init__(self, pane: Decisions, action: str) -> None:
            super().__init__()
            self.pane = pane
            self.action = action
            "filter or group"

    can_group = False
    "True if its entries can be grouped in several ways."
    notation: Sequence[tuple[str, str]] = ()
    "Syntax of its filter other than words, with explanations."

    unheard = 0
    "Decisions and requests that the app has not received yet."
    keys: Mapping[str, Sequence[str]] = {}
    "The configured keys of every action."
    _deciding: Mapping[str, str] = {}
    "Keys that decide on the entry under the cursor, with their verdicts."

    def set_keys(self, keys: Mapping[str, Sequence[str]]) -> None:
        """Set the keys as configured."""
        self.keys, self._deciding = keys, names_by_key(DECIDING, keys)

    def apply_key(self, key: str, times: int = 1) -> bool:
        """See `Lines`; some keys decide on the entry under the cursor."""
        verdict = self._deciding.get(key)
        return verdict is not None and self.decide(verdict)

    def decide(self, verdict: str) -> bool:
        """Request a decision on the entry under the cursor, or on the list; True if it applies."""
        entry = self.entry
        if verdict == "filter" or (verdict == "group" and self.can_group):
            self.unheard += 1
            self.post_message(self.OrderRequested(self, verdict))
            return True
        if verdict == "group" or entry is None or not entry.id or not self.can_decide(verdict, entry):
            return False
        if verdict != "relink":
            self.decided_on(entry, leaves=verdict == "keep")
        self.unheard += 1
        self.post_message(self.DecisionMade(self, verdict, entry))
        return True

    def can_decide(self, verdict: str, entry: ListEntry) -> bool:
        """True if a verdict applies to an entry; otherwise the key has its general meaning."""
        return entry.row is not EntryKind.PLACED

    def why_not(self, key: str) -> str:
        """See `Lines`."""
        return self.why_not_decide(self._deciding[key]) if key in self._deciding else ""

    def why_not_decide(self, verdict: str) -> str:
        """The reason why a verdict does not apply to the entry under the cursor."""
        if self.entry is None:
            return "No entry of the list is chosen" if self.entries else "The list is empty"
        return WHY_NOT.get(verdict, "")
