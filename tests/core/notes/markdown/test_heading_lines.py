from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.core.markdown_notes import jumbled, nested
from tests.core.notes.markdown.test_structure import EXAMPLES
from tui.core.notes.markdown import blocks as markdown
from tui.core.notes.markdown import inline
from tui.core.notes.markdown.heading_lines import find_headings
from tui.core.notes.model import Kind


def found(text: str) -> list[tuple[int, int, int, str]]:
    return [(heading.line, heading.lines, heading.level, heading.title) for heading in find_headings(text)]


def parsed(text: str) -> list[tuple[int, int, int, str]]:
    """The note's own headings as the parser finds them, with their titles as plain text."""
    return [
        (block.first, block.last - block.first + 1, block.depth, block.text)
        for block in markdown.parse(text)
        if block.kind is Kind.HEADING and not block.indent and not block.quoted
    ]


def agree(text: str) -> bool:
    plain = [(line, lines, level, inline.plain(title)) for line, lines, level, title in found(text)]
    # A heading without text gives no block.
    return [heading for heading in plain if heading[3]] == parsed(text)


DIFFERENT = {
    98: "dashes in the first line open front matter",
    100: "dashes in the first line open front matter",
    214: "the title is a reference, which its source alone does not resolve",
}


@pytest.mark.parametrize("number", EXAMPLES)
def test_a_commonmark_example_has_the_headings_that_the_parser_finds(number: int) -> None:
    if number in DIFFERENT:
        pytest.skip(DIFFERENT[number])
    assert agree(EXAMPLES[number])


@settings(max_examples=300, deadline=None)
@given(jumbled().filter(lambda text: not text.startswith("---")))
def test_jumbled_lines_have_the_headings_that_the_parser_finds(text: str) -> None:
    assert agree(text)


@settings(max_examples=100, deadline=None)
@given(nested())
def test_nested_notes_have_the_headings_that_the_parser_finds(text: str) -> None:
    assert agree(text)


@settings(max_examples=200)
@given(st.sampled_from(["", "---\nkey: v\n---\n", "%% c\n\n%%\n"]), jumbled())
def test_a_heading_starts_where_its_line_starts(front: str, text: str) -> None:
    text = front + text
    lines = text.split("\n")
    for heading in find_headings(text):
        assert text.count("\n", 0, heading.start) == heading.line
        assert text[heading.start :].startswith(lines[heading.line])
        assert heading.title.split("\n")[0] in lines[heading.line]


def test_marked_and_underlined_headings_are_found_with_their_lines() -> None:
    assert found("# a #\n\nb\nc\n===\n   ###### d\n#\n####### e\n#f\n") == [
        (0, 1, 1, "a"),
        (2, 3, 1, "b\nc"),
        (5, 1, 6, "d"),
        (6, 1, 1, ""),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "```\n# a\n```\n",
        "~~~~\n# a\n~~~\n# b\n~~~~~\n",
        "- x\n  # a\n",
        "1. x\n\n   ```\n   # a\n   ```\n",
        "> # a\n",
        "<!--\n# a\n\n# b\n-->\n",
        "<div>\n# a\n</div>\n",
        "%%\na\n%%\n",
        "    # a\n",
        "---\ntitle: x\n# a\n---\n",
        "- a\n---\n",
        "title:: a\n---\n",
    ],
)
def test_headings_inside_other_structures_are_not_the_notes_own(text: str) -> None:
    assert [heading.title for heading in find_headings(f"{text}\n# last\n")] == ["last"]


def test_code_that_is_not_closed_goes_on_to_the_end() -> None:
    assert found("# a\n~~~~\n# b\n~~~\n# c\n") == [(0, 1, 1, "a")]
