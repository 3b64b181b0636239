"""A pane that draws rows straight from strips and scrolls without a container: the base of every pane."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from textual.strip import Strip
from textual.widget import Widget

from tui.core.sanitise import in_one_row
from tui.panes.palette import Inks, filtered, inks

if TYPE_CHECKING:
    from textual import events
    from textual.geometry import Region

HEAD = 1
"Rows at the top that do not scroll: the pane's heading."
WHEEL = 3
"Rows that a notch of the mouse wheel scrolls."


class Lines(Widget, can_focus=True):
    """Rows under a heading, with a scrollbar of one column at the right that parts it from its neighbour.

    A subclass gives `row_count`, `draw_row` and `draw_heading`. Rows count from 0 and are drawn as wide as
    `text_width`. Textual's style cache and containers are passed by, so that a key costs a few look-ups.
    """

    DEFAULT_CSS = """
    Lines { height: 1fr; width: 1fr; }
    """

    top: int = 0
    "The first row shown."

    def row_count(self) -> int:
        """How many rows there are, which may be an estimate."""
        raise NotImplementedError

    def draw_row(self, row: int, width: int) -> Strip:
        """One row, exactly ``width`` cells wide."""
        raise NotImplementedError

    def draw_heading(self, width: int) -> Strip:
        """The row at the top, exactly ``width`` cells wide."""
        raise NotImplementedError

    def prepare(self) -> None:
        """Called before rows are drawn: the place to lay out for a width that is only known now."""

    def take_key(self, key: str, times: int = 1) -> bool:
        """Whether the pane made something of a key, so many times; else it does what it does everywhere."""
        return False

    @property
    def inks(self) -> Inks:
        """The styles to draw with."""
        return inks(self.app)

    @property
    def text_width(self) -> int:
        """Cells that a row has, the scrollbar aside."""
        return max(1, self.size.width - 1)

    @property
    def page(self) -> int:
        """Rows that are on screen at once."""
        return max(1, self.size.height - HEAD)

    @property
    def max_top(self) -> int:
        """The greatest first row."""
        return max(0, self.row_count() - self.page)

    def render_lines(self, crop: Region) -> list[Strip]:
        """Draw the rows of a region; see `Widget.render_lines`."""
        width, height = self.size
        if width < 2 or not height:
            return [Strip.blank(crop.width)] * crop.height
        self.prepare()
        self.top = max(0, min(self.top, self.max_top))
        strips = [self._line(y, width) for y in crop.line_range]
        strips = filtered(strips, self.app, self.inks.palette.ground)
        if crop.x or crop.width != width:
            strips = [strip.crop(crop.x, crop.right) for strip in strips]
        return strips

    def _line(self, y: int, width: int) -> Strip:
        bar = self._bar(y)
        if y < HEAD:
            return Strip.join([self.draw_heading(width - 1), bar])
        row = self.top + y - HEAD
        if row < self.row_count():
            return Strip.join([self.draw_row(row, width - 1), bar])
        return Strip.join([Strip.blank(width - 1, self.background), bar])

    @property
    def background(self) -> object:
        """The style of what no row covers."""
        return self.inks.text

    def _bar(self, y: int) -> Strip:
        """The cell of the scrollbar at a line of the widget."""
        total, page = self.row_count(), self.page
        if y >= HEAD and total > page:
            size = max(1, page * page // total)
            start = self.top * (page - size) // max(1, total - page)
            if start <= y - HEAD < start + size:
                return Strip([Segment("┃", self.inks.faint)], 1)
        return Strip([Segment("│", self.inks.edge)], 1)

    def scroll_rows(self, by: int) -> None:
        """Scroll so many rows, as far as there are any."""
        self.scroll_to_row(self.top + by)

    def scroll_to_row(self, row: int) -> None:
        """Show from a row on, as far as there are enough rows below it."""
        top = max(0, min(row, self.max_top))
        if top != self.top:
            self.top = top
            self.refresh()

    def reveal(self, row: int, size: int = 1, margin: int = 0) -> None:
        """Scroll as little as needed to have rows on screen, with a margin where there is room."""
        margin = min(margin, max(0, (self.page - size) // 2))
        if row - margin < self.top or size > self.page:
            self.scroll_to_row(row - margin)
        elif row + size + margin > self.top + self.page:
            self.scroll_to_row(row + size + margin - self.page)

    def row_at(self, y: int) -> int | None:
        """The row at a line of the widget; None on the heading and below the last row."""
        row = self.top + y - HEAD
        return row if y >= HEAD and row < self.row_count() else None

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Scroll with the wheel."""
        event.stop()
        self.scroll_rows(WHEEL)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Scroll with the wheel."""
        event.stop()
        self.scroll_rows(-WHEEL)

    def on_focus(self) -> None:
        """Show where the focus is."""
        self.refresh()

    def on_blur(self) -> None:
        """Show where the focus is not."""
        self.refresh()


def fit(text: str, width: int) -> str:
    """A text as it may be drawn, cut or padded to a width in cells; what was cut ends in an ellipsis."""
    text = in_one_row(text)
    size = cell_len(text)
    if size == width:
        return text
    if size < width:
        return text + " " * (width - size)
    return set_cell_size(text, width - 1) + "…" if width > 0 else ""
