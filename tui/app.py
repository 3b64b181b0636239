"""The reader as a Textual app: it owns the state, hears the panes, saves, and hands the new state down."""

from __future__ import annotations

import asyncio
import gc
import os
import sys
import time
from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING

from textual.widget import Widget

from tui.actions.answering import AnsweringApp
from tui.actions.deciding import DecidingApp
from tui.actions.editing import EditingApp
from tui.actions.jumping import JumpingApp
from tui.actions.keying import Main
from tui.actions.listing import ListingApp
from tui.actions.moving import SLIM, WIDE
from tui.actions.pointing import PointingApp
from tui.actions.refreshing import RefreshingApp
from tui.actions.reviewing import ReviewingApp
from tui.actions.searching import SearchingApp
from tui.panes.bullets import Bullets
from tui.panes.episodes import Episodes
from tui.panes.highlights import Highlights
from tui.panes.keys import ACTIONS, CHOOSING, DECIDING, does_of, shown
from tui.panes.listing import note_name
from tui.panes.overview import overview
from tui.panes.questions import Questions
from tui.panes.status import Status

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from datetime import date, datetime

    from textual.app import ComposeResult
    from textual.screen import Screen

    from tui.actions.configuring import Settings
    from tui.core.flow import Spot
    from tui.core.model import Body, Episode, Library
    from tui.core.state import State
    from tui.core.survey import Survey
    from tui.files.config import Config
    from tui.files.first_seen import FirstSeen
    from tui.files.opened import Opened
    from tui.panes.decisions import Entry
    from tui.panes.entries import Entries
    from tui.panes.keys import Action
    from tui.panes.overview import Overview
    from tui.panes.question_list import QuestionLists

SLICE = 0.004
"Seconds of work at a time while the reader does nothing."
REST = 0.15
"Seconds after a key in which nothing is done behind."
KEEP = 5.0
"Seconds between two looks at whether there is something to remember for the next session."
YIELD = 0.001
"Seconds after which work in a thread lets the event loop go on, so that keys are answered meanwhile."
WRITTEN = 0.01
"Seconds for the thread that writes the first frame to the terminal, before reading on may hold it up."
LONG = 1 << 16
"Bytes of an episode from which on it is parsed in a thread."
SOON = (
    *("filelock", "tomli_w", "tui.core.line", "tui.core.search", "tui.core.query", "tui.core.jumping"),
    *("tui.actions.offering", "tui.panes.offers", "tui.panes.help", "tui.panes.prompt"),
)
"What the first mark, search, jump and comment import."
NEAR = 8
"Episodes above and below the one in hand that may be on screen with it."


class Reader(
    ListingApp,
    AnsweringApp,
    ReviewingApp,
    RefreshingApp,
    SearchingApp,
    JumpingApp,
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
        self._overview = overview(self.state, {})
        self._surveys = dict(self._overview.surveys)
        self._uncounted: list[Episode] = []
        "Episodes that no survey was made of, the last ones first."
        self.marks = self._overview.marks
        self.news = self._overview.news
        self._kept_library: Library | None = None
        "The notes in which the place that is remembered was."
        self._first_seen: FirstSeen | None = None
        "Since when questions are known; None before the notes are counted."
        self._age: Callable[[str, str], str] = _no_age
        "For how long a question of a note has been known, as it is shown; a new one with each day and new question."
        self._aged: date | None = None
        "The day of that."
        self._taken_up: Library | None = None
        "The notes whose questions are known to it."
        self._question_lists: QuestionLists | None = None

    # -- the screen

    def get_default_screen(self) -> Screen[None]:
        """The screen that the panes are on."""
        return Main(self.arrange)

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
        with Widget(id="panes"):
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
        self.call_after_refresh(self._begin)

    def _begin(self) -> None:
        """What the first frame did not need."""
        gc.freeze()
        sys.setswitchinterval(YIELD)
        self.call_next(self.take_early_keys)
        self.set_timer(WRITTEN, lambda: self.run_worker(self.load(), group="load"))
        self._count(self._overview)
        self.run_worker(self._import_soon(), group="import")
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
            await asyncio.to_thread(self.opened.keep_place, place, note, here - self.state.first_section(note.path))
        await asyncio.to_thread(self.session.keep_settled, self.state)
        await self._keep_first_seen()

    async def _keep_first_seen(self) -> None:
        """Remember since when each question is known, once all are counted, and again when there are others."""
        now, library = self.session.now(), self.state.library
        if self._uncounted or (self._aged == now.date() and self._taken_up is library):
            return
        from tui.files.first_seen import FirstSeen

        first_seen, surveys = self._first_seen or FirstSeen(), dict(self._surveys)
        if not all(episode.body in surveys for episode in self.state.episodes):
            return
        is_new = await asyncio.to_thread(_take_up, first_seen, library, surveys, now)
        self._first_seen, self._taken_up = first_seen, library
        if (is_new or self._aged != now.date()) and not self.is_leaving:
            self._age, self._aged = partial(first_seen.age, now=now), now.date()
            await self._list_questions(self.state)
            self.show_questions()

    async def on_unmount(self) -> None:
        """End what was begun."""
        self.is_leaving = True
        await self._keep()
        await asyncio.to_thread(self.session.close)

    # -- behind: what is done while the reader does nothing

    async def _import_soon(self) -> None:
        """Import what the first of some keys would wait for."""
        await self.highlights_read.wait()
        for module in SOON:
            while module not in sys.modules and (rest := self.last_key + REST - time.monotonic()) > 0:
                await asyncio.sleep(rest)
            await asyncio.to_thread(import_module, module)

    def _count(self, found: Overview) -> None:
        """Begin to count what the episodes hold."""
        is_idle = not self._uncounted
        self._surveys = dict(found.surveys)
        episodes = found.state.episodes
        self._uncounted = [episodes[number] for number in reversed(found.unknown)]
        if is_idle:
            self.set_timer(REST, self._survey_behind)

    def _survey_behind(self) -> None:
        """Count what the episodes hold that nobody looked at yet, a slice at a time while no key is pressed."""
        if time.monotonic() - self.last_key < REST:
            self.set_timer(REST, self._survey_behind)
            return
        if self._uncounted:
            self.run_worker(self._survey_some(self._uncounted), group="counts")
        else:
            self.run_worker(self._show_counts(), group="counts")

    async def _survey_some(self, waiting: list[Episode]) -> None:
        """Count what the last of some episodes hold, in a thread: one alone may take longer than a key can wait."""
        from tui.core.survey import survey

        def surveys() -> dict[Body, Survey]:
            end, found = time.monotonic() + SLICE, {}
            for episode in reversed(waiting):
                found[episode.body] = self._surveys.get(episode.body) or survey(episode)
                if time.monotonic() > end:
                    break
            return found

        found = await asyncio.to_thread(surveys)
        self._surveys |= found
        del waiting[-len(found) :]
        self.set_timer(SLICE, self._survey_behind)

    async def _show_counts(self) -> None:
        """Show what was counted."""
        async with self.turn:
            self._overview = await asyncio.to_thread(overview, self.state, dict(self._surveys), self._overview)
            await self._list_questions(self.state)
            self._show_lists()

    # -- the state, down to the panes

    async def assign(self, state: State, follow: Callable[[Spot], Spot] = lambda spot: spot) -> None:
        """See `SavingApp`."""
        found = await asyncio.to_thread(overview, state, dict(self._surveys), self._overview)
        await asyncio.to_thread(self.sections_of, state.library)
        here, flow = self.bullets.cursor, None
        if state.episodes and state.library is not self.state.library:
            here = await asyncio.to_thread(follow, here)
            await asyncio.to_thread(_parse_long, state.episodes[max(0, here.section - NEAR) : here.section + NEAR + 1])
            flow = await asyncio.to_thread(self.bullets.laid_out, state.episodes, here)
        await self._list_questions(state)
        await self.list_highlights(state, here.section)
        old, self.state, self._overview, self.marks, self.news = self.state, state, found, found.marks, found.news
        if not self.screen_stack:
            return  # The reader has quit meanwhile.
        if old.library is not state.library:
            self.bullets.show(state.episodes, partial(note_name, state), follow, flow)
            self.search_again(follow)
            self.follow_trail(follow)
            self._count(found)
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
        self.episodes.show(self._overview.episodes, self._overview.columns, self.sections_of(self.state.library))
        self.episodes.follow(self.bullets.cursor.section)

    def show_questions(self) -> None:
        """Hand the question pane what it lists."""
        if not self.state.episodes:
            return
        of_library, section = self.questions.of_library, self.bullets.cursor.section
        before = self.questions.entry
        entries = self._question_entries(self.state, section, self.known_survey if of_library else self._survey)
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
            from tui.panes.question_list import QuestionLists

            self._question_lists = QuestionLists()
        here = range(len(state.episodes)) if self.questions.of_library else (section,)
        return self._question_lists.entries(state, here, survey_of, self.questions.filter, self._age)

    def way_out(self) -> str:
        """See `SavingApp`."""
        keys = self.keys["restore"]
        if not keys or not any(marks.is_damaged for marks in self.state.marks.values()):
            return ""
        return f"{shown(keys[0])} brings back the file before the damaged one: "

    def show_status(self) -> None:
        """Hand the status line what it says."""
        self.status.warn(self.unsaved)
        self.status.tell(self._overview.facts, self._detail())

    def _detail(self) -> str:
        """What is to be said of the block under the cursor."""
        here = self.marks.get(self.bullets.cursor, ())
        names = [self.config.colours.get(mark.colour, mark.colour.value) for mark in here]
        said = [self._fault_here(), self.search_detail(), *dict.fromkeys(names), *self.said_of_questions()]
        return " · ".join(each for each in said if each)

    def _fault_here(self) -> str:
        """What is to be said where the episode in hand could not be parsed."""
        here = self.state.episodes[self.bullets.cursor.section] if self.state.episodes else None
        return f"shown as plain text: parsing it failed ({here.body.fault})" if here and here.body.fault else ""

    def known_survey(self, episode: Episode) -> Survey | None:
        """See `MovingApp`."""
        return self._surveys.get(episode.body)

    def _survey(self, episode: Episode) -> Survey | None:
        """What an episode holds; of a long one None until it was counted behind."""
        found = self._surveys.get(episode.body)
        if found is None and len(episode.body.utf8) < LONG:
            from tui.core.survey import survey

            found = self._surveys[episode.body] = survey(episode)
        return found

    # -- the panes, up

    def on_entries_chosen(self, message: Entries.Chosen) -> None:
        """Go where a list's cursor is."""
        self.show_entry(message.control)
        self.focus_pane(self.bullets)

    def action_help(self) -> None:
        """Show every key."""
        from tui.panes.help import help_sheet

        self.push_screen(help_sheet(self.keys))


def _take_up(first_seen: FirstSeen, library: Library, surveys: Mapping[Body, Survey], now: datetime) -> bool:
    """Take up what all notes ask; whether anything was seen for the first time."""
    is_new = False
    for note in library.notes:
        asked = (text for episode in note.episodes for _, text in surveys[episode.body].questions)
        is_new |= first_seen.take_up(note.path, asked, now)
    return is_new


def _no_age(_path: str, _text: str) -> str:
    return ""


def _parse_long(episodes: Iterable[Episode]) -> None:
    """Parse the long ones of some episodes, which then are at hand."""
    for episode in episodes:
        if len(episode.body.utf8) >= LONG:
            _ = episode.blocks


def run(path: str | None, config: Config, settings: Settings) -> int:
    """Read notes on the terminal; gives the exit code.

    Raises NotesError where there is nothing to read, CrashError where the reader itself was at fault.
    """
    from tui.files.keyboard import take_keys_from_terminal
    from tui.files.library import sample_path
    from tui.files.opened import Opened

    opened = Opened(path or config.notes or sample_path(), config)
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
