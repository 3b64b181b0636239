"""A note with highlights and questions for exporters to write."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from tui.core.annotations.choices import Colour
from tui.core.annotations.highlights import Anchored, Highlight, MatchKind, Part
from tui.core.notes.model import Address, Library, Place, Span
from tui.core.notes.reading import Options, read_note
from tui.core.state.model import Annotations, State

if TYPE_CHECKING:
    from tui.core.annotations.highlights import Anchor, QuestionRecord

NOTE = read_note(
    "heard.md",
    """\
# Heard

## Ada on Looms

- Cards tell the loom what to do.
- A bullet
  on two lines.
- Who wove first?
  - Nobody knows.
    - Not even Ada.

## Bob on Tea

- Tea.
- Milk first?
""",
    Options(),
)
NOW = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)


def part(exact: str, quoted: str = "", episode: str = "Ada on Looms") -> Part:
    return Part(exact, "", "", episode, "", exact, 0, 5, quoted)


def place(episode: int, block: int, start: int, end: int) -> Place:
    return Place(Address(episode, block), Span(start, end))


CARDS = place(0, 0, 0, 5)
ANCHORED = Anchored((CARDS,), MatchKind.EXACT, 1.0)


def highlight(id_: str, *parts: Part, colour: Colour = Colour.GREEN, **given: Any) -> Highlight:
    return Highlight(id_, colour, parts or (part("Cards"),), NOW, NOW, **given)


def state(*marked: tuple[Highlight, Anchor], asked: tuple[tuple[QuestionRecord, Anchor], ...] = ()) -> State:
    highlights = {each.id: each for each, _ in marked}
    questions = {each.id: each for each, _ in asked}
    anchors = {**{each.id: anchor for each, anchor in marked}, **{each.id: anchor for each, anchor in asked}}
    return State(Library("heard.md", (NOTE,)), {"heard.md": Annotations(highlights, questions, anchors)})
