"""A few lines to write into: the answer to a question."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.binding import Binding
from textual.containers import Container
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from tui.core.notes.sanitise import clean
from tui.ui.dialogs.fields import Area

if TYPE_CHECKING:
    from typing import ClassVar

    from textual.app import ComposeResult
    from textual.binding import BindingType

HINT = "ctrl+s saves · esc leaves"
WARNING = "not saved: esc again throws it away · ctrl+s saves"


class Writing(ModalScreen[str | None]):
    """Asks for a text of several lines; gives it, or None where the reader left."""

    CSS_PATH = "dialogs.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "save", show=False, priority=True),
        Binding("escape", "leave", show=False, priority=True),
    ]

    def __init__(self, title: str, about: str, value: str) -> None:
        super().__init__()
        self._title = title
        self._about = about
        "What is answered."
        self._value = value
        self._is_warned = False

    def compose(self) -> ComposeResult:
        """Build the screen."""
        with Container(id="writing"):
            yield Static(Content(self._title), id="title")
            yield Static(Content(clean(self._about)), id="about")
            yield Area(self._value, tab_behavior="focus", highlight_cursor_line=False, compact=True)
            yield Static(Content(HINT), id="hint")

    def on_mount(self) -> None:
        """Begin at the end of what is there."""
        area = self.query_one(Area)
        area.move_cursor(area.document.end)
        area.focus()

    def on_text_area_changed(self) -> None:
        """What is written after the warning is worth another one."""
        self._warn(is_on=False)

    def action_save(self) -> None:
        """Give what was written."""
        self.dismiss(self.query_one(Area).text)

    def action_leave(self) -> None:
        """Give nothing; what was written is thrown away only when the reader says so twice."""
        if self.query_one(Area).text == self._value or self._is_warned:
            self.dismiss(None)
        else:
            self._warn(is_on=True)

    def _warn(self, *, is_on: bool) -> None:
        self._is_warned = is_on
        self.query_one("#hint", Static).update(Content(WARNING if is_on else HINT))
