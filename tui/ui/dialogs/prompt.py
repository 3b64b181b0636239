"""A line to type into: a comment, tags, a filter."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.binding import Binding
from textual.containers import Container
from textual.content import Content
from textual.screen import ModalScreen
from textual.suggester import Suggester
from textual.widgets import Static

from tui.ui.dialogs.fields import Field

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import ClassVar

    from textual.app import ComposeResult
    from textual.binding import BindingType


class Prompt(ModalScreen[str | None]):
    """Asks for a line of text; gives it, or None where the reader left."""

    CSS_PATH = "dialogs.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "leave", show=False)]

    def __init__(self, question: str, value: str = "", *, hint: str = "", words: Sequence[str] = ()) -> None:
        super().__init__()
        self._question = question
        self._value = value
        self._hint = hint
        self._words = tuple(words)
        "Words that the last one typed is completed to."

    def compose(self) -> ComposeResult:
        """Build the screen."""
        with Container(id="prompt"):
            yield Static(Content(self._question), id="question")
            yield Field(self._value, suggester=LastWord(self._words) if self._words else None, select_on_focus=False)
            yield Static(Content(self._hint or "enter saves · esc leaves"), id="hint")

    def on_input_submitted(self, event: Field.Submitted) -> None:
        """Give what was typed."""
        self.dismiss(event.value)

    def action_leave(self) -> None:
        """Give nothing."""
        self.dismiss(None)


class LastWord(Suggester):
    """Completes the last word of the line to one of some words."""

    def __init__(self, words: Sequence[str]) -> None:
        super().__init__(case_sensitive=True)
        self._words = tuple(words)

    async def get_suggestion(self, value: str) -> str | None:
        """The line with its last word completed; None where no word begins so."""
        start = max(value.rfind(" "), value.rfind(",")) + 1
        last = value[start:].casefold()
        if not last:
            return None
        for word in self._words:
            if word.casefold().startswith(last) and word.casefold() != last:
                return value[:start] + word
        return None
