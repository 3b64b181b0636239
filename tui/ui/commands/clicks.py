"""Actions of a click: a highlight's comment, or a menu for the phrase or the block."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len
from textual.geometry import Offset

from tui.core.annotations.choices import Colour
from tui.keymap import ACTIONS
from tui.keys import shown
from tui.ui.current import comment_and_tags
from tui.ui.dialogs.menu import Menu, MenuItem
from tui.ui.dialogs.text import Sheet, SheetLine

if TYPE_CHECKING:
    from tui.ui.context import Context
    from tui.ui.panes.bullets import Bullets

WORDS = {
    "comment": "comment",
    "tags": "tags",
    "copy": "copy",
    "question": "question or none",
    "edit": "open in the editor",
}
"The menu's words for actions, below those that highlight."


def show_comment(cx: Context, message: Bullets.Clicked) -> None:
    """Show the comment of the clicked highlight: in the status line, or in a window if it is longer."""
    position, offset = message.point
    path = cx.store.state.note_of(position.section).path
    here = [mark for mark in cx.display.highlights.get(position, ()) if mark.span.start <= offset < mark.span.end]
    found = [cx.store.state.annotations_of(path).highlights[mark.id] for mark in here]
    said = [text for highlight in found if (text := comment_and_tags(highlight))]
    text = " · ".join(said)
    if not text:
        return
    if "\n" not in text and cell_len(text) + 4 <= cx.windows.size.width:
        cx.panes.status.say(text)
        return
    cx.windows.push_screen(Sheet("Comment", [SheetLine(line) for each in said for line in each.split("\n")]))


def show_menu(cx: Context, message: Bullets.MenuRequested) -> None:
    """Open a menu for the selected phrase or the block."""
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
