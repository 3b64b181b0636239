"""A dialog for longer text, such as the answer to a question."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.containers import Container
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from tui.core.notes.sanitise import clean
from tui.keys import hints
from tui.ui.dialogs.fields import Area
from tui.ui.dialogs.windows import bound

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from typing import ClassVar

    from textual.app import ComposeResult
    from textual.binding import BindingType


class WritingDialog(ModalScreen[str | None]):
    """A dialog for text of several lines; it returns the text, or None if the reader cancelled."""

    CSS_PATH = "dialogs.tcss"
    VERTICAL_BREAKPOINTS = [(0, "-low"), (18, "-high")]  # noqa: RUF012  # as Textual declares it
    BINDINGS: ClassVar[list[BindingType]] = [
        bound("area_save", "save", is_first=True),
        bound("text_leave", "leave", is_first=True),
        bound("text_copy", "copy_or_quit", is_first=True),
    ]
    on_typed: Callable[[str], None] | None = None
    "Called with the text on each change."

    def __init__(
        self, title: str, about: str, value: str, keys: Mapping[str, Sequence[str]], *, text: str | None = None
    ) -> None:
        super().__init__()
        self._hint = hints(keys, area_save="saves", text_leave="cancels")
        self._warning = f"Not saved: {hints(keys, text_leave='again discards it', area_save='saves')}"
        self._text = value if text is None else text
        "The initial text, if it differs from the saved value."
        self._title = title
        self._about = about
        "The question being answered."
        self._value = value
        self._is_warned = False

    def compose(self) -> ComposeResult:
        """Build the screen."""
        with Container(id="writing"):
            yield Static(Content(self._title), id="title")
            yield Static(Content(clean(self._about)), id="about")
            yield Area(self._text, tab_behavior="focus", highlight_cursor_line=False, compact=True)
            yield Static(Content(self._hint), id="hint")

    def on_mount(self) -> None:
        """Start at the end of the text."""
        area = self.query_one(Area)
        area.move_cursor(area.document.end)
        area.focus()

    def on_text_area_changed(self) -> None:
        """Report the text written so far; each change allows another warning."""
        text = self.query_one(Area).text
        if text != self._text:
            self._text = text
            self._warn(is_on=False)
            if self.on_typed is not None:
                self.on_typed(text)

    @property
    def is_changed(self) -> bool:
        """True while the text differs from the saved value."""
        return self._text != self._value

    def show_fault(self, fault: str) -> None:
        """Show the reason why the text would be lost with the program; empty if it would not."""
        if not self._is_warned:
            for hint in self.query("#hint").results(Static):  # none yet while the window opens
                hint.update(Content(f"Not kept: {fault}" if fault else self._hint))

    async def action_copy_or_quit(self) -> None:
        """Copy the selected text, or if there is none, quit after asking."""
        area = self.query_one(Area)
        if area.selected_text:
            area.action_copy()
        else:
            await self.app.run_action("quit")

    def action_save(self) -> None:
        """Return the text."""
        self.dismiss(self.query_one(Area).text)

    def action_leave(self) -> None:
        """Close without returning a text; written text is discarded only on a second esc."""
        if not self.is_changed or self._is_warned:
            self.dismiss(None)
        else:
            self._warn(is_on=True)

    def _warn(self, *, is_on: bool) -> None:
        self._is_warned = is_on
        self.query_one("#hint", Static).update(Content(self._warning if is_on else self._hint))
