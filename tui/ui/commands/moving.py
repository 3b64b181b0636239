"""Move within a pane, between panes, and to episodes, headings and highlights."""

from __future__ import annotations

import asyncio
import time
from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING

from tui.core.search.headings import heading_from
from tui.ui.panes.entries import Entries
from tui.ui.views.pane_layout import WIDE

if TYPE_CHECKING:
    from collections.abc import Callable

    from tui.core.notes.model import Position
    from tui.ui.context import Context
    from tui.ui.panes.bullets import Bullets
    from tui.ui.panes.highlights import Highlights
    from tui.ui.panes.questions import Questions

LOOKING = 1.0
"Seconds to search for a heading in episodes that are not counted yet."


def step(cx: Context, by: int) -> None:
    """Move by blocks or entries."""
    _move(cx, lambda pane: pane.step(by * cx.count), last=by > 0)


def turn(cx: Context, pages: float) -> None:
    """Move by pages."""
    _move(cx, lambda pane: pane.turn(pages * cx.count), last=pages > 0)


def to_first(cx: Context) -> None:
    """Go to the first block or entry."""
    _move(cx, lambda pane: pane.ends(last=False), last=False)
    cx.loader.request_end(last=False)


def to_last(cx: Context) -> None:
    """Go to the last block or entry; while the library loads, as soon as that is read."""
    _move(cx, lambda pane: pane.ends(last=True), last=True)
    cx.loader.request_end(last=True)


def _move(cx: Context, move: Callable[[Bullets | Entries], None], *, last: bool) -> None:
    """Move in the pane, or report its end; the bullets follow a list immediately, since the next key is about its
    entry.
    """
    pane = cx.panes.current
    before = pane.cursor, pane.top
    move(pane)
    if isinstance(pane, Entries) and pane.cursor != before[0]:
        cx.panes.show_entry(pane)
    elif (pane.cursor, pane.top) == before:
        _say_end(cx, "the notes" if pane is cx.panes.bullets else "the list", last=last)


def _say_end(cx: Context, of: str, *, last: bool) -> None:
    if last and not cx.loader.is_whole:
        cx.panes.status.say("The rest is still being read")
    else:
        cx.panes.status.say(f"End of {of}" if last else f"Beginning of {of}")


def to_episode(cx: Context, by: int) -> None:
    """Go to the next episode, or to the beginning of this one and then the previous one; in the list, move by one
    entry.
    """
    if cx.panes.current is cx.panes.episodes:
        step(cx, by)
    else:
        bullets = cx.panes.bullets
        before = bullets.cursor
        is_past = by > 0 and before.section == len(bullets.episodes) - 1
        if not is_past:
            bullets.next_episode(by * cx.count)
        if is_past and not cx.loader.is_whole:
            cx.panes.status.say("The rest is still being read")
        elif bullets.cursor == before:
            cx.panes.status.say("This is the last episode" if by > 0 else "This is the first episode")


async def to_heading(cx: Context, by: int) -> None:
    """Go to the next or previous heading."""
    bullets, end, count = cx.panes.bullets, time.monotonic() + LOOKING, cx.count
    episodes, here = bullets.episodes, bullets.cursor

    def is_over() -> bool:
        return time.monotonic() > end

    position = await asyncio.to_thread(heading_from, episodes, cx.indexer.known_summary, here, by * count, is_over)
    if position is not None and bullets.episodes is episodes:
        bullets.go(position)
    elif is_over():
        cx.panes.status.say("No heading nearby; the rest is still being read")
    else:
        cx.panes.status.say("No heading below" if by > 0 else "No heading above")


def to_highlight(cx: Context, by: int) -> None:
    """Go to the next or previous highlight, and make it the current one."""
    bullets, found = cx.panes.bullets, None
    position, current = bullets.cursor, bullets.current_highlight()
    for _ in range(cx.count):
        if (beside := _highlight_beside(cx, position, current, by)) is None:
            break
        position, current = found = beside
    if found is None:
        cx.panes.status.say("No highlight below" if by > 0 else "No highlight above")
        return
    span = next(each.span for each in cx.display.highlights[position] if each.id == current)
    cx.panes.focus(bullets)
    bullets.go_to(position, span.start)
    bullets.pick(current)


def _highlight_beside(cx: Context, here: Position, current: str, by: int) -> tuple[Position, str] | None:
    """The position and id of the next or previous highlight; one that covers several blocks counts once."""
    highlights = cx.display.highlights
    positions = list(highlights)
    at = bisect_left(positions, here) if current or by < 0 else bisect_right(positions, here)
    ahead = positions[at:] if by > 0 else reversed(positions[: bisect_right(positions, here) if current else at])
    for position in ahead:
        ids = [each.id for each in sorted(highlights[position], key=lambda each: (each.span, each.id))]
        ids = ids if by > 0 else ids[::-1]
        if position == here and current:
            ids = ids[ids.index(current) + 1 :]
        for id_ in ids:
            if id_ != current:
                return position, id_
    return None


# -- panes


def to_next_pane(cx: Context, by: int) -> None:
    """Go to the next pane, wrapping around."""
    panes = _panes(cx)
    cx.panes.focus(panes[(panes.index(cx.panes.current) + by) % len(panes)])


def to_pane_beside(cx: Context, by: int) -> None:
    """Go to the pane to the left or right, if there is one."""
    panes = _panes(cx)
    beside = panes.index(cx.panes.current) + by
    if 0 <= beside < len(panes):
        cx.panes.focus(panes[beside])
    else:
        cx.panes.status.say("No pane further right" if by > 0 else "No pane further left")


def _panes(cx: Context) -> list[Bullets | Entries]:
    return [cx.panes.episodes, cx.panes.bullets, cx.panes.side]


def to_bullets(cx: Context) -> bool:
    """Return to the bullets."""
    cx.panes.focus(cx.panes.bullets)
    return True


def change_scope(cx: Context) -> None:
    """Switch the list between the episode and the library."""
    cx.panes.side.of_library = not cx.panes.side.of_library
    cx.display.show_questions()
    cx.display.show_highlights()


def change_side(cx: Context) -> None:
    """Go to the list with items that need the reader; if it is focused or there are none, switch between the two
    lists.
    """
    panes, needs = cx.panes, cx.display.needs
    is_listing = panes.current in (panes.questions, panes.highlights)
    if needs is not None and any(needs) and not is_listing:
        _go_to_needs(cx, panes.highlights if needs.highlights else panes.questions)
        return
    held = panes.current is panes.side
    panes.side = panes.highlights if panes.side is panes.questions else panes.questions
    cx.display.show_highlights()
    if held or cx.windows.size.width < WIDE:
        panes.focus(panes.side)
    panes.arrange(cx.windows.size)


def _go_to_needs(cx: Context, pane: Highlights | Questions) -> None:
    """Focus a list at its first entry that needs a decision."""
    panes, panes.side, pane.filter = cx.panes, pane, ""
    cx.display.show_questions()
    cx.display.show_highlights()
    panes.focus(pane)
    pane.step(-pane.count())
    panes.show_entry(pane)
