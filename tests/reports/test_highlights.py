from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from tui.core.annotations.choices import Colour
from tui.core.annotations.highlights import Anchored, Candidate, Highlight, MatchKind, NeedsReview, Orphan, Part
from tui.core.notes.model import Address, Library, Place, Span
from tui.core.notes.plain import plain_text
from tui.core.notes.reading import Options, read_note
from tui.core.state.items import highlight_items
from tui.core.state.model import Annotations, State
from tui.reports.highlights import highlighted_spans, highlights_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tui.core.annotations.highlights import Anchor

NOTE = read_note(
    "heard.md",
    """\
# Heard

## Ada on Looms

- Cards tell the loom what to do.
- A bullet
  on two lines.

## Bob on Tea

- Tea.
""",
    Options(),
)
NOW = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)


def part(exact: str, quoted: str = "") -> Part:
    return Part(exact, "", "", "Ada on Looms", "", exact, 0, 5, quoted)


def place(episode: int, block: int, start: int, end: int) -> Place:
    return Place(Address(episode, block), Span(start, end))


CARDS = place(0, 0, 0, 5)
ANCHORED = Anchored((CARDS,), MatchKind.EXACT, 1.0)


def highlight(id_: str, *parts: Part, **given: Any) -> Highlight:
    return Highlight(id_, Colour.GREEN, parts or (part("Cards"),), NOW, NOW, **given)


def listed(state: State) -> Iterator[str]:
    return highlights_text(highlight_items(state))


def state(*marked: tuple[Highlight, Anchor]) -> State:
    highlights = {each.id: each for each, _ in marked}
    anchors = {each.id: anchor for each, anchor in marked}
    return State(Library("heard.md", (NOTE,)), {"heard.md": Annotations(highlights, anchors=anchors)})


def test_highlights_that_need_review_and_orphans_come_first() -> None:
    review = NeedsReview((Candidate((place(1, 0, 0, 4),), 0.6),))
    lines = list(
        listed(
            state(
                (highlight("1", comment="ask", tags=("x",)), ANCHORED),
                (highlight("2", part("gone")), Orphan()),
                (highlight("3", part("kept"), kept=True), Orphan()),
                (highlight("4", part("Coffee.")), review),
            )
        )
    )
    assert lines == [
        "Needs review",
        "  heard.md  green  Coffee.",
        "      in: Ada on Looms",
        "       60%  line 11: Tea.",
        "",
        "Text is gone (kept here)",
        "  heard.md  green  gone",
        "      in: Ada on Looms",
        "",
        "Anchored",
        "  heard.md:5  green  Cards",
        "      ask · #x",
        "",
        "Kept without their text",
        "  heard.md  green  kept",
        "      in: Ada on Looms",
    ]


def test_reworded_highlight_tells_what_it_was() -> None:
    lines = listed(state((highlight("1", part("Cards", quoted="Maps")), Anchored((CARDS,), MatchKind.EDITED, 0.9))))
    assert list(lines)[2] == "      was: Maps"


def test_no_control_sequence_of_a_highlights_file_is_printed() -> None:
    lines = listed(state((highlight("1", part("a\x1b[31m\nb"), comment="\x9b2J", tags=("\u202e",)), Orphan())))
    assert not {"\x1b", "\x9b", "\u202e", "\n"} & set("".join(lines))


def test_plain_text_shows_certain_highlights_between_marks() -> None:
    marked = state(
        (highlight("1"), ANCHORED),
        (highlight("2"), Anchored((place(0, 0, 11, 19), place(1, 0, 0, 4)), MatchKind.MOVED, 1.0)),
        (highlight("3"), NeedsReview((Candidate((place(0, 1, 0, 1),), 0.5),))),
        (highlight("4"), Orphan()),
    )
    lines = list(plain_text(NOTE, highlighted_spans(marked, "heard.md")))
    assert "• ==Cards== tell ==the loom== what to do." in lines
    assert "• ==Tea.==" in lines
    assert sum("==" in line for line in lines) == 2
