"""The panes on the screen: visibility, focus, and the lines below them."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from tui.files.remembered import reader_state
from tui.keymap import CHOOSING, FOOTER, OF_PHRASE, SEARCHING
from tui.keys import brief, names_by_key
from tui.ui.lists.entries import EntryKind
from tui.ui.lists.facts import note_name
from tui.ui.lists.hints import key_hints
from tui.ui.panes.bullets import Bullets
from tui.ui.panes.decisions import Decisions
from tui.ui.panes.entries import Entries
from tui.ui.panes.episodes import Episodes
from tui.ui.panes.highlights import Highlights
from tui.ui.panes.questions import Questions
from tui.ui.panes.status import Status
from tui.ui.views.entries import NOWHERE
from tui.ui.views.pane_layout import NARROWEST, PaneLayout, most, pane_layout

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from textual.app import App
    from textual.geometry import Size
    from textual.widget import Widget

    from tui.core.state.model import State
    from tui.ui.prompt_line import PromptLine
    from tui.ui.settings import LiveSettings

PHRASE_HINTS = (
    *("select_mark", "select_begin", "select_word", "mark_yellow", "select_search", "select_other_end"),
    *("comment", "tags", "copy", "select_leave"),
)
"Actions in the footer while a phrase is selected."


class Panes:
    """The episode list, the bullets, the right column and the status line."""

    def __init__(self, app: App[None], settings: LiveSettings, prompt: PromptLine, state: State) -> None:
        self._app = app
        self._settings = settings
        self._prompt = prompt
        self.episodes = Episodes()
        self.bullets = Bullets(settings.config.width, _moving_caret(settings.keys))
        self.bullets.show(state.episodes, partial(note_name, state))
        self.questions = Questions(settings.keys)
        self.highlights = Highlights(settings.keys)
        self.highlights.display = False
        self.side: Questions | Highlights = self.questions
        "The list shown in the right column."
        self.status = Status(self._named(FOOTER))
        self.widths = reader_state.load_widths()
        "The reader's widths of the episode list and right column; 0 for the default."
        self._layout: PaneLayout | None = None
        "The layout that the panes' styles are set for."

    def __iter__(self) -> Iterator[Widget]:
        yield from (self.episodes, self.bullets, self.questions, self.highlights)

    # -- focus and layout

    @property
    def current(self) -> Bullets | Entries:
        """The pane with the focus."""
        focused = self._app.focused
        return focused if isinstance(focused, Bullets | Entries) else self.bullets

    def focus(self, pane: Bullets | Entries) -> None:
        """Focus a pane, and make it visible."""
        if not pane.display:
            pane.display = True  # setting it again would lay the screen out again
        if isinstance(pane, Decisions) and pane.cursor == NOWHERE:
            pane.step(1)
        if pane is self.bullets and self.bullets.selection is None:
            self.bullets.preview({})  # the reader has looked at the position of the list's entry
        self._app.screen.set_focus(pane)
        self.arrange(self._app.size)
        self.show_hints()

    def arrange(self, size: Size) -> None:
        """Show the panes that fit, and the focused one, which overlays the episode list or the bullets if it does not
        fit.
        """
        focused = self._app.focused
        here = self._fit(size)
        for pane in (self.questions, self.highlights):
            pane.display = pane is self.side and (here.has_side or focused is pane)
        self.episodes.display = here.has_episodes or focused is self.episodes

    def widen(self, border: int, width: int) -> None:
        """Set the width of the list at a border, 0 for the default; border 0 follows the episode list."""
        if width:
            width = max(NARROWEST, min(width, most(self._app.size.width)))
        first, second = self.widths
        self.widths = (width, second) if border == 0 else (first, width)
        self._fit(self._app.size)

    def _fit(self, size: Size) -> PaneLayout:
        """Lay out the panes on a screen."""
        here = pane_layout(size.width, size.height, self.widths)
        if self._layout is None or here[2:] != self._layout[2:]:  # setting any style lays the screen out again
            self.episodes.styles.width = here.episodes
            self.questions.styles.width = self.highlights.styles.width = here.side
            self.status.styles.height = here.status
        for pane, width in ((self.episodes, here.episodes), (self.bullets, here.bullets), (self.side, here.side)):
            pane.expected = (width, size.height - here.status)
        self._layout = here
        return here

    def show_entry(self, pane: Entries) -> None:
        """Show the position of a list entry in the bullets; the list may have changed since this was requested."""
        if not pane.is_choosable(pane.cursor):
            return
        if pane is self.episodes:
            self.bullets.top_on(self.episodes.sections[pane.cursor])
        elif isinstance(pane, Decisions):
            where = pane.entries[pane.cursor].where
            self.bullets.preview(dict(where))
            if where:
                self.bullets.go(where[0][0])
                self.bullets.pick(pane.entries[pane.cursor].id)
            self.show_hints()

    @property
    def listed_text(self) -> str:
        """The text under the cursor of the focused list; empty if the bullets have the focus."""
        pane = self.current
        if not isinstance(pane, Decisions) or not pane.is_choosable(pane.cursor):
            return ""
        return pane.entries[pane.cursor].text

    # -- keys in the footer

    def use_keys(self) -> None:
        """Bind the configured keys."""
        keys = self._settings.keys
        self._prompt.use_keys(keys)
        self.bullets.set_keys(_moving_caret(keys))
        for pane in (self.questions, self.highlights):
            pane.set_keys(keys)

    def show_hints(self) -> None:
        """Show the keys that apply now."""
        if not self._app.screen_stack:
            return  # the reader has quit meanwhile
        focused = self._app.focused
        if self._prompt.request is not None:
            keys, request = self._settings.keys, self._prompt.request
            said = [
                (self._settings.written(brief(keys[name][0])), word)
                for name, word in request.hints.items()
                if keys[name]
            ]
            self.status.hint([*said, *request.notation])
        elif self.bullets.selection is not None:
            self.status.hint(self._named(PHRASE_HINTS))
        elif isinstance(focused, Decisions):
            self.status.hint(self._named((*_deciding_keys(focused), "filter", "undo", "help", "palette", "quit")))
        else:
            self.status.hint(self._named(SEARCHING if self.bullets.has_search else FOOTER))

    def _named(self, names: Iterable[str]) -> list[tuple[str, str]]:
        """The keys of these actions with words, for the footer."""
        return key_hints(self._settings.keys, names)


def _moving_caret(keys: Mapping[str, Sequence[str]]) -> Mapping[str, str]:
    """The keys that the bullets handle while a phrase is selected; the others are commands."""
    return names_by_key([action for action in CHOOSING if action.name not in OF_PHRASE], keys)


def _deciding_keys(pane: Decisions) -> Iterator[str]:
    """The actions that apply to the entry under a list's cursor."""
    entry = pane.entry
    if entry is None:
        return
    if entry.row is EntryKind.PLACED:
        if isinstance(pane, Questions):
            yield from ("answered", "answer", "dismiss", "link", "choose")
        else:
            yield from ("choose", "mark_yellow", "delete", "comment", "tags")
        return
    if entry.row is not EntryKind.ORPHAN:
        yield "accept"
    yield "relink"
    if pane.can_decide("keep", entry):
        yield "keep"
    yield "delete"
