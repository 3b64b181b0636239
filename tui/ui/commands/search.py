"""Search the library, and move between hits."""

from __future__ import annotations

import asyncio
import re
from itertools import islice
from typing import TYPE_CHECKING

from tui.core.notes.model import TITLE, Span
from tui.ui import current
from tui.ui.navigation_history import Departure
from tui.ui.panes.offers import Offer
from tui.ui.picker import Picker, PickerRequest

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tui.core.notes.model import Episode
    from tui.core.search.searching import Hit
    from tui.ui.context import Context

MOST_LISTED = 10_000
"Most hits in the list."
BEFORE = 32
"Characters of a block shown before a hit."
BEHIND = 160
"Characters of a block shown from the start of a hit."


def search(cx: Context) -> None:
    """Search while typing."""
    cx.search.type()


def to_hit(cx: Context, by: int) -> None:
    """Go to the next or previous hit, wrapping around the library."""
    if cx.search.can_go_on:
        cx.search.go_on(by, cx.count)
    else:
        cx.panes.status.say(current.with_hint(cx, "No search to repeat", "search", "searches"))


async def list_hits(cx: Context) -> None:
    """List the hits, one per line; the bullets show the one under the list's cursor."""
    search, bullets = cx.search.search, cx.panes.bullets
    if search is None:
        ended, fresh = ("The search has ended", "next_hit", "repeats it"), ("No search yet", "search", "searches")
        cx.panes.status.say(current.with_hint(cx, *(ended if cx.search.can_go_on else fresh)))
        return
    if not search.count:
        cx.panes.status.say("Nothing found")
        return
    bullets.select(None)
    cx.panes.focus(bullets)
    here, hit_here = Departure(bullets.cursor, bullets.cursor_row), cx.search.hit
    hits = list(islice(search.hits(), MOST_LISTED))
    offers, words = await asyncio.to_thread(_offered, hits, search.episodes)

    def preview(number: int | None) -> None:
        if number is None:
            cx.search.return_to(here, hit_here)
        else:
            cx.search.preview(hits[number])

    def choose(number: int) -> None:
        cx.history.leave_from(here)
        preview(number)

    total = f"{search.count:,} matches" if search.count > 1 else "1 match"
    title = f"{total} · {search.query.typed}" if len(hits) == search.count else f"The first {len(hits):,} of {total}"
    first = hits.index(hit_here) if hit_here in hits else 0
    Picker(
        cx, PickerRequest("matches with", title, "matches", "go", offers, words, choose, preview, MOST_LISTED, first)
    )


def _offered(hits: Sequence[Hit], episodes: Sequence[Episode]) -> tuple[list[Offer], list[str]]:
    """The hits as offers, and the casefolded texts of these."""
    offers = [_offer(hit, episodes[hit.position.section]) for hit in hits]
    return offers, [f"{offer.text} {offer.beside}".casefold() for offer in offers]


def _offer(hit: Hit, episode: Episode) -> Offer:
    """A hit on a line, with its episode at the right."""
    is_title = hit.position.block == TITLE
    text = episode.title if is_title else episode.blocks[hit.position.block].text
    start, end = hit.span
    first = max(0, start - BEFORE)
    lead = "…" if first else ""
    line = lead + re.sub(r"\s", " ", text[first : start + BEHIND])
    shift = len(lead) - first
    return Offer("▸" if is_title else "/", line, "" if is_title else episode.title, Span(start + shift, end + shift))


def stop(cx: Context) -> bool:
    """Clear the hits; True if there was a search."""
    cx.search.leave()
    return False
