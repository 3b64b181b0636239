"""Structure as people mean it, against the specification of CommonMark."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.core.notes.markdown import blocks as markdown
from tui.core.notes.markdown.heading_lines import find_headings
from tui.core.notes.model import Kind


def rows(source: str) -> list[tuple[str, int, str, str]]:
    """Kind, indent, mark and text of each block."""
    return [(str(block.kind), block.indent, block.marker, block.text) for block in markdown.parse(source)]


def bullets(source: str) -> list[tuple[int, str, str]]:
    return [(block.indent, block.marker, block.text) for block in markdown.parse(source) if block.kind is Kind.BULLET]


# Empty bullets, rules and underlines


@pytest.mark.parametrize("mark", ["-", "- ", "*", "+ ", "-\t"])
def test_an_empty_bullet_below_a_line_leaves_the_line_as_it_is(mark: str) -> None:
    assert rows(f"to look up\n{mark}\n\nend\n") == [("paragraph", 0, "", "to look up"), ("paragraph", 0, "", "end")]
    assert rows(f"- tides\n  {mark}\n- why?\n  {mark}\n") == [("bullet", 1, "•", "tides"), ("bullet", 1, "•", "why?")]
    assert find_headings(f"tides\n{mark}\n") == ()


@pytest.mark.parametrize("mark", ["-", "- ", "*"])
def test_an_indented_bullet_that_is_empty_is_no_code(mark: str) -> None:
    assert rows(f"# Day\n\t{mark}\n") == [("heading", 0, "", "Day")]
    assert rows(f"## Day\n\t{mark}\n\t- sheep\n") == [("heading", 0, "", "Day"), ("bullet", 1, "•", "sheep")]
    assert rows("Run:\n\n    a\n    -\n    b\n")[1:] == [("code", 0, "", "a\n-\nb")]


def test_an_empty_number_below_a_line_is_no_part_of_it() -> None:
    assert rows("Sheep\n1. \n\nend\n") == [("paragraph", 0, "", "Sheep"), ("paragraph", 0, "", "end")]


@pytest.mark.parametrize("title", ["Tides", "Why tides?", "On tides: an introduction", "Tides & moons", "**Tides**"])
def test_a_short_title_above_dashes_is_a_heading(title: str) -> None:
    assert [(block.kind, block.depth) for block in markdown.parse(f"{title}\n---\n")] == [(Kind.HEADING, 2)]
    assert [(heading.title, heading.level) for heading in find_headings(f"{title}\n--\n")] == [(title, 2)]


@pytest.mark.parametrize(
    "text",
    [
        "The moon pulls at the water.",
        "The moon pulls at the water, and the water follows it around the whole of the earth twice a day",
        "So who would have thought that the moon does it?",
        "It is *the moon.*",
        "(See the tables of 1833.)",
        "潮汐来自月亮。",
        "first line\nsecond line",
    ],
)
def test_dashes_below_a_sentence_are_a_rule(text: str) -> None:
    assert [block.kind for block in markdown.parse(f"{text}\n---\n\nend\n")] == [
        Kind.PARAGRAPH,
        Kind.RULE,
        Kind.PARAGRAPH,
    ]
    assert find_headings(f"{text}\n---\n") == ()


def test_equals_signs_below_a_sentence_underline_it() -> None:
    assert [block.kind for block in markdown.parse("The moon pulls at the water.\n===\n")] == [Kind.HEADING]


def test_nothing_in_a_list_is_underlined() -> None:
    assert rows("- tides\n  ---\n- moon\n  ===\n") == [
        ("bullet", 1, "•", "tides"),
        ("rule", 1, "", ""),
        ("bullet", 1, "•", "moon\n==="),
    ]


# Indented lists


@pytest.mark.parametrize("above", ["## Steps\n", "", "## Steps\n\n", "Steps:\n", "Steps:\n\n"])
@pytest.mark.parametrize("indent", ["\t", "    ", "     ", "\t\t"])
def test_a_list_that_is_indented_as_a_whole_is_a_list(above: str, indent: str) -> None:
    source = f"{above}{indent}- first **step**\n{indent}- second\n{indent}\t- detail\n{indent}- third\n"
    assert bullets(source) == [(1, "•", "first step"), (1, "•", "second"), (2, "•", "detail"), (1, "•", "third")]


def test_an_indented_numbered_list_is_a_list() -> None:
    assert bullets("# Steps\n\n    1. boil\n    2. pour\n       - slowly\n") == [
        (1, "1.", "boil"),
        (1, "2.", "pour"),
        (2, "•", "slowly"),
    ]


def test_a_list_may_be_indented_further_than_its_parent_needs() -> None:
    assert bullets("- a\n        - b\n        - c\n- d\n") == [
        (1, "•", "a"),
        (2, "•", "b"),
        (2, "•", "c"),
        (1, "•", "d"),
    ]


def test_indented_code_stays_code_with_the_marks_in_it() -> None:
    source = "Run this:\n\n    x = 3\n    - y\n\n    1. z\n"
    assert [(block.kind, block.text) for block in markdown.parse(source)] == [
        (Kind.PARAGRAPH, "Run this:"),
        (Kind.CODE, "x = 3\n- y\n\n1. z"),
    ]


def test_text_far_behind_a_marker_is_the_bullets_text() -> None:
    assert bullets("-\t\ttides\n*       moons\n1.      suns\n") == [
        (1, "•", "tides"),
        (1, "•", "moons"),
        (1, "1.", "suns"),
    ]


# Nesting by two columns


@pytest.mark.parametrize("mark", ["1. ", "10. ", "-   ", "3) ", "*    "])
@pytest.mark.parametrize("nested", ["  - ", "  * "])
def test_two_columns_nest_below_a_wide_mark(mark: str, nested: str) -> None:
    source = f"{mark}shear\n{nested}in spring\n\n{nested}in autumn\n    - once\n{mark}wash\n"
    assert [(depth, text) for depth, _, text in bullets(source)] == [
        (1, "shear"),
        (2, "in spring"),
        (2, "in autumn"),
        (3, "once"),
        (1, "wash"),
    ]


def test_numbers_that_go_on_are_of_one_list_though_they_are_not_aligned() -> None:
    assert bullets("1. a\n  2. b\n 3. c\n") == [(1, "1.", "a"), (1, "2.", "b"), (1, "3.", "c")]
    assert bullets("1. a\n  1. b\n  2. c\n2. d\n") == [(1, "1.", "a"), (2, "1.", "b"), (2, "2.", "c"), (1, "2.", "d")]


# Numbers and other marks that count


def test_a_number_behind_a_bullets_mark_is_its_text() -> None:
    assert bullets("- 1/ wait\n- 2) longer\n- 3. act\n- 1984. A book\n* 2. again\n") == [
        (1, "•", "1/ wait"),
        (1, "•", "2) longer"),
        (1, "•", "3. act"),
        (1, "•", "1984. A book"),
        (1, "•", "2. again"),
    ]


def test_a_numbered_list_that_begins_behind_a_bullets_mark_is_one() -> None:
    assert bullets("- 1. wait\n  2. act\n") == [(1, "•", ""), (2, "1.", "wait"), (2, "2.", "act")]


@pytest.mark.parametrize(
    ("source", "marks"),
    [
        ("a. shear\nb. wash\nc. dye\n", ["a.", "b.", "c."]),
        ("a) shear\n\nb) wash\n", ["a)", "b)"]),
        ("A. shear\nB. wash\n", ["A.", "B."]),
        ("A. shear\n\n   - in spring\n\nB. wash\n", ["A.", "•", "B."]),
        ("1- tondre\n2- laver\n", ["1-", "2-"]),
        ("a- tondre\nb- laver\n", ["a-", "b-"]),
        ("а) стричь\nб) мыть\n", ["а)", "б)"]),
        ("Α. κουρά\nΒ. πλύσιμο\n", ["Α.", "Β."]),
        ("가. 깎기\n나. 씻기\n", ["가.", "나."]),
        ("א. גז\nב. כביסה\n", ["א.", "ב."]),
        ("ア．刈る\nイ．洗う\n", ["ア．", "イ．"]),
        ("１．刈る\n２．洗う\n", ["１．", "２．"]),
        ("i. shear\nii. wash\niii. dye\niv. spin\n", ["i.", "ii.", "iii.", "iv."]),
        ("I. shear\nII. wash\n", ["I.", "II."]),
        ("(1) shear\n(2) wash\n", ["(1)", "(2)"]),
        ("(a) shear\n(b) wash\n", ["(a)", "(b)"]),
        ("1/ shear\n2/ wash\n", ["1/", "2/"]),
        ("①羊毛\n②洗う\n", ["①", "②"]),
        ("（1）羊毛\n（2）洗う\n", ["（1）", "（2）"]),
        ("一、羊毛\n二、洗う\n", ["一、", "二、"]),
        ("1、羊毛\n2、洗う\n", ["1、", "2、"]),
        ("①羊毛\n", ["①"]),
    ],
)
def test_marks_that_count_otherwise_make_bullets(source: str, marks: list[str]) -> None:
    assert [mark for _, mark, _ in bullets(source)] == marks
    assert bullets(source)[0][2] == source.partition("\n")[0].removeprefix(marks[0]).strip()


def test_letters_and_roman_numerals_nest() -> None:
    assert bullets("1. shear\n   a. in spring\n   b. in autumn\n      i. only once\n2. wash\n  a) twice\n") == [
        (1, "1.", "shear"),
        (2, "a.", "in spring"),
        (2, "b.", "in autumn"),
        (3, "i.", "only once"),
        (1, "2.", "wash"),
        (2, "a)", "twice"),
    ]


def test_letters_go_on_to_the_ninth() -> None:
    source = "".join(f"{letter}. word\n" for letter in "abcdefghijk")
    assert [mark for _, mark, _ in bullets(source)] == [f"{letter}." for letter in "abcdefghijk"]


def test_a_thread_goes_on_below_other_text() -> None:
    assert bullets("1/ wait\n\nas long as it takes\n\n2/ act\n\n3/ rest\n") == [
        (1, "1/", "wait"),
        (1, "2/", "act"),
        (1, "3/", "rest"),
    ]


@pytest.mark.parametrize(
    "source",
    [
        "J. Smith and\nK. Jones met\n",
        "A. Lunt wrote of rope\n\nB. Marr of wool\n\nC. Dole of neither\n",
        "A. Turing was there\n",
        "I. Newton was there\nand so was\nJ. Locke\n",
        "I think so\nII is a number\n",
        "He came at 3\na. m. sharp\n",
        "a. m. or p. m.\n",
        "1/2 of a cup\n2/3 of a spoon\n",
        "1/ of them\n",
        "一、二日かかる\n",
        "e.g. this\nf.e. that\n",
        "- met\n  J. Smith\n",
        "(see below)\n(and above)\n",
        "v. Babbage\nvi. is an editor\n",
    ],
)
def test_initials_and_single_letters_are_no_list(source: str) -> None:
    assert [text for _, mark, text in bullets(source) if mark != "•"] == []


@pytest.mark.parametrize("source", ["- - shear\n", "* + - shear\n", "- • shear\n", "-   ◦ shear\n"])
def test_a_bullet_with_two_signs_is_one(source: str) -> None:
    assert bullets(source) == [(1, "•", "shear")]


def test_bullets_with_two_signs_go_on_beside_each_other() -> None:
    assert bullets("- - shear\n  - wash\n    - dry\n") == [(1, "•", "shear"), (1, "•", "wash"), (2, "•", "dry")]


@given(st.lists(st.sampled_from(["a. x", "b. y", "i. z", "  a) w", "1/ v", "2/ u", "①t", "- s", "", "# r", "q"])))
def test_marks_that_count_lose_no_word(lines: list[str]) -> None:
    text = "".join(f"{block.marker} {block.text}" for block in markdown.parse("\n".join(lines)))
    for line in lines:
        assert not line or line.split()[-1].removeprefix("①") in text
