"""Jump to an episode, heading, highlight or question by typing part of its text."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from tui.core.notes.model import TITLE, Position
from tui.ui.navigation_history import Departure
from tui.ui.panes.offers import Offer
from tui.ui.picker import Picker, PickerRequest
from tui.ui.views.flow import MARGIN

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tui.ui.context import Context
    from tui.ui.panes.bullets import Bullets


async def jump(cx: Context) -> None:
    """Offer all positions while a line is typed; the bullets show the one under the list's cursor."""
    bullets = cx.panes.bullets
    bullets.select(None)
    cx.panes.focus(bullets)
    here = Departure(bullets.cursor, bullets.cursor_row)
    # In a thread, since ten thousand notes have a hundred thousand positions.
    places, words = await asyncio.to_thread(_gathered, cx)

    def preview(number: int | None) -> None:
        if number is None:
            bullets.place(*here)
        else:
            _preview(bullets, places[number][0])

    def choose(number: int) -> None:
        cx.history.leave_from(here)
        preview(number)

    offers = [offer for _, offer in places]
    Picker(cx, PickerRequest("go to", "Go to", "places", "go", offers, words, choose, preview))


def _gathered(cx: Context) -> tuple[list[tuple[Position, Offer]], list[str]]:
    """All positions with their offers, and the casefolded texts of the offers."""
    places = list(_places(cx))
    return places, [offer.text.casefold() for _, offer in places]


def _places(cx: Context) -> Iterator[tuple[Position, Offer]]:
    """The episodes, each followed by its headings and questions as far as they are counted, then the highlights."""
    episodes = cx.panes.bullets.episodes
    for section, episode in enumerate(episodes):
        yield Position(section, TITLE), Offer("▸", episode.title)
    for section, episode in enumerate(episodes):
        summary = cx.indexer.known_summary(episode)
        for block, text in summary.headings if summary else ():
            yield Position(section, block), Offer("#", text, episode.title)
        for question, text in summary.questions if summary else ():
            yield Position(section, question.block), Offer("?", text, episode.title)
    for position, highlights in cx.display.highlights.items():
        text = episodes[position.section].blocks[position.block].text
        for mark in highlights:
            words = " ".join(text[mark.span.start : mark.span.end].split())
            yield position, Offer("▎", words, episodes[position.section].title)


def _preview(bullets: Bullets, position: Position) -> None:
    """Show a position near the top of the bullet pane, if it still exists."""
    if not position.section < len(bullets.episodes):
        return
    if position.block == TITLE:
        bullets.top_on(position.section)
    elif position.block < len(bullets.episodes[position.section].blocks):
        bullets.go(position)
        bullets.scroll_to_row(bullets.flow.top(position) - MARGIN)
