"""The highlights and questions that need a decision, since their position is uncertain or their text is gone."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tui.core.annotations.highlights import Anchored
from tui.core.state.answers_elsewhere import answers_to_review
from tui.core.state.questions import unplaced

if TYPE_CHECKING:
    from tui.core.state.model import State


class Needs(NamedTuple):
    """Counts of items that need the reader, as the lists show them; orphans that the reader keeps do not count."""

    highlights: int = 0
    questions: int = 0
    "Questions, and answers whose position is uncertain."

    def __str__(self) -> str:
        count = sum(self)
        kind = "items" if all(self) else "highlights" if self.highlights else "questions"
        if not count:
            return ""
        return f"1 {kind.removesuffix('s')} needs you" if count == 1 else f"{count:,} {kind} need you"

    @property
    def brief(self) -> str:
        """The counts in few words, for small spaces."""
        count = sum(self)
        return "" if not count else "1 needs you" if count == 1 else f"{count:,} need you"


def needs(state: State) -> Needs:
    """Count the items that need the reader, except in notes being written, whose text may still arrive."""
    highlights = questions = 0
    for path, noted in state.annotations.items():
        if not state.has(path) or path in state.unfinished:
            continue
        anchors = noted.anchors
        highlights += sum(
            not (each.kept or isinstance(anchors.get(each.id), Anchored)) for each in noted.highlights.values()
        )
        if noted.questions:
            questions += sum(not each.kept for each in unplaced(noted))
            questions += sum(1 for _ in answers_to_review(state, path))
    return Needs(highlights, questions)
