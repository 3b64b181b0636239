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
    from collections.abc import Callable, Sequence
    from typing import ClassVar

    from textual.app import ComposeResult
    from textual.binding import BindingType


class Prompt(ModalScreen[str | None]):
    """Asks for a line of text; gives it, or None where the reader left."""

    CSS_PATH = "dialogs.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", show=False),
        Binding("ctrl+c", "copy_or_quit", show=False, priority=True),
    ]
    on_typed: Callable[[str], None] | None = None
    "Told of the text each time that it changes, where it is worth keeping."

    def __init__(
        self, question: str, value: str = "", *, hint: str = "", words: Sequence[str] = (), text: str | None = None
    ) -> None:
        super().__init__()
        self._question = question
        self._value = value
        self._text = value if text is None else text
        "What is in the line at first, where that is more than is saved."
        self._hint = hint or "enter saves · esc leaves"
        self._words = tuple(words)
        "Words that the last one typed is completed to."

    def compose(self) -> ComposeResult:
        """Build the screen."""
        with Container(id="prompt"):
            yield Static(Content(self._question), id="question")
            yield Field(self._text, suggester=LastWord(self._words) if self._words else None, select_on_focus=False)
            yield Static(Content(self._hint), id="hint")

    @property
    def is_changed(self) -> bool:
        """Whether there is a text that is worth keeping and not saved."""
        return self.on_typed is not None and self._text != self._value

    def on_input_changed(self, event: Field.Changed) -> None:
        """Tell of what was typed."""
        if self.on_typed is not None and event.value != self._text:
            self._text = event.value
            self.on_typed(event.value)

    def tell_fault(self, fault: str) -> None:
        """Say why the text would not outlive the program; nothing where it would."""
        self.query_one("#hint", Static).update(Content(f"not kept: {fault}" if fault else self._hint))

    async def action_copy_or_quit(self) -> None:
        """Copy what is selected; where nothing is, quit, which asks."""
        field = self.query_one(Field)
        if field.selected_text:
            field.action_copy()
        else:
            await self.app.run_action("quit")

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
