"""From the state to the panes: computes their contents, in threads if there may be thousands of entries."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from tui.keys import shown
from tui.ui.indexer import LONG
from tui.ui.lists.facts import note_name
from tui.ui.views.entries import AT_ONCE
from tui.ui.views.pane_layout import SLIM

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from tui.core.layout.flow import Flow
    from tui.core.notes.model import Episode, Library, Position
    from tui.core.notes.summary import Summary
    from tui.core.search.episode_filter import Catalogue, Order
    from tui.core.state.model import State
    from tui.core.state.needs import Needs
    from tui.core.state.refresh import Effect
    from tui.ui.drawing.paint import DrawnHighlight
    from tui.ui.indexer import Indexer
    from tui.ui.lists.entries import Grouping, ListEntry
    from tui.ui.lists.highlights import HighlightList
    from tui.ui.lists.overview import Overview
    from tui.ui.lists.questions import QuestionLists
    from tui.ui.screen import Panes
    from tui.ui.settings import LiveSettings
    from tui.ui.store import Follow, Store

NEAR = 8
"Episodes above and below the current one that may be on screen too."


class Prepared(NamedTuple):
    """Everything the panes will show of a state, computed in advance."""

    overview: Overview
    follow: Follow
    flow: Flow | None
    "The bullets laid out around the cursor; None if the text is unchanged or layout takes no time."


class HighlightQuery(NamedTuple):
    """The query that produces the entries of the highlights tab."""

    section: int | None
    "The episode; None for the library."
    query: str
    names: Mapping[str, str]
    "The reader's names for the colours."
    grouping: Grouping


class Display:
    """Shows the state in the panes."""

    def __init__(self, store: Store, panes: Panes, indexer: Indexer, settings: LiveSettings) -> None:
        self._store = store
        self._panes = panes
        self._indexer = indexer
        self._settings = settings
        self.detail: Callable[[], Iterable[str]] = tuple
        "Returns the details of the block under the cursor; set by the app."
        self.mode: Callable[[], str] = str
        "Returns the permanent line of the current mode; set by the app."
        self.whereabouts: Callable[[], str] = str
        "Returns the cursor's position in the notes, in words; set by the app."
        self.left_out = ""
        "Number of notes read and their total, if reading was stopped; empty if none were skipped."
        self.latest: frozenset[Position] = frozenset()
        "The blocks that the last edit changed."
        self._listed = 0
        "The episode that the side lists show."
        self._questions: QuestionLists | None = None
        self._highlights: HighlightList | None = None
        self._prepared: tuple[State, HighlightQuery, Sequence[ListEntry]] | None = None
        """The last entries computed for the highlights tab, with their state and query; None while the tab is
        hidden."""
        self._catalogue: tuple[Library, Catalogue] | None = None
        "The filter and sort data of a library's episodes; None until the list is first filtered or sorted."
        self.order: Order | None = None
        "The order of the episode list; None until it is first filtered or sorted."

    @property
    def highlights(self) -> Mapping[Position, tuple[DrawnHighlight, ...]]:
        """The highlights on screen, by block in document order."""
        return self._indexer.overview.highlights

    @property
    def changes(self) -> Mapping[Position, str]:
        """The change marks on screen, by block in document order."""
        return self._indexer.overview.changes

    def show_first(self) -> None:
        """Show the first frame's content: the episodes and the status line."""
        self._listed = self._panes.bullets.cursor.section
        self._panes.bullets.make_ready()  # everything on screen has its exact height, so the position is exact too
        self.show_episodes()
        self.show_status()

    # -- a new state

    async def prepare(self, state: State, follow: Follow) -> Prepared:
        """Compute everything the panes will show of a state."""
        panes, is_other = self._panes, state.library is not self._store.state.library
        overview = await self._indexer.overview_of(state)
        await asyncio.to_thread(self.sections_of, state.library)
        here, flow = panes.bullets.cursor, None
        if state.episodes and is_other:
            here = await asyncio.to_thread(follow, here)
            await asyncio.to_thread(_parse_long, state.episodes[max(0, here.section - NEAR) : here.section + NEAR + 1])
            flow = await asyncio.to_thread(panes.bullets.laid_out, state.episodes, here)
        await self._list_questions(state)
        await self.list_highlights(state, here.section)
        return Prepared(overview, follow, flow)

    def show(self, before: State, prepared: Prepared) -> None:
        """Show a new state; ``before`` is the one on screen until now."""
        bullets, state = self._panes.bullets, self._store.state
        self._indexer.overview = prepared.overview
        if before.library is not state.library:
            bullets.show(state.episodes, partial(note_name, state), prepared.follow, prepared.flow)

    def show_rest(self) -> None:
        """Show the content of the highlights files, and the lists."""
        overview = self._indexer.overview
        self._panes.bullets.draw_highlights(overview.highlights, overview.signs)
        self.show_changes()
        self.show_lists()

    def show_changes(self) -> None:
        """Draw the change marks."""
        self._panes.bullets.show_changes(self.changes, self.latest)

    def note_edit(self, before: State, effect: Effect) -> None:
        """Record and show the blocks changed by an edit, given the state after it."""
        edits = [(path, edit.diff.places) for path, edit in effect.edits.items() if edit.diff.places]
        if edits:
            position = self._store.state.position
            self.latest = frozenset(position(path, address) for path, places in edits for address in places)
        elif effect.state.library is not before.library:
            self.latest = frozenset(effect.follow(before, position) for position in self.latest)
        self.show_changes()

    async def show_counts(self) -> None:
        """Update the counts of the episodes."""
        async with self._store.turn:
            await self._store.assign_yielding(self._store.state)

    async def show_ages(self) -> None:
        """Update the ages of questions."""
        await self._list_questions(self._store.state)
        self.show_questions()

    # -- the lists

    def show_lists(self) -> None:
        """Update the lists and the status line."""
        self._listed = self._panes.bullets.cursor.section
        self.show_episodes()
        self.show_questions()
        self.show_highlights()
        self.show_status()

    def follow_cursor(self) -> None:
        """Move the lists to the cursor's episode."""
        section = self._panes.bullets.cursor.section
        if section != self._listed:
            self._listed = section
            self._panes.episodes.follow(section)
            # Before they are listed for the first time, importing them here would delay the first keys.
            if not self._panes.questions.of_library and self._questions is not None:
                self.show_questions()
            if not self._panes.highlights.of_library:
                self.show_highlights()

    def show_status(self) -> None:
        """Update the status line."""
        self._panes.status.warn(self._store.unsaved)
        facts = " · ".join(filter(None, (self.left_out, self._indexer.overview.facts)))
        self._panes.status.show_facts(
            facts,
            " · ".join(filter(None, self.detail())),
            mode=self.mode(),
            needs=self._needs(),
            whereabouts=self.whereabouts(),
        )

    @property
    def needs(self) -> Needs | None:
        """Counts of items that need the reader; None without highlights and questions."""
        return self._indexer.overview.needs

    def _needs(self) -> str:
        """Counts of items that need the reader, with the key for them."""
        needs, keys = self.needs, self._settings.keys["side"]
        if not needs or not any(needs):
            return ""
        said = str(needs) if self._panes.status.size.width >= SLIM else needs.brief
        return f"{said}: {shown(keys[0])}" if keys else said

    def cursor_moved(self) -> None:
        """Follow the cursor in the lists and the status line."""
        self.follow_cursor()
        self.show_status()

    # -- the episode list

    def show_episodes(self) -> None:
        """Update the episode list."""
        overview, episodes = self._indexer.overview, self._panes.episodes
        episodes.show(overview.episodes, overview.columns, self.sections_of(self._store.state.library))
        self._panes.bullets.show_counts(overview.episodes)
        episodes.follow(self._panes.bullets.cursor.section)

    def sections_of(self, library: Library) -> Sequence[int]:
        """The listed episodes of a library, in list order; safe in a thread."""
        if self.order is None:
            return range(sum(len(note.episodes) for note in library.notes))
        return self._catalogue_of(library).sections(self._panes.episodes.filter, self.order)

    def _catalogue_of(self, library: Library) -> Catalogue:
        """The filter and sort data of a library's episodes; safe in a thread."""
        known = self._catalogue
        if known is None or known[0] is not library:
            # Imported here, since only a filter or an order needs it.
            from tui.core.search.episode_filter import Catalogue

            known = self._catalogue = library, Catalogue(library.episodes)
        return known[1]

    async def catalogue(self) -> Catalogue:
        """The filter and sort data of the current episodes."""
        return await asyncio.to_thread(self._catalogue_of, self._store.state.library)

    def sort_as_before(self, chosen: str) -> None:
        """Sort the list in the order that the reader chose for these notes in an earlier session."""
        # Imported here, since only a chosen order needs it.
        from tui.core.search.episode_filter import Order

        if chosen in (Order.NEWEST, Order.OLDEST):
            self.order = Order(chosen)
            self._panes.episodes.order = chosen

    # -- the question pane

    def show_questions(self) -> None:
        """Update the question pane."""
        state, panes = self._store.state, self._panes
        if not state.episodes:
            return
        of_library, section = panes.questions.of_library, panes.bullets.cursor.section
        before = panes.questions.entry
        summary_of = self._indexer.known_summary if of_library else self._indexer.summary
        entries = self._question_entries(state, section, summary_of)
        panes.questions.show(entries, None if of_library else section)
        after = panes.questions.entry
        panes.show_hints()
        if panes.current is panes.questions and before and after and panes.questions.is_decided(before):
            panes.show_entry(panes.questions)  # the next question, to which the next key applies

    async def _list_questions(self, state: State) -> None:
        """Compute the entries for `show_questions` in advance, since there may be thousands."""
        if state.episodes:
            section = min(self._panes.bullets.cursor.section, len(state.episodes) - 1)
            await asyncio.to_thread(self._question_entries, state, section, self._indexer.known_summary)

    def _question_entries(
        self, state: State, section: int, summary_of: Callable[[Episode], Summary | None]
    ) -> Sequence[ListEntry]:
        """The questions in one episode of a state, or in all episodes."""
        if self._questions is None:
            from tui.ui.lists.questions import QuestionLists

            self._questions = QuestionLists()
        here = range(len(state.episodes)) if self._panes.questions.of_library else (section,)
        return self._questions.entries(state, here, summary_of, self._panes.questions.filter, self._indexer.age)

    # -- the highlights tab

    def show_highlights(self) -> None:
        """Update the highlights tab."""
        panes, state = self._panes, self._store.state
        if panes.side is not panes.highlights:
            self._prepared = self._highlights = None  # they hold former texts
            return
        query = self._highlight_query(panes.bullets.cursor.section)
        if (entries := self._prepared_entries) is not None:
            panes.highlights.show(entries, query.section)
            panes.show_hints()
        elif sum(len(annotations.highlights) for annotations in state.annotations.values()) <= AT_ONCE:
            panes.highlights.show(self._highlight_entries(state, query), query.section)
            panes.show_hints()
        else:
            self._store.show_in_background(self._show_many_highlights)

    async def _show_many_highlights(self) -> None:
        """Show the highlights once a thread has computed their entries; keys for the list wait meanwhile."""
        await self.list_highlights(self._store.state, self._panes.bullets.cursor.section)
        if self._prepared_entries is not None:
            self.show_highlights()

    async def list_highlights(self, state: State, section: int) -> None:
        """Compute the entries for `show_highlights` in advance, for a state and the cursor's episode."""
        if self._panes.side is self._panes.highlights:
            query = self._highlight_query(section)
            self._prepared = state, query, await asyncio.to_thread(self._highlight_entries, state, query)

    @property
    def _prepared_entries(self) -> Sequence[ListEntry] | None:
        """The tab's current entries; None if they are not computed yet."""
        if self._prepared is None:
            return None
        state, query, entries = self._prepared
        is_this = state is self._store.state and query == self._highlight_query(self._panes.bullets.cursor.section)
        return entries if is_this else None

    def _highlight_query(self, section: int) -> HighlightQuery:
        """The tab's query while the cursor is in an episode."""
        pane = self._panes.highlights
        section_listed = None if pane.of_library else section
        return HighlightQuery(section_listed, pane.filter, self._settings.config.colours, pane.grouping)

    def _highlight_entries(self, state: State, query: HighlightQuery) -> Sequence[ListEntry]:
        """The tab's entries for a state; safe in a thread."""
        from tui.ui.lists.highlights import HighlightList

        self._highlights = self._highlights or HighlightList()
        return self._highlights.entries(state, *query)


def _parse_long(episodes: Iterable[Episode]) -> None:
    """Parse long episodes in advance."""
    for episode in episodes:
        if len(episode.body.utf8) >= LONG:
            episode.body.whole()
