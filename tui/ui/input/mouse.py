"""The borders between the panes, which the mouse can drag."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.events import MouseDown, MouseMove, MouseUp

from tui.files.remembered import reader_state
from tui.ui.views.pane_layout import SLIM, WIDE

if TYPE_CHECKING:
    from textual.events import MouseEvent

    from tui.ui.context import Context

DOUBLE = 0.5
"Seconds within which a second press on a border resets both lists to their default widths."


class Borders:
    """The draggable borders between the panes."""

    def __init__(self, cx: Context) -> None:
        self._cx = cx
        self._held: int | None = None
        "The border being dragged: 0 after the episode list, 1 before the right column."
        self._pressed = 0.0
        "The time of the last press on a border."

    def handle(self, event: MouseEvent) -> bool:
        """Drag a border between two panes; True if the event was used and must not reach the panes."""
        panes = self._cx.panes
        if isinstance(event, MouseDown) and event.button == 1:
            border = self._border_at(event)
            is_second = border is not None and event.time - self._pressed < DOUBLE
            self._pressed = event.time if border is not None else 0.0
            self._held = None if is_second else border
            if border is not None and is_second:
                panes.widen(border, 0)
                self._keep()
            return border is not None
        if self._held is None:
            return False
        if isinstance(event, MouseUp):
            self._held = None
            self._keep()
        elif isinstance(event, MouseMove):
            before = panes.widths
            room = self._cx.windows.size.width
            panes.widen(self._held, event.screen_x + 1 if self._held == 0 else room - 1 - event.screen_x)
            if panes.widths != before:
                self._pressed = 0.0
        return True

    def _keep(self) -> None:
        reader_state.save_widths(self._cx.panes.widths)

    def _border_at(self, event: MouseEvent) -> int | None:
        """The border under the mouse."""
        windows, panes = self._cx.windows, self._cx.panes
        if len(windows.screen_stack) > 1 or not panes.bullets.region.y <= event.screen_y < panes.bullets.region.bottom:
            return None
        if windows.size.width >= SLIM and event.screen_x == panes.episodes.region.right - 1:
            return 0
        return 1 if windows.size.width >= WIDE and event.screen_x == panes.bullets.region.right - 1 else None
