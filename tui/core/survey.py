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
    questions: tuple[tuple[Question, str], ...]
    "In document order, each with its asking sentence on one line."
    headings: tuple[tuple[int, str], ...] = ()
    "The blocks that are headings, each with its text on one line."


def survey(episode: Episode) -> Survey:
    """Count what an episode holds, parsed for this once where it was not parsed yet; from a thread, too."""
    blocks = episode.body.read()
    return Survey(
        sum(block.kind is Kind.BULLET for block in blocks),
        tuple(
            (question, " ".join(blocks[question.block].text[question.span.start : question.span.end].split()))
            for question in questions_of(blocks)
        ),
        tuple(
            (index, " ".join(block.text.split())) for index, block in enumerate(blocks) if block.kind is Kind.HEADING
        ),
    )
