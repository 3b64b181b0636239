"""What an episode holds, counted: the figures of the episode list and the entries of the question pane."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tui.core.model import Kind
from tui.core.questions import questions_of

if TYPE_CHECKING:
    from tui.core.model import Episode
    from tui.core.questions import Question


@dataclass(frozen=True, slots=True)
class Survey:
    """What an episode holds; it outlives the parsed blocks, which take far more memory."""

    bullets: int
    questions: tuple[Question, ...]

    @property
    def open_questions(self) -> int:
        """Questions that nothing is nested beneath."""
        return sum(not question.replies for question in self.questions)


def survey(episode: Episode) -> Survey:
    """Count what an episode holds; this parses it."""
    bullets = sum(block.kind is Kind.BULLET for block in episode.blocks)
    return Survey(bullets, questions_of(episode))
