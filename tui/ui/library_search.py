"""A search through the library: typed, shown hit by hit, and kept up to date while the notes change."""

from __future__ import annotations

import asyncio
import time
from functools import partial
from typing import TYPE_CHECKING

from tui.core.notes.model import TITLE, Position
from tui.core.search import BadQueryError, SlowQueryError
from tui.ui.prompt_line import Request

if TYPE_CHECKING:
    from collections.abc import Callable

    from tui.core.notes.model import Body, Library
    from tui.core.search.prefilter import Prefilter
    from tui.core.search.query import Query
    from tui.core.search.searching import Hit, Known, Search
    from tui.ui.display import Display
    from tui.ui.navigation_history import Departure
    from tui.ui.prompt_line import PromptLine
    from tui.ui.screen import Panes
    from tui.ui.store import Follow, Store, View

BATCH = 0.004
"Seconds of searching before control returns to the event loop."
SHOWN_EVERY = 0.05
"Seconds between frames that only show more hits."


class LibrarySearch:
    """The current search and the previous one."""

    def __init__(self, store: Store, view: View, panes: Panes, prompt: PromptLine, display: Display) -> None:
        self._store = store
        self._view = view
        self._panes = panes
        self._prompt = prompt
        self._display = display
        self.search: Search | None = None
        "The running search and its hits; None if there is none."
        self._last_query: Query | None = None
        "The last successful query, which `n` repeats."
        self._last_hit: Hit | None = None
        "The hit at which the previous search was left."
        self.hit: Hit | None = None
        "The current hit."
        self._came_from: tuple[Position, int] | None = None
        "The position and screen row from which the search started; None once it was entered."
        self._lost: Hit | None = None
        "The former hit, until it is found again in changed notes."
        self._wanted = 0
        "The direction to move once hits are known: -1 or 1, or 0 for none."
        self._prefilters: dict[Body, Prefilter] = {}
        self._names: tuple[Library, dict[int, tuple[str, ...]]] | None = None
        "The searchable names of notes, with the library they belong to."
        self._shown_at = 0.0

    def type(self) -> None:
        """Search while typing."""
        bullets = self._panes.bullets
        bullets.select(None)
        self._panes.focus(bullets)
        self._came_from = bullets.cursor, bullets.cursor_row
        self._prompt.ask(Request("/", self._typed, self._ended, step=self._recall))

    def _recall(self, by: int) -> None:
        """Put the last query into the line for editing."""
        if by < 0 and self._last_query is not None:
            self._prompt.replace(self._last_query.typed)

    def _typed(self, text: str) -> None:
        from tui.core.search.query import read_query

        try:
            query = read_query(text)
        except BadQueryError as error:
            self._forget()
            self._prompt.show_remark(str(error), is_wrong=True)
            return
        if query is None:
            self._forget()
            self._return_to_origin()
            self._prompt.show_remark("")
        else:
            self._begin(query)

    def _ended(self, is_entered: bool) -> None:
        if not is_entered:
            self._forget()
            self._return_to_origin()
        elif not self._prompt.line.text:
            self._came_from = None
            if self.can_go_on:
                self.go_on(1)
            else:
                self._view.say("No search to repeat")
        elif self.search is not None and self.hit is None and not self.search.is_fruitless:
            return  # entered before a hit was found: the first one is still shown when it comes
        else:
            self._settle()
        self._came_from = None
        self._display.show_status()

    def _settle(self) -> None:
        """Stay at the hit of an entered search; without a hit, report that and end the search."""
        if self.search is not None and self.search.is_fruitless:
            self._view.say(f"Nothing found: {self.search.query.typed}", is_warning=True)
            self._forget()
            self._return_to_origin()
        elif self.search is not None:
            self._last_query = self.search.query
            self._panes.show_hints()
        self._came_from = None

    def _return_to_origin(self) -> None:
        """Return to where the search started."""
        if self._came_from is not None:
            self._panes.bullets.place(*self._came_from)

    def _forget(self) -> None:
        """End the search."""
        if self.search is not None and self.search.query is self._last_query:
            self._last_hit = self.hit
        self.search = self.hit = self._lost = None
        self._wanted = 0
        self._panes.bullets.show_hits(None)
        self._panes.episodes.show_hits(None)
        self._panes.show_hints()

    def leave(self) -> None:
        """Clear the hits."""
        if self.search is not None:
            self._forget()
            self._display.show_status()

    # -- the search

    def _begin(self, query: Query, known: Known | None = None) -> None:
        from tui.core.search.searching import Search, names_of

        library = self._store.state.library
        if self._names is None or self._names[0] is not library:
            self._names = library, names_of(library)
        episodes = self._panes.bullets.episodes
        self.search = search = Search(query, episodes, self._origin.section, self._prefilters, known, self._names[1])
        self.hit = None
        self._wanted = 0
        self._view.run_in_background(partial(self._search_on, search), "search", overtakes=True)

    @property
    def _origin(self) -> Position:
        """The position from which to find the first hit; an episode's title belongs to its first block."""
        position = self._came_from[0] if self._came_from is not None else self._panes.bullets.cursor
        return Position(position.section, TITLE) if position.block == 0 else position

    async def _search_on(self, search: Search) -> None:
        """Continue the search in a thread, batch by batch, until it is complete or replaced."""
        while search is self.search:
            try:
                fresh = await asyncio.to_thread(search.go_on, _over_in(BATCH))
            except SlowQueryError:
                if search is self.search:
                    self._stop("The expression takes too long")
                return
            if search is not self.search:
                return
            search.add(fresh)
            self._took_hits(search, has_new=bool(fresh))
            if search.is_done:
                return

    def _stop(self, why: str) -> None:
        query = self.search.query.typed if self.search else ""
        self._forget()
        self._return_to_origin()
        if self._prompt.request is not None:
            self._prompt.show_remark(why, is_wrong=True)
        else:
            self._view.say(f"Search stopped: {query}: {why}", is_warning=True)

    def _took_hits(self, search: Search, *, has_new: bool) -> None:
        """Show the hits found, and go to the wanted one."""
        if self._lost is not None:
            self._find_hit_again(search, self._lost)
        if self._lost is None:
            self._go_to_wanted(search)
        now = time.monotonic()
        if search.is_done or (has_new and now - self._shown_at >= SHOWN_EVERY):
            self._shown_at = now
            self._panes.bullets.show_hits(search.spans, self.hit)
            self._panes.episodes.show_hits(search.count_in)
            self._show_progress()
        if search.is_fruitless and self._came_from is not None:
            self._return_to_origin()
        if self._prompt.request is None and (self.hit is not None or search.is_done):
            self._settle()

    def _go_to_wanted(self, search: Search) -> None:
        """Go to the requested hit; while typing, to the nearest one ahead."""
        if self._wanted:
            self._go_beside(search, self._wanted)
        elif self.hit is None and self._came_from is not None and (hit := search.at_or_after(self._origin, 0)):
            self._show_hit(search, hit)

    def preview(self, hit: Hit) -> None:
        """Go to a hit, if its block still exists in the notes."""
        episodes = self._panes.bullets.episodes
        section, block = hit.position
        if self.search is not None and section < len(episodes) and block < len(episodes[section].blocks):
            self._show_hit(self.search, hit)

    def return_to(self, place: Departure, hit: Hit | None) -> None:
        """Return to a position and to the hit that was current there."""
        self._panes.bullets.place(*place)
        if self.search is not None:
            self.hit = hit
            self._panes.bullets.show_hits(self.search.spans, hit)
            self._show_progress()

    def _show_hit(self, search: Search, hit: Hit) -> None:
        """Go to a hit."""
        self.hit = hit
        self._panes.bullets.go_to(hit.position, hit.span.start)
        self._panes.bullets.show_hits(search.spans, hit)
        self._show_progress()

    def _show_progress(self) -> None:
        if self._prompt.request is not None and self._came_from is not None:
            self._prompt.show_remark(self.detail, is_wrong=self.search is not None and self.search.is_fruitless)
        self._display.show_status()

    @property
    def detail(self) -> str:
        """The status line's detail about the search."""
        search = self.search
        if search is None:
            return ""
        if search.is_fruitless:
            return "No match"
        more = "" if search.is_done else "…"
        if self.hit is not None and self.hit.position == self._panes.bullets.cursor:
            return f"{search.place(self.hit):,} of {search.count:,}{more}"
        return f"{search.count:,} found{more}"

    # -- from hit to hit

    @property
    def can_go_on(self) -> bool:
        """True if there is a search to repeat."""
        return self.search is not None or self._last_query is not None

    def go_on(self, by: int, times: int = 1) -> None:
        """Go to the next or previous hit, wrapping around the library."""
        if self.search is None:
            self._repeat(by)
            return
        if self.search.is_fruitless:
            self._view.say(f"Nothing found: {self.search.query.typed}")
            return
        for _ in range(times):
            self._go_beside(self.search, by)

    def _repeat(self, by: int) -> None:
        """Repeat the last query, and go to its next or previous hit."""
        if self._last_query is not None:
            self._begin(self._last_query)
            self._wanted = by
            if self._last_hit is not None and self._last_hit.position == self._panes.bullets.cursor:
                self._lost = self._last_hit

    def _go_beside(self, search: Search, by: int) -> None:
        """Go to the next or previous hit, waiting until it is known."""
        cursor = self._panes.bullets.cursor
        is_here = self.hit is not None and self.hit.position == cursor
        offset = self.hit.span.start if self.hit is not None and is_here else -1 if by > 0 else 0
        hit = search.neighbour(cursor, offset, by)
        if hit is None:
            self._wanted = 0 if search.is_done else by
            return
        self._wanted = 0
        self._show_hit(search, hit)
        if (
            (hit.position, hit.span.start) <= (cursor, offset)
            if by > 0
            else (hit.position, hit.span.start) >= (cursor, offset)
        ):
            self._view.say("Wrapped to the top" if by > 0 else "Wrapped to the end")

    # -- when the notes change

    def search_again(self, follow: Follow) -> None:
        """Search the changed notes again, keeping hits in unchanged episodes."""
        if self._came_from is not None:
            self._came_from = follow(self._came_from[0]), self._came_from[1]
        if self._prefilters:
            bodies = {episode.body for episode in self._panes.bullets.episodes}
            self._prefilters = {body: raw for body, raw in self._prefilters.items() if body in bodies}
        if self.search is None:
            return
        hit = self.hit or self._lost
        self._begin(self.search.query, self.search.known)
        self._lost = hit._replace(position=follow(hit.position)) if hit is not None else None
        self._took_hits(self.search, has_new=True)

    def _find_hit_again(self, search: Search, lost: Hit) -> None:
        """Make the former hit current again without moving the cursor; if it is gone, no hit is current."""
        spans = search.spans(lost.position)
        if spans:
            self.hit = lost._replace(span=min(spans, key=lambda span: abs(span.start - lost.span.start)))
        if spans or search.is_done:
            self._lost = None


def _over_in(seconds: float) -> Callable[[], bool]:
    """A clock that starts at its first call and returns True once these seconds have passed."""
    end = 0.0

    def is_over() -> bool:
        nonlocal end
        now = time.monotonic()
        end = end or now + seconds
        return now >= end

    return is_over
