"""Make highlights, comment on and tag them, and change their bounds."""

from __future__ import annotations

from dataclasses import replace
from functools import cache, partial
from typing import TYPE_CHECKING, NamedTuple

from tui.core.anchoring import describe
from tui.core.annotations.choices import Colour
from tui.core.annotations.highlights import Anchored, Highlight, tags_in
from tui.core.layout.selection import Point, Selection, left
from tui.core.state import highlighting
from tui.keys import hints
from tui.ui import current
from tui.ui.dialogs.prompt import Prompt
from tui.ui.drafts.keeping import About
from tui.ui.store import Change

if TYPE_CHECKING:
    import asyncio
    from collections.abc import Callable

    from tui.core.annotations.changes import Step
    from tui.core.notes.model import Place
    from tui.core.state.model import State
    from tui.ui.context import Context
    from tui.ui.store import Outcome, Target


def mark(cx: Context, colour: str = "") -> None:
    """Highlight the selection, else the block under the cursor, or remove its highlight; or give it a colour."""
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
    """Select a phrase."""
    cx.panes.focus(cx.panes.bullets)
    cx.panes.bullets.begin_selecting()


async def adjust(cx: Context) -> None:
    """Change the bounds of the highlight at the cursor."""
    await cx.store.changes_shown()
    state, found = cx.store.state, current.highlight(cx)
    anchor = state.annotations_of(found[0]).anchors.get(found[1].id) if found else None
    if found is None or not isinstance(anchor, Anchored):
        cx.panes.status.say("There is no highlight here whose bounds could change", is_warning=True)
        return
    first, last = anchor.places[0], anchor.places[-1]
    start = Point(state.position(found[0], first.address), first.span.start)
    behind = Point(state.position(found[0], last.address), last.span.end)
    cx.panes.focus(cx.panes.bullets)
    cx.panes.bullets.select(Selection(start, left(cx.panes.bullets.flow, behind), adjusts=found[1].id))


async def comment(cx: Context) -> None:
    """Comment on the highlight at the cursor; with none there, highlight the selection or the block first."""
    await cx.store.changes_shown()
    ask_about(cx, "comment", current.highlight(cx), current.target(cx))


async def tags(cx: Context) -> None:
    """Tag the highlight at the cursor; with none there, highlight the selection or the block first."""
    await cx.store.changes_shown()
    ask_about(cx, "tags", current.highlight(cx), current.target(cx))


def ask_about(
    cx: Context,
    kind: str,
    found: tuple[str, Highlight] | None,
    target: Target | None,
    typed: str | None = None,
    number: int | None = None,
) -> None:
    """Ask for a comment or tags, and change a highlight, or a new one, by them.

    Args:
        cx: The context.
        kind: A key of `ASKED`.
        found: The highlight, with its note.
        target: The places of the new one if there is none.
        typed: A text typed earlier, kept as a draft.
        number: The number of that draft.
    """
    session, asked = cx.store.session, TEXTS[kind]
    if found is None and target is None:
        cx.panes.status.say("There is no highlight here, and nothing to mark", is_warning=True)
        return
    if cx.store.opened.is_piped:
        cx.panes.status.say("Nothing can be marked in what came by a pipe", is_warning=True)
        return
    new_id, began = session.new_id(), session.now()

    @cache
    def record() -> Highlight:
        if found is not None:
            return found[1]
        assert target is not None
        return Highlight(new_id, Colour.YELLOW, describe(*target), began, began)

    def save(text: str) -> asyncio.Future[Outcome] | None:
        said = partial(asked.change, text)
        if found is not None:
            path, highlight = found

            def change(state: State) -> Step | None:
                if highlight.id not in state.annotations_of(path).highlights:
                    raise highlighting.UnplacedError("saved")
                return highlighting.changing(state, path, highlight.id, said, asked.done, session.now())

            return cx.store.submit(Change(change))
        if target is None or not text.strip():
            return None
        path = target.note.path

        def plan(state: State, here: tuple[Place, ...]) -> Step:
            return highlighting.making(state, path, here, Colour.YELLOW, said, new_id=new_id, now=session.now())

        made = cx.store.submit(Change.at(target, plan))
        cx.panes.bullets.select(None)
        return made

    value = asked.value(found[1]) if found else ""
    annotations = cx.store.state.annotations.values() if kind == "tags" else ()
    words = sorted({tag for each in annotations for highlight in each.highlights.values() for tag in highlight.tags})
    keys = cx.settings.keys
    completes, leaves = hints(keys, field_complete="completes"), hints(keys, field_save="saves", text_leave="leaves")
    hint = " · ".join(filter(None, (completes, "separated by spaces", leaves))) if words else ""
    note = found[0] if found else target.note.path if target else ""

    def ask(text: str | None, number: int | None) -> None:
        window = Prompt(asked.title, keys, value, hint=hint, words=words, text=text)
        cx.typing.ask(window, About(note, kind, record), save, ask, number)

    ask(typed, number)


class HighlightText(NamedTuple):
    """A line of text that a highlight has, to be asked for."""

    title: str
    value: Callable[[Highlight], str]
    "Gives the highlight's current line."
    change: Callable[[str, Highlight], Highlight]
    "Gives the highlight with a new line."
    done: str


def _with_comment(text: str, highlight: Highlight) -> Highlight:
    return replace(highlight, comment=text.strip())


def _with_tags(text: str, highlight: Highlight) -> Highlight:
    return replace(highlight, tags=tags_in(text))


TEXTS = {
    "comment": HighlightText("Comment", lambda each: each.comment, _with_comment, "comment saved"),
    "tags": HighlightText("Tags", lambda each: " ".join(each.tags), _with_tags, "tags saved"),
}
