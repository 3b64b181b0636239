"""The highlights tab: what needs the reader first, then the highlights in document order."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from rich.cells import cell_len
from rich.segment import Segment
from textual.message import Message

from tui.core.wrapping import wrap
from tui.panes.entries import Entries
from tui.panes.lines import fit

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tui.core.flow import Spot
    from tui.core.highlights import Colour
    from tui.core.model import Span

MAX_ROWS = 4
"Rows of a highlight's words that the list shows."


class Row(StrEnum):
    """What an entry of the list is."""

    HEADING = "heading"
    HIGHLIGHT = "highlight"
    REVIEW = "review"
    CANDIDATE = "candidate"
    ORPHAN = "orphan"


@dataclass(frozen=True, slots=True)
class HighlightEntry:
    """What the list shows of a highlight, of a candidate for one, or a heading between them."""

    row: Row
    text: str
    "The words it sits on today; for an orphan and one that needs review those it marked."
    path: str = ""
    "The note it is of."
    id: str = ""
    colour: Colour | None = None
    where: tuple[tuple[Spot, Span], ...] = ()
    "Where it sits, or where the candidate is; empty for an orphan."
    details: str = ""
    "Comment, tags, what it was, how likely a candidate is."


class Highlights(Entries):
    """The highlights of the episode in hand, or of the library."""

    class ReviewRequested(Message):
        """The reader decides on the entry under the cursor."""

        def __init__(self, verdict: str, entry: HighlightEntry) -> None:
            super().__init__()
            self.verdict = verdict
            "One of accept, relink, keep, delete, filter."
            self.entry = entry

    def __init__(self, deciding: Mapping[str, str]) -> None:
        super().__init__("highlights")
        self.entries: tuple[HighlightEntry, ...] = ()
        self.of_library = True
        "Whether it lists the highlights of the whole library."
        self.filter = ""
        self._deciding = deciding
        "What a key decides on the entry under the cursor."

    def show(self, entries: Sequence[HighlightEntry]) -> None:
        """List these; the cursor stays on its entry.

        A candidate that is gone leaves it above its highlight, where no key decides on anything by accident.
        """
        here = self.entry
        self.entries = tuple(entries)
        if here is not None and here.id:
            same = [index for index, entry in enumerate(self.entries) if entry.id == here.id]
            alike = [index for index in same if _is_alike(self.entries[index], here)]
            if alike:
                self.cursor = alike[0]
            elif same:
                self.cursor = same[0] - (here.row is Row.CANDIDATE)
        self.changed()
        while here is None and self.cursor < len(self.entries) - 1 and not self.is_choosable(self.cursor):
            self.cursor += 1

    @property
    def entry(self) -> HighlightEntry | None:
        """The entry under the cursor."""
        return self.entries[self.cursor] if self.cursor < len(self.entries) else None

    def count(self) -> int:
        """See `Entries`."""
        return len(self.entries)

    def empty_text(self) -> str:
        """See `Entries`."""
        if self.entries:
            return ""
        return "nothing fits the filter" if self.filter else "nothing marked yet: m marks"

    def is_choosable(self, index: int) -> bool:
        """See `Entries`."""
        return index < self.count() and self.entries[index].row is not Row.HEADING

    def _indent(self, entry: HighlightEntry) -> int:
        return 4 if entry.row is Row.CANDIDATE else 2

    def _words(self, entry: HighlightEntry, width: int) -> list[str]:
        room = max(8, width - self._indent(entry))
        rows = [entry.text[start:end] for start, end in wrap(entry.text, room)]
        if len(rows) > MAX_ROWS:
            rows = [*rows[: MAX_ROWS - 1], fit(rows[MAX_ROWS - 1].rstrip() + " …", room).rstrip()]
        return rows

    def _details(self, entry: HighlightEntry, width: int) -> list[str]:
        room = max(8, width - self._indent(entry))
        return [entry.details[start:end] for start, end in wrap(entry.details, room)][:6] if entry.details else []

    def entry_height(self, index: int, width: int) -> int:
        """See `Entries`."""
        entry = self.entries[index]
        if entry.row is Row.HEADING:
            return 1 if index == 0 else 2
        return len(self._words(entry, width - 1)) + len(self._details(entry, width - 1)) + 1

    def draw_title(self) -> list[Segment]:
        """See `Entries`."""
        inks = self.inks
        ink = inks.panel_title if self.has_focus else inks.panel_strong
        scope = "library" if self.of_library else "episode"
        chosen = f" · {self.filter}" if self.filter else ""
        return [Segment(" Highlights", ink), Segment(f" · {scope}{chosen}", inks.panel_faint)]

    def draw_entry(self, index: int, row: int, width: int) -> list[Segment]:
        """See `Entries`."""
        inks = self.inks
        entry = self.entries[index]
        if entry.row is Row.HEADING:
            last = row == self.entry_height(index, width + 1) - 1
            return [Segment(fit(entry.text if last else "", width), inks.panel_strong)]
        words, details = self._words(entry, width), self._details(entry, width)
        if row >= len(words) + len(details):
            return [Segment(" " * width, inks.panel)]
        lead = Segment(" " * self._indent(entry), inks.panel)
        if row == 0:
            lead = self._sign(entry)
        text = words[row] if row < len(words) else details[row - len(words)]
        ink = inks.panel_faint if row >= len(words) or entry.row is Row.ORPHAN else inks.panel
        return [lead, Segment(fit(text, max(1, width - cell_len(lead.text))), ink)]

    def _sign(self, entry: HighlightEntry) -> Segment:
        inks = self.inks
        if entry.row is Row.CANDIDATE:
            return Segment("  → ", inks.panel_accent)
        if entry.colour is None:
            return Segment("  ", inks.panel)
        sign = {Row.REVIEW: "?", Row.ORPHAN: "✗"}.get(entry.row, inks.sign_text[entry.colour])
        return Segment(sign + " ", inks.panel + inks.sign[entry.colour])

    def take_key(self, key: str) -> bool:
        """See `Lines`; some keys decide on the entry under the cursor."""
        verdict = self._deciding.get(key)
        if verdict is None or (self.entry is None and verdict != "filter"):
            return False
        self.post_message(self.ReviewRequested(verdict, self.entry or HighlightEntry(Row.HEADING, "")))
        return True


def _is_alike(entry: HighlightEntry, other: HighlightEntry) -> bool:
    """Whether an entry of the same highlight is the other one; candidates are told apart by their words."""
    return entry.row is other.row and (entry.row is not Row.CANDIDATE or entry.text == other.text)
