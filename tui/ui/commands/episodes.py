"""Filter the episode list while typing, and sort it by date."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from tui.core.search.episode_filter import Order
from tui.ui.prompt_line import Request

if TYPE_CHECKING:
    from tui.core.search.episode_filter import Catalogue
    from tui.ui.context import Context


async def filter_list(cx: Context) -> None:
    """Filter the list while typing."""
    panes, prompt = cx.panes, cx.prompt
    await _catalogue(cx)
    panes.bullets.select(None)
    before = panes.current, panes.bullets.cursor, panes.bullets.cursor_row
    panes.focus(panes.episodes)

    def show_count() -> None:
        listed, known = panes.episodes.count(), len(panes.episodes.entries)
        prompt.show_remark(f"{listed:,} of {known:,}", is_wrong=not listed)

    def typed(text: str) -> None:
        _filter(cx, text)
        show_count()

    def step(by: int) -> None:
        cursor = panes.episodes.cursor
        panes.episodes.step(by)
        if panes.episodes.cursor != cursor:
            panes.show_entry(panes.episodes)

    def ended(is_entered: bool) -> None:
        if is_entered and panes.episodes.count():
            if not panes.episodes.is_choosable(panes.episodes.cursor):
                step(1)
            return
        if is_entered:
            panes.status.say(f"No episode matches: {panes.episodes.filter}", is_warning=True)
        _filter(cx, "")
        pane, position, row = before
        panes.bullets.place(position, row)
        panes.focus(pane)

    hints = {"line_next": "next", "line_previous": "previous", "line_enter": "keeps", "line_leave": "clears"}
    request = Request(
        "filter:",
        typed,
        ended,
        hints=hints,
        notation=(("show: guest:", "search one field"),),
        step=step,
    )
    prompt.ask(request, panes.episodes.filter)
    show_count()


def _filter(cx: Context, text: str) -> None:
    cx.panes.episodes.filter = " ".join(text.split())
    cx.panes.episodes.top = 0
    cx.display.show_episodes()


def clear_filter(cx: Context) -> bool:
    """Clear the filter of the episode list; True if there was one."""
    if cx.panes.current is not cx.panes.episodes or not cx.panes.episodes.filter:
        return False
    _filter(cx, "")
    return True


async def sort_list(cx: Context) -> None:
    """Change to the next order: document order, newest first, oldest first."""
    display, catalogue = cx.display, await _catalogue(cx)
    if not catalogue.has_dates:
        cx.panes.status.say("No episode has a date to sort by", is_warning=True)
        return
    assert display.order is not None
    display.order = display.order.next
    await asyncio.to_thread(catalogue.sections, "", display.order)
    cx.panes.episodes.order = "" if display.order is Order.DOCUMENT else display.order
    display.show_episodes()
    cx.panes.status.say(f"Episodes: {display.order}")
    await cx.store.writing.run(cx.store.opened.keep_order, display.order)


async def _catalogue(cx: Context) -> Catalogue:
    """The data to filter and sort the list with, in the order of the notes unless another was chosen."""
    found = await cx.display.catalogue()
    cx.display.order = cx.display.order or Order.DOCUMENT
    return found
