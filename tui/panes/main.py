"""The screen that the panes are on, which takes its form from the size of the terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.screen import Screen

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from textual import events
    from textual.geometry import Size

SLIM = 64
"Columns under which the episode list is an overlay too."
WIDE = 100
"Columns from which all three panes stand side by side."
WIDTHS = ((0, "-slim"), (SLIM, "-narrow"), (WIDE, "-wide"), (120, "-roomy"), (150, "-huge"))
"The columns from which on the screen is of a kind, as the styles name it."
HEIGHTS = ((0, "-low"), (14, "-high"))
"The rows from which on it is; where it is low, the line of keys is left out."


class Main(Screen[None], inherit_bindings=False):
    """The one screen; its keys are the app's alone."""

    AUTO_FOCUS = "#bullets"

    def __init__(self, arrange: Callable[[int], None]) -> None:
        super().__init__(id="_default")
        self._arrange = arrange
        "Puts the panes where they belong at a width."

    def on_mount(self) -> None:
        """Be right in the first frame."""
        self._fit(self.app.size)

    def on_resize(self, event: events.Resize) -> None:
        """Have all styles right before Textual lays the screen out: its breakpoints come after, in a second frame."""
        self._fit(event.size)

    def _fit(self, size: Size) -> None:
        kinds = (_fitting(WIDTHS, size.width), _fitting(HEIGHTS, size.height))
        self.update_classes({kind: kind in kinds for _, kind in (*WIDTHS, *HEIGHTS)}, animate=False)
        self._arrange(size.width)


def _fitting(kinds: Sequence[tuple[int, str]], size: int) -> str:
    return next(kind for least, kind in reversed(kinds) if least <= size)
