"""The highlights and questions that need a decision: their place is not certain, or their text is gone."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tui.core.annotations.highlights import Anchored
from tui.core.state.answers_elsewhere import answers_to_review
from tui.core.state.questions import unplaced

if TYPE_CHECKING:
    from tui.core.state.model import State


class Needs(NamedTuple):
    """Numbers of what needs the reader, as the lists show them; what the reader keeps without its text does not."""

    highlights: int = 0
    questions: int = 0
    "Questions, and answers that are not certain."

    def __str__(self) -> str:
        count = sum(self)
        kind = "items" if all(self) else "highlights" if self.highlights else "questions"
        if not count:
            return ""
        return f"1 {kind.removesuffix('s')} needs you" if count == 1 else f"{count:,} {kind} need you"

    @property
    def brief(self) -> str:
        """The numbers in few words, where there is little room."""
        count = sum(self)
        return "" if not count else "1 needs you" if count == 1 else f"{count:,} need you"


def needs(state: State) -> Needs:
    """Count what needs the reader, but in notes that another program is writing: their text may be on its way."""
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
