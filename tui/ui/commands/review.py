"""Decide on orphans and on highlights and questions that need review, and filter the lists."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.core.annotations.highlights import question_of_link
from tui.core.notes.model import Place
from tui.core.state import answering, highlighting
from tui.ui import current
from tui.ui.dialogs.prompt import Prompt
from tui.ui.lists.entries import EntryKind
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
        places = tuple(Place(cx.store.state.address(position), span) for position, span in entry.where)
        _put(cx, entry, Target(cx.store.state.note(path), places), "accepted")
    elif verdict == "relink":
        target = current.target(cx)
        if target is not None and target.note.path == path:
            _put(cx, entry, target, "relinked")
            cx.panes.bullets.select(None)
        else:
            cx.panes.status.say("Put the cursor on the block it belongs to, in the same note", is_warning=True)


def _put(cx: Context, entry: ListEntry, target: Target, title: str) -> None:
    """Move a highlight or a question to these places of a note."""
    now = cx.store.session.now
    cx.store.submit(
        Change.at(target, lambda state, here: highlighting.placing(state, entry.path, entry.id, here, title, now()))
    )


def ask_filter(cx: Context, pane: Decisions) -> None:
    """Ask for a filter for a list."""

    def answered(text: str | None) -> None:
        if text is not None:
            pane.filter = " ".join(text.split())
            cx.display.show_highlights()
            cx.display.show_questions()

    cx.windows.push_screen(Prompt("Filter", cx.settings.keys, pane.filter, hint=pane.filter_hint), answered)
