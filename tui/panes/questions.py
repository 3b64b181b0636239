"""The question pane: what the notes ask, open questions first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rich.segment import Segment

from tui.core.wrapping import wrap
from tui.panes.entries import Entries
from tui.panes.lines import fit

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tui.core.flow import Spot

MAX_ROWS = 4
"Rows of a question's text that the list shows."


@dataclass(frozen=True, slots=True)
class QuestionEntry:
    """What the list shows of a question."""

    spot: Spot
    text: str
    "The asking sentence."
    more: int
    "How many further sentences of the block ask."
    replies: int
    "Bullets nested beneath it."


class Questions(Entries):
    """The questions of the episode in hand, or of the library."""

    def __init__(self) -> None:
        super().__init__("questions")
        self.entries: tuple[QuestionEntry, ...] = ()
        self.of_library = False
        "Whether it lists the questions of the whole library."

    def show(self, entries: Sequence[QuestionEntry], *, of_library: bool) -> None:
        """List these questions."""
        if self.of_library != of_library or [e.spot for e in entries] != [e.spot for e in self.entries]:
            self.cursor = 0
            self.top = 0
        self.entries = tuple(entries)
        self.of_library = of_library
        self.changed()

    def count(self) -> int:
        """See `Entries`."""
        return len(self.entries)

    def empty_text(self) -> str:
        """See `Entries`."""
        return "" if self.entries else "nothing asked here"

    def _rows(self, index: int, width: int) -> list[str]:
        entry = self.entries[index]
        rows = [entry.text[start:end] for start, end in wrap(entry.text, max(8, width - 4))]
        if len(rows) > MAX_ROWS:
            rows = [*rows[: MAX_ROWS - 1], rows[MAX_ROWS - 1] + "…"]
        notes = []
        if entry.more:
            notes.append(f"+{entry.more} more")
        if entry.replies:
            notes.append("1 reply" if entry.replies == 1 else f"{entry.replies} replies")
        return [*rows, " · ".join(notes)] if notes else rows

    def entry_height(self, index: int, width: int) -> int:
        """See `Entries`."""
        return len(self._rows(index, width - 1)) + 1

    def draw_title(self) -> list[Segment]:
        """See `Entries`."""
        inks = self.inks
        ink = inks.panel_title if self.has_focus else inks.panel_strong
        scope = "library" if self.of_library else "episode"
        return [Segment(" Questions", ink), Segment(f" · {scope} · {len(self.entries)}", inks.panel_faint)]

    def draw_entry(self, index: int, row: int, width: int) -> list[Segment]:
        """See `Entries`."""
        inks = self.inks
        entry = self.entries[index]
        rows = self._rows(index, width)
        if row >= len(rows):
            return [Segment(" " * width, inks.panel)]
        sign = ("●" if entry.replies else "○") if row == 0 else " "
        noted = bool(entry.more or entry.replies) and row == len(rows) - 1
        return [
            Segment(f"{sign} ", inks.panel_faint if entry.replies else inks.panel_accent),
            Segment(fit(rows[row], max(1, width - 2)), inks.panel_faint if noted else inks.panel),
        ]
