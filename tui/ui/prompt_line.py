"""The prompt line at the bottom of the screen, with its effect shown above: a search, a jump, a filter."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple, Protocol

from tui.ui.panes.status import Typed

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from textual.events import Key
    from textual.widget import Widget

    from tui.core.layout.line_editor import EditedLine
    from tui.ui.panes.status import Status


class Request(NamedTuple):
    """A request for a typed line."""

    sign: str
    "The sign before it."
    changed: Callable[[str], None]
    "Called with the text on each change."
    ended: Callable[[bool], None]
    "Called once: with True if the reader entered the line, False if they cancelled."
    hints: Sequence[tuple[str, str]] = (("enter", "keep"), ("esc", "back"))
    "Keys and words for the last line of the screen."
    keys: Mapping[str, Callable[[], None]] = MappingProxyType({})
    "Other keys with their effects, while the line is typed."
    pane: Widget | None = None
    "The pane that the line applies to; a click elsewhere enters it."


class Bottom(Protocol):
    """The part of the screen that shows the line."""

    status: Status

    def show_hints(self) -> None:
        """Show the keys that apply now."""


class PromptLine:
    """Takes a line of text at the bottom of the screen."""

    panes: Bottom
    "Set by the app once the panes exist."
    line: EditedLine
    "The line as typed so far."

    def __init__(self) -> None:
        self.request: Request | None = None
        "The current request; None while no line is typed."

    def ask(self, request: Request, text: str = "") -> None:
        """Take a line of text, starting with the given one; every key goes there until it is entered or cancelled."""
        from tui.core.layout.line_editor import EditedLine

        self.request = request
        self.line = EditedLine(text)
        self.tell("")
        self.panes.show_hints()

    def tell(self, note: str, *, is_wrong: bool = False) -> None:
        """Show a note about the text's effect beside the line."""
        if self.request is not None:
            self.panes.status.show_typed(Typed(self.request.sign, self.line, note, is_wrong))

    def end(self, *, is_entered: bool) -> None:
        """Close the line."""
        request, self.request = self.request, None
        if request is not None:
            self.panes.status.show_typed(None)
            request.ended(is_entered)
            self.panes.show_hints()

    def press(self, event: Key) -> None:
        """Handle a key that edits the line, or ends it."""
        from tui.core.layout.line_editor import EDITS

        assert self.request is not None
        if event.key in ("escape", "ctrl+c") or (event.key in ("backspace", "ctrl+h") and not self.line.text):
            self.end(is_entered=False)
        elif event.key == "enter":
            self.end(is_entered=True)
        elif event.key in self.request.keys:
            self.request.keys[event.key]()
        elif event.key in EDITS:
            self._have(EDITS[event.key](self.line))
        elif event.character is not None and event.is_printable:
            self.type(event.character)

    def type(self, text: str) -> None:
        """Insert a typed or pasted text."""
        from tui.core.layout.line_editor import typed

        self._have(typed(self.line, text))

    def replace(self, text: str) -> None:
        """Replace the text, with the caret at its end."""
        from tui.core.layout.line_editor import EditedLine

        self._have(EditedLine(text))

    def _have(self, line: EditedLine) -> None:
        before, self.line = self.line, line
        typed = self.panes.status.typed
        if typed is not None:
            self.tell(typed.note, is_wrong=typed.is_wrong)
        if self.request is not None and line.text != before.text:
            self.request.changed(line.text)
