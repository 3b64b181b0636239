"""Review orphans and uncertain highlights and questions, and filter the lists."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.core.anchoring.elsewhere import LostRecord, Relocation, moving_parts
from tui.core.annotations.highlights import Candidate
from tui.core.annotations.link_ids import question_of_link
from tui.core.notes.model import Place
from tui.core.state import answering, highlighting
from tui.core.state.relocation import is_lost
from tui.ui import current
from tui.ui.context import PendingMove
from tui.ui.prompt_line import Request
from tui.ui.store import Change, Target

if TYPE_CHECKING:
    from tui.core.annotations.changes import Step
    from tui.core.state.model import State
    from tui.ui.context import Context
    from tui.ui.lists.entries import ListEntry
    from tui.ui.panes.decisions import Decisions
    from tui.ui.panes.highlights import Highlights


def decide(cx: Context, verdict: str, entry: ListEntry) -> None:
    """Apply the reader's decision on a list entry: accept, relink or keep."""
    path, session = entry.path, cx.store.session
    if verdict == "keep":
        cx.store.submit(Change(lambda state: highlighting.keeping(state, path, entry.id, session.now())))
    elif verdict == "accept" and entry.where:
        state = cx.store.state
        places = tuple(Place(state.address(position), span) for position, span in entry.where)
        chosen = Target(state.note_of(entry.where[0][0].section), places)
        if question_of_link(entry.id) or chosen.note.path == path:
            _put(cx, path, entry.id, chosen, "Place accepted")
        else:
            _move(cx, path, entry.id, chosen, is_offered=True)
    elif verdict == "accept":
        said = "There is no place to accept"
        cx.panes.status.say(current.with_hint(cx, said, "relink", "moves it to a bullet"))
    elif verdict == "relink":
        cx.moving, cx.linking = PendingMove(path, entry.id, entry.text), None
        cx.panes.focus(cx.panes.bullets)
        cx.display.show_status()


def _put(cx: Context, path: str, id_: str, target: Target, title: str) -> None:
    """Move a record to these places of its note; a block that answers a question may also move to another note."""
    now, question, other = cx.store.session.now, question_of_link(id_), target.note.path

    def plan(state: State, here: tuple[Place, ...]) -> Step | None:
        if question is not None:
            return answering.placing_answer(state, path, question, other, here, title, now())
        return highlighting.placing(state, path, id_, here, title, now())

    cx.store.submit(Change.at(target, plan, "It is gone: nothing was moved")._replace(note=path))


def _move(cx: Context, path: str, id_: str, target: Target, *, is_offered: bool = False) -> bool:
    """Move a record that is lost in its note to these places of another one; False if it is not lost.

    Places that were offered may be those of some parts: the others stay with their note.
    """
    relocator, noted = cx.loader.relocator, cx.store.state.annotations_of(path)
    record = noted.records.get(id_)
    if record is None or relocator is None or not is_lost(noted.anchors.get(id_)):
        return False
    parts = moving_parts(target.note, record.parts, target.places) if is_offered else ()
    place = Candidate(target.places, 1.0, target.note)
    relocator.move(Relocation(LostRecord(path, record), (place,), is_certain=True, parts=parts))
    return True


def put_moved(cx: Context) -> bool:
    """Place the highlight or question being moved on the phrase or bullet; True if one was being moved."""
    moving = cx.moving
    if moving is None:
        return False
    target = current.target(cx)
    if target is None:
        cx.panes.status.say("Nothing here to move it to", is_warning=True)
        return True
    if question_of_link(moving.id) or target.note.path == moving.path:
        _put(cx, moving.path, moving.id, target, "Moved")
    elif not _move(cx, moving.path, moving.id, target):
        cx.panes.status.say("Only what has lost its text can move to another note", is_warning=True)
        return True
    cx.moving = None
    cx.panes.bullets.select(None)
    cx.display.show_status()
    return True


def stop_moving(cx: Context) -> bool:
    """Cancel moving a highlight or a question; True if one was being moved."""
    if cx.moving is None:
        return False
    cx.moving = None
    cx.display.show_status()
    cx.panes.status.say("Not moved")
    return True


def filter_list(cx: Context, pane: Decisions) -> None:
    """Filter a list while typing."""

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

    hints = {"line_next": "next", "line_previous": "previous", "line_enter": "keeps", "line_leave": "clears"}
    sign = f"{pane.title.lower()} with"
    cx.prompt.ask(Request(sign, typed, ended, hints=hints, notation=pane.notation, step=step), pane.filter)


def group_list(cx: Context, pane: Highlights) -> None:
    """Change to the next grouping of highlights: by episode, colour or tag."""
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
