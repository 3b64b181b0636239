"""The episode list: guests, show, date, and what each episode holds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rich.cells import cell_len
from rich.segment import Segment

from tui.panes.entries import Entries
from tui.panes.lines import fit

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True, slots=True)
class EpisodeEntry:
    """What the list shows of an episode."""

    title: str
    "The guests where the title names them, else the whole title."
    source: str
    "Show and date, as far as they are known."
    bullets: int | None = None
    "None until the episode was parsed."
    questions: int = 0
    "Those that are open."
    highlights: int = 0
    note: str = ""
    "The note's name, on the first episode of a note where the list holds several notes; else empty."


class Episodes(Entries):
    """The episodes of the library; the one that is read is under the cursor."""

    def __init__(self) -> None:
        super().__init__("episodes")
        self.entries: tuple[EpisodeEntry, ...] = ()

    def show(self, entries: Sequence[EpisodeEntry]) -> None:
        """List these episodes."""
        self.entries = tuple(entries)
        self.changed()

    def count(self) -> int:
        """See `Entries`."""
        return len(self.entries)

    def empty_text(self) -> str:
        """See `Entries`."""
        return "" if self.entries else "no episodes"

    def entry_height(self, index: int, width: int) -> int:
        """See `Entries`."""
        return 2 + bool(self.entries[index].note)

    def draw_title(self) -> list[Segment]:
        """See `Entries`."""
        ink = self.inks.panel_title if self.has_focus else self.inks.panel_strong
        return [Segment(" Episodes", ink)]

    def draw_entry(self, index: int, row: int, width: int) -> list[Segment]:
        """See `Entries`."""
        inks = self.inks
        entry = self.entries[index]
        if entry.note:
            if row == 0:
                return [Segment(fit(entry.note, width), inks.panel_faint)]
            row -= 1
        if row == 0:
            here = index == self.cursor
            return [Segment(fit(entry.title, width), inks.panel_strong if here else inks.panel)]
        counts = self._counts(entry)
        size = sum(cell_len(segment.text) for segment in counts)
        return [Segment(fit(entry.source, max(0, width - size - 1)), inks.panel_faint), *counts]

    def _counts(self, entry: EpisodeEntry) -> list[Segment]:
        inks = self.inks
        if entry.bullets is None:
            return []
        questions = f" {entry.questions}?" if entry.questions else ""
        highlights = f" {entry.highlights}▎" if entry.highlights else " "
        return [
            Segment(f" {entry.bullets}", inks.panel_faint),
            Segment(questions, inks.panel_accent),
            Segment(highlights, inks.panel_strong),
        ]
