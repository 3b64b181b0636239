"""A widget that shows a view: the base of every pane."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

from tui.ui.panes.styling import filtered, inks
from tui.ui.views.lines import LineView

if TYPE_CHECKING:
    from typing import Self

    from textual import events

    from tui.ui.drawing.styles import Inks

WHEEL = 3
"Rows per step of the mouse wheel."


class Lines(LineView, Widget, can_focus=True):
    """A view on the screen that scrolls by itself.

    It bypasses Textual's style cache and containers, so that a key press costs only a few lookups. Drawn lines are kept
    until refreshed, since Textual requests every line of a pane when one changes.
    """

    DEFAULT_CSS = """
    Lines { height: 1fr; width: 1fr; }
    """

    expected: tuple[int, int] = (0, 0)
    "Its expected columns and lines until Textual lays the screen out, so that the first frame is right."

    def __init__(self) -> None:
        self._kept: dict[int, Strip] = {}
        "Lines drawn and not refreshed since, by line number."
        self._kept_for: tuple[int, ...] = ()
        "The `frame` that they were drawn for."
        super().__init__()

    def apply_key(self, key: str, times: int = 1) -> bool:
        """Handle a key, repeated ``times``; return False to leave the key to its general meaning."""
        return False

    def why_not(self, key: str) -> str:
        """The reason why a key that nothing handles has no effect here; empty if there is no particular one."""
        return ""

    @property
    def cells(self) -> tuple[int, int]:
        """See `LineView`."""
        size = self.size  # once: Textual looks it up in the layout of the screen, for 20 µs
        return size if size.width else self.expected

    @property
    def inks(self) -> Inks:
        """See `LineView`."""
        return inks(self.app)

    @property
    def is_in_focus(self) -> bool:
        """See `LineView`."""
        return self.has_focus

    def redraw(self, lines: range | None = None) -> None:
        """See `LineView`."""
        if lines is None or self._kept_for != self.frame:
            self.refresh()
        elif lines:
            self.refresh(Region(0, lines.start, self.size.width, len(lines)))

    def render_lines(self, crop: Region) -> list[Strip]:
        """Draw the rows of a region; see `Widget.render_lines`."""
        width, height = self.size
        if width < 2 or not height:
            return [Strip.blank(crop.width)] * crop.height
        self.make_ready()
        if self._kept_for != self.frame:
            self._kept_for = self.frame
            self._kept.clear()
        if wanted := [y for y in crop.line_range if y not in self._kept]:
            strips = filtered([Strip(line, width) for line in self.draw_lines(wanted)], self.app)
            self._kept.update(zip(wanted, strips, strict=True))
        strips = [self._kept[y] for y in crop.line_range]
        if crop.x or crop.width != width:
            strips = [strip.crop(crop.x, crop.right) for strip in strips]
        return strips

    def refresh(self, *regions: Region, repaint: bool = True, layout: bool = False, recompose: bool = False) -> Self:
        """Refresh these regions, or all; see `Widget.refresh`."""
        if regions:
            for y in {y for region in regions for y in region.line_range}:
                self._kept.pop(y, None)
        else:
            self._kept.clear()
        return super().refresh(*regions, repaint=repaint, layout=layout, recompose=recompose)

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Scroll with the wheel."""
        event.stop()
        self.scroll_rows(WHEEL)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Scroll with the wheel."""
        event.stop()
        self.scroll_rows(-WHEEL)

    def on_focus(self) -> None:
        """Redraw with focus."""
        self.refresh()

    def on_blur(self) -> None:
        """Redraw without focus."""
        self.refresh()
