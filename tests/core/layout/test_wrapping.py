"""Line wrapping."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.core.layout import wrapping
from tui.core.layout.cells import cell_len, split_graphemes
from tui.core.layout.wrapping import first_rows, offset_at_cell, wrap
from tui.core.notes.sanitise import drawn

CLUSTERS = ["a", "b", " ", "é", "日", "本", "、", "。", "👩‍💻", "🚀", "e\u0301", "☺\ufe0f", "-", "“", "”", "…"]
TEXT = st.lists(st.sampled_from([*CLUSTERS, "\n"]), max_size=60).map("".join)


def rows(text: str, width: int) -> list[str]:
    return [text[start:end] for start, end in wrap(text, width)]


@pytest.mark.parametrize(
    ("text", "width", "expected"),
    [
        ("", 8, [""]),
        ("short", 8, ["short"]),
        ("hello world this is long", 8, ["hello", "world", "this is", "long"]),
        ("abcdefghij", 4, ["abcd", "efgh", "ij"]),
        ("a\n\nb", 8, ["a", "", "b"]),
        ("café naïve “quoted” thing", 9, ["café", "naïve", "“quoted”", "thing"]),
        ("日本語の例です", 6, ["日本語", "の例で", "す"]),
        ("ab 日本 cd", 4, ["ab", "日本", "cd"]),
    ],
)
def test_text_breaks_where_a_reader_expects_it(text: str, width: int, expected: list[str]) -> None:
    assert rows(text, width) == expected


def test_no_row_of_wide_text_begins_with_a_full_stop() -> None:
    assert rows("日本語、です", 6) == ["日本", "語、で", "す"]


@given(TEXT, st.integers(2, 30))
def test_rows_fit_and_lose_only_the_spaces_they_break_at(text: str, width: int) -> None:
    found = wrap(text, width)
    at = 0
    for start, end in found:
        assert text[at:start] in ("", " ", "\n", " \n")
        assert start <= end
        assert cell_len(text[start:end]) <= width
        at = end
    assert text[at:] in ("", " ")


@given(TEXT, st.integers(2, 30))
def test_no_break_falls_inside_a_grapheme_cluster(text: str, width: int) -> None:
    edges = {0, len(text)}
    start = 0
    for line in text.split("\n"):
        edges |= {start + edge for cluster in split_graphemes(line)[0] for edge in cluster[:2]} | {start}
        start += len(line) + 1
    assert {edge for row in wrap(text, width) for edge in row} <= edges


@given(TEXT, st.integers(2, 20), st.integers(1, 5), st.text(st.sampled_from("ab \n"), max_size=2000))
def test_first_rows_are_those_of_the_whole_text(text: str, width: int, most: int, rest: str) -> None:
    assert first_rows(text + rest, width, most) == rows(text + rest, width)[:most]


def test_first_rows_are_not_filled_by_what_is_invisible() -> None:
    assert first_rows("word \u200b" * 10_000, 5, 2) == ["word \u200b"] * 2


def test_no_row_ends_inside_a_flag() -> None:
    text = "🇩🇪" * 5
    assert [text[start:end] for start, end in wrap(text, 5)] == ["🇩🇪🇩🇪", "🇩🇪🇩🇪", "🇩🇪"]


@pytest.mark.parametrize("text", ["می\u200cشود", "co\u00adop", "a\u2060b\u200e c", "क\u094d\u200dष"])
def test_a_row_has_room_for_all_that_is_drawn_of_a_word(text: str) -> None:
    assert wrap(text, cell_len(drawn(text))) == [(0, len(text))]


@given(TEXT.filter(lambda text: "\n" not in text), st.integers(-2, 90))
def test_a_cell_gives_the_character_that_covers_it(text: str, cell: int) -> None:
    offset = offset_at_cell(text, 0, len(text), cell)
    assert cell_len(text[:offset]) <= max(cell, 0)
    if 0 <= cell < cell_len(text):
        following = next(end for _, end, size in split_graphemes(text)[0] if end > offset and size)
        assert cell_len(text[:following]) > cell


SIMPLE = st.text(st.sampled_from("ab -é“”…,日本語、。「」！ー"), min_size=1, max_size=60)


@given(SIMPLE, st.integers(2, 12))
def test_a_long_line_of_simple_characters_breaks_where_a_short_one_does(line: str, width: int) -> None:
    simple: list[tuple[int, int]] = []
    any_cluster: list[tuple[int, int]] = []
    wrapping._wrap_simple(line, 3, width, simple)
    wrapping._wrap_graphemes(line, 3, width, any_cluster)
    assert simple == any_cluster


def test_simple_characters_are_clusters_of_one_cell_or_two() -> None:
    simple = "".join(char for char in map(chr, range(0x20, 0x10000)) if wrapping._SIMPLE.fullmatch(char))
    clusters, _ = split_graphemes(simple)
    assert [cells for _, _, cells in clusters] == [2 if char >= wrapping._FIRST_WIDE else 1 for char in simple]
    assert all(end - start == 1 for start, end, _ in clusters)


@given(st.lists(st.text(st.sampled_from("ab "), max_size=8), min_size=wrapping._MANY + 1))
def test_very_many_short_lines_are_a_row_each(lines: list[str]) -> None:
    assert rows("\n".join(lines), 8) == lines
