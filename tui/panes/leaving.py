"""The question before quitting while something is not saved."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from textual.binding import Binding
from textual.containers import Container
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from tui.core.sanitise import clean

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import ClassVar

    from textual.app import ComposeResult
    from textual.binding import BindingType


class Answer(StrEnum):
    """What a reader wants done; none where they stay."""

    LEAVE = "leave"
    AGAIN = "again"


class Leaving(ModalScreen[Answer | None]):
    """Says what is not saved, and why, and what becomes of it; asks whether to quit all the same."""

    CSS_PATH = "dialogues.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("q,ctrl+q", "answer('leave')", show=False),
        Binding("r", "answer('again')", show=False),
        Binding("escape", "answer('')", show=False),
    ]

    def __init__(self, count: int, faults: Sequence[str], *, is_kept: bool) -> None:
        super().__init__()
        self._count = count
        self._faults = tuple(faults)
        "Why it is not saved, a sentence for each note."
        self._is_kept = is_kept
        "Whether it is in the state folder, for the next start."

    def compose(self) -> ComposeResult:
        """Build the screen."""
        count, them = ("1 change is", "it") if self._count == 1 else (f"{self._count} changes are", "them")
        fate = f"The next start takes {them} up again." if self._is_kept else f"Quitting now loses {them}."
        with Container(id="leaving"):
            yield Static(Content(f"{count} not saved"), id="question")
            yield Static(Content(clean("\n".join((*self._faults, "", fate)))))
            yield Static(Content("q quits · r tries again · esc stays"), id="hint")

    def action_answer(self, answer: str) -> None:
        """Give what the reader wants done."""
        self.dismiss(Answer(answer) if answer else None)
