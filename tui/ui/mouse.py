"""The mouse beyond moving and selecting: borders between the panes, a menu, a highlight's comment."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.events import MouseDown, MouseMove, MouseUp

from tui.ui.panes.main import SLIM, WIDE

if TYPE_CHECKING:
    from textual.events import MouseEvent

    from tui.ui.context import Context
    from tui.ui.panes.bullets import Bullets

DOUBLE = 0.5
"Seconds within which a second press on a border resets both lists to their default widths."
WORDS = {
    "comment": "comment",
    "tags": "tags",
    "copy": "copy",
    "question": "question or none",
    "edit": "open in the editor",
}
"The menu's words for actions, below those that highlight."


class Borders:
    """The draggable borders between the panes."""

    def __init__(self, cx: Context) -> None:
        self._cx = cx
        self._held: int | None = None
        "The border being dragged: 0 behind the episode list, 1 before the right column."
        self._pressed = 0.0
        "The time of the last press on a border."

    def take(self, event: MouseEvent) -> bool:
        """Drag the border between two panes, keeping the event from them; True if the event was used."""
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
        self._cx.store.opened.keep_widths(self._cx.panes.widths)

    def _border_at(self, event: MouseEvent) -> int | None:
        """The border under the mouse."""
        windows, panes = self._cx.windows, self._cx.panes
        if len(windows.screen_stack) > 1 or not panes.bullets.region.y <= event.screen_y < panes.bullets.region.bottom:
            return None
        if windows.size.width >= SLIM and event.screen_x == panes.episodes.region.right - 1:
            return 0
        return 1 if windows.size.width >= WIDE and event.screen_x == panes.bullets.region.right - 1 else None


def show_comment(cx: Context, message: Bullets.Clicked) -> None:
    """Show the comment of the clicked highlight: in the status line, or in a window if it is longer."""
    from rich.cells import cell_len

    from tui.ui.current import comment_and_tags

    position, offset = message.point
    path = cx.store.state.note_of(position.section).path
    here = [mark for mark in cx.display.marks.get(position, ()) if mark.span.start <= offset < mark.span.end]
    found = [cx.store.state.marks_of(path).highlights[mark.id] for mark in here]
    said = [text for highlight in found if (text := comment_and_tags(highlight))]
    text = " · ".join(said)
    if not text:
        return
    if "\n" not in text and cell_len(text) + 4 <= cx.windows.size.width:
        cx.panes.status.say(text)
        return
    from tui.ui.dialogs.text import Sheet, SheetLine

    cx.windows.push_screen(Sheet("Comment", [SheetLine(line) for each in said for line in each.split("\n")]))


def show_menu(cx: Context, message: Bullets.MenuAsked) -> None:
    """Open a menu for the selected phrase or the block."""
    from textual.geometry import Offset

    from tui.core.annotations.choices import Colour
    from tui.keymap import ACTIONS, shown
    from tui.ui.dialogs.menu import Menu, MenuItem

    marking = {f"mark_{colour}": f"mark: {cx.settings.config.colours.get(colour, colour)}" for colour in Colour}
    words = marking | WORDS
    actions = [action for name in words for action in ACTIONS if action.name == name]
    keys = cx.settings.keys
    choices = [MenuItem(words[action.name], "".join(map(shown, keys[action.name][:1]))) for action in actions]

    def chosen(number: int | None) -> None:
        if number is not None:
            cx.windows.perform(actions[number])

    title = "This phrase" if cx.panes.bullets.selection is not None else "This block"
    cx.windows.push_screen(Menu(title, choices, by=Offset(message.x, message.y)), chosen)
