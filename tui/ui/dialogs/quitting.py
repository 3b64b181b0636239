"""Questions asked before quitting with unsaved changes."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from textual.containers import Container
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from tui.core.notes.sanitise import clean
from tui.keys import hints
from tui.ui.dialogs.windows import bound

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import ClassVar, TypeAlias

    from textual.app import ComposeResult
    from textual.binding import BindingType

    Keys: TypeAlias = Mapping[str, Sequence[str]]


class QuitChoice(StrEnum):
    """The reader's choice; None means to stay."""

    LEAVE = "leave"
    AGAIN = "again"


class Leaving(ModalScreen[QuitChoice | None]):
    """A dialog that lists what is not saved, why, and what will become of it, and asks whether to quit anyway."""

    CSS_PATH = "dialogs.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        bound("leaving_quit", "quit_now"),
        bound("leaving_retry", "retry"),
        bound("leaving_stay", "stay"),
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

    def action_quit_now(self) -> None:
        """Quit nevertheless."""
        self.dismiss(QuitChoice.LEAVE)

    def action_retry(self) -> None:
        """Try again to save."""
        self.dismiss(QuitChoice.AGAIN)

    def action_stay(self) -> None:
        """Close without quitting."""
        self.dismiss(None)


def not_saved(keys: Keys, count: int, faults: Sequence[str], *, is_kept: bool) -> Leaving:
    """The dialog for changes that cannot be saved.

    Args:
        keys: The keys as configured.
        count: Number of changes.
        faults: The reason, one sentence per note.
        is_kept: True if they are in the state folder, for the next start.
    """
    changes, them = ("1 change is", "it") if count == 1 else (f"{count} changes are", "them")
    fate = f"Start earmark again to save {them}" if is_kept else f"Quitting now loses {them}"
    return Leaving(
        f"{changes} not saved",
        (*faults, "", fate),
        hints(keys, leaving_quit="quits", leaving_retry="tries again", leaving_stay="stays"),
    )


def not_saved_yet(keys: Keys, count: int) -> Leaving:
    """The dialog for changes that wait for notes which are still being read."""
    changes, them = ("1 change is", "it") if count == 1 else (f"{count} changes are", "them")
    facts = (
        "The notes are still being read",
        "",
        f"Wait here, or start earmark again later to save {them}",
    )
    return Leaving(f"{changes} not saved yet", facts, hints(keys, leaving_quit="quits now", leaving_stay="stays"))


def not_kept(keys: Keys, count: int) -> Leaving:
    """The dialog for unsaved changes that cannot be kept for the next start."""
    changes, them = ("1 change is", "it") if count == 1 else (f"{count} changes are", "them")
    facts = ("The state folder cannot be written, or there was no time", "", f"Quitting now loses {them}")
    return Leaving(
        f"{changes} neither saved nor kept", facts, hints(keys, leaving_quit="quits now", leaving_stay="stays")
    )


def not_typed_out(keys: Keys, fault: str) -> Leaving:
    """The dialog for a text still being typed; ``fault`` is the reason if it cannot be kept, else empty."""
    fate = (
        f"Quitting now loses what you typed: {fault}"
        if fault
        else "What you typed comes back when you start earmark again"
    )
    return Leaving(
        "What you typed is not saved", (fate,), hints(keys, leaving_quit="quits", leaving_stay="keeps typing")
    )
