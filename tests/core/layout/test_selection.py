"""Choosing a phrase."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import split_graphemes

from tui.core.layout.flow import Flow
from tui.core.layout.selection import MOTIONS, Point, Selection, moved, point_at, row_of, spans, text_at
from tui.core.notes.model import Block, Body, Episode, Kind, Position

TEXTS = st.lists(
    st.lists(
        st.sampled_from(["one", " ", "cafe\u0301", "日本", "👩‍💻", "नमस्ते", "বাংলা", "it's", ", ", "“quoted”", "x"]),
        max_size=8,
    ).map("".join),
    min_size=1,
    max_size=6,
)


def flow_of(texts: list[str], width: int = 30, kind: Kind = Kind.PARAGRAPH) -> Flow:
    def parse(source: str) -> tuple[Block, ...]:
        return tuple(Block(kind, text, number, number) for number, text in enumerate(texts))

    return Flow([Episode("title", 1, Body("source", parse))], width)


def starts(text: str) -> set[int]:
    """The offsets at which grapheme clusters begin."""
    return {start for start, _, _ in split_graphemes(text)[0]} | {0}


@given(TEXTS, st.lists(st.sampled_from(sorted(MOTIONS)), max_size=12))
def test_the_caret_stands_on_a_character_wherever_it_goes(texts: list[str], motions: list[str]) -> None:
    flow = flow_of(texts)
    point = Point(Position(0, 0), 0)
    for name in motions:
        point = MOTIONS[name](flow, point)
        text = text_at(flow, point.position)
        assert point.offset in starts(text)
        assert point.offset < len(text) or not text or point.offset == 0


@given(TEXTS, st.integers(6, 40))
def test_a_character_is_found_where_it_is_drawn(texts: list[str], width: int) -> None:
    flow = flow_of(texts, width)
    for number, text in enumerate(texts):
        for start, end, size in split_graphemes(text)[0]:
            point = Point(Position(0, number), start)
            if size and not text[start:end].isspace():
                assert point_at(flow, *row_of(flow, point)) == point


TABLE = "who | what | when\nAda | notes on an engine that was not built | then\nAlan | tapes | later"
"A flow wrapped at 30 cells: the second line has three rows, and rules stand between the lines."


def test_down_and_up_go_through_the_lines_of_a_table() -> None:
    flow = flow_of([TABLE], 30, Kind.TABLE)
    for word, below in (("who", "Ada"), ("Ada", "Alan"), ("when", "then"), ("then", "later")):
        point = Point(Position(0, 0), TABLE.index(word))
        reached = MOTIONS["select_down"](flow, point)
        assert reached.offset == TABLE.index(below)
        assert MOTIONS["select_up"](flow, reached) == point
    point = Point(Position(0, 0), TABLE.index("notes"))
    assert row_of(flow, MOTIONS["select_down"](flow, point))[0] == row_of(flow, point)[0] + 1


@pytest.mark.parametrize("width", [30, 36, 44, 80])
def test_a_character_of_a_table_is_found_where_it_is_drawn(width: int) -> None:
    flow = flow_of([TABLE], width, Kind.TABLE)
    for offset, sign in enumerate(TABLE):
        if sign not in " |\n":
            point = Point(Position(0, 0), offset)
            assert point_at(flow, *row_of(flow, point)) == point


@pytest.mark.parametrize(
    ("motion", "offsets"),
    [("select_word", [6, 10]), ("select_word_end", [3, 8]), ("select_right", [1, 2])],
)
def test_motions_go_as_in_vi(motion: str, offsets: list[int]) -> None:
    flow = flow_of(["cafe\u0301 has it's name"])
    point = Point(Position(0, 0), 0)
    for offset in offsets:
        point = MOTIONS[motion](flow, point)
        assert point.offset == offset


@pytest.mark.parametrize(
    ("text", "starts", "ends"),
    [
        ("été te\u0302te cafe\u0301", [4, 10], [2, 8, 13]),
        ("नमस्ते दुनिया", [7], [4, 11]),
        ("বাংলা তামিল", [6], [3, 10]),
        ("é\n(two)", [2, 3, 6], [2, 5, 6]),
    ],
)
def test_words_of_any_script_are_not_parted_at_their_marks(text: str, starts: list[int], ends: list[int]) -> None:
    flow = flow_of([text])
    for motion, offsets in (("select_word", starts), ("select_word_end", ends)):
        point = Point(Position(0, 0), 0)
        for offset in offsets:
            point = MOTIONS[motion](flow, point)
            assert point.offset == offset
    back = Point(Position(0, 0), len(text))
    for offset in [*reversed(starts), 0]:
        back = MOTIONS["select_word_back"](flow, back)
        assert back.offset == offset


def test_a_selection_covers_every_block_between_its_ends_whichever_way() -> None:
    flow = flow_of(["first words", "", "second ones", "third"])
    one, other = Point(Position(0, 0), 6), Point(Position(0, 3), 1)
    expected = [(Position(0, 0), (6, 11)), (Position(0, 2), (0, 11)), (Position(0, 3), (0, 2))]
    assert spans(flow, Selection(one, other)) == expected
    assert spans(flow, Selection(other, one)) == expected


@given(TEXTS.filter(lambda texts: any(texts)), st.text("ab ", max_size=5))
def test_a_selection_moves_with_what_is_put_before_it_or_is_given_up(texts: list[str], put: str) -> None:
    old = flow_of(texts)
    number = next(number for number, text in enumerate(texts) if text)
    position = Position(0, number)
    selection = Selection(Point(position, 0), MOTIONS["select_line_end"](old, Point(position, 0)))
    words = [text_at(old, at)[slice(*span)] for at, span in spans(old, selection)]
    new = flow_of([put + text if index == number else text for index, text in enumerate(texts)])
    after = moved(selection, lambda at: at, old, new)
    if after is not None:
        assert [text_at(new, at)[slice(*span)] for at, span in spans(new, after)] == words
