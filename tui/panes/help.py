"""The help screen: every action with its keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.segment import Segment
from textual.binding import Binding
from textual.containers import Container
from textual.screen import ModalScreen
from textual.strip import Strip

from tui.panes.keys import ACTIONS, CHOOSING, DECIDING, shown
from tui.panes.lines import Lines, fit

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import ClassVar

    from textual.app import ComposeResult
    from textual.binding import BindingType


class _Keys(Lines):
    """The list of keys."""

    def __init__(self, keys: Mapping[str, Sequence[str]]) -> None:
        super().__init__()
        self._rows: list[tuple[str, str]] = []
        group = ""
        for action in (*ACTIONS, *CHOOSING, *DECIDING):
            if action.group != group:
                group = action.group
                self._rows += [("", ""), (group, "")]
            signs = "  ".join(shown(key) for key in keys[action.name])
            self._rows.append((signs or "no key", action.title))

    def row_count(self) -> int:
        """See `Lines`."""
        return len(self._rows)

    def draw_heading(self, width: int) -> Strip:
        """See `Lines`."""
        inks = self.inks
        title = Segment(fit(" Keys", max(0, width - 14)), inks.panel_title)
        return Strip([title, Segment("esc to close  ", inks.panel_faint)]).adjust_cell_length(width, inks.panel)

    def draw_row(self, row: int, width: int) -> Strip:
        """See `Lines`."""
        inks = self.inks
        keys, title = self._rows[row]
        if not title:
            return Strip([Segment(fit(" " + keys, width), inks.panel_strong)], width)
        column = min(24, width // 2)
        return Strip(
            [
                Segment(fit("   " + keys, column - 1) + " ", inks.panel_accent),
                Segment(fit(title, width - column), inks.panel),
            ],
            width,
        )

    @property
    def background(self) -> object:
        """See `Lines`."""
        return self.inks.panel


class Help(ModalScreen[None]):
    """Every action with its keys; any of the keys that close a window closes it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,question_mark,q,enter", "dismiss", show=False),
        Binding("j,down", "scroll_keys(1)", show=False),
        Binding("k,up", "scroll_keys(-1)", show=False),
        Binding("space,pagedown,ctrl+d", "scroll_keys(12)", show=False),
        Binding("pageup,ctrl+u", "scroll_keys(-12)", show=False),
        Binding("g,home", "scroll_keys(-9999)", show=False),
        Binding("G,end", "scroll_keys(9999)", show=False),
    ]

    def __init__(self, keys: Mapping[str, Sequence[str]]) -> None:
        super().__init__()
        self._keys = keys

    def compose(self) -> ComposeResult:
        """Build the screen."""
        with Container(id="help"):
            yield _Keys(self._keys)

    def on_mount(self) -> None:
        """Let the list take the wheel and the keys."""
        self.query_one(_Keys).focus()

    def action_scroll_keys(self, by: int) -> None:
        """Scroll the list."""
        self.query_one(_Keys).scroll_rows(by)
