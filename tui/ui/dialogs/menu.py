"""A menu over the panes, at the mouse or in a corner, for making one choice or none."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from rich.cells import cell_len
from rich.segment import Segment
from textual.containers import Container
from textual.geometry import Offset
from textual.screen import ModalScreen

from tui.ui.dialogs.windows import bound, going, is_beside
from tui.ui.panes.entries import Entries
from tui.ui.views.lines import HEAD, fit

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import ClassVar

    from textual import events
    from textual.app import ComposeResult
    from textual.binding import BindingType

FRAME = 2
"Cells that the frame adds to width and height."


class MenuItem(NamedTuple):
    """One line of a menu."""

    text: str
    key: str = ""
    "The key for the same action, or other text next to it."


class _Choices(Entries):
    """The list of choices."""

    is_framed = True

    def __init__(self, title: str, choices: Sequence[MenuItem], at: int) -> None:
        super().__init__()
        self.id = "choices"
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
    """A menu that returns the index of the choice, or None if the reader cancelled."""

    CSS_PATH = "dialogs.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        bound("window_close", "leave"),
        *going("step"),
        bound("menu_take", "take"),
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
        """Set up the choices.

        Args:
            title: The title above them.
            choices: The choices, at least one.
            by: The screen cell to open next to; without it, the menu opens in the right corner.
            at: The choice under the cursor at first.
            looked_at: Called with each choice that the cursor moves to.
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
        """Focus the list, which then also receives wheel events."""
        self._list.focus()
        self._place()

    def on_resize(self) -> None:
        """Keep the menu on the screen."""
        self._place()

    def _place(self) -> None:
        """Position the menu so that all of it is on the screen, if it fits."""
        room = self.app.size
        width, height = min(self._width, room.width), min(self._height, room.height)
        by = self._by or Offset(room.width - width, 0)
        menu = self.query_one("#menu")
        menu.styles.width, menu.styles.height = width, height
        menu.styles.offset = (min(by.x, room.width - width), min(by.y, room.height - height))

    def action_step(self, by: int) -> None:
        """Move to another choice."""
        self._list.step(by)
        if self._looked_at:
            self._looked_at(self._list.cursor)

    def action_take(self) -> None:
        """Return the choice under the cursor."""
        self.dismiss(self._list.cursor)

    def action_leave(self) -> None:
        """Close without a choice."""
        self.dismiss(None)

    def on_entries_chosen(self, message: Entries.Chosen) -> None:
        """Return the clicked choice."""
        message.stop()
        self.dismiss(self._list.cursor)

    def on_click(self, event: events.Click) -> None:
        """Close on a click outside the menu."""
        if is_beside(event, self.query_one("#menu")):
            self.dismiss(None)
