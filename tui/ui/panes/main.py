"""The main screen, which adapts to the size of the terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.screen import Screen
from textual.strip import Strip
from textual.widget import Widget

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from textual import events
    from textual.geometry import Region, Size

SLIM = 64
"Columns below which the episode list is an overlay too."
WIDE = 100
"Columns from which all three panes stand side by side."
WIDTHS = ((0, "-slim"), (SLIM, "-narrow"), (WIDE, "-wide"), (120, "-roomy"), (150, "-huge"))
"Least columns of each width class of the styles."
HEIGHTS = ((0, "-low"), (14, "-high"))
"Least rows of each height class; a low screen has no line of keys."


class PaneRow(Widget):
    """The row of panes, which cover it completely."""

    def render_lines(self, crop: Region) -> list[Strip]:
        """Blank rows, all covered by panes: drawing it like other widgets takes a millisecond of the first frame."""
        return [Strip.blank(crop.width)] * crop.height


class Main(Screen[None], inherit_bindings=False):
    """The one screen; its keys are the app's alone."""

    AUTO_FOCUS = "#bullets"

    def __init__(self, arrange: Callable[[int], None], size: Size) -> None:
        """Set the screen up.

        Args:
            arrange: Arranges the panes for a width.
            size: Size of the terminal, so that the styles are right from the first frame on.
        """
        super().__init__(id="_default", classes=" ".join(_kinds(size)))
        self._arrange = arrange

    def on_mount(self) -> None:
        """Apply the styles for the first frame."""
        self._fit(self.app.size)

    def on_resize(self, event: events.Resize) -> None:
        """Apply the styles before Textual lays the screen out: its breakpoints come later, in a second frame."""
        self._fit(event.size)

    def _fit(self, size: Size) -> None:
        kinds = _kinds(size)
        self.update_classes({kind: kind in kinds for _, kind in (*WIDTHS, *HEIGHTS)}, animate=False)
        self._arrange(size.width)

    def render_lines(self, crop: Region) -> list[Strip]:
        """See `PaneRow`; the status line covers the rest."""
        return [Strip.blank(crop.width)] * crop.height


def _kinds(size: Size) -> tuple[str, str]:
    """The width and height classes of a size."""
    return _fitting(WIDTHS, size.width), _fitting(HEIGHTS, size.height)


def _fitting(kinds: Sequence[tuple[int, str]], size: int) -> str:
    return next(kind for least, kind in reversed(kinds) if least <= size)
