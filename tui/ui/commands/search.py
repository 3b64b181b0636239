"""What the keys for searching do: search the library while one types, and go from hit to hit."""

from __future__ import annotations

import asyncio
import time
from functools import partial
from typing import TYPE_CHECKING

from tui.core.notes.model import TITLE, Spot
from tui.ui.prompt_line import Asked, AskingApp

if TYPE_CHECKING:
    from collections.abc import Callable

    from tui.core.notes.model import Body
    from tui.core.search.prefilter import RawText
    from tui.core.search.query import Query
    from tui.core.search.searching import Hit, Known, Search
    from tui.files.opened import Opened

BATCH = 0.004
"Seconds for which the search goes on before the event loop has its turn."
SHOWN_EVERY = 0.05
"Seconds between two frames that only show that more was found."


class SearchingApp(AskingApp):
    """An app whose keys search the library."""

    def __init__(self, opened: Opened) -> None:
        super().__init__(opened)
        self.search: Search | None = None
        "What is searched for, and what was found."
        self._last_query: Query | None = None
        "What was searched for last and found, to be taken up again."
        self._last_hit: Hit | None = None
        "The hit that the last search was at when it was left."
        self.hit: Hit | None = None
        "The hit that the search is at."
        self._came_from: tuple[Spot, int] | None = None
        "Where the reader was when the search began, and the row of the screen; None once it was entered."
        self._lost: Hit | None = None
        "Where the hit was that is to be found again in the notes as they are now."
        self._wanted = 0
        "Which way the reader wants to go once it is known what is there: -1 or 1."
        self._raw_texts: dict[Body, RawText] = {}
        self._shown_at = 0.0

    def action_search(self) -> None:
        """Search while a line is typed."""
        self.bullets.select(None)
        self.focus_bullets()
        self._came_from = self.bullets.cursor, self.bullets.cursor_row
        self.ask_line(Asked("/", self._search_typed, self._search_ended, keys={"up": self._recall}))

    def _recall(self) -> None:
        """Have what was searched for last in the line, to be changed."""
        if self._last_query is not None:
            self.replace_line(self._last_query.typed)

    def _search_typed(self, text: str) -> None:
        from tui.core.search.query import BadQueryError, read_query

        try:
            query = read_query(text)
        except BadQueryError as error:
            self._forget_search()
            self.tell_asked(str(error), is_wrong=True)
            return
        if query is None:
            self._forget_search()
            self._return_to_origin()
            self.tell_asked("")
        else:
            self._begin_search(query)

    def _search_ended(self, is_entered: bool) -> None:
        if not is_entered:
            self._forget_search()
            self._return_to_origin()
        elif not self.line.text:
            self._came_from = None
            self.action_hit(1)
        elif self.search is not None and self.hit is None and not self.search.is_fruitless:
            return  # entered faster than found: the first hit is still gone to
        else:
            self._settle_search()
        self._came_from = None
        self.show_status()

    def _settle_search(self) -> None:
        """Stay at the hit of a search that was entered; where there is none, say so and search no more."""
        if self.search is not None and self.search.is_fruitless:
            self.status.say(f"Nothing found: {self.search.query.typed}", is_warning=True)
            self._forget_search()
            self._return_to_origin()
        elif self.search is not None:
            self._last_query = self.search.query
        self._came_from = None

    def _search_last(self, by: int) -> None:
        """Search for what was searched for last, and go to the next hit or the previous one."""
        if self._last_query is not None:
            self._begin_search(self._last_query)
            self._wanted = by
            if self._last_hit is not None and self._last_hit.spot == self.bullets.cursor:
                self._lost = self._last_hit

    def _return_to_origin(self) -> None:
        """Go back to where the search began."""
        if self._came_from is not None:
            self.bullets.place(*self._came_from)

    def _forget_search(self) -> None:
        """Search for nothing any more."""
        if self.search is not None and self.search.query is self._last_query:
            self._last_hit = self.hit
        self.search = self.hit = self._lost = None
        self._wanted = 0
        self.bullets.show_hits(None)

    def action_leave(self) -> None:
        """Draw no hits any more, and what it does else."""
        if self.search is not None:
            self._forget_search()
            self.show_status()
        super().action_leave()

    # -- the search

    def _begin_search(self, query: Query, known: Known | None = None) -> None:
        from tui.core.search.searching import Search

        episodes = self.bullets.episodes
        origin = self._search_origin.section
        self.search = search = Search(query, episodes, origin, self._raw_texts, known)
        self.hit = None
        self._wanted = 0
        self.do_behind(partial(self._search_on, search), "search", overtakes=True)

    @property
    def _search_origin(self) -> Spot:
        """From where on the first hit is looked for; an episode's title belongs to its first block."""
        spot = self._came_from[0] if self._came_from is not None else self.bullets.cursor
        return Spot(spot.section, TITLE) if spot.block == 0 else spot

    async def _search_on(self, search: Search) -> None:
        """Search on, a batch after the other in a thread, until all is searched or something else is."""
        from tui.core.search.query import SlowQueryError

        while search is self.search:
            try:
                news = await asyncio.to_thread(search.go_on, _over_in(BATCH))
            except SlowQueryError:
                if search is self.search:
                    self._stop_search("the expression takes too long")
                return
            if search is not self.search:
                return
            search.take(news)
            self._took_hits(search, is_news=bool(news))
            if search.is_done:
                return

    def _stop_search(self, why: str) -> None:
        query = self.search.query.typed if self.search else ""
        self._forget_search()
        self._return_to_origin()
        if self.asked is not None:
            self.tell_asked(why, is_wrong=True)
        else:
            self.status.say(f"Search stopped: {query}: {why}", is_warning=True)

    def _took_hits(self, search: Search, *, is_news: bool) -> None:
        """Show what was found, and go where the reader wants to be."""
        if self._lost is not None:
            self._find_hit_again(search, self._lost)
        if self._lost is None:
            self._go_to_wanted(search)
        now = time.monotonic()
        if search.is_done or (is_news and now - self._shown_at >= SHOWN_EVERY):
            self._shown_at = now
            self.bullets.show_hits(search.spans, self.hit)
            self._tell_search()
        if search.is_fruitless and self._came_from is not None:
            self._return_to_origin()
        if self.asked is None and (self.hit is not None or search.is_done):
            self._settle_search()

    def _go_to_wanted(self, search: Search) -> None:
        """Go to the hit that the reader asked for; while one types, to the nearest ahead."""
        if self._wanted:
            self.go_to_hit(self._wanted)
        elif self.hit is None and self._came_from is not None and (hit := search.at_or_behind(self._search_origin, 0)):
            self._show_hit(hit)

    def _show_hit(self, hit: Hit) -> None:
        """Go to a hit."""
        assert self.search is not None
        self.hit = hit
        self.bullets.go_to(hit.spot, hit.span.start)
        self.bullets.show_hits(self.search.spans, hit)
        self._tell_search()

    def _tell_search(self) -> None:
        if self.asked is not None and self._came_from is not None:
            self.tell_asked(self.search_detail(), is_wrong=self.search is not None and self.search.is_fruitless)
        self.show_status()

    def search_detail(self) -> str:
        """What the status line says of the search."""
        search = self.search
        if search is None:
            return ""
        if search.is_fruitless:
            return "nothing found"
        more = "" if search.is_done else "…"
        if self.hit is not None and self.hit.spot == self.bullets.cursor:
            return f"{search.place(self.hit):,} of {search.count:,}{more}"
        return f"{search.count:,} found{more}"

    # -- from hit to hit

    def action_hit(self, by: int) -> None:
        """Go to the next hit, or the previous one, around the ends of the library."""
        if self.search is None:
            if self._last_query is None:
                self.status.say("Nothing is searched for")
            self._search_last(by)
            return
        if self.search.is_fruitless:
            self.status.say(f"Nothing found: {self.search.query.typed}")
            return
        for _ in range(self.times):
            self.go_to_hit(by)

    def go_to_hit(self, by: int) -> None:
        """Go to the next hit, or the previous one; later, where it is not known yet which that is."""
        search, cursor = self.search, self.bullets.cursor
        assert search is not None
        is_here = self.hit is not None and self.hit.spot == cursor
        offset = self.hit.span.start if self.hit is not None and is_here else -1 if by > 0 else 0
        hit = search.beside(cursor, offset, by)
        if hit is None:
            self._wanted = 0 if search.is_done else by
            return
        self._wanted = 0
        self._show_hit(hit)
        if (hit.spot, hit.span.start) <= (cursor, offset) if by > 0 else (hit.spot, hit.span.start) >= (cursor, offset):
            self.status.say("from the top again" if by > 0 else "from the end again")

    # -- when the notes change

    def search_again(self, follow: Callable[[Spot], Spot]) -> None:
        """Search the notes as they are now; what was found in episodes that did not change is kept."""
        if self._came_from is not None:
            self._came_from = follow(self._came_from[0]), self._came_from[1]
        if self._raw_texts:
            bodies = {episode.body for episode in self.bullets.episodes}
            self._raw_texts = {body: raw for body, raw in self._raw_texts.items() if body in bodies}
        if self.search is None:
            return
        hit = self.hit or self._lost
        self._begin_search(self.search.query, self.search.known)
        self._lost = hit._replace(spot=follow(hit.spot)) if hit is not None else None
        self._took_hits(self.search, is_news=True)

    def _find_hit_again(self, search: Search, lost: Hit) -> None:
        """Be at the hit again that the search was at, without moving; where it is gone, at none."""
        spans = search.spans(lost.spot)
        if spans:
            self.hit = lost._replace(span=min(spans, key=lambda span: abs(span.start - lost.span.start)))
        if spans or search.is_done:
            self._lost = None


def _over_in(seconds: float) -> Callable[[], bool]:
    """Whether so many seconds are over since it was first asked."""
    end = 0.0

    def is_over() -> bool:
        nonlocal end
        now = time.monotonic()
        end = end or now + seconds
        return now >= end

    return is_over
