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
NOWHERE = -1
"The cursor while no entry is under it: a step down leads to the first one."


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

    @property
    def key(self) -> tuple[str, str]:
        """The note and the id: which highlight it is about."""
        return self.path, self.id


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
        self._decided: tuple[str, str] | None = None
        "The highlight that the reader decided on last, as long as the cursor was not moved since."
        self._listing = ("", True)
        "The filter, and whether the whole library was listed, when entries were last shown."

    def show(self, entries: Sequence[HighlightEntry]) -> None:
        """List these; the cursor stays on its entry.

        Where that entry is gone, and neither because of what the reader decided nor of what is listed now, the cursor
        is nowhere until the reader moves it: no key may decide on another entry by accident.
        """
        before, here, listing = self.entries, self.entry, (self.filter, self.of_library)
        self.entries = tuple(entries)
        cursor: int | None
        if here is None:
            cursor = NOWHERE if self.cursor == NOWHERE else self._choosable_at(0)
        else:
            cursor = self._again(here, before)
            if cursor is None and here.key == self._decided:
                cursor = self._choosable_at([entry.key for entry in before].index(here.key))
            if cursor is None:
                cursor = NOWHERE if listing == self._listing else self._choosable_at(0)
        self._listing = listing
        self.changed()
        self.cursor = cursor

    def _again(self, here: HighlightEntry, before: Sequence[HighlightEntry]) -> int | None:
        """Where the entry that was under the cursor is now; None where there is none that is certainly the same."""
        if here.row is Row.CANDIDATE:
            old, new = _alike(before, here), _alike(self.entries, here)
            if len(old) == len(new):
                return new[old.index(self.cursor)]
            if here.key != self._decided:
                return None
        own = (index for index, each in enumerate(self.entries) if each.key == here.key)
        return next((index for index in own if here.id and self.entries[index].row is not Row.CANDIDATE), None)

    def _choosable_at(self, index: int) -> int:
        """The nearest entry that can be chosen at an index or behind it, else before it."""
        indexes = (*range(index, self.count()), *reversed(range(min(index, self.count()))))
        return next(filter(self.is_choosable, indexes), 0)

    def set_cursor(self, index: int) -> None:
        """See `Entries`."""
        self._decided = None
        super().set_cursor(self._choosable_at(max(0, index)))

    @property
    def entry(self) -> HighlightEntry | None:
        """The entry under the cursor."""
        return self.entries[self.cursor] if 0 <= self.cursor < len(self.entries) else None

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
        return 0 <= index < self.count() and self.entries[index].row is not Row.HEADING

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

    def take_key(self, key: str, times: int = 1) -> bool:
        """See `Lines`; some keys decide on the entry under the cursor."""
        verdict = self._deciding.get(key)
        if verdict is None:
            return False
        self.decide(verdict)
        return True

    def decide(self, verdict: str) -> None:
        """Ask for something to be done with the entry under the cursor, or with the list; see `ReviewRequested`."""
        entry = self.entry
        if verdict == "filter":
            self.post_message(self.ReviewRequested(verdict, entry or HighlightEntry(Row.HEADING, "")))
        elif entry is not None and entry.id:
            self._decided = entry.key
            self.post_message(self.ReviewRequested(verdict, entry))


def _alike(entries: Sequence[HighlightEntry], candidate: HighlightEntry) -> list[int]:
    """Where the candidates for the same highlight are that have the same words as one."""
    return [
        index
        for index, entry in enumerate(entries)
        if (entry.row, entry.key, entry.text) == (candidate.row, candidate.key, candidate.text)
    ]
