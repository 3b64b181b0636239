"""Rows under a heading, with a scrollbar: the base of all views.

A view computes the content of a pane without Textual, so that either a widget or the first frame can draw it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment

from tui.core.notes.sanitise import in_one_row

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from rich.style import Style as Ink

    from tui.ui.drawing.styles import Inks

HEAD = 1
"Rows at the top that do not scroll, for the heading."


class LineView:
    """Rows under a heading, with a one-column scrollbar at the right that doubles as the border to the next pane.

    A subclass supplies `row_count`, `draw_row` and `draw_heading`; whatever draws the view supplies `cells`, `inks`,
    `is_in_focus` and `redraw`. Rows count from 0 and are drawn ``text_width`` cells wide.
    """

    is_framed: bool = False
    "True inside a window's frame, which already has a border at the right."
    top: int = 0
    "The first row shown."

    # -- for subclasses

    def row_count(self) -> int:
        """Number of rows, possibly estimated."""
        raise NotImplementedError

    def draw_row(self, row: int, width: int) -> list[Segment]:
        """Draw one row, exactly ``width`` cells wide."""
        raise NotImplementedError

    def draw_heading(self, width: int) -> list[Segment]:
        """Draw the row at the top, exactly ``width`` cells wide."""
        raise NotImplementedError

    def prepare(self) -> None:
        """Lay out for the current width; called before rows are drawn."""

    @property
    def background(self) -> Ink:
        """The style of empty space."""
        return self.inks.text

    # -- for whatever draws the view

    @property
    def cells(self) -> tuple[int, int]:
        """Width and height of the view, in cells."""
        raise NotImplementedError

    @property
    def inks(self) -> Inks:
        """The styles to draw with."""
        raise NotImplementedError

    @property
    def is_in_focus(self) -> bool:
        """True while it receives key presses."""
        raise NotImplementedError

    def redraw(self, lines: range | None = None) -> None:
        """Redraw some lines of the view, or all."""
        raise NotImplementedError

    # -- drawing

    @property
    def text_width(self) -> int:
        """Cells in a row, without the scrollbar."""
        return max(1, self.cells[0] - 1)

    @property
    def page(self) -> int:
        """Rows on screen at once."""
        return max(1, self.cells[1] - HEAD)

    @property
    def max_top(self) -> int:
        """The greatest possible `top`."""
        return max(0, self.row_count() - self.page)

    def make_ready(self) -> None:
        """Lay out what is on screen, so that drawing it does not move rows."""
        self.prepare()
        self.top = max(0, min(self.top, self.max_top))

    @property
    def frame(self) -> tuple[int, ...]:
        """Everything that all lines of the view depend on, including the scrollbar's cells."""
        return (*self.cells, self.top, self.row_count())

    def draw_lines(self, lines: Iterable[int]) -> Iterator[list[Segment]]:
        """Draw lines of the view, which must be ready, with the scrollbar's cell at the end of each."""
        width, top, total = self.text_width, self.top, self.row_count()
        thumb, inks = self._thumb(), self.inks
        held = Segment("┃", inks.panel_faint if self.is_framed else inks.faint)
        bar = Segment(" ", inks.panel) if self.is_framed else Segment("│", inks.edge)
        for y in lines:
            row = top + y - HEAD
            if y < HEAD:
                drawn = self.draw_heading(width)
            elif row < total:
                drawn = self.draw_row(row, width)
            else:
                drawn = blank(width, self.background)
            yield [*drawn, held if y - HEAD in thumb else bar]

    def _thumb(self) -> range:
        """The lines under the heading that the scrollbar's thumb covers."""
        total, page = self.row_count(), self.page
        if total <= page:
            return range(0)
        size = max(1, page * page // total)
        start = self.top * (page - size) // (total - page)
        return range(start, start + size)

    def redraw_rows(self, row: int, size: int) -> None:
        """Redraw those of the rows that are on screen."""
        first, end = max(row, self.top), min(row + size, self.top + self.page)
        self.redraw(range(first - self.top + HEAD, end - self.top + HEAD))

    # -- scrolling

    def scroll_rows(self, by: int) -> None:
        """Scroll by rows, within the content."""
        self.scroll_to_row(self.top + by)

    def scroll_to_row(self, row: int) -> None:
        """Scroll to a row, within the content."""
        top = max(0, min(row, self.max_top))
        if top != self.top:
            self.top = top
            self.redraw()

    def reveal(self, row: int, size: int = 1, margin: int = 0) -> None:
        """Scroll as little as necessary to bring rows on screen, with a margin if it fits."""
        margin = min(margin, max(0, (self.page - size) // 2))
        if row - margin < self.top or size > self.page:
            self.scroll_to_row(row - margin)
        elif row + size + margin > self.top + self.page:
            self.scroll_to_row(row + size + margin - self.page)

    def row_at(self, y: int) -> int | None:
        """The row at a line of the view; None on the heading and below the last row."""
        row = self.top + y - HEAD
        return row if y >= HEAD and row < self.row_count() else None


def fit(text: str, width: int) -> str:
    """Make a text safe to draw, cut or padded to a width in cells; a cut text ends in an ellipsis."""
    text = in_one_row(text)
    size = cell_len(text)
    if size == width:
        return text
    if size < width:
        return text + " " * (width - size)
    return set_cell_size(text, width - 1) + "…" if width > 0 else ""


def adjusted(segments: list[Segment], width: int, ink: Ink) -> list[Segment]:
    """Cut or pad segments to a width in cells."""
    return Segment.adjust_line_length(segments, width, ink)


def blank(width: int, ink: Ink) -> list[Segment]:
    """A row without text."""
    return [Segment(" " * width, ink)]
