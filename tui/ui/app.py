"""The reader as a Textual app: it owns the state, hears the panes, saves, and hands the new state down."""

from __future__ import annotations

import asyncio
import gc
import os
import sys
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING

from tui.keymap import ACTIONS, CHOOSING, DECIDING, does_of, shown
from tui.ui.commands.editor import EditingApp
from tui.ui.commands.episodes import ListingApp
from tui.ui.commands.jump import JumpingApp
from tui.ui.commands.lists import ReviewingApp
from tui.ui.commands.questions import AnsweringApp
from tui.ui.commands.review import DecidingApp
from tui.ui.commands.search import SearchingApp
from tui.ui.indexer import LONG, SurveyingApp
from tui.ui.lists.facts import note_name
from tui.ui.mouse import PointingApp, said_of
from tui.ui.panes.bullets import Bullets
from tui.ui.panes.episodes import Episodes
from tui.ui.panes.highlights import Highlights
from tui.ui.panes.main import SLIM, WIDE, Main, Panes
from tui.ui.panes.questions import Questions
from tui.ui.panes.status import Status
from tui.ui.refreshing import RefreshingApp

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from textual.app import ComposeResult
    from textual.screen import Screen

    from tui.core.notes.model import Episode, Library, Spot
    from tui.core.notes.summary import Survey
    from tui.core.state.model import State
    from tui.files.config import Config
    from tui.files.opened import Opened
    from tui.keymap import Action
    from tui.ui.lists.questions import QuestionLists
    from tui.ui.panes.decisions import Entry
    from tui.ui.panes.entries import Entries
    from tui.ui.settings import Settings

KEEP = 5.0
"Seconds between two looks at whether there is something to remember for the next session."
REMEMBERING = 0.5
"Seconds that this may take at the end."
YIELD = 0.001
"Seconds after which work in a thread lets the event loop go on, so that keys are answered meanwhile."
WRITTEN = 0.01
"Seconds for the thread that writes the first frame to the terminal, before reading on may hold it up."
NEAR = 8
"Episodes above and below the one in hand that may be on screen with it."


class Reader(
    ListingApp,
    AnsweringApp,
    ReviewingApp,
    RefreshingApp,
    SearchingApp,
    JumpingApp,
    SurveyingApp,
    DecidingApp,
    EditingApp,
    PointingApp,
    is_whole=True,
):
    """Three panes over one immutable state."""

    CSS_PATH = "app.tcss"
    ENABLE_COMMAND_PALETTE = False

    def __init__(self, opened: Opened, settings: Settings | None = None) -> None:
        super().__init__(opened, settings)
        self.marks = self.overview.marks
        self.news = self.overview.news
        self._kept_library: Library | None = None
        "The notes in which the place that is remembered was."
        self._question_lists: QuestionLists | None = None

    # -- the screen

    def get_default_screen(self) -> Screen[None]:
        """The screen that the panes are on."""
        return Main(self.arrange, self.size)

    def compose(self) -> ComposeResult:
        """Build the panes."""
        self.episodes = Episodes()
        self.bullets = Bullets(self.config.width, does_of(CHOOSING, self.keys))
        self.bullets.show(self.state.episodes, partial(note_name, self.state))
        deciding = does_of(DECIDING, self.keys)
        self.questions = Questions(deciding)
        self.highlights = Highlights(deciding)
        self.highlights.display = False
        self.side: Questions | Highlights = self.questions
        self.status = Status(self._hints(ACTIONS))
        with Panes(id="panes"):
            yield self.episodes
            yield self.bullets
            yield self.questions
            yield self.highlights
        yield self.status

    def _hints(self, actions: Iterable[Action]) -> list[tuple[str, str]]:
        """The keys that the last line of the screen shows, and a word for each."""
        return [
            (shown(self.keys[action.name][0]), action.hint)
            for action in actions
            if action.hint and self.keys[action.name]
        ]

    def show_hints(self) -> None:
        """Show the keys for what is going on."""
        if self.asked is not None:
            self.status.hint(self.asked.hints)
        elif self.bullets.selection is not None:
            marking = [action for action in ACTIONS if action.name in ("mark", "comment", "tags")]
            self.status.hint(self._hints((*CHOOSING, *marking)))
        elif self.focused is self.highlights:
            usual = [action for action in ACTIONS if action.name in ("choose", "undo", "help", "quit")]
            self.status.hint(self._hints((*DECIDING, *usual)))
        elif self.focused is self.questions:
            names = ("answered", "answer", "dismiss", "link", "choose", "undo", "help", "quit")
            of_questions = [action for action in ACTIONS if action.name in names]
            self.status.hint(self._hints((*of_questions[:-2], *DECIDING[-1:], *of_questions[-2:])))
        else:
            self.status.hint(self._hints(ACTIONS))

    def on_bullets_selection_changed(self) -> None:
        """Other keys count while a phrase is chosen."""
        self.show_hints()

    def on_mount(self) -> None:
        """Show the library as it was read; everything else comes after the first frame."""
        self.return_to_place()
        self.listed = self.bullets.cursor.section
        self.sort_as_before()
        self.show_episodes()
        self.show_status()
        if not self.is_headless and sys.platform != "win32":
            self.end_when_told()
        # The size is what it was, so Textual would draw only what changes; the terminal shows an empty screen.
        self.app_resume_signal.subscribe(self, lambda _: self.refresh(layout=True))
        self.call_after_refresh(self._begin)

    def _begin(self) -> None:
        """What the first frame did not need."""
        gc.freeze()
        self.use_threads()
        sys.setswitchinterval(YIELD)
        self.call_next(self.take_early_keys)
        self.set_timer(WRITTEN, lambda: self.run_worker(self.load(), group="load"))
        self.count()
        self.run_worker(self.import_soon(), group="import")
        self.set_interval(KEEP, self._keep)

    def arrange(self, width: int) -> None:
        """Show the panes that there is room for, and the one that has the focus; what has no room is an overlay."""
        for pane in (self.questions, self.highlights):
            pane.display = pane is self.side and (width >= WIDE or self.focused is pane)
            pane.is_over = width < WIDE
        self.episodes.display = width >= SLIM or self.focused is self.episodes
        self.size_panes(width)

    async def _keep(self) -> None:
        """Remember where the reader is, and where the highlights are, once all of the notes are read."""
        if not (self.is_headless or self.is_leaving or os.isatty(sys.__stdin__.fileno() if sys.__stdin__ else 0)):
            self.exit()  # The terminal is gone, and its signal that says so was ignored.
        if not self.highlights_read.is_set():
            return
        place, library, here = self.where(), self.state.library, self.bullets.cursor.section
        if place is not None and (place != self.kept_place or library is not self._kept_library):
            self.kept_place, self._kept_library = place, library
            note = self.state.note_of(here)
            await self.writing.run(self.opened.keep_place, place)
            await asyncio.to_thread(self.opened.keep_left, note, here - self.state.first_section(note.path))
        await asyncio.to_thread(self.session.keep_settled, self.state)
        await self.keep_first_seen()

    async def on_unmount(self) -> None:
        """End what was begun; what is only remembered is left out where that takes long."""
        self.is_leaving = True
        try:
            with suppress(TimeoutError):
                async with asyncio.timeout(REMEMBERING):
                    await self._keep()
            await self.writing.run(self.session.close)
        finally:
            await self.writing.end()

    async def show_counts(self) -> None:
        """See `SurveyingApp`."""
        async with self.turn:
            self.overview = await self.overview_of(self.state)
            await self._list_questions(self.state)
            self._show_lists()

    async def show_ages(self) -> None:
        """See `SurveyingApp`."""
        await self._list_questions(self.state)
        self.show_questions()

    # -- the state, down to the panes

    async def assign(self, state: State, follow: Callable[[Spot], Spot] = lambda spot: spot) -> None:
        """See `SavingApp`."""
        found = await self.overview_of(state)
        await asyncio.to_thread(self.sections_of, state.library)
        here, flow = self.bullets.cursor, None
        if state.episodes and state.library is not self.state.library:
            here = await asyncio.to_thread(follow, here)
            await asyncio.to_thread(_parse_long, state.episodes[max(0, here.section - NEAR) : here.section + NEAR + 1])
            flow = await asyncio.to_thread(self.bullets.laid_out, state.episodes, here)
        await self._list_questions(state)
        await self.list_highlights(state, here.section)
        old, self.state, self.overview, self.marks, self.news = self.state, state, found, found.marks, found.news
        if not self.screen_stack:
            return  # The reader has quit meanwhile.
        if old.library is not state.library:
            self.bullets.show(state.episodes, partial(note_name, state), follow, flow)
            self.search_again(follow)
            self.follow_trail(follow)
            self.count()
        self.bullets.show_marks(self.marks, found.signs)
        self.bullets.show_news(self.news, self.latest)
        self._show_lists()

    def _show_lists(self) -> None:
        """Hand the lists and the status line what they show."""
        self.listed = self.bullets.cursor.section
        self.show_episodes()
        self.show_questions()
        self.show_highlights()
        self.show_status()

    def show_episodes(self) -> None:
        """Hand the episode list what it lists."""
        self.episodes.show(self.overview.episodes, self.overview.columns, self.sections_of(self.state.library))
        self.episodes.follow(self.bullets.cursor.section)

    def show_questions(self) -> None:
        """Hand the question pane what it lists."""
        if not self.state.episodes:
            return
        of_library, section = self.questions.of_library, self.bullets.cursor.section
        before = self.questions.entry
        entries = self._question_entries(self.state, section, self.known_survey if of_library else self.survey)
        self.questions.show(entries, None if of_library else section)
        after = self.questions.entry
        if self.focused is self.questions and before and after and self.questions.is_decided(before):
            self.show_entry(self.questions)  # the next question, of which the next key will be

    async def _list_questions(self, state: State) -> None:
        """Have at hand what `show_questions` will list of a state, which may be thousands."""
        if state.episodes and self._question_lists is not None:
            section = min(self.bullets.cursor.section, len(state.episodes) - 1)
            await asyncio.to_thread(self._question_entries, state, section, self.known_survey)

    def _question_entries(
        self, state: State, section: int, survey_of: Callable[[Episode], Survey | None]
    ) -> Sequence[Entry]:
        """The questions of an episode of a state, or of all episodes."""
        if self._question_lists is None:
            from tui.ui.lists.questions import QuestionLists

            self._question_lists = QuestionLists()
        here = range(len(state.episodes)) if self.questions.of_library else (section,)
        return self._question_lists.entries(state, here, survey_of, self.questions.filter, self.age)

    def way_out(self) -> str:
        """See `SavingApp`."""
        keys = self.keys["restore"]
        if not keys or not any(marks.is_damaged for marks in self.state.marks.values()):
            return ""
        return f"{shown(keys[0])} brings back the file before the damaged one: "

    def show_status(self) -> None:
        """Hand the status line what it says."""
        self.status.warn(self.unsaved)
        facts = f"{self.unread} · {self.overview.facts}" if self.unread else self.overview.facts
        self.status.tell(facts, self._detail())

    def _detail(self) -> str:
        """What is to be said of the block under the cursor."""
        of_marks = dict.fromkeys(self._said_of_marks())
        said = [self._fault_here(), self.search_detail(), *of_marks, *self.said_of_questions()]
        return " · ".join(each for each in said if each)

    def _said_of_marks(self) -> Iterator[str]:
        """What the colours of the highlights of the block under the cursor mean, and what the reader said of each."""
        if not (here := self.marks.get(self.bullets.cursor)):
            return
        highlights = self.state.marks_of(self.state.note_of(self.bullets.cursor.section).path).highlights
        for mark in here:
            name = self.config.colours.get(mark.colour, mark.colour.value)
            said = said_of(highlights[mark.id])
            yield f"{name}: {said}" if said else name

    def _fault_here(self) -> str:
        """What is to be said where the episode in hand could not be parsed."""
        here = self.state.episodes[self.bullets.cursor.section] if self.state.episodes else None
        return f"shown as plain text: parsing it failed ({here.body.fault})" if here and here.body.fault else ""

    # -- the panes, up

    def on_entries_chosen(self, message: Entries.Chosen) -> None:
        """Go where a list's cursor is."""
        self.show_entry(message.control)
        self.focus_pane(self.bullets)

    def action_help(self) -> None:
        """Show every key."""
        from tui.ui.dialogs.help import help_sheet

        self.push_screen(help_sheet(self.keys))


def _parse_long(episodes: Iterable[Episode]) -> None:
    """Parse the long ones of some episodes, which then are at hand."""
    for episode in episodes:
        if len(episode.body.utf8) >= LONG:
            _ = episode.blocks


def run(path: str | None, config: Config, settings: Settings) -> int:
    """Read notes on the terminal; gives the exit code.

    Raises NotesError where there is nothing to read, CrashError where the reader itself was at fault.
    """
    from tui.files.desktop.keyboard import take_keys_from_terminal
    from tui.files.library import path_to_open
    from tui.files.opened import Opened

    opened = Opened(path_to_open(path, config), config)
    take_keys_from_terminal()
    reader = Reader(opened, settings)
    reader.run(mouse=config.mouse)
    while reader.onward is not None and reader.fault is None:
        onward = reader.onward
        reader = Reader(onward.opened, settings)
        reader.arrive(onward)
        reader.run(mouse=config.mouse)
    if reader.fault is not None:
        from tui.files.crash import reported

        raise reported(reader.fault) from reader.fault
    return reader.return_code or 0
