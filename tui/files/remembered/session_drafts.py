"""The drafts of a session, including those taken over from ended sessions."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from tui.core.annotations.highlights import Highlight, QuestionRecord, tags_in
from tui.files.remembered import drafts
from tui.files.sidecar.adoption import owner

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tui.core.annotations.highlights import Record
    from tui.core.state.model import State
    from tui.files.opened import Opened
    from tui.files.remembered.drafts import Draft
    from tui.files.remembered.liveness import SessionLock


class SessionDrafts:
    """The drafts of a session, by number."""

    def __init__(self, opened: Opened, life: SessionLock) -> None:
        self._opened = opened
        self._life = life

    def keep(self, note: str, kind: str, text: str, record: Record, number: int) -> str:
        """Store a draft, with fields as in `Draft`; return the reason if that fails, else an empty text."""
        self._life.begin()
        return drafts.keep(drafts.Draft(note, kind, text, record), self._name(number))

    def forget(self, number: int) -> None:
        """Delete a draft that was saved or discarded."""
        drafts.forget(self._name(number))

    def take_over(self, state: State, numbers: Iterator[int]) -> list[tuple[int, Draft]]:
        """Take over drafts about these notes from ended sessions, each under one of the numbers.

        If a draft's note is gone, the draft moves to the note that has its words now, or is left without one.
        """
        if self._opened.is_piped:
            return []
        here = {os.path.abspath(note.path): note.path for note in state.library.notes}
        found = []
        for name, draft in drafts.of_ended_sessions():
            note = here.get(draft.note)
            if note is None and self._opened.is_near(draft.note) and not os.path.exists(draft.note):
                renamed = owner(state.library.notes, [draft.record])
                note = renamed.path if renamed else ""
            if note is None:
                continue
            self._life.begin()
            if note and _is_said(draft, state.annotations_of(note).records.get(draft.record.id)):
                drafts.forget(name)
            elif drafts.take_over(name, self._name(number := next(numbers))):
                found.append((number, draft._replace(note=note)))
        return found

    def _name(self, number: int) -> str:
        return f"{self._life.session}-{number}"


def _is_said(draft: Draft, record: Record | None) -> bool:
    """True if a record already contains the draft about it."""
    text = draft.text.strip()
    match record:
        case Highlight():
            said = record.comment == text if draft.kind == "comment" else record.tags == tags_in(text)
        case QuestionRecord():
            said = record.answer == text
        case _:
            said = False
    return said
