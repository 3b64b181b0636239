"""A list of choices over the panes, by the mouse or in a corner, of which one is taken or none."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from rich.cells import cell_len
from rich.segment import Segment
from textual.binding import Binding
from textual.containers import Container
from textual.geometry import Offset
from textual.screen import ModalScreen

from tui.ui.dialogs.windows import closing, going, is_beside
from tui.ui.panes.entries import Entries
from tui.ui.panes.line_pane import HEAD, fit

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import ClassVar

    from textual import events
    from textual.app import ComposeResult
    from textual.binding import BindingType

FRAME = 2
"Cells that the frame takes of the width, and of the height."


class MenuItem(NamedTuple):
    """One line of a menu."""

    text: str
    key: str = ""
    "The key that does the same, or another word beside it."


class _Choices(Entries):
    """The lines of a menu."""

    is_framed = True

    def __init__(self, title: str, choices: Sequence[MenuItem], at: int) -> None:
        super().__init__("choices")
        self._title = title
        self._choices = choices
        self.cursor = at

    def count(self) -> int:
        """See `Entries`."""
        return len(self._choices)

    def entry_height(self, index: int, width: int) -> int:
        """See `Entries`."""
        return 1

    def draw_title(self) -> list[Segment]:
        """See `Entries`."""
        return [Segment(f" {self._title}", self.inks.panel_title)]

    def draw_entry(self, index: int, row: int, width: int) -> list[Segment]:
        """See `Entries`."""
        inks, choice = self.inks, self._choices[index]
        ink = inks.panel_strong if index == self.cursor else inks.panel
        room = max(1, width - cell_len(choice.key) - 1)
        return [Segment(fit(choice.text, room), ink), Segment(choice.key + " ", inks.panel_faint)]


class Menu(ModalScreen[int | None]):
    """Offers choices; gives the number of the one taken, counted from 0, or None where the reader left."""

    CSS_PATH = "dialogs.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        closing("leave"),
        *going("step"),
        Binding("enter,space,l,right", "take", show=False),
    ]

    def __init__(
        self,
        title: str,
        choices: Sequence[MenuItem],
        *,
        by: Offset | None = None,
        at: int = 0,
        looked_at: Callable[[int], None] | None = None,
    ) -> None:
        """Offer choices.

        Args:
            title: What stands above them.
            choices: At least one.
            by: The cell of the screen beside which they are shown; in the corner at the right without.
            at: The choice that the cursor is on at first.
            looked_at: Told of each choice that the cursor comes to.
        """
        super().__init__()
        self._list = _Choices(title, choices, at)
        self._by = by
        self._looked_at = looked_at
        rows = max(cell_len(choice.text) + cell_len(choice.key) for choice in choices)
        self._width = max(rows, cell_len(title)) + 5 + FRAME
        self._height = len(choices) + HEAD + FRAME

    def compose(self) -> ComposeResult:
        """Build the screen."""
        with Container(id="menu"):
            yield self._list

    def on_mount(self) -> None:
        """Let the list take the wheel and the keys."""
        self._list.focus()
        self._place()

    def on_resize(self) -> None:
        """Stay on the screen."""
        self._place()

    def _place(self) -> None:
        """Give the menu its place: whole on the screen, where that has room for it."""
        room = self.app.size
        width, height = min(self._width, room.width), min(self._height, room.height)
        by = self._by or Offset(room.width - width, 0)
        menu = self.query_one("#menu")
        menu.styles.width, menu.styles.height = width, height
        menu.styles.offset = (min(by.x, room.width - width), min(by.y, room.height - height))
        self._list.set_cursor(self._list.cursor)

    def action_step(self, by: int) -> None:
        """Go to another choice."""
        self._list.step(by)
        if self._looked_at:
            self._looked_at(self._list.cursor)

    def action_take(self) -> None:
        """Take the choice that the cursor is on."""
        self.dismiss(self._list.cursor)

    def action_leave(self) -> None:
        """Take none."""
        self.dismiss(None)

    def on_entries_chosen(self, message: Entries.Chosen) -> None:
        """Take the choice that was clicked."""
        message.stop()
        self.dismiss(self._list.cursor)

    def on_click(self, event: events.Click) -> None:
        """Leave with a click beside the menu."""
        if is_beside(event, self.query_one("#menu")):
            self.dismiss(None)
