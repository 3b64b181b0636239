"""The line typed at the bottom of the screen while its effect is seen above: a search, a jump, a filter."""

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
    """What a line is typed for."""

    sign: str
    "What stands before it."
    changed: Callable[[str], None]
    "Told of the text each time that it changes."
    ended: Callable[[bool], None]
    "Told once whether the reader entered the line, or left."
    hints: Sequence[tuple[str, str]] = (("enter", "keep"), ("esc", "back"))
    "Keys and words for the last line of the screen."
    keys: Mapping[str, Callable[[], None]] = MappingProxyType({})
    "What other keys do meanwhile."
    pane: Widget | None = None
    "A pane that is about the line; a click elsewhere enters it."


class Bottom(Protocol):
    """The bottom of the screen, where the line is shown."""

    status: Status

    def show_hints(self) -> None:
        """Show the keys for what is going on."""


class PromptLine:
    """Takes a line of text at the bottom of the screen."""

    panes: Bottom
    "Set by the app once they are there."
    line: EditedLine
    "The line as typed so far."

    def __init__(self) -> None:
        self.asked: Request | None = None
        "What the line is for; None while none is typed."

    def ask(self, request: Request, text: str = "") -> None:
        """Take a line of text, at first this one; whatever is typed goes there until it is entered or left."""
        from tui.core.layout.line_editor import EditedLine

        self.asked = request
        self.line = EditedLine(text)
        self.tell("")
        self.panes.show_hints()

    def tell(self, note: str, *, is_wrong: bool = False) -> None:
        """Say beside the line what comes of it."""
        if self.asked is not None:
            self.panes.status.show_typed(Typed(self.asked.sign, self.line, note, is_wrong))

    def end(self, *, is_entered: bool) -> None:
        """Take no line any more."""
        asked, self.asked = self.asked, None
        if asked is not None:
            self.panes.status.show_typed(None)
            asked.ended(is_entered)
            self.panes.show_hints()

    def press(self, event: Key) -> None:
        """Take up a key that is typed into the line, or ends it."""
        from tui.core.layout.line_editor import EDITS

        assert self.asked is not None
        if event.key in ("escape", "ctrl+c") or (event.key in ("backspace", "ctrl+h") and not self.line.text):
            self.end(is_entered=False)
        elif event.key == "enter":
            self.end(is_entered=True)
        elif event.key in self.asked.keys:
            self.asked.keys[event.key]()
        elif event.key in EDITS:
            self._have(EDITS[event.key](self.line))
        elif event.character is not None and event.is_printable:
            self.type(event.character)

    def type(self, text: str) -> None:
        """Type a text into the line, or paste it."""
        from tui.core.layout.line_editor import typed

        self._have(typed(self.line, text))

    def replace(self, text: str) -> None:
        """Have another text in the line, the caret at its end."""
        from tui.core.layout.line_editor import EditedLine

        self._have(EditedLine(text))

    def _have(self, line: EditedLine) -> None:
        before, self.line = self.line, line
        typed = self.panes.status.typed
        if typed is not None:
            self.tell(typed.note, is_wrong=typed.is_wrong)
        if self.asked is not None and line.text != before.text:
            self.asked.changed(line.text)
