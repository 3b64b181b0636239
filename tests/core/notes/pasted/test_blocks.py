"""Text pasted from pages and notes apps."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.core.notes.model import Block, Kind, Style
from tui.core.notes.pasted import headings as scan
from tui.core.notes.pasted.blocks import parse
from tui.core.notes.pasted.lines import shown


def shape(source: str) -> list[tuple[Kind, int, str]]:
    return [(block.kind, block.depth, block.text) for block in parse(source)]


def bullets(source: str) -> list[tuple[int, str]]:
    return [(block.depth, block.text) for block in parse(source) if block.kind is Kind.BULLET]


SIGNS = "•◦▪‣⁃●○■–—-*+·"
LINES = st.one_of(
    st.sampled_from(
        [
            "",
            "  ",
            "• one",
            "  ◦ two",
            "- three",
            "1. four",
            "Heading",
            "Is it so?",
            "And so it goes:",
            "Ada on Cogs",
            "It ends here.",
            "---",
            "•",
            "(12:34) the turn",
            "\u200b",
            "\ttext",
            "a line that somebody broke, or some program did, at seventy columns or so",
        ]
    ),
    st.text(st.characters(exclude_characters="\n"), max_size=90),
)
TEXTS = st.lists(LINES, max_size=14).map("\n".join)


@pytest.mark.parametrize("sign", SIGNS)
def test_sign_before_a_space_makes_a_bullet(sign: str) -> None:
    (block,) = parse(f"{sign} gears turn")
    assert (block.kind, block.text, block.marker, block.depth, block.indent) == (
        Kind.BULLET,
        "gears turn",
        "•",
        1,
        1,
    )


@pytest.mark.parametrize("gap", ["\t", "\xa0", "\u2003", " \u200b", "   ", ""])
def test_whatever_stands_behind_a_sign_is_no_part_of_the_text(gap: str) -> None:
    assert bullets(f"\xa0\xa0•{gap}gears turn\xa0\u200b") == [(1, "gears turn")]


def test_word_processors_letters_are_signs_before_a_tab() -> None:
    assert bullets("•\tone\no\ttwo\n§\tthree") == [(1, "one"), (2, "two"), (3, "three")]
    assert [block.kind for block in parse("o brave new world.")] == [Kind.PARAGRAPH]


@pytest.mark.parametrize("number", ["1.", "12)", "(3)", "a)"])
def test_number_is_a_bullet_that_shows_it(number: str) -> None:
    (block,) = parse(f"{number} gears turn")
    assert (block.kind, block.marker, block.text) == (Kind.BULLET, number, "gears turn")


@pytest.mark.parametrize(
    "line", ["1843 was the year.", "-5 degrees.", "*starred*.", "3.14 is enough.", "(12:34) it begins."]
)
def test_number_or_dash_within_text_is_no_bullet(line: str) -> None:
    assert shape(line) == [(Kind.PARAGRAPH, 0, line)]


@pytest.mark.parametrize(
    ("line", "done"),
    [("- [ ] oil it", False), ("• [x] oil it", True), ("☐ oil it", False), ("☑ oil it", True), ("- oil it", None)],
)
def test_task_is_read(line: str, done: bool | None) -> None:
    (block,) = parse(line)
    assert (block.text, block.task) == ("oil it", done)


def test_indentation_nests_whatever_its_width() -> None:
    source = "  • a\n    ◦ b\n      ▪ c\n    ◦ d\n  • e\n\t\t• f"
    assert bullets(source) == [(1, "a"), (2, "b"), (3, "c"), (2, "d"), (1, "e"), (2, "f")]


def test_list_that_lost_its_indentation_nests_by_its_signs() -> None:
    assert bullets("• a\n◦ b\n▪ c\n• d") == [(1, "a"), (2, "b"), (3, "c"), (1, "d")]


def test_blank_lines_between_bullets_do_not_part_them() -> None:
    source = "  • a\n\n    • b\n\n\n  • c"
    assert [(block.depth, block.first) for block in parse(source)] == [(1, 0), (2, 2), (1, 5)]


def test_bullets_nest_afresh_below_a_heading() -> None:
    assert bullets("• a\n\nGears\n\n    • b") == [(1, "a"), (1, "b")]


def test_broken_bullet_goes_on_in_indented_lines() -> None:
    (first, second) = parse("• a bullet that\n  goes on and\n  on\n• next")
    assert (first.text, first.first, first.last) == ("a bullet that goes on and on", 0, 2)
    assert second.first == 3


def test_broken_bullet_goes_on_at_the_margin_where_the_next_word_would_not_have_fit() -> None:
    source = (
        "• this bullet was broken by a program that allows for sixty-odd columns\n"
        "and no more than that\n"
        "• while this one was not broken at all"
    )
    assert [block.last for block in parse(source)] == [1, 2]


def test_line_below_a_bullet_that_could_have_gone_on_is_no_part_of_it() -> None:
    source = "• a bullet of several words that sets how wide the lines can get here\n• short\nGears\n• next"
    assert shape(source)[2] == (Kind.HEADING, 2, "Gears")


def test_sign_alone_in_its_line_takes_the_line_below() -> None:
    assert shape("•\ngears\n•") == [(Kind.BULLET, 1, "gears")]


def test_indented_text_below_a_blank_line_stays_in_its_bullet() -> None:
    block = parse("• a\n  ◦ b\n\n    more of b.")[2]
    assert (block.kind, block.indent, block.text) == (Kind.PARAGRAPH, 2, "more of b.")


@pytest.mark.parametrize(
    "heading", ["Gears", "Gears and levers", "The price of brass:", "Part 2: steam", "(12:34) Steam"]
)
def test_short_line_that_stands_alone_is_a_heading(heading: str) -> None:
    assert shape(f"text before.\n\n{heading}\n\ntext below.")[1] == (Kind.HEADING, 2, heading)


@pytest.mark.parametrize(
    "line",
    [
        "Gears turn.",
        "Gears turn!",
        "gears turn, and so on…",
        "Gears turn. Levers do not",
        "“Gears turn”",
        "https://example.org/gears",
        "12:34",
        "A line of a dozen words and more that nobody would ever take for a heading",
    ],
)
def test_sentence_that_stands_alone_is_a_paragraph(line: str) -> None:
    assert shape(f"• bullet\n\n{line}\n\n• bullet")[1][:1] == (Kind.PARAGRAPH,)


@pytest.mark.parametrize("line", ["終わりに一言。", "水は来る！", "पानी रास्ता जानता है।", "آب راه را می‌داند۔"])
def test_a_sentence_of_any_script_that_stands_alone_is_no_heading(line: str) -> None:
    assert [block.kind for block in parse(f"• a\n\n{line}\n\n• b\n")] == [Kind.BULLET, Kind.PARAGRAPH, Kind.BULLET]


def test_question_is_a_heading_only_before_bullets() -> None:
    assert shape("What turns?\n\n• gears")[0][0] is Kind.HEADING
    assert shape("What turns?\n\nGears:")[0][0] is Kind.PARAGRAPH
    assert shape("What turns?")[0][0] is Kind.PARAGRAPH


def test_heading_needs_no_blank_lines_among_bullets() -> None:
    assert [kind for kind, *_ in shape("• a\nGears:\n• b\nLevers\n• c")] == [
        Kind.BULLET,
        Kind.HEADING,
        Kind.BULLET,
        Kind.HEADING,
        Kind.BULLET,
    ]


def test_broken_paragraph_is_one_block() -> None:
    source = (
        "The engine is not built and may never be built, but what it would do if\n"
        "it were is clear enough to write down, card by card, with all that has\n"
        "to be carried over.\n"
        "\n"
        "Next."
    )
    first, second = parse(source)
    assert (first.first, first.last, second.first) == (0, 2, 4)
    assert "if it were" in first.text


def test_short_lines_one_below_the_other_are_blocks_of_their_own() -> None:
    assert [text for *_, text in shape("gears are cheap\nlevers are not\nwho pays for the brass?")] == [
        "gears are cheap",
        "levers are not",
        "who pays for the brass?",
    ]


def test_line_that_begins_with_a_time_is_a_block_of_its_own() -> None:
    source = "(00:00) Opening, in which both of them say who they are and what for\n(04:10) Gears\n1:02:03 The end"
    assert [block.first for block in parse(source)] == [0, 1, 2]


def test_rule_is_read() -> None:
    assert shape("• a\n* * *\n——————") == [(Kind.BULLET, 1, "a"), (Kind.RULE, 0, ""), (Kind.RULE, 0, "")]


def test_addresses_are_links_without_the_marks_around_them() -> None:
    text = "• see https://example.org/a?b=1, (https://example.org/c_(d)) and http://example.org."
    (block,) = parse(text)
    assert [(block.text[run.start : run.end], run.style) for run in block.inlines] == [
        ("https://example.org/a?b=1", Style.LINK),
        ("https://example.org/c_(d)", Style.LINK),
        ("http://example.org", Style.LINK),
    ]
    assert [run.target for run in block.inlines] == [block.text[run.start : run.end] for run in block.inlines]


def test_title_lines_give_no_block() -> None:
    assert [block.first for block in parse("Ada on Cogs\n• a", skip=1)] == [1]


def test_no_break_spaces_read_as_spaces_and_quotes_stay() -> None:
    assert shape("• “it\xa0turns”, she\u2009said")[0][2] == "“it turns”, she said"


@given(TEXTS, st.integers(0, 3))
def test_each_line_is_in_at_most_one_block_and_no_text_is_lost(source: str, skip: int) -> None:
    lines = source.split("\n")
    blocks = parse(source, skip=skip)
    taken = [line for block in blocks for line in range(block.first, block.last + 1)]
    assert taken == sorted(set(taken))
    assert set(taken) <= set(range(skip, len(lines)))
    for number, line in enumerate(lines[skip:], skip):
        if number not in taken:
            assert not re.search(r"\w{2}", re.sub(r"^\W*\d{1,3}[.)]", "", line)), line
    for block in blocks:
        words = "".join(re.findall(r"\w", "".join(lines[block.first : block.last + 1])))
        assert "".join(re.findall(r"\w", block.text)) in words


@given(TEXTS)
def test_blocks_are_well_formed(source: str) -> None:
    for block in parse(source):
        assert block.text or block.kind is Kind.RULE
        assert block.text.strip() == block.text
        assert (block.kind is Kind.BULLET) == bool(block.marker)
        assert (block.depth == block.indent) if block.kind is Kind.BULLET else block.depth in (0, 2)
        assert all(0 <= run.start < run.end <= len(block.text) for run in block.inlines)


@given(st.lists(TEXTS, min_size=1, max_size=4))
def test_titles_are_found_where_they_stand_alone(sources: list[str]) -> None:
    text = "\n\nAda on Cogs (3/14)\n\n".join(sources)
    found = list(scan.episode_titles(text))
    lines = text.split("\n")
    for heading in found:
        assert text[heading.start :].startswith(lines[heading.line])
        assert shown(lines[heading.line]) == heading.title
    assert sum(heading.title == "Ada on Cogs (3/14)" for heading in found) == len(sources) - 1


@pytest.mark.parametrize(
    "text",
    [
        "Ada on Cogs\nwent well for the most part\n",
        "so it went.\nAda on Cogs\n• a",
        "• Ada on Cogs\n",
        "• a\nAda on Cogs\nwent well",
    ],
)
def test_title_does_not_stand_in_running_text(text: str) -> None:
    assert list(scan.episode_titles(text)) == []


def test_title_with_a_date_may_have_text_right_below() -> None:
    assert [it.line for it in scan.episode_titles("Ada on Cogs (3/14)\nit went well for the most part")] == [0]


AT_THE_MARGIN = LINES.filter(lambda line: not line[:1].isspace() and line[:1] not in "\u200b\u2060\ufeff")


@given(st.lists(AT_THE_MARGIN, max_size=14).map("\n\n".join))
def test_headings_found_by_the_scan_are_those_of_the_parser(text: str) -> None:
    parsed = [(block.first, block.text) for block in parse(text) if block.kind is Kind.HEADING]
    assert [(heading.line, heading.title) for heading in scan.headings(text)] == parsed


def test_scan_takes_no_text_of_a_bullet_for_a_heading() -> None:
    assert [it.title for it in scan.headings("• a\n  b\nGears\n• c\n\n  d\n\nLevers")] == ["Gears", "Levers"]


def test_lines_are_found_by_a_pattern() -> None:
    assert list(scan.matching_lines("Nr 1: a\n\n• text\nNr 2: b", r"^Nr \d")) == [
        scan.PastedHeading(0, 0, "Nr 1: a"),
        scan.PastedHeading(16, 3, "Nr 2: b"),
    ]


@pytest.mark.parametrize(
    "line",
    [
        "a" * 500_000,
        "• " * 200_000,
        "? " * 200_000,
        " " * 500_000,
        "\u200b" * 200_000,
        "- " * 200_000 + "x",
        "http://" * 50_000,
        "((" * 100_000,
    ],
)
def test_long_lines_are_read_in_time_that_grows_with_their_length(line: str) -> None:
    assert all(isinstance(block, Block) for block in parse(f"{line}\n{line}"))
    list(scan.headings(line))
    list(scan.episode_titles(line))


# Marks that count


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "1. shear\n   a. in spring\n   b. in autumn\n      i. only once\n2. wash\n",
            [
                (1, "1.", "shear"),
                (2, "a.", "in spring"),
                (2, "b.", "in autumn"),
                (3, "i.", "only once"),
                (1, "2.", "wash"),
            ],
        ),
        ("a. shear\nb. wash\n", [(1, "a.", "shear"), (1, "b.", "wash")]),
        ("I. shear\nII. wash\n", [(1, "I.", "shear"), (1, "II.", "wash")]),
        ("1/ shear\n2/ wash\n", [(1, "1/", "shear"), (1, "2/", "wash")]),
        ("・羊毛\n※洗う\n", [(1, "•", "羊毛"), (1, "•", "洗う")]),
        ("①羊毛\n②洗う\n", [(1, "①", "羊毛"), (1, "②", "洗う")]),
        ("（1）羊毛\n（2）洗う\n", [(1, "（1）", "羊毛"), (1, "（2）", "洗う")]),
        ("一、羊毛\n二、洗う\n", [(1, "一、", "羊毛"), (1, "二、", "洗う")]),
        ("J. Smith and\nK. Jones met\n", []),
        ("I. Newton was there\nJ. Locke was not\n", []),
        ("a. m. or p. m.\n", []),
        ("1/2 of a cup\n2/3 of a spoon\n", []),
    ],
)
def test_marks_that_count_make_bullets(text: str, expected: list[tuple[int, str, str]]) -> None:
    found = [(block.depth, block.marker, block.text) for block in parse(text) if block.kind is Kind.BULLET]
    assert found == expected


def test_a_title_may_begin_with_a_day() -> None:
    text = "Log\n\n1. Nov 2024 – Ada on Cogs\n\n• a\n\n3. Nov 2024 – Bo on Cogs\n\n• b\n"
    assert [heading.title for heading in scan.episode_titles(text)] == [
        "1. Nov 2024 – Ada on Cogs",
        "3. Nov 2024 – Bo on Cogs",
    ]


def test_initials_that_begin_paragraphs_are_no_list() -> None:
    assert not bullets("A. Lunt wrote of rope.\n\nB. Marr wrote of wool.\n\nC. Dole wrote of neither.\n")


def test_a_bullet_that_is_not_filled_in_takes_no_line_below() -> None:
    assert shape("• boats\n  ◦ \nThis to look up.\n• \n• wool\n") == [
        (Kind.BULLET, 1, "boats"),
        (Kind.PARAGRAPH, 0, "This to look up."),
        (Kind.BULLET, 1, "wool"),
    ]


def test_signs_on_lines_of_their_own_have_their_text_below() -> None:
    text = "•\nboats\n•\nwool\n  ◦\n  dry\n"
    assert bullets(text) == [(1, "boats"), (1, "wool"), (2, "dry")]
    assert not list(scan.headings(text))
