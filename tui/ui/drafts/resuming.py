"""Resuming the drafts of earlier sessions, each in its window."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from tui.core.anchoring import resolve
from tui.core.annotations.highlights import Anchored
from tui.core.notes.model import whole_block
from tui.ui.commands.comments import TEXTS, ask_about
from tui.ui.commands.questions import ask_answer
from tui.ui.drafts.keeping import About
from tui.ui.drafts.offering import offer
from tui.ui.panes.main import Main
from tui.ui.store import QuestionTarget, Target

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tui.core.notes.model import Place
    from tui.core.state.model import State
    from tui.files.remembered.drafts import Draft
    from tui.ui.context import Context

PAUSE = 0.6
"""Seconds without a key press before a window opens on its own, so that keys meant for the bullets do not land in
it."""


async def resume(cx: Context, left: Sequence[tuple[int, Draft]]) -> None:
    """Open the windows of the drafts one after another, each once no key press is meant for the bullets."""
    for number, draft in left:
        while not isinstance(cx.windows.screen, Main) or cx.typing.idle_for() < PAUSE:
            if cx.store.is_closed:
                return
            await asyncio.sleep(PAUSE / 4)
        where = await asyncio.to_thread(_places, cx.store.state, draft)
        _open(cx, draft, where, number)
        cx.panes.status.say(f"Restored: the {draft.kind} you were typing when earmark ended")


def _open(cx: Context, draft: Draft, where: tuple[Place, ...], number: int) -> None:
    state, id_ = cx.store.state, draft.record.id
    note = state.note(draft.note) if draft.note and state.has(draft.note) else None
    annotations = state.annotations_of(draft.note)
    if note is not None and where:
        cx.panes.bullets.go(state.position(note.path, where[0].address))
    if note is not None and draft.kind == "answer" and (where or id_ in annotations.questions):
        block = state.block(state.position(note.path, where[0].address)) if where else None
        place = whole_block(block, where[0].address) if block else None
        ask_answer(cx, QuestionTarget(note, place, annotations.questions.get(id_)), draft.text, number)
    elif note is not None and draft.kind in TEXTS and (where or id_ in annotations.highlights):
        highlight = annotations.highlights.get(id_)
        found = (note.path, highlight) if highlight else None
        ask_about(cx, draft.kind, found, Target(note, where) if where else None, draft.text, number)
    else:
        offer(cx, About(draft.note, draft.kind, lambda: draft.record), draft.text, number)


def _places(state: State, draft: Draft) -> tuple[Place, ...]:
    """The draft's positions in today's text; empty if they are not certain."""
    if not draft.note or not state.has(draft.note):
        return ()
    id_ = draft.record.id
    anchor = state.annotations_of(draft.note).anchors.get(id_)
    anchor = anchor or resolve(state.note(draft.note), [draft.record], None)[id_]
    return anchor.places if isinstance(anchor, Anchored) else ()
