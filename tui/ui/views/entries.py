"""A list of entries of several rows each, with a cursor: the base of the side lists."""

from __future__ import annotations

from bisect import bisect_right
from itertools import accumulate, islice
from typing import TYPE_CHECKING

from rich.segment import Segment

from tui.core.layout.wrapping import first_rows
from tui.ui.views.lines import LineView, adjusted

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from rich.style import Style as Ink

NOWHERE = -1
"The cursor position while it is on no entry; a step down leads to the first one."


EMPTY_ROWS = 4
"Most rows of the text shown for an empty list."
AT_ONCE = 500
"Entries built or measured immediately; beyond that, a thread does the rest."


class EntryView(LineView):
    """A vertical list of entries; a subclass supplies their number and heights, and draws their rows.

    The subclass decides the order. The cursor skips entries that it cannot stand on, such as headings.
    """

    def __init__(self) -> None:
        super().__init__()
        self.cursor = 0
        self._ends: list[int] = []
        self._is_estimated = False
        "True while the heights of some entries are estimates."
        self._width = 0
        "The width that entries were measured for; 0 after they have changed."

    # -- for subclasses

    def count(self) -> int:
        """Number of entries."""
        raise NotImplementedError

    def entry_height(self, index: int, width: int) -> int:
        """The height of an entry at a width; at least 1."""
        raise NotImplementedError

    def heights(self, width: int) -> Iterable[int]:
        """The heights of all entries at a width, in order.

        May be iterated in a thread, even after the pane has other entries.
        """
        return [self.entry_height(index, width) for index in range(self.count())]

    def known_heights(self, width: int) -> Sequence[int | None]:
        """The known heights of entries at a width, in order; None for one not measured yet."""
        return [None] * self.count()

    def draw_entry(self, index: int, row: int, width: int) -> list[Segment]:
        """Draw one row of an entry, at most ``width`` cells, on the panel's background."""
        raise NotImplementedError

    def draw_title(self) -> list[Segment]:
        """The title at the top of the pane."""
        raise NotImplementedError

    def empty_text(self) -> str:
        """The text shown for an empty list."""
        return ""

    def is_choosable(self, index: int) -> bool:
        """True if the cursor can stand on an entry."""
        return index < self.count()

    # -- drawing

    def changed(self) -> None:
        """Measure and draw the entries again after they changed."""
        self._width = 0
        self.cursor = max(0, min(self.cursor, self.count() - 1))
        self.redraw()

    def prepare(self) -> None:
        """See `LineView`."""
        width = self.text_width
        if width != self._width:
            self._width = width
            self._begin_measuring(width)

    def _begin_measuring(self, width: int) -> None:
        """Measure the entries; if there are very many, measure the first ones and leave the rest to a thread."""
        known = self.known_heights(width)
        self._is_estimated = known.count(None) > AT_ONCE
        if not self._is_estimated:
            heights = (rows or self.entry_height(index, width) for index, rows in enumerate(known))
            self._ends = list(accumulate(heights))
            return
        rest = iter(self.heights(width))
        first = list(islice(rest, AT_ONCE))
        self._ends = list(accumulate(first))
        missing, end = self.count() - len(first), self._ends[-1]
        each = round(end / len(first))
        self._ends += range(end + each, end + each * missing + 1, each)
        self.measure_later(first, rest)

    def measure_later(self, first: Sequence[int], rest: Iterable[int]) -> None:
        """Arrange for `measured` to be called with the end row of each entry, once all are measured."""

    def measured(self, estimated: Sequence[int], ends: list[int]) -> None:
        """Accept the end rows of entries, unless the entries or the width have changed meanwhile."""
        if self._ends is not estimated:
            return
        index = min(bisect_right(estimated, self.top), len(estimated) - 1)
        self.top += (ends[index - 1] - estimated[index - 1]) if index else 0
        self._ends, self._is_estimated = ends, False
        if index <= self.cursor <= bisect_right(estimated, self.top + self.page):
            self._reveal()
        self.redraw()

    def row_count(self) -> int:
        """See `LineView`."""
        return self._ends[-1] if self._ends else len(self._empty_rows(self.text_width))

    def _empty_rows(self, width: int) -> list[str]:
        text = self.empty_text()
        return first_rows(text, max(1, width - 2), EMPTY_ROWS) if text else []

    def draw_heading(self, width: int) -> list[Segment]:
        """See `LineView`."""
        title, inks = self.draw_title(), self.inks
        if Segment.get_line_length(title) > width:
            title = [*adjusted(title, width - 1, inks.panel), Segment("…", inks.panel_faint)]
        return adjusted(title, width, inks.panel)

    def draw_row(self, row: int, width: int) -> list[Segment]:
        """See `LineView`."""
        inks = self.inks
        if not self._ends:
            text = self._empty_rows(width)[row]
            return adjusted([Segment(" " + text, inks.panel_faint)], width, inks.panel)
        index = bisect_right(self._ends, row)
        inner = row - (self._ends[index - 1] if index else 0)
        segments = self.draw_entry(index, inner, width - 1)
        if index == self.cursor and self.is_choosable(index):
            bar = inks.panel_accent if self.is_active else inks.panel_faint
            drawn = adjusted([Segment("▌", bar), *segments], width, inks.panel)
            return list(Segment.apply_style(drawn, inks.raised)) if self.is_active else drawn
        return adjusted([Segment(" ", inks.panel), *segments], width, inks.panel)

    @property
    def is_active(self) -> bool:
        """True while keys apply to the list."""
        return self.is_in_focus

    @property
    def background(self) -> Ink:
        """See `LineView`."""
        return self.inks.panel

    # -- moving

    def _reveal(self) -> None:
        self.prepare()
        if self._ends:
            top = self._ends[self.cursor - 1] if self.cursor else 0
            self.reveal(top, self._ends[self.cursor] - top)
        self.redraw()

    def set_cursor(self, index: int) -> None:
        """Put the cursor on an entry and scroll it into view."""
        self.cursor = max(0, min(index, self.count() - 1))
        if self.cells[0]:
            self._reveal()

    def step(self, by: int) -> None:
        """Move the cursor by a number of entries."""
        way = 1 if by > 0 else -1
        at = self.cursor
        for _ in range(abs(by)):
            after = at + way
            while 0 <= after < self.count() and not self.is_choosable(after):
                after += way
            if not 0 <= after < self.count():
                break
            at = after
        if at == self.cursor and by < 0:
            self.scroll_to_row(0)
        self.set_cursor(at)

    def turn(self, pages: float) -> None:
        """Move the cursor by pages."""
        if not self._ends:
            return
        each = max(1, self._ends[-1] // len(self._ends))
        self.step(int(pages * max(1, self.page // each)) or (1 if pages > 0 else -1))

    def ends(self, *, last: bool) -> None:
        """Move to the first or last entry."""
        self.step(self.count() if last else -self.count())


def join(pieces: Sequence[tuple[str, Ink]]) -> list[Segment]:
    """Turn pieces of text and their styles into segments."""
    return [Segment(text, ink) for text, ink in pieces if text]
