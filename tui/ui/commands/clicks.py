"""Actions of a click: show a highlight's comment, or open a menu for the phrase or block."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len
from textual.geometry import Offset

from tui.core.annotations.choices import Colour
from tui.keymap import ACTIONS
from tui.ui import current
from tui.ui.dialogs.menu import Menu, MenuItem
from tui.ui.dialogs.text import Sheet, SheetLine

if TYPE_CHECKING:
    from tui.ui.context import Context
    from tui.ui.panes.bullets import Bullets

WORDS = {
    "comment": "comment",
    "tags": "tags",
    "copy": "copy",
    "question": "question: yes or no",
    "edit": "open in the editor",
}
"Menu items for actions, listed below those that highlight."


def show_comment(cx: Context, message: Bullets.Clicked) -> None:
    """Show the comment of the clicked highlight, in the status line or, if it is longer, in a window."""
    position, offset = message.point
    path = cx.store.state.note_of(position.section).path
    here = [mark for mark in cx.display.highlights.get(position, ()) if mark.span.start <= offset < mark.span.end]
    found = [cx.store.state.annotations_of(path).highlights[mark.id] for mark in here]
    said = [text for highlight in found if (text := current.comment_and_tags(highlight))]
    text = " · ".join(said)
    if not text:
        return
    if "\n" not in text and cell_len(text) + 4 <= cx.windows.size.width:
        cx.panes.status.say(text)
        return
    cx.windows.push_screen(Sheet("Comment", [SheetLine(line) for each in said for line in each.split("\n")]))


def show_menu(cx: Context, message: Bullets.MenuRequested) -> None:
    """Open a menu for the selected phrase, the highlight under the mouse, or the block."""
    is_highlight = cx.panes.bullets.selection is None and current.highlight(cx) is not None
    verb = "colour" if is_highlight else "highlight"
    words = {f"mark_{colour}": f"{verb}: {current.colour_name(cx, colour)}" for colour in Colour} | WORDS
    if is_highlight:
        words |= {"adjust": "resize highlight", "delete": "remove highlight"}
    actions = [next(action for action in ACTIONS if action.name == name) for name in words]
    choices = [MenuItem(words[action.name], current.key(cx, action.name)) for action in actions]

    def chosen(number: int | None) -> None:
        if number is not None:
            cx.windows.perform(actions[number])

    is_phrase = cx.panes.bullets.selection is not None
    title = "This phrase" if is_phrase else "This highlight" if is_highlight else "This bullet"
    cx.windows.push_screen(Menu(title, choices, by=Offset(message.x, message.y)), chosen)
