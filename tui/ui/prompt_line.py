"""The prompt line at the bottom of the screen, for a search, a jump or a filter with immediate effect."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple, Protocol

from tui.core.layout.line_editor import EDITS, EditedLine, typed
from tui.keymap import LINE
from tui.keys import names_by_key
from tui.ui.views.status import Typed

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from textual.events import Key
    from textual.widget import Widget

    from tui.ui.panes.status import Status

    class Bottom(Protocol):
        """The part of the screen that shows the line."""

        status: Status

        def show_hints(self) -> None:
            """Show the keys that apply now."""


_STEPS = {"line_next": 1, "line_previous": -1}


class Request(NamedTuple):
    """A request for a line of text."""

    sign: str
    "The character before it."
    changed: Callable[[str], None]
    "Called with the text on each change."
    ended: Callable[[bool], None]
    "Called once: with True if the reader pressed enter, False if they cancelled."
    hints: Mapping[str, str] = MappingProxyType({"line_enter": "keep", "line_leave": "back"})
    "Words for the footer, by the actions of their keys."
    notation: Sequence[tuple[str, str]] = ()
    "Syntax that the line supports, with explanations for the footer."
    step: Callable[[int], None] | None = None
    "Called with 1 or -1 by the keys for next and previous; None if there is nothing to move through."
    pane: Widget | None = None
    "The pane that the line applies to; a click elsewhere confirms it."


class PromptLine:
    """Reads a line of text at the bottom of the screen."""

    panes: Bottom
    "Set by the app once the panes exist."
    line: EditedLine
    "The line as typed so far."

    def __init__(self, keys: Mapping[str, Sequence[str]]) -> None:
        self.use_keys(keys)
        self.request: Request | None = None
        "The current request; None while no line is typed."

    def use_keys(self, keys: Mapping[str, Sequence[str]]) -> None:
        """Set the configured keys, by action name."""
        self._does = names_by_key(LINE, keys)

    def ask(self, request: Request, text: str = "") -> None:
        """Read a line of text, starting with the given one; it receives every key until it is confirmed or
        cancelled.
        """
        self.request = request
        self.line = EditedLine(text)
        self.show_remark("")
        self.panes.show_hints()

    def show_remark(self, note: str, *, is_wrong: bool = False) -> None:
        """Show a note about the text's effect next to the line."""
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
        """Handle a key that edits or closes the line."""
        assert self.request is not None
        does = self._does.get(event.key, "")
        if does == "line_leave" or (does == "line_erase" and not self.line.text):
            self.end(is_entered=False)
        elif does == "line_enter":
            self.end(is_entered=True)
        elif does in _STEPS:
            if self.request.step is not None:
                self.request.step(_STEPS[does])
        elif does in EDITS:
            self._have(EDITS[does](self.line))
        elif event.character is not None and event.is_printable:
            self.type(event.character)

    def type(self, text: str) -> None:
        """Insert typed or pasted text."""
        self._have(typed(self.line, text))

    def replace(self, text: str) -> None:
        """Replace the text, with the caret at its end."""
        self._have(EditedLine(text))

    def _have(self, line: EditedLine) -> None:
        before, self.line = self.line, line
        typed = self.panes.status.typed
        if typed is not None:
            self.show_remark(typed.note, is_wrong=typed.is_wrong)
        if self.request is not None and line.text != before.text:
            self.request.changed(line.text)
