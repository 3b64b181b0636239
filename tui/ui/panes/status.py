"""The widget for the lines at the bottom of the screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.geometry import Offset
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from tui.ui.panes.styling import filtered, inks
from tui.ui.views.status import StatusView

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual import events
    from textual.geometry import Region

    from tui.ui.drawing.styles import Inks


class Status(StatusView, Widget):
    """The status line and, if the screen is high enough, the footer."""

    class HintChosen(Message):
        """The reader clicked a key in the footer."""

        def __init__(self, key: str) -> None:
            super().__init__()
            self.key = key
            "The key, as displayed."

    def __init__(self, hints: Sequence[tuple[str, str]]) -> None:
        super().__init__(hints)
        self.id = "status"

    def redraw(self) -> None:
        """See `StatusView`."""
        self.refresh()

    @property
    def inks(self) -> Inks:
        """See `StatusView`."""
        return inks(self.app)

    def render_lines(self, crop: Region) -> list[Strip]:
        """See `Widget.render_lines`."""
        width = self.size.width
        rows = self.draw(width)
        strips = filtered([Strip(rows[y], width) for y in crop.line_range], self.app)
        if self.caret is not None:
            # The cell where an input method shows its composition.
            self.app.cursor_position = Offset(self.region.x + self.caret, self.region.y)
        return [strip.crop(crop.x, crop.right) for strip in strips]

    def on_click(self, event: events.Click) -> None:
        """Press the key that was clicked, or whose word was."""
        if event.y and (key := self.hint_at(event.x, self.size.width)):
            self.post_message(self.HintChosen(key))
