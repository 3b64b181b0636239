"""The episode list: guests, show, date, and what each episode holds."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from rich.cells import cell_len
from rich.segment import Segment

from tui.ui.lists.episodes import EpisodeEntry, shown_counts
from tui.ui.panes.entries import NOWHERE, Entries, join
from tui.ui.panes.line_pane import fit

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from rich.style import Style as Ink

_HEIGHT = 2
"Rows of an episode; the note's name above it takes one more."


class Episodes(Entries):
    """The episodes of the library, the one being read under the cursor."""

    def __init__(self) -> None:
        super().__init__("episodes")
        self.entries: tuple[EpisodeEntry, ...] = ()
        self.sections: Sequence[int] = ()
        "The listed episodes, by number in the library, in the list's order."
        self.filter = ""
        "The filter of the list."
        self.order = ""
        "The order as named in the title; empty for the order of the notes."
        self._columns: tuple[int, ...] = (0, 0, 0)
        "Column widths of the counts."
        self._heights: list[int] = []
        self._listing: object = None
        "The subject of the entries shown last."
        self._hits_in: Callable[[int], int] | None = None
        "Gives the number of hits in an episode while a search holds."

    def show(self, entries: tuple[EpisodeEntry, ...], columns: tuple[int, ...], sections: Sequence[int]) -> None:
        """List these episodes in this order, their counts in columns of these widths."""
        listing = entries, columns, sections, self.filter, self.order
        if listing == self._listing:
            return
        self._listing = listing
        self.entries, self._columns, self.sections = entries, columns, sections
        self._heights = [_HEIGHT] * len(sections)
        if entries and entries[0].note:
            notes = [(entries[section].path, entries[section].note) for section in sections]
            for at, (before, here) in enumerate(pairwise([("", ""), *notes])):
                self._heights[at] += here != before
        self.changed()

    def show_hits(self, hits_in: Callable[[int], int] | None) -> None:
        """Show the number of hits in each episode instead of its counts; None if there is no search."""
        if hits_in is not None or self._hits_in is not None:
            self._hits_in = hits_in
            self.refresh()

    def follow(self, section: int) -> None:
        """Put the cursor on an episode; nowhere if it is not listed."""
        at = self.sections.index(section) if section in self.sections else NOWHERE
        if at == NOWHERE:
            self.cursor = at
            self.refresh()
        elif at != self.cursor:
            self.set_cursor(at)

    def count(self) -> int:
        """See `Entries`."""
        return len(self.sections)

    def empty_text(self) -> str:
        """See `Entries`."""
        if self.sections:
            return ""
        return "none fits" if self.entries else "no episodes"

    def is_choosable(self, index: int) -> bool:
        """See `Entries`."""
        return 0 <= index < self.count()

    def entry_height(self, index: int, width: int) -> int:
        """See `Entries`."""
        return self._heights[index]

    def heights(self, width: int) -> Iterable[int]:
        """See `Entries`."""
        return self._heights

    def draw_title(self) -> list[Segment]:
        """See `Entries`."""
        ink = self.inks.panel_title if self.has_focus else self.inks.panel_strong
        count = f"{self.count():,} of {len(self.entries):,}" if self.filter else ""
        said = "".join(f" · {fact}" for fact in (count, self.filter, self.order) if fact)
        return [Segment(" Episodes", ink), Segment(said, self.inks.panel_faint)]

    def draw_entry(self, index: int, row: int, width: int) -> list[Segment]:
        """See `Entries`."""
        inks = self.inks
        entry = self.entries[self.sections[index]]
        if self._heights[index] > _HEIGHT:
            if row == 0:
                return [Segment(fit(entry.note, width), inks.panel_faint)]
            row -= 1
        if row == 0:
            here = index == self.cursor
            dot = [Segment(" •", inks.panel_accent)] if entry.has_changes else []
            return [Segment(fit(entry.title, width - 2 * len(dot)), inks.panel_strong if here else inks.panel), *dot]
        counts = self._drawn_counts(self.sections[index])
        room = max(0, width - sum(map(cell_len, (text for text, _ in counts))) - 1)
        source = entry.source
        if cell_len(source) > room:
            source = source.rpartition(" · ")[0] or source
        return join([(fit(source, room), inks.panel_faint), *counts, (" ", inks.panel)])

    def _drawn_counts(self, section: int) -> list[tuple[str, Ink]]:
        """The hits in an episode while a search holds; else its bullets, questions and highlights."""
        inks = self.inks
        if self._hits_in is not None:
            hits = self._hits_in(section)
            return [(f" {hits:,} {'hit' if hits == 1 else 'hits'}", inks.panel_accent)] if hits else []
        counts = map(str.rjust, shown_counts(self.entries[section]), self._columns)
        return list(zip(counts, (inks.panel_faint, inks.panel_accent, inks.panel_strong), strict=True))
