from __future__ import annotations

import sys
from itertools import pairwise

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.core.markdown_notes import jumbled, nested
from tests.core.patterns import PATTERNS
from tests.core.promises import holds
from tui.core.notes.markdown import blocks as markdown
from tui.core.notes.markdown import inline
from tui.core.notes.markdown.heading_lines import find_headings
from tui.core.notes.markdown.references import find_definitions
from tui.core.notes.markdown.structure.reader import MAX_CONTAINERS
from tui.core.notes.model import Kind, Style

PIECES = st.sampled_from(
    [
        *"*_`[]()!<>#=-+~^|&;:\\\"'%$ \n\t.1ax",
        *("\n\n", "    ", "**", "==", "~~", "[[", "]]", "![", "](", "[^1]", "]: ", "%%", ":: ", "```", "<!--", "-->"),
        *("&#0;", "&#x1b;", "\x1b]0;", "\x00", "\r", "\u2028", "\u202e", "\ud800", "😀", "\u200b", "<br>", "|-|"),
        *("https://", "- [ ] ", "> [!a] ", ":LOGBOOK:", ":END:"),
    ]
)
ANYTHING = st.text() | st.lists(PIECES, max_size=40).map("".join) | jumbled() | nested()


@settings(max_examples=500, deadline=None)
@given(ANYTHING, st.integers(0, 3))
@example("\ud800[a](\udc00)<\udfff>", 0)
@example("a [[\r]] ![[ | ]]", 0)
@example("> \r\r\n\x00- \u2028&#xd800; &#10;&#x9b;", 0)
def test_no_text_breaks_parsing_and_what_it_gives_can_be_drawn(source: str, skip: int) -> None:
    blocks = markdown.parse(source, find_definitions(source), skip=skip)
    assert all(holds(block) for block in blocks)
    assert all(above.first <= below.first for above, below in pairwise(blocks))
    assert all(block.first >= skip and block.last <= source.count("\n") for block in blocks)
    assert "\n" not in inline.plain(source)
    assert all(heading.line <= source.count("\n") for heading in find_headings(source))


@settings(max_examples=200, deadline=None)
@given(nested())
def test_every_word_is_in_some_block(source: str) -> None:
    text = " ".join(block.text for block in markdown.parse(source))
    for word in ("time", "people", "idea", "market", "story", "code", "signal", "link", "system"):
        assert text.count(word) == source.count(word)


@settings(max_examples=200, deadline=None)
@given(jumbled(), st.integers(0, 3))
def test_empty_lines_above_move_the_lines_and_nothing_else(source: str, count: int) -> None:
    moved = markdown.parse("\n" * count + source)
    assert [(block.text, block.first - count, block.last - count) for block in moved] == [
        (block.text, block.first, block.last) for block in markdown.parse(source)
    ]


def literal(text: str) -> bool:
    (block,) = markdown.parse(text)
    return block.text == text.strip() and not block.inlines


def test_a_text_with_too_many_delimiters_is_taken_as_it_stands() -> None:
    fits, surplus = "*a* " * (inline.MAX_DELIMITERS // 2), "*a* " * (inline.MAX_DELIMITERS // 2 + 1)
    assert not literal(fits)
    assert literal(surplus)


def test_a_text_that_is_too_long_is_taken_as_it_stands() -> None:
    assert not literal("**a** " + "b" * (inline.MAX_LENGTH - 6))
    assert literal("**a** " + "b" * (inline.MAX_LENGTH - 5))


def test_many_dense_texts_are_taken_as_they_stand_once_they_cost_too_much() -> None:
    dense = "*a **a " * 300 + "b" + " a** a*" * 300
    blocks = markdown.parse(f"{dense}\n\n" * 50 + "*short*\n")
    assert blocks[0].inlines
    assert not blocks[-2].inlines
    assert blocks[-1].inlines[0].style is Style.ITALIC


@pytest.mark.parametrize("mark", ["> ", "1. ", "1) "])
def test_a_line_that_nests_too_deep_is_text(mark: str) -> None:
    line = mark * MAX_CONTAINERS + "a"
    deepest = markdown.parse(line)[-1]
    assert (deepest.text, deepest.indent + deepest.quoted) == ("a", MAX_CONTAINERS)
    (block,) = markdown.parse(mark + line)
    assert (block.kind, block.text, block.indent, block.quoted) == (Kind.PARAGRAPH, mark + line, 0, 0)


def test_a_bullet_with_too_many_signs_is_text() -> None:
    line = "- " * MAX_CONTAINERS + "a"
    assert [(block.text, block.depth) for block in markdown.parse(line)] == [("a", 1)]
    assert [block.text for block in markdown.parse("- " + line)] == ["- " + line]


def test_nesting_over_many_lines_ends_at_the_same_depth() -> None:
    blocks = markdown.parse("".join("  " * depth + "- a\n" for depth in range(MAX_CONTAINERS + 50)))
    assert max(block.depth for block in blocks) == MAX_CONTAINERS
    assert blocks[-1].last == MAX_CONTAINERS + 49


def _parsed_with(frames: int, source: str) -> str:
    """The text of the only block, parsed with only this many stack frames left."""
    left = sys.getrecursionlimit() - frames
    frame = sys._getframe()
    while frame.f_back:
        frame, left = frame.f_back, left - 1

    def descend(count: int) -> str:
        return descend(count - 1) if count else markdown.parse(source)[0].text

    return descend(left)


def test_markup_for_which_the_stack_is_too_short_is_taken_as_it_stands() -> None:
    source, plain = "==a ^^b ~~c~~ d^^ e==", "a b c d e"
    frames = 10
    while True:
        frames += 1
        try:
            text = _parsed_with(frames, source)
        except RecursionError:
            continue  # Too short even for parsing what has no markup.
        if text == plain:
            break
        assert text == source


@pytest.mark.parametrize("name", PATTERNS)
@pytest.mark.parametrize("count", [1, 50, 4_000])
def test_patterns_that_trouble_parsers_are_read(name: str, count: int) -> None:
    source = PATTERNS[name](count)
    assert all(holds(block) for block in markdown.parse(source, find_definitions(source)))
    assert all(heading.level for heading in find_headings(source))
