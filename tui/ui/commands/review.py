"""Decide on orphans and on highlights and questions that need review, and filter the lists."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.core.anchoring.elsewhere import Homeless, Relocation
from tui.core.annotations.highlights import Candidate, question_of_link
from tui.core.notes.model import Place
from tui.core.state import answering, highlighting
from tui.core.state.relocation import is_lost
from tui.ui import current
from tui.ui.lists.entries import EntryKind
from tui.ui.prompt_line import Request
from tui.ui.store import Change, Target

if TYPE_CHECKING:
    from tui.ui.context import Context
    from tui.ui.lists.entries import ListEntry
    from tui.ui.panes.decisions import Decisions


def decide(cx: Context, verdict: str, entry: ListEntry) -> None:
    """Apply the reader's decision on a list entry: accept, relink, keep or delete."""
    path, session = entry.path, cx.store.session
    question = question_of_link(entry.id)
    if question is not None and verdict == "delete":
        cx.store.submit(
            Change(
                lambda state: answering.rewording(state, path, question, answering.unlinked, "unlinked", session.now())
            )
        )
    elif verdict == "delete":
        cx.store.submit(Change(lambda state: highlighting.deleting(state, path, entry.id)))
    elif verdict == "keep" and entry.row in (EntryKind.ORPHAN, EntryKind.REVIEW):
        cx.store.submit(Change(lambda state: highlighting.keeping(state, path, entry.id, session.now())))
    elif verdict == "accept" and entry.where:
        state = cx.store.state
        places = tuple(Place(state.address(position), span) for position, span in entry.where)
        chosen = Target(state.note_of(entry.where[0][0].section), places)
        if chosen.note.path == path:
            _put(cx, entry, chosen, "accepted")
        else:
            _move(cx, entry, chosen)
    elif verdict == "relink":
        target = current.target(cx)
        if target is not None and target.note.path == path:
            _put(cx, entry, target, "relinked")
            cx.panes.bullets.select(None)
        elif target is not None and _move(cx, entry, target):
            cx.panes.bullets.select(None)
        else:
            cx.panes.status.say("Put the cursor on the block it belongs to, in the same note", is_warning=True)


def _put(cx: Context, entry: ListEntry, target: Target, title: str) -> None:
    """Move a highlight or a question to these places of a note."""
    now = cx.store.session.now
    cx.store.submit(
        Change.at(target, lambda state, here: highlighting.placing(state, entry.path, entry.id, here, title, now()))
    )


def _move(cx: Context, entry: ListEntry, target: Target) -> bool:
    """Move a record that is lost in its note to these places of another one; False if it is not lost."""
    state, relocator = cx.store.state, cx.loader.relocator
    record = state.annotations_of(entry.path).records.get(entry.id)
    anchor = state.annotations_of(entry.path).anchors.get(entry.id)
    if record is None or relocator is None or not is_lost(anchor):
        return False
    relocator.move(
        Relocation(Homeless(entry.path, record), (Candidate(target.places, 1.0, target.note),), is_certain=True)
    )
    return True


def filter_list(cx: Context, pane: Decisions) -> None:
    """Filter a list while a line is typed."""

    def typed(text: str) -> None:
        _filter(cx, pane, text)

    def step(by: int) -> None:
        before = pane.cursor
        pane.step(by)
        if pane.cursor != before:
            cx.panes.show_entry(pane)

    def ended(is_entered: bool) -> None:
        if not is_entered:
            _filter(cx, pane, "")

    hints = {"line_next": "next", "line_previous": "previous", "line_enter": "keep", "line_leave": "all"}
    sign = f"{pane.title.lower()} with"
    cx.prompt.ask(Request(sign, typed, ended, hints=hints, notation=pane.notation, step=step), pane.filter)


def group_list(cx: Context) -> None:
    """Group the highlights in the next way: by episode, colour or tag."""
    pane = cx.panes.highlights
    pane.grouping = pane.grouping.next
    cx.display.show_highlights()
    cx.panes.status.say(f"Highlights by {pane.grouping}")


def _filter(cx: Context, pane: Decisions, text: str) -> None:
    pane.filter = " ".join(text.split())
    if pane is cx.panes.highlights:
        cx.display.show_highlights()
    else:
        cx.display.show_questions()


def clear_filter(cx: Context) -> bool:
    """Clear the filter of the list of highlights or questions; True if there was one."""
    pane = cx.panes.side
    if cx.panes.current is not pane or not pane.filter:
        return False
    _filter(cx, pane, "")
    return True
