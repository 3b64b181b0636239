"""Make, recolour and remove highlights."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.core.annotations.choices import Colour
from tui.core.state import answering, current_highlight, highlighting
from tui.ui import current
from tui.ui.lists.entries import EntryKind
from tui.ui.marking import marking
from tui.ui.panes.decisions import Decisions
from tui.ui.store import Change

if TYPE_CHECKING:
    from tui.core.annotations.changes import Step
    from tui.core.notes.model import Place
    from tui.core.state.model import State
    from tui.ui.context import Context


def mark(cx: Context, colour: str = "") -> None:
    """Highlight the phrase or bullet, or else recolour or remove the current highlight."""
    chosen = Colour(colour) if colour else None
    named = current.colour_name(cx, chosen or Colour.YELLOW)
    if listed := current.listed(cx):
        _act_on_listed(cx, listed, chosen, named)
        return
    target = current.target(cx)
    if target is None:
        cx.panes.status.say("Nothing here to highlight", is_warning=True)
        return
    bullets = cx.panes.bullets
    cx.store.submit(marking(cx.store, target, chosen, named, bullets.picked, bullets.selection))
    bullets.select(None)


def _act_on_listed(cx: Context, listed: tuple[str, str], chosen: Colour | None, named: str) -> None:
    path, id_ = listed
    if chosen is None:
        remove(cx)
        return
    store = cx.store

    def plan(state: State) -> Step | None:
        return current_highlight.recolouring(state, path, id_, chosen, named, store.session.now())

    store.submit(Change(plan, nothing=f"Already {named}"))


def remove(cx: Context) -> None:
    """Remove the current highlight or, in a list, the entry under the cursor."""
    pane, store = cx.panes.current, cx.store
    if isinstance(pane, Decisions) and (entry := pane.entry) is not None:
        if entry.row is EntryKind.PLACED and pane is cx.panes.questions:
            cx.panes.status.say("A question in the notes is dismissed, not removed", is_warning=True)
            return
        pane.decided_on(entry)
        cx.store.submit(Change(lambda state: answering.removing(state, entry.path, entry.id, store.session.now())))
        return
    bullets, found = cx.panes.bullets, current.highlight(cx)
    if bullets.selection is None and (target := current.target(cx)) is not None:
        path, picked = target.note.path, bullets.picked

        def plan(state: State, here: tuple[Place, ...]) -> Step | None:
            id_ = current_highlight.current_at(state.annotations_of(path), here[0].address, picked)
            return highlighting.deleting(state, path, id_) if id_ else None

        cx.store.submit(Change.at(target, plan, NO_HIGHLIGHT))
    elif found is not None:
        path, highlight = found
        cx.store.submit(Change(lambda state: highlighting.deleting(state, path, highlight.id)))
        bullets.select(None)
    else:
        cx.panes.status.say(NO_HIGHLIGHT)


NO_HIGHLIGHT = "No highlight here to remove"
