"""A prompt for a line of text: a comment, tags, a filter."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.containers import Container
from textual.content import Content
from textual.screen import ModalScreen
from textual.suggester import Suggester
from textual.widgets import Static

from tui.keys import hints
from tui.ui.dialogs.fields import Field
from tui.ui.dialogs.windows import bound

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from typing import ClassVar

    from textual.app import ComposeResult
    from textual.binding import BindingType


class Prompt(ModalScreen[str | None]):
    """A dialog for a line of text; returns it, or None if the reader cancelled."""

    CSS_PATH = "dialogs.tcss"
    VERTICAL_BREAKPOINTS = [(0, "-low"), (8, "-high")]  # noqa: RUF012  # as Textual declares it
    BINDINGS: ClassVar[list[BindingType]] = [
        bound("field_save", "save", is_first=True),
        bound("field_complete", "complete", is_first=True),
        bound("text_leave", "leave", is_first=True),
        bound("text_copy", "copy_or_quit", is_first=True),
    ]
    on_typed: Callable[[str], None] | None = None
    "Called with the text on each change, to keep it as a draft."

    def __init__(
        self,
        question: str,
        keys: Mapping[str, Sequence[str]],
        value: str = "",
        *,
        hint: str = "",
        words: Sequence[str] = (),
        text: str | None = None,
    ) -> None:
        super().__init__()
        self._question = question
        self._value = value
        self._text = value if text is None else text
        "The initial text, if it differs from the saved value."
        self._hint = hint or hints(keys, field_save="saves", text_leave="cancels")
        self._words = tuple(words)
        "Completions for the last word typed."

    def compose(self) -> ComposeResult:
        """Build the screen."""
        with Container(id="prompt"):
            yield Static(Content(self._question), id="question")
            yield Field(self._text, suggester=LastWord(self._words) if self._words else None, select_on_focus=False)
            yield Static(Content(self._hint), id="hint")

    @property
    def is_changed(self) -> bool:
        """True while the text differs from the saved value and is worth keeping."""
        return self.on_typed is not None and self._text != self._value

    def on_input_changed(self, event: Field.Changed) -> None:
        """Report the text typed so far."""
        if self.on_typed is not None and event.value != self._text:
            self._text = event.value
            self.on_typed(event.value)

    def show_fault(self, fault: str) -> None:
        """Show the reason why the text would be lost with the program; empty if it would not."""
        for hint in self.query("#hint").results(Static):  # none yet while the window opens
            hint.update(Content(f"Not kept: {fault}" if fault else self._hint))

    def action_complete(self) -> None:
        """Accept the completion shown in the field."""
        field = self.query_one(Field)
        if field.cursor_at_end:
            field.action_cursor_right()

    async def action_copy_or_quit(self) -> None:
        """Copy the selected text, or if there is none, quit after asking."""
        field = self.query_one(Field)
        if field.selected_text:
            field.action_copy()
        else:
            await self.app.run_action("quit")

    def action_save(self) -> None:
        """Return the text."""
        self.dismiss(self.query_one(Field).value)

    def action_leave(self) -> None:
        """Close without returning a text."""
        self.dismiss(None)


class LastWord(Suggester):
    """Completes the last word of the line from a list of words."""

    def __init__(self, words: Sequence[str]) -> None:
        super().__init__(case_sensitive=True)
        self._words = tuple(words)

    async def get_suggestion(self, value: str) -> str | None:
        """The line with its last word completed; None if no word starts like it."""
        start = max(value.rfind(" "), value.rfind(",")) + 1
        last = value[start:].casefold()
        if not last:
            return None
        for word in self._words:
            if word.casefold().startswith(last) and word.casefold() != last:
                return value[:start] + word
        return None
