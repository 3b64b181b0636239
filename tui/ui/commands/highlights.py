"""Mark, comment, tag, and change the bounds of highlights."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from tui.core.annotations.choices import Colour
from tui.core.annotations.highlights import Anchored
from tui.core.layout.selection import Point, Selection, left
from tui.core.state import highlighting
from tui.ui import current
from tui.ui.dialogs.prompt import Prompt
from tui.ui.store import Change, Result

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tui.core.annotations.changes import Step
    from tui.core.annotations.highlights import Highlight
    from tui.core.notes.model import Place
    from tui.core.state.model import State
    from tui.ui.context import Context


def mark(cx: Context, colour: str = "") -> None:
    """Mark or unmark what is chosen, else the block under the cursor; or mark it in a colour."""
    target = current.target(cx)
    if target is None:
        cx.panes.status.say("There is nothing to mark here", is_warning=True)
        return
    path, session = target.note.path, cx.store.session
    chosen = Colour(colour) if colour else None
    selection = cx.panes.bullets.selection
    adjusted = selection.adjusts if selection else ""

    def plan(state: State, here: tuple[Place, ...]) -> Step | None:
        if adjusted:
            return highlighting.placing(state, path, adjusted, here, "bounds changed", session.now())
        return highlighting.marking(state, path, here, chosen, new_id=session.new_id(), now=session.now())

    cx.store.submit(Change.at(target, plan))
    cx.panes.bullets.select(None)


def select(cx: Context) -> None:
    """Choose a phrase."""
    cx.panes.focus(cx.panes.bullets)
    cx.panes.bullets.begin_selecting()


async def adjust(cx: Context) -> None:
    """Change the bounds of the highlight at the cursor."""
    await cx.store.changes_shown()
    state, found = cx.store.state, current.highlight(cx)
    anchor = state.marks_of(found[0]).anchors.get(found[1].id) if found else None
    if found is None or not isinstance(anchor, Anchored):
        cx.panes.status.say("There is no highlight here whose bounds could change", is_warning=True)
        return
    first, last = anchor.places[0], anchor.places[-1]
    start = Point(state.spot(found[0], first.address), first.span.start)
    behind = Point(state.spot(found[0], last.address), last.span.end)
    cx.panes.focus(cx.panes.bullets)
    cx.panes.bullets.select(Selection(start, left(cx.panes.bullets.flow, behind), adjusts=found[1].id))


async def comment(cx: Context) -> None:
    """Comment on the highlight at the cursor; what is chosen or under the cursor is marked where none is."""
    await cx.store.changes_shown()

    def said(highlight: Highlight, text: str) -> Highlight:
        return replace(highlight, comment=text.strip())

    _ask(cx, "Comment", lambda highlight: highlight.comment, said, "comment saved")


async def tags(cx: Context) -> None:
    """Tag the highlight at the cursor; what is chosen or under the cursor is marked where none is."""
    await cx.store.changes_shown()

    def said(highlight: Highlight, text: str) -> Highlight:
        words = text.replace(",", " ").replace("#", " ").split()
        return replace(highlight, tags=tuple(dict.fromkeys(words)))

    all_marks = cx.store.state.marks.values()
    used = {tag for marks in all_marks for each in marks.highlights.values() for tag in each.tags}
    _ask(cx, "Tags", lambda highlight: " ".join(highlight.tags), said, "tags saved", sorted(used))


def _ask(
    cx: Context,
    title: str,
    value: Callable[[Highlight], str],
    said: Callable[[Highlight, str], Highlight],
    done: str,
    words: Sequence[str] = (),
) -> None:
    """Ask for a line about the highlight at the cursor, and change the highlight by it."""
    found, target, session = current.highlight(cx), current.target(cx), cx.store.session
    if found is None and target is None:
        cx.panes.status.say("There is no highlight here, and nothing to mark", is_warning=True)
        return

    def answered(text: str | None) -> None:
        if text is None:
            return
        if found is not None:
            path, highlight = found
            change = partial(_with, said, text)
            cx.store.submit(
                Change(lambda state: highlighting.changing(state, path, highlight.id, change, done, session.now()))
            )
        elif target is not None and text.strip():
            path = target.note.path

            def plan(state: State, here: tuple[Place, ...]) -> Step:
                change, new_id, now = partial(_with, said, text), session.new_id(), session.now()
                return highlighting.making(state, path, here, Colour.YELLOW, change, new_id=new_id, now=now)

            made = cx.store.submit(Change.at(target, plan))
            cx.panes.bullets.select(None)

            async def ask_again_if_lost() -> None:
                if (await made).result is Result.LOST:
                    ask(text)

            cx.windows.run_behind(ask_again_if_lost, "lost")

    hint = "tab completes · parted by spaces · enter saves · esc leaves" if words else ""

    def ask(text: str) -> None:
        cx.windows.push_screen(Prompt(title, text, hint=hint, words=words), answered)

    ask(value(found[1]) if found else "")


def _with(said: Callable[[Highlight, str], Highlight], text: str, highlight: Highlight) -> Highlight:
    return said(highlight, text)
