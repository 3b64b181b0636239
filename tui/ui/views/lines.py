"""Rows under a heading with a scrollbar: the base of every view.

A view computes what a pane shows, and knows no Textual: a widget draws it, and the first frame before there are any.
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
"Rows at the top that do not scroll: the heading."


class LineView:
    """Rows under a heading, with a one-column scrollbar at the right as the border to its neighbour.

    A subclass gives `row_count`, `draw_row` and `draw_heading`, and the place where it is drawn `cells`, `inks`,
    `is_in_focus` and `redraw`. Rows count from 0 and are drawn as wide as `text_width`.
    """

    is_framed: bool = False
    "True inside a window's frame, where a border line at the right would be a second one."
    top: int = 0
    "The first row shown."

    # -- for subclasses

    def row_count(self) -> int:
        """Number of rows, possibly estimated."""
        raise NotImplementedError

    def draw_row(self, row: int, width: int) -> list[Segment]:
        """One row, exactly ``width`` cells wide."""
        raise NotImplementedError

    def draw_heading(self, width: int) -> list[Segment]:
        """The row at the top, exactly ``width`` cells wide."""
        raise NotImplementedError

    def prepare(self) -> None:
        """Lay out for the current width; called before rows are drawn."""

    @property
    def background(self) -> Ink:
        """The style where no row is."""
        return self.inks.text

    # -- for the place where it is drawn

    @property
    def cells(self) -> tuple[int, int]:
        """Columns and lines of the view."""
        raise NotImplementedError

    @property
    def inks(self) -> Inks:
        """The styles to draw with."""
        raise NotImplementedError

    @property
    def is_in_focus(self) -> bool:
        """True while keys go to it."""
        raise NotImplementedError

    def redraw(self, lines: range | None = None) -> None:
        """Have lines of the view drawn anew, or all."""
        raise NotImplementedError

    # -- drawing

    @property
    def text_width(self) -> int:
        """Cells in a row, scrollbar aside."""
        return max(1, self.cells[0] - 1)

    @property
    def page(self) -> int:
        """Rows on screen at once."""
        return max(1, self.cells[1] - HEAD)

    @property
    def max_top(self) -> int:
        """The largest first row."""
        return max(0, self.row_count() - self.page)

    def make_ready(self) -> None:
        """Lay out what is on screen, so that drawing it moves no rows."""
        self.prepare()
        self.top = max(0, min(self.top, self.max_top))

    @property
    def frame(self) -> tuple[int, ...]:
        """Everything that each line of the view depends on, the scrollbar's cells included."""
        return (*self.cells, self.top, self.row_count())

    def draw_lines(self, lines: Iterable[int]) -> Iterator[list[Segment]]:
        """Lines of the view once it is ready, the scrollbar's cell at the end of each."""
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
        """The lines under the heading that the scrollbar's handle covers."""
        total, page = self.row_count(), self.page
        if total <= page:
            return range(0)
        size = max(1, page * page // total)
        start = self.top * (page - size) // (total - page)
        return range(start, start + size)

    def redraw_rows(self, row: int, size: int) -> None:
        """Redraw rows, as far as they are on screen."""
        first, end = max(row, self.top), min(row + size, self.top + self.page)
        self.redraw(range(first - self.top + HEAD, end - self.top + HEAD))

    # -- scrolling

    def scroll_rows(self, by: int) -> None:
        """Scroll by rows, as far as there are any."""
        self.scroll_to_row(self.top + by)

    def scroll_to_row(self, row: int) -> None:
        """Scroll to a row, as far as there are enough rows below it."""
        top = max(0, min(row, self.max_top))
        if top != self.top:
            self.top = top
            self.redraw()

    def reveal(self, row: int, size: int = 1, margin: int = 0) -> None:
        """Scroll as little as needed to have rows on screen, with a margin where there is room."""
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
    """A text made safe to draw, cut or padded to a width in cells; a cut text ends in an ellipsis."""
    text = in_one_row(text)
    size = cell_len(text)
    if size == width:
        return text
    if size < width:
        return text + " " * (width - size)
    return set_cell_size(text, width - 1) + "…" if width > 0 else ""


def adjusted(segments: list[Segment], width: int, ink: Ink) -> list[Segment]:
    """Segments cut or padded to a width in cells."""
    return Segment.adjust_line_length(segments, width, ink)


def blank(width: int, ink: Ink) -> list[Segment]:
    """A row without text."""
    return [Segment(" " * width, ink)]
