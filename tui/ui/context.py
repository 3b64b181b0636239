"""The context that every command receives."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine, Sequence
    from contextlib import AbstractContextManager

    from textual.geometry import Size
    from textual.screen import Screen

    from tui.core.notes.model import Note
    from tui.keymap import Action
    from tui.ui.display import Display
    from tui.ui.drafts.keeping import DraftKeeper
    from tui.ui.indexer import Indexer
    from tui.ui.library_search import LibrarySearch
    from tui.ui.loading import Loader
    from tui.ui.navigation_history import NavigationHistory
    from tui.ui.panes.offers import Offers
    from tui.ui.prompt_line import PromptLine
    from tui.ui.screen import Panes
    from tui.ui.settings import LiveSettings
    from tui.ui.store import QuestionTarget, Store
    from tui.ui.terminal.theme import Theme

    class Windows(Protocol):
        """Windows over the panes, and the terminal around them; the app provides both."""

        @property
        def size(self) -> Size:
            """Columns and rows of the terminal."""

        @property
        def screen_stack(self) -> list[Screen[Any]]:
            """The panes' screen and the windows over it."""

        @property
        def screen(self) -> Screen[Any]:
            """The topmost window, or the panes' screen."""

        def push_screen(self, screen: Screen[Any], callback: Callable[[Any], None] | None = None) -> Any:
            """Open a window; the callback receives its result."""

        def run_in_background(
            self, work: Callable[[], Coroutine[Any, Any, None]], group: str, *, overtakes: bool = False
        ) -> None:
            """Run work in the background without delaying keys; with ``overtakes`` it cancels unfinished work of its
            group.
            """

        def copy_to_clipboard(self, text: str) -> None:
            """Send a text to the terminal's clipboard."""

        def suspend(self) -> AbstractContextManager[None]:
            """Lend the terminal to another program; raises SuspendNotSupported."""

        def action_suspend_process(self) -> None:
            """Suspend to the shell."""

        def leave(self, code: int = 0) -> None:
            """End the program."""

        def perform(self, action: Action) -> None:
            """Run an action as if its key were pressed, after the current key."""

    class OpenPicker(Protocol):
        """A list above the prompt line to choose one entry from."""

        pane: Offers

        def choose(self) -> None:
            """Choose the entry under the cursor."""


class PendingMove(NamedTuple):
    """A highlight or question that is being moved to another place."""

    path: str
    id: str
    words: str


@dataclass(slots=True)
class Context:
    """Everything a command works on; built once by the app."""

    windows: Windows
    store: Store
    panes: Panes
    display: Display
    prompt: PromptLine
    history: NavigationHistory
    search: LibrarySearch
    loader: Loader
    indexer: Indexer
    settings: LiveSettings
    theme: Theme
    typing: DraftKeeper
    count: int = 1
    "The count typed before the current key."
    moving: PendingMove | None = None
    "The highlight or question being moved, until the reader chooses its place."
    linking: QuestionTarget | None = None
    "The question being linked, until the reader chooses the block that answers it."
    picker: OpenPicker | None = None
    "The list of offers opened last."
    unread: Sequence[Note] = ()
    "The baselines from before everything was last marked as read."
