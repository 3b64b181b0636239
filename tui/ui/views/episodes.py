"""The episode list: guests, show, date, and counts for each episode."""

from __future__ import annotations

from functools import partial
from itertools import pairwise
from typing import TYPE_CHECKING

from rich.cells import cell_len
from rich.segment import Segment

from tui.ui.lists.episodes import CHANGED, EpisodeEntry, shortened, shortened_path, shown_counts, title_rows
from tui.ui.views.entries import NOWHERE, EntryView, join
from tui.ui.views.lines import fit

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from rich.style import Style as Ink

ROOMY = 28
"Row width from which the number of bullets is shown; below it, show and date get the space."


class EpisodeView(EntryView):
    """The episodes of the library, with the current one under the cursor."""

    def __init__(self) -> None:
        super().__init__()
        self.entries: tuple[EpisodeEntry, ...] = ()
        self.sections: Sequence[int] = ()
        "The listed episodes, by number in the library, in list order."
        self.filter = ""
        "The filter in effect."
        self.order = ""
        "The order named in the title; empty for document order."
        self._columns: tuple[int, ...] = (0, 0, 0)
        "Column widths for the counts."
        self._headings: dict[int, str] = {}
        "The folder or note that begins at an entry, by the entry's index."
        self._heights: dict[tuple[str, bool, bool], int] = {}
        "Heights of entries without headings, by the facts they depend on; see `_look`."
        self._heights_for: tuple[int, tuple[int, ...]] = 0, ()
        "The row width and column widths that these heights are for."
        self._listing: object = None
        "The subject of the list when last shown."
        self._hits_in: Callable[[int], int] | None = None
        "Returns the number of hits in an episode during a search."

    def show(self, entries: tuple[EpisodeEntry, ...], columns: tuple[int, ...], sections: Sequence[int]) -> None:
        """List these episodes in this order, with count columns of these widths."""
        listing = entries, columns, sections, self.filter, self.order
        if listing == self._listing:
            return
        self._listing = listing
        self.entries, self._columns, self.sections = entries, columns, sections
        self._headings = {}
        if any(entry.note or entry.folder for entry in entries):
            above = [_heading(entries[section], is_sorted=bool(self.order)) for section in sections]
            for at, (before, here) in enumerate(pairwise([("", ""), *above])):
                if here != before:
                    self._headings[at] = here[0]
        self.changed()

    def show_hits(self, hits_in: Callable[[int], int] | None) -> None:
        """Show the number of hits in each episode instead of its counts; None if there is no search."""
        if hits_in is not None or self._hits_in is not None:
            self._hits_in = hits_in
            self.redraw()

    def follow(self, section: int) -> None:
        """Move the cursor to an episode, or off the list if that is not listed."""
        at = self.sections.index(section) if section in self.sections else NOWHERE
        if at == NOWHERE:
            self.cursor = at
            self.redraw()
        elif at != self.cursor:
            self.set_cursor(at)

    def count(self) -> int:
        """See `EntryView`."""
        return len(self.sections)

    def empty_text(self) -> str:
        """See `EntryView`."""
        if self.sections:
            return ""
        return "No match" if self.entries else "No episodes"

    def is_choosable(self, index: int) -> bool:
        """See `EntryView`."""
        return 0 <= index < self.count()

    def entry_height(self, index: int, width: int) -> int:
        """See `EntryView`."""
        return self._height(self.entries[self.sections[index]], width) + (index in self._headings)

    def heights(self, width: int) -> Iterable[int]:
        """See `EntryView`."""
        heights = map(partial(self._height, width=width), map(self.entries.__getitem__, self.sections))
        headings = self._headings
        return (rows + (index in headings) for index, rows in enumerate(heights))

    def known_heights(self, width: int) -> Sequence[int | None]:
        """See `EntryView`; most entries were listed before."""
        if self._heights_for != (width, self._columns):
            self._heights_for = width, self._columns
            self._heights = {}
        known = [self._heights.get(_look(self.entries[section])) for section in self.sections]
        return [rows and rows + (index in self._headings) for index, rows in enumerate(known)]

    def _height(self, entry: EpisodeEntry, width: int) -> int:
        rows = len(title_rows(entry, width - 1, self._counts_width(width - 1))) + bool(entry.source)
        if self._heights_for == (width, self._columns):
            self._heights[_look(entry)] = rows
        return rows

    def draw_title(self) -> list[Segment]:
        """See `EntryView`."""
        ink = self.inks.panel_title if self.is_in_focus else self.inks.panel_strong
        count = f"{self.count():,} of {len(self.entries):,}" if self.filter else ""
        said = "".join(f" · {fact}" for fact in (count, self.filter, self.order) if fact)
        return [Segment(" Episodes", ink), Segment(said, self.inks.panel_faint)]

    def draw_entry(self, index: int, row: int, width: int) -> list[Segment]:
        """See `EntryView`."""
        inks = self.inks
        entry = self.entries[self.sections[index]]
        if index in self._headings:
            if row == 0:
                return [Segment(fit(shortened_path(self._headings[index], width), width), inks.panel_faint)]
            row -= 1
        titles = title_rows(entry, width, self._counts_width(width))
        ink = inks.panel_strong if index == self.cursor else inks.panel
        dot = CHANGED if entry.has_changes and row == 0 else ""
        if row < len(titles) - (not entry.source):
            return join([(fit(titles[row], width - len(dot)), ink), (dot, inks.panel_accent)])
        counts = self._drawn_counts(self.sections[index], width)
        room = max(0, width - sum(cell_len(text) for text, _ in counts) - len(dot) - 1)
        text = entry.source or titles[-1]
        if entry.source:
            ink = inks.panel_faint
            text = shortened(text, room)
        return join([(fit(text, room), ink), *counts, (dot, inks.panel_accent), (" ", inks.panel)])

    def _counts_width(self, width: int) -> int:
        """Cells for the counts at the end of a row, including the blank after them."""
        return sum(self._columns[width < ROOMY :]) + 1

    def _drawn_counts(self, section: int, width: int) -> list[tuple[str, Ink]]:
        """The hits in an episode during a search, or else its bullets, if they fit, questions and highlights."""
        inks = self.inks
        if self._hits_in is not None:
            hits = self._hits_in(section)
            return [(f" {hits:,} {'match' if hits == 1 else 'matches'}", inks.panel_accent)] if hits else []
        counts = map(str.rjust, shown_counts(self.entries[section]), self._columns)
        drawn = zip(counts, (inks.panel_faint, inks.panel_accent, inks.panel_strong), strict=True)
        return list(drawn)[width < ROOMY :]


def _look(entry: EpisodeEntry) -> tuple[str, bool, bool]:
    """The facts that an entry's height depends on."""
    return entry.title, bool(entry.source), entry.has_changes


def _heading(entry: EpisodeEntry, *, is_sorted: bool) -> tuple[str, str]:
    """The heading of an entry's group, and the key of the group; a sorted list has no folders."""
    folder = "" if is_sorted else entry.folder
    return " / ".join(filter(None, (folder, entry.note))), entry.path if entry.note else folder
