"""The question asked before quitting with unsaved changes."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from textual.binding import Binding
from textual.containers import Container
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from tui.core.notes.sanitise import clean

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import ClassVar

    from textual.app import ComposeResult
    from textual.binding import BindingType


class QuitChoice(StrEnum):
    """The reader's choice; none where they stay."""

    LEAVE = "leave"
    AGAIN = "again"


class Leaving(ModalScreen[QuitChoice | None]):
    """A dialog that lists what is not saved, why, and what becomes of it, and asks whether to quit anyway."""

    CSS_PATH = "dialogs.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("q,ctrl+q", "answer('leave')", show=False),
        Binding("r", "answer('again')", show=False),
        Binding("escape", "answer('')", show=False),
    ]

    def __init__(self, question: str, facts: Sequence[str], hint: str) -> None:
        super().__init__()
        self._question = question
        self._facts = tuple(facts)
        self._hint = hint

    def compose(self) -> ComposeResult:
        """Build the screen."""
        with Container(id="leaving"):
            yield Static(Content(self._question), id="question")
            yield Static(Content(clean("\n".join(self._facts))))
            yield Static(Content(self._hint), id="hint")

    def action_answer(self, answer: str) -> None:
        """Return the reader's choice."""
        self.dismiss(QuitChoice(answer) if answer else None)


def not_saved(count: int, faults: Sequence[str], *, is_kept: bool) -> Leaving:
    """The dialog for changes that cannot be saved.

    Args:
        count: Number of changes.
        faults: The reason, one sentence per note.
        is_kept: True if they are in the state folder, for the next start.
    """
    changes, them = ("1 change is", "it") if count == 1 else (f"{count} changes are", "them")
    fate = f"The next start takes {them} up again." if is_kept else f"Quitting now loses {them}."
    return Leaving(f"{changes} not saved", (*faults, "", fate), "q quits · r tries again · esc stays")


def not_saved_yet(count: int) -> Leaving:
    """The dialog for changes that wait for notes that take long to read."""
    changes, them = ("1 change is", "it") if count == 1 else (f"{count} changes are", "them")
    facts = (
        "The notes are still being looked through.",
        "",
        f"The next start saves {them}; else it is done here.",
    )
    return Leaving(f"{changes} not saved yet", facts, "q quits now · esc stays")


def not_kept(count: int) -> Leaving:
    """The question where so many changes that are not saved yet cannot be kept for the next start."""
    changes, them = ("1 change is", "it") if count == 1 else (f"{count} changes are", "them")
    facts = ("The state folder does not take them, or there was no time.", "", f"Quitting now loses {them}.")
    return Leaving(f"{changes} neither saved nor kept", facts, "q quits now · esc stays")


def not_typed_out(fault: str) -> Leaving:
    """The dialog for a text still being typed; ``fault`` says why it is not kept, and is empty if it is."""
    fate = f"Quitting now loses what you typed: {fault}." if fault else "The next start brings back what you typed."
    return Leaving("What you typed is not saved", (fate,), "q quits · esc goes on typing")
