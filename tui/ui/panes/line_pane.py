"""A pane that draws rows straight from strips and scrolls without a container: the base of every pane."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

from tui.core.notes.sanitise import in_one_row
from tui.ui.panes.styling import filtered, inks

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Self

    from textual import events

    from tui.ui.drawing.styles import Inks

HEAD = 1
"Rows at the top that do not scroll: the heading."
WHEEL = 3
"Rows per notch of the mouse wheel."


class Lines(Widget, can_focus=True):
    """Rows under a heading, with a one-column scrollbar at the right as the border to its neighbour.

    A subclass gives `row_count`, `draw_row` and `draw_heading`. Rows count from 0 and are drawn as wide as
    `text_width`. Textual's style cache and containers are bypassed, so that a key costs a few look-ups. Drawn lines are
    kept until refreshed: Textual asks for every line of a pane when one changes.
    """

    DEFAULT_CSS = """
    Lines { height: 1fr; width: 1fr; }
    """

    is_over: bool = False
    "True if the pane overlays its left neighbour: it needs a border line on that side too."
    is_framed: bool = False
    "True inside a window's frame, where a border line at the right would be a second one."
    top: int = 0
    "The first row shown."

    def __init__(self, pane_id: str | None = None) -> None:
        self._kept: dict[int, Strip] = {}
        "Lines drawn and not refreshed since, by line of the widget."
        self._kept_for: tuple[int, ...] = ()
        "The frame that they were drawn for."
        super().__init__(id=pane_id)

    def row_count(self) -> int:
        """Number of rows, possibly estimated."""
        raise NotImplementedError

    def draw_row(self, row: int, width: int) -> Strip:
        """One row, exactly ``width`` cells wide."""
        raise NotImplementedError

    def draw_heading(self, width: int) -> Strip:
        """The row at the top, exactly ``width`` cells wide."""
        raise NotImplementedError

    def prepare(self) -> None:
        """Lay out for the current width; called before rows are drawn."""

    def take_key(self, key: str, times: int = 1) -> bool:
        """Handle a key, so many times; False leaves it to do what it does everywhere."""
        return False

    def why_not(self, key: str) -> str:
        """The reason why a key that nothing handles does nothing here; empty for none in particular."""
        return ""

    @property
    def inks(self) -> Inks:
        """The styles to draw with."""
        return inks(self.app)

    @property
    def text_width(self) -> int:
        """Cells in a row, scrollbar aside."""
        return max(1, self.size.width - 1 - self.is_over)

    @property
    def page(self) -> int:
        """Rows on screen at once."""
        return max(1, self.size.height - HEAD)

    @property
    def max_top(self) -> int:
        """The largest first row."""
        return max(0, self.row_count() - self.page)

    def render_lines(self, crop: Region) -> list[Strip]:
        """Draw the rows of a region; see `Widget.render_lines`."""
        width, height = self.size
        if width < 2 or not height:
            return [Strip.blank(crop.width)] * crop.height
        self.prepare()
        self.top = max(0, min(self.top, self.max_top))
        if self._kept_for != self._frame:
            self._kept_for = self._frame
            self._kept.clear()
        if wanted := [y for y in crop.line_range if y not in self._kept]:
            strips = filtered(list(self._draw(wanted)), self.app)
            self._kept.update(zip(wanted, strips, strict=True))
        strips = [self._kept[y] for y in crop.line_range]
        if crop.x or crop.width != width:
            strips = [strip.crop(crop.x, crop.right) for strip in strips]
        return strips

    @property
    def _frame(self) -> tuple[int, ...]:
        """Everything that each line of the widget depends on, the scrollbar's cells included."""
        return (*self.size, self.top, self.row_count())

    def _draw(self, lines: list[int]) -> Iterator[Strip]:
        """Lines of the widget, the scrollbar's cell at the end of each."""
        width, top, total = self.text_width, self.top, self.row_count()
        thumb, inks = self._thumb(), self.inks
        held = Segment("┃", inks.panel_faint if self.is_framed else inks.faint)
        bar = Segment(" ", inks.panel) if self.is_framed else Segment("│", inks.edge)
        before = [bar] * self.is_over
        for y in lines:
            row = top + y - HEAD
            if y < HEAD:
                drawn = self.draw_heading(width)
            elif row < total:
                drawn = self.draw_row(row, width)
            else:
                drawn = Strip.blank(width, self.background)
            yield Strip([*before, *drawn, held if y - HEAD in thumb else bar], len(before) + width + 1)

    def _thumb(self) -> range:
        """The lines under the heading that the scrollbar's handle covers."""
        total, page = self.row_count(), self.page
        if total <= page:
            return range(0)
        size = max(1, page * page // total)
        start = self.top * (page - size) // (total - page)
        return range(start, start + size)

    def refresh(self, *regions: Region, repaint: bool = True, layout: bool = False, recompose: bool = False) -> Self:
        """Draw these regions anew, or all; see `Widget.refresh`."""
        if regions:
            for y in {y for region in regions for y in region.line_range}:
                self._kept.pop(y, None)
        else:
            self._kept.clear()
        return super().refresh(*regions, repaint=repaint, layout=layout, recompose=recompose)

    def refresh_rows(self, row: int, size: int) -> None:
        """Redraw rows, as far as they are on screen."""
        first, end = max(row, self.top), min(row + size, self.top + self.page)
        if self._kept_for != self._frame:
            self.refresh()
        elif first < end:
            self.refresh(Region(0, first - self.top + HEAD, self.size.width, end - first))

    @property
    def background(self) -> object:
        """The style where no row is."""
        return self.inks.text

    def scroll_rows(self, by: int) -> None:
        """Scroll by rows, as far as there are any."""
        self.scroll_to_row(self.top + by)

    def scroll_to_row(self, row: int) -> None:
        """Scroll to a row, as far as there are enough rows below it."""
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
        """Show that the focus is gone."""
        self.refresh()


def fit(text: str, width: int) -> str:
    """A text made safe to draw, cut or padded to a width in cells; a cut text ends in an ellipsis."""
    text = in_one_row(text)
    size = cell_len(text)
    if size == width:
        return text
    if size < width:
        return text + " " * (width - size)
    return set_cell_size(text, width - 1) + "…" if width > 0 else ""
