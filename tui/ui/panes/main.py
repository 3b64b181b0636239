"""The main screen, which adapts to the size of the terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.screen import Screen
from textual.strip import Strip
from textual.widget import Widget

from tui.ui.views.pane_layout import SLIM, WIDE

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual import events
    from textual.geometry import Region, Size

WIDTHS = ((0, "-slim"), (SLIM, "-narrow"), (WIDE, "-wide"))
"Minimum columns for each width class of the style sheet."


class PaneRow(Widget):
    """The row of panes, which cover all of it."""

    def render_lines(self, crop: Region) -> list[Strip]:
        """Blank rows, all covered by panes; rendering it like other widgets takes a millisecond of the first frame."""
        return [Strip.blank(crop.width)] * crop.height


class Main(Screen[None], inherit_bindings=False):
    """The only screen; the app handles its keys."""

    AUTO_FOCUS = "#bullets"

    def __init__(self, arrange: Callable[[Size], None], size: Size, *, is_drawn: bool = False) -> None:
        """Set up the screen.

        Args:
            arrange: Arranges the panes for a size.
            size: Size of the terminal, for applying the right styles from the first frame on.
            is_drawn: True if the terminal shows the frame already.
        """
        super().__init__(id="_default", classes=_kind(size))
        self._arrange = arrange
        self.is_drawn = is_drawn
        """True while the terminal already shows the frame and no key has been handled: drawing it again would delay
        keys."""

    def on_mount(self) -> None:
        """Apply the styles for the first frame."""
        self._fit(self.app.size)

    def on_resize(self, event: events.Resize) -> None:
        """Apply the styles before Textual lays the screen out: its own breakpoints would take a second frame."""
        if event.size == self.outer_size:
            event.prevent_default()  # at the start Textual reports the same size three times, and lays out each time
        else:
            self._fit(event.size)

    def _compositor_refresh(self) -> None:
        """Draw what has changed, but not what the terminal shows already."""
        if not self.is_drawn:
            super()._compositor_refresh()

    def _fit(self, size: Size) -> None:
        here = _kind(size)
        self.update_classes({kind: kind == here for _, kind in WIDTHS}, animate=False)
        self._arrange(size)

    def render_lines(self, crop: Region) -> list[Strip]:
        """See `PaneRow`; the status line covers the rest."""
        return [Strip.blank(crop.width)] * crop.height


def _kind(size: Size) -> str:
    """The width class of a size."""
    return next(kind for least, kind in reversed(WIDTHS) if least <= size.width)
