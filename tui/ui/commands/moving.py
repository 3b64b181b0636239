"""Move within a pane, between panes, and to episodes, headings and highlights."""

from __future__ import annotations

import asyncio
import time
from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING

from tui.core.search.headings import heading_beside
from tui.ui.panes.entries import Entries
from tui.ui.panes.main import WIDE

if TYPE_CHECKING:
    from collections.abc import Callable

    from tui.ui.context import Context
    from tui.ui.panes.bullets import Bullets

LOOKING = 1.0
"Seconds to look for a heading in episodes that are not counted yet."


def step(cx: Context, by: int) -> None:
    """Move by blocks or entries."""
    _move(cx, lambda pane: pane.step(by * cx.count))


def turn(cx: Context, pages: float) -> None:
    """Move by pages."""
    _move(cx, lambda pane: pane.turn(pages * cx.count))


def to_first(cx: Context) -> None:
    """Go to the first block or entry."""
    _move(cx, lambda pane: pane.ends(last=False))
    cx.loader.wish_for_end(last=False)


def to_last(cx: Context) -> None:
    """Go to the last block or entry; while the library loads, as soon as it is read."""
    _move(cx, lambda pane: pane.ends(last=True))
    cx.loader.wish_for_end(last=True)


def _move(cx: Context, move: Callable[[Bullets | Entries], None]) -> None:
    """Move in the pane; the bullets follow a list at once, so that the next key applies to its entry."""
    pane = cx.panes.current
    before = pane.cursor
    move(pane)
    if isinstance(pane, Entries) and pane.cursor != before:
        cx.panes.show_entry(pane)


def to_episode(cx: Context, by: int) -> None:
    """Go to the next episode, or to the beginning of this one and then the previous; in the list, by one entry."""
    if cx.panes.current is cx.panes.episodes:
        step(cx, by)
    else:
        cx.panes.bullets.next_episode(by * cx.count)


async def to_heading(cx: Context, by: int) -> None:
    """Go to the next or the previous heading."""
    bullets, end, count = cx.panes.bullets, time.monotonic() + LOOKING, cx.count
    episodes, here = bullets.episodes, bullets.cursor

    def is_over() -> bool:
        return time.monotonic() > end

    position = await asyncio.to_thread(heading_beside, episodes, cx.indexer.known_summary, here, by * count, is_over)
    if position is not None and bullets.episodes is episodes:
        bullets.go(position)
    elif is_over():
        cx.panes.status.say("There is no heading near; what is far is not counted yet")
    else:
        cx.panes.status.say("There is no heading further on" if by > 0 else "There is no heading further up")


def to_highlight(cx: Context, by: int) -> None:
    """Go to the next or the previous highlight."""
    here = cx.panes.bullets.cursor
    positions = list(cx.display.highlights)
    ahead = positions[bisect_right(positions, here) :] if by > 0 else positions[: bisect_left(positions, here)]
    if ahead:
        at = min(cx.count, len(ahead)) - 1
        cx.panes.bullets.go(ahead[at if by > 0 else -1 - at])
    else:
        cx.panes.status.say("There is no highlight further on" if by > 0 else "There is no highlight further up")


# -- panes


def to_next_pane(cx: Context, by: int) -> None:
    """Go to the next pane, wrapping around."""
    panes = _panes(cx)
    cx.panes.focus(panes[(panes.index(cx.panes.current) + by) % len(panes)])


def to_pane_beside(cx: Context, by: int) -> None:
    """Go to the pane beside this one, if there is one."""
    panes = _panes(cx)
    cx.panes.focus(panes[min(max(panes.index(cx.panes.current) + by, 0), len(panes) - 1)])


def _panes(cx: Context) -> list[Bullets | Entries]:
    return [cx.panes.episodes, cx.panes.bullets, cx.panes.side]


def to_bullets(cx: Context) -> bool:
    """Return to the bullets and clear the message."""
    cx.panes.focus(cx.panes.bullets)
    cx.panes.status.say("")
    return True


def change_scope(cx: Context) -> None:
    """Switch the list between the episode and the library."""
    cx.panes.side.of_library = not cx.panes.side.of_library
    cx.display.show_questions()
    cx.display.show_highlights()


def change_side(cx: Context) -> None:
    """Switch the right column between questions and highlights."""
    panes = cx.panes
    held = panes.current is panes.side
    panes.side = panes.highlights if panes.side is panes.questions else panes.questions
    cx.display.show_highlights()
    if held or cx.windows.size.width < WIDE:
        panes.focus(panes.side)
    panes.arrange(cx.windows.size.width)
