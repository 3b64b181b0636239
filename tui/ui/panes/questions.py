"""The question pane."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.ui.panes.decisions import Decisions
from tui.ui.views.questions import QuestionView

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tui.ui.lists.entries import ListEntry


class Questions(QuestionView, Decisions):
    """The questions of the current episode, or of the library; their details are replies, answer and age."""

    notation = (("is:open answered dismissed linked review", "by state"), ("NOT OR", "combine"))

    def __init__(self, keys: Mapping[str, Sequence[str]]) -> None:
        super().__init__()
        self.id = "questions"
        self.set_keys(keys)

    def can_decide(self, verdict: str, entry: ListEntry) -> bool:
        """See `Decisions`; a question that has its position is answered and linked by keys of its own."""
        from tui.core.annotations.highlights import question_of_link

        return super().can_decide(verdict, entry) and not (verdict == "keep" and question_of_link(entry.id))
