"""Summaries of episodes: counts for the episode list and questions for the question pane."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tui.core.notes.model import Kind
from tui.core.notes.questions import questions_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tui.core.notes.model import Episode
    from tui.core.notes.questions import Question

# Looked up once: naming a member of an enum takes Python 3.11 a quarter of a microsecond, and blocks are many.
_BULLET, _HEADING = Kind.BULLET, Kind.HEADING


@dataclass(frozen=True, slots=True)
class Summary:
    """The summary of an episode; it outlives the parsed blocks, which take far more memory."""

    bullets: int
    questions: tuple[tuple[Question, str], ...]
    "In document order, each with the sentence that asks on one line."
    heading_blocks: tuple[int, ...] = ()
    "The blocks that are headings."
    heading_texts: bytes = b""
    "Texts of those headings in UTF-8, one per line: in a large file, strings would take five times as much memory."

    @property
    def headings(self) -> Iterator[tuple[int, str]]:
        """The heading blocks, each with its text on one line."""
        return zip(self.heading_blocks, self.heading_texts.decode("utf-8", "surrogatepass").split("\n"), strict=False)


def summary(episode: Episode) -> Summary:
    """Summarise an episode, parsing it for this alone if necessary; safe in a thread."""
    blocks = episode.body.read()
    headings = [(index, block.text) for index, block in enumerate(blocks) if block.kind is _HEADING]
    return Summary(
        sum([block.kind is _BULLET for block in blocks]),
        tuple(
            (question, " ".join(blocks[question.block].text[question.span.start : question.span.end].split()))
            for question in questions_of(blocks)
        ),
        tuple(index for index, _ in headings),
        "\n".join(" ".join(text.split()) for _, text in headings).encode("utf-8", "surrogatepass"),
    )
