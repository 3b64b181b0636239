"""Select a phrase to highlight, and resize highlights."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.core.annotations.highlights import Anchored
from tui.core.layout.selection import Point, Selection, left, text_at
from tui.ui import current
from tui.ui.prompt_line import Request

if TYPE_CHECKING:
    from tui.ui.context import Context


def select(cx: Context) -> None:
    """Start selecting a phrase."""
    cx.panes.focus(cx.panes.bullets)
    cx.panes.bullets.begin_selecting()
    if cx.panes.bullets.selection is None:
        cx.panes.status.say("No phrase to choose here")


async def adjust(cx: Context) -> None:
    """Resize the current highlight."""
    await cx.store.changes_shown()
    state, found = cx.store.state, current.highlight(cx)
    if found is None:
        cx.panes.status.say("No highlight here to resize", is_warning=True)
        return
    anchor = state.annotations_of(found[0]).anchors.get(found[1].id)
    if not isinstance(anchor, Anchored):
        cx.panes.status.say("It has no place yet: move it to a bullet first", is_warning=True)
        return
    first, last = anchor.places[0], anchor.places[-1]
    start = Point(state.position(found[0], first.address), first.span.start)
    behind = Point(state.position(found[0], last.address), last.span.end)
    cx.panes.focus(cx.panes.bullets)
    cx.panes.bullets.select(Selection(start, left(cx.panes.bullets.flow, behind), adjusts=found[1].id))


def find_word(cx: Context) -> None:
    """Move the caret to typed words in its block; once the phrase has a start, this moves its end."""
    bullets = cx.panes.bullets
    if (before := bullets.selection) is None:
        return
    point, text = before.head, text_at(bullets.flow, before.head.position).casefold()

    def typed(words: str) -> None:
        wanted = words.casefold()
        found = text.find(wanted, point.offset)
        found = text.find(wanted) if found < 0 else found
        cx.prompt.show_remark("" if found >= 0 else "not in this bullet", is_wrong=found < 0)
        bullets.select(before._replace(head=point._replace(offset=found)) if words and found >= 0 else before)

    def ended(is_entered: bool) -> None:
        if not is_entered:
            bullets.select(before)

    cx.prompt.ask(Request("/", typed, ended, pane=bullets))
