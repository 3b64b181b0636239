"""Counts the contents of episodes while no key is pressed, and imports modules that the first keys will need."""

from __future__ import annotations

import asyncio
import sys
import time
from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING

from tui.ui.lists.overview import overview

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping
    from datetime import date, datetime

    from tui.core.notes.model import Body, Episode, Library
    from tui.core.notes.summary import Summary
    from tui.core.state.model import State
    from tui.files.remembered.first_seen import FirstSeen
    from tui.ui.lists.overview import Overview
    from tui.ui.store import Store, View

SLICE = 0.004
"Seconds of work at a time while the reader is idle."
REST = 0.15
"Seconds after a key press without background work."
LONG = 1 << 16
"Size from which an episode is parsed in a thread, in bytes."
MARKING = ("tui.ui.commands.highlights", "tomli_w")
"Modules needed for the first highlight."
SOON = (
    "tui.core.layout.line_editor",
    "tui.core.search.searching",
    "tui.core.search.query",
    "tui.core.search.fuzzy",
    "tui.ui.commands.moving",
    "tui.ui.commands.comments",
    "tui.ui.commands.search",
    "tui.ui.picker",
    "tui.ui.panes.offers",
    "tui.ui.dialogs.help",
    "tui.ui.dialogs.prompt",
)
"Modules needed for the first search, jump and comment."


class Indexer:
    """Summaries of episodes, computed in the background, and the ages of their questions."""

    def __init__(self, store: Store, view: View, first: Overview | None = None) -> None:
        self._store = store
        self._view = view
        self.show_counts: Callable[[], Awaitable[None]]
        "Shows the counts; set by the app."
        self.show_ages: Callable[[], Awaitable[None]]
        "Shows the ages of questions; set by the app."
        self.last_key = 0.0
        "The time of the last key press or click, in seconds of the monotonic clock."
        self.overview: Overview = first or overview(store.state, {})
        "Everything the panes show of the library, from the episodes counted so far."
        self._summaries = dict(self.overview.summaries)
        self._uncounted: list[Episode] = []
        "Episodes without a summary, in reverse order."
        self._first_seen: FirstSeen | None = None
        "The days on which questions were first seen; None until the notes are counted."
        self.age: Callable[[str, str], str] = _no_age
        "Returns the age of a question in a note, for display; replaced each day and with every new question."
        self._aged: date | None = None
        "The day for which these ages hold."
        self._taken_up: Library | None = None
        "The library whose questions have been recorded as seen."

    async def import_soon(self) -> None:
        """Import modules that the first keys would otherwise wait for."""
        await asyncio.to_thread(lambda: self._store.session)
        for module in MARKING:
            await asyncio.to_thread(import_module, module)
        await self._store.complete.wait()
        for module in SOON:
            while module not in sys.modules and (rest := self.last_key + REST - time.monotonic()) > 0:
                await asyncio.sleep(rest)
            await asyncio.to_thread(import_module, module)

    async def overview_of(self, state: State) -> Overview:
        """Everything the panes show of a state."""
        return await asyncio.to_thread(overview, state, dict(self._summaries), self.overview)

    def known_summary(self, episode: Episode) -> Summary | None:
        """The summary of an episode, if it has been counted."""
        return self._summaries.get(episode.body)

    def summary(self, episode: Episode) -> Summary | None:
        """The summary of an episode; None for a long one that has not been counted yet."""
        found = self._summaries.get(episode.body)
        if found is None and len(episode.body.utf8) < LONG:
            found = self._summaries[episode.body] = _summarised(episode)
        return found

    def count(self) -> None:
        """Start counting episodes that have no summary."""
        is_idle = not self._uncounted
        self._summaries = dict(self.overview.summaries)
        episodes = self.overview.state.episodes
        self._uncounted = [episodes[number] for number in reversed(self.overview.unknown)]
        if is_idle:
            self._later(REST)

    def _later(self, seconds: float) -> None:
        asyncio.get_running_loop().call_later(seconds, self._count_in_background)

    def _count_in_background(self) -> None:
        """Count the remaining episodes, one slice at a time while no key is pressed."""
        if self._store.is_closed:
            return
        if time.monotonic() - self.last_key < REST or self._store.is_saving:
            self._later(REST)
            return
        work = partial(self._summary_some, self._uncounted) if self._uncounted else self._show_counts
        self._view.run_in_background(work, "counts")

    async def _show_counts(self) -> None:
        await self.show_counts()

    async def _summary_some(self, waiting: list[Episode]) -> None:
        """Count the last few waiting episodes in a thread, since a single one may take longer than a key can wait."""

        def summaries() -> dict[Body, Summary]:
            end, found = time.monotonic() + SLICE, {}
            for episode in reversed(waiting):
                found[episode.body] = self._summaries.get(episode.body) or _summarised(episode)
                if time.monotonic() > end:
                    break
            return found

        found = await asyncio.to_thread(summaries)
        self._summaries |= found
        del waiting[-len(found) :]
        self._later(SLICE)

    async def keep_first_seen(self) -> None:
        """Record when each question was first seen, once all are counted and whenever there are new ones."""
        now, library = self._store.session.now(), self._store.state.library
        if self._uncounted or (self._aged == now.date() and self._taken_up is library):
            return
        from tui.files.remembered.first_seen import FirstSeen

        first_seen, summaries = self._first_seen or FirstSeen(), dict(self._summaries)
        if not all(episode.body in summaries for episode in self._store.state.episodes):
            return
        is_new = await asyncio.to_thread(_record, first_seen, library, summaries, now)
        self._first_seen, self._taken_up = first_seen, library
        if (is_new or self._aged != now.date()) and not self._store.is_closed:
            self.age, self._aged = partial(first_seen.age, now=now), now.date()
            await self.show_ages()


def _summarised(episode: Episode) -> Summary:
    # Imported here, since the first frame is shown without counts.
    from tui.core.notes.summary import summary

    return summary(episode)


def _record(first_seen: FirstSeen, library: Library, summaries: Mapping[Body, Summary], now: datetime) -> bool:
    """Record the questions of all notes; True if any was seen for the first time."""
    is_new = False
    for note in library.notes:
        asked = (text for episode in note.episodes for _, text in summaries[episode.body].questions)
        is_new |= first_seen.record(note.path, asked, now)
    return is_new


def _no_age(_path: str, _text: str) -> str:
    return ""
