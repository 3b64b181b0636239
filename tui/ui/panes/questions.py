"""The widget for the question list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.core.annotations.link_ids import question_of_link
from tui.ui.panes.decisions import Decisions
from tui.ui.views.questions import QuestionView

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tui.ui.lists.entries import ListEntry


class Questions(QuestionView, Decisions):
    """The questions of the current episode, or of the library, with replies, answer and age as details."""

    notation = (("is:open answered dismissed linked review", "by state"), ("NOT OR", "combine"))

    def __init__(self, keys: Mapping[str, Sequence[str]]) -> None:
        super().__init__()
        self.id = "questions"
        self.set_keys(keys)

    def can_decide(self, verdict: str, entry: ListEntry) -> bool:
        """See `Decisions`; a question with a certain position has other keys for answering and linking."""
        return super().can_decide(verdict, entry) and not (verdict == "keep" and question_of_link(entry.id))
