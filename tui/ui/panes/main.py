"""The screen that the panes are on, which takes its form from the size of the terminal."""

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
"Columns under which the episode list is an overlay too."
WIDE = 100
"Columns from which all three panes stand side by side."
WIDTHS = ((0, "-slim"), (SLIM, "-narrow"), (WIDE, "-wide"), (120, "-roomy"), (150, "-huge"))
"The columns from which on the screen is of a kind, as the styles name it."
HEIGHTS = ((0, "-low"), (14, "-high"))
"The rows from which on it is; where it is low, the line of keys is left out."


class PaneRow(Widget):
    """What the panes stand in, side by side; they cover all of it."""

    def render_lines(self, crop: Region) -> list[Strip]:
        """Nothing that anybody sees: drawing it as other widgets are takes a millisecond of the first frame."""
        return [Strip.blank(crop.width)] * crop.height


class Main(Screen[None], inherit_bindings=False):
    """The one screen; its keys are the app's alone."""

    AUTO_FOCUS = "#bullets"

    def __init__(self, arrange: Callable[[int], None], size: Size) -> None:
        """Make the screen.

        Args:
            arrange: Puts the panes where they belong at a width.
            size: That of the terminal, for which the styles are right from the first frame on.
        """
        super().__init__(id="_default", classes=" ".join(_kinds(size)))
        self._arrange = arrange

    def on_mount(self) -> None:
        """Be right in the first frame."""
        self._fit(self.app.size)

    def on_resize(self, event: events.Resize) -> None:
        """Have all styles right before Textual lays the screen out: its breakpoints come after, in a second frame."""
        self._fit(event.size)

    def _fit(self, size: Size) -> None:
        kinds = _kinds(size)
        self.update_classes({kind: kind in kinds for _, kind in (*WIDTHS, *HEIGHTS)}, animate=False)
        self._arrange(size.width)

    def render_lines(self, crop: Region) -> list[Strip]:
        """See `PaneRow`; the status line covers the rest."""
        return [Strip.blank(crop.width)] * crop.height


def _kinds(size: Size) -> tuple[str, str]:
    """What styles are told of a size."""
    return _fitting(WIDTHS, size.width), _fitting(HEIGHTS, size.height)


def _fitting(kinds: Sequence[tuple[int, str]], size: int) -> str:
    return next(kind for least, kind in reversed(kinds) if least <= size)
