"""What the mouse does beyond moving and choosing: widths of panes, a menu, the comment of a highlight."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len
from textual.events import MouseDown, MouseEvent, MouseMove, MouseUp
from textual.geometry import Offset

from tui.core.annotations.choices import Colour
from tui.keymap import ACTIONS, shown
from tui.ui.key_dispatch import KeyingApp
from tui.ui.panes.main import SLIM, WIDE

if TYPE_CHECKING:
    from textual import events

    from tui.core.annotations.highlights import Highlight
    from tui.files.opened import Opened
    from tui.ui.panes.bullets import Bullets

NARROWEST = 16
"Cells that a list has at least."
TEXT_LEAST = 36
"Cells that are left to the bullets."
DOUBLE = 0.5
"Seconds within which a second press on a border gives both lists their usual widths."
WORDS = {
    "comment": "comment",
    "tags": "tags",
    "copy": "copy",
    "question": "question or none",
    "edit": "open in the editor",
}
"The menu's words for actions, under those that mark."


class PointingApp(KeyingApp):
    """An app for the mouse."""

    def __init__(self, opened: Opened) -> None:
        super().__init__(opened)
        self.widths = opened.widths()
        "The widths of the episode list and of the right column that the reader gave them; 0 for the usual one."
        self._sizes: tuple[int | None, int | None] = (None, None)
        "The widths that the lists have in place of those of the styles."
        self._held: int | None = None
        "The border that is being dragged, as its place in ``widths``."
        self._pressed = 0.0
        "When a border was pressed last."

    # -- the borders

    async def on_event(self, event: events.Event) -> None:
        """Drag the border between two panes, which no pane hears of."""
        if isinstance(event, MouseEvent) and not event.is_forwarded and self._takes_drag(event):
            return
        await super().on_event(event)

    def _takes_drag(self, event: MouseEvent) -> bool:
        if isinstance(event, MouseDown) and event.button == 1:
            border = self._border_at(event)
            is_second = border is not None and event.time - self._pressed < DOUBLE
            self._pressed = event.time if border is not None else 0.0
            self._held = None if is_second else border
            if border is not None and is_second:
                self._widen(border, 0)
                self.opened.keep_widths(self.widths)
            return border is not None
        if self._held is None:
            return False
        if isinstance(event, MouseUp):
            self._held = None
            self.opened.keep_widths(self.widths)
        elif isinstance(event, MouseMove):
            before = self.widths
            self._widen(self._held, event.screen_x + 1 if self._held == 0 else self.size.width - 1 - event.screen_x)
            if self.widths != before:
                self._pressed = 0.0
        return True

    def _border_at(self, event: MouseEvent) -> int | None:
        """The border that the mouse is on: 0 behind the episode list, 1 before the right column."""
        if len(self.screen_stack) > 1 or not self.bullets.region.y <= event.screen_y < self.bullets.region.bottom:
            return None
        if self.size.width >= SLIM and event.screen_x == self.episodes.region.right - 1:
            return 0
        return 1 if self.size.width >= WIDE and event.screen_x == self.bullets.region.right - 1 else None

    def _widen(self, border: int, width: int) -> None:
        """Give a pane a width, or 0 for the usual one."""
        if width:
            width = max(NARROWEST, min(width, _most(self.size.width)))
        first, second = self.widths
        self.widths = (width, second) if border == 0 else (first, width)
        self.size_panes(self.size.width)

    def size_panes(self, room: int) -> None:
        """Give the lists beside the bullets the widths that the reader gave them, as far as there is room."""
        first, second = (min(width, _most(room)) or None for width in self.widths)
        sizes = first if room >= SLIM else None, second if room >= WIDE else None
        if sizes != self._sizes:  # to set a style lays the screen out anew, even where it is what it was
            self._sizes = sizes
            for pane, width in zip((self.episodes, self.questions, self.highlights), (*sizes, sizes[1]), strict=True):
                pane.styles.width = width

    # -- a highlight's comment

    def on_bullets_clicked(self, message: Bullets.Clicked) -> None:
        """Show the comment of the highlight that was clicked: in the status line, or as a note where it is longer."""
        spot, offset = message.point
        path = self.state.note_of(spot.section).path
        here = [mark for mark in self.marks.get(spot, ()) if mark.span.start <= offset < mark.span.end]
        found = [self.state.marks_of(path).highlights[mark.id] for mark in here]
        said = [text for highlight in found if (text := said_of(highlight))]
        text = " · ".join(said)
        if not text:
            return
        if "\n" not in text and cell_len(text) + 4 <= self.size.width:
            self.status.say(text)
            return
        from tui.ui.dialogs.text import Line, Sheet

        self.push_screen(Sheet("Comment", [Line(line) for each in said for line in each.split("\n")]))

    # -- the menu

    def on_bullets_menu_asked(self, message: Bullets.MenuAsked) -> None:
        """Offer what can be done with the phrase that is chosen, or the block."""
        from tui.ui.dialogs.menu import Choice, Menu

        marking = {f"mark_{colour}": f"mark: {self.opened.config.colours.get(colour, colour)}" for colour in Colour}
        words = marking | WORDS
        actions = [action for name in words for action in ACTIONS if action.name == name]
        choices = [Choice(words[action.name], "".join(map(shown, self.keys[action.name][:1]))) for action in actions]

        def chosen(number: int | None) -> None:
            if number is not None:
                self.call_next(self.run_action, actions[number].does)

        title = "This phrase" if self.bullets.selection is not None else "This block"
        self.push_screen(Menu(title, choices, by=Offset(message.x, message.y)), chosen)


def _most(room: int) -> int:
    """Cells that a list can have where the screen has so many."""
    return max(NARROWEST, (room - TEXT_LEAST) // (2 if room >= WIDE else 1))


def said_of(highlight: Highlight) -> str:
    """The comment and the tags of a highlight."""
    return " · ".join(filter(None, [highlight.comment, " ".join(f"#{tag}" for tag in highlight.tags)]))
