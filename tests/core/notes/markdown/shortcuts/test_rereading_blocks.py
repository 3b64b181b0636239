"""Parsing a long edited episode around the edit gives the same as parsing all of it."""

from __future__ import annotations

from functools import partial

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tui.core.notes.markdown.episodes import ParseMarkdown
from tui.core.notes.markdown.shortcuts.rereading_blocks import blocks_after
from tui.core.notes.model import Body
from tui.core.notes.splitting import Definitions

LINES = [
    "# a",
    "## b",
    "## *c* #",
    "- # d",
    "> ## e",
    "   ## f",
    "#",
    "- g",
    "  - h",
    "1. i",
    "j",
    "    k",
    "",
    "---",
    "===",
    "```",
    "~~~~",
    "<div>",
    "<!--",
    "-->",
    "| l |",
    "|---|",
    "• m",
    "%%",
    "key:: n",
    "[o]: /p",
    "[o] **q",
    "$$",
    "\\[",
    "  $$",
    "\\]",
    "1/ r",
    "2/ s",
    "a. t",
    "b. u",
    "A. v",
    "B. w",
    "- ",
    "2. x",
    "- I y",
    "- 1. z",
    "* * *",
]
TEXTS = st.lists(st.sampled_from(LINES), max_size=24)
FILLERS = st.sampled_from([[], ["- aa"] * 3, ["- bb"] * 29, ["- cc", "  - dd"] * 50, ["- ee"] * 105])
"Bullets that put more or fewer lines between two edits than a line may look ahead."
LOCAL = st.lists(
    st.sampled_from([line for line in LINES if not {"%%", "key:: n", "[o]: /p", "• m"} & {line}]), max_size=6
)
"Lines without far-reaching notation."
WAY = partial(ParseMarkdown, Definitions({"O": "/p"}))


def body(lines: list[str], skip: int) -> Body:
    return Body("\n".join(lines), WAY(skip))


@given(TEXTS, TEXTS, TEXTS, TEXTS, st.integers(0, 1), st.integers(1, 9))
def test_parsing_around_an_edit_equals_parsing_the_whole(
    above: list[str], old: list[str], new: list[str], below: list[str], skip: int, chunk: int
) -> None:
    before, after = body([*above, *old, *below], skip), body([*above, *new, *below], skip)
    _ = before.blocks
    found = blocks_after(before, after, long=0, chunk=chunk)
    assert found is None or found == after.blocks


@settings(max_examples=300)
@given(st.lists(st.tuples(FILLERS, LOCAL, LOCAL, st.booleans()), min_size=1, max_size=4), FILLERS, st.integers(1, 400))
def test_edits_far_apart_are_parsed_as_parsing_the_whole_gives(
    parts: list[tuple[list[str], list[str], list[str], bool]], end: list[str], chunk: int
) -> None:
    old = [line for filler, lines, _, _ in parts for line in (*filler, *lines)]
    new = [line for filler, lines, other, is_edited in parts for line in (*filler, *(other if is_edited else lines))]
    before, after = body(["# Title", *old, *end], 1), body(["# Title", *new, *end], 1)
    _ = before.blocks
    found = blocks_after(before, after, long=0, chunk=chunk)
    assert found is None or found == after.blocks


@pytest.mark.parametrize("new", ["$$", "text\n$$", "\\["])
@pytest.mark.parametrize("mark", ["## Heading", "- bullet"])
def test_a_formula_around_a_line_that_else_stands_by_itself_is_parsed_as_in_the_whole(new: str, mark: str) -> None:
    filler = "- filler\n" * 110
    text = f"# Title\n{filler}\n{{}}\n{mark}\n{{}}\n\n{filler}## End\n"
    closer = "\\]" if "[" in new else "$$"
    before, after = Body(text.format("text", closer), WAY(1)), Body(text.format(new, closer), WAY(1))
    _ = before.blocks
    found = blocks_after(before, after, long=0, chunk=1)
    assert found is None or found == after.blocks


@pytest.mark.parametrize("last", ["- end", "- end\n"])
@given(st.text("-ab \n", max_size=12), st.text("-ab \n", max_size=12), st.text("-ab \n", max_size=12))
def test_changes_within_lines_and_at_the_end_are_found(last: str, old: str, new: str, tail: str) -> None:
    filler = "- filler\n" * 110
    before, after = (
        Body(f"# Title\n{filler}{old}{filler}{last}", WAY(1)),
        Body(f"# Title\n{filler}{new}{filler}{last}{tail}", WAY(1)),
    )
    _ = before.blocks
    found = blocks_after(before, after, long=0, chunk=64)
    assert found is None or found == after.blocks


@pytest.mark.parametrize("word", ["- put in", "", "## a heading", "> quoted", "- reworded **so**"])
@pytest.mark.parametrize("at", [0, 3, 5_000, 9_999, 10_000])
def test_little_of_a_long_episode_is_parsed_again(word: str, at: int) -> None:
    lines = [f"## Part {number}" if number % 100 == 3 else f"- bullet {number}" for number in range(10_000)]
    before, after = body(["# Title", *lines], 1), body(["# Title", *lines[:at], word, *lines[at:]], 1)
    _ = before.blocks
    found = blocks_after(before, after, long=0)
    assert found is not None
    assert found == after.blocks
    kept = {id(block) for block in before.blocks}
    assert sum(id(block) in kept for block in found) >= at - 3_000


@pytest.mark.parametrize("far", ["%%", "[x]: /y", "```", "<!--"])
def test_far_reaching_notation_has_the_whole_episode_parsed(far: str) -> None:
    lines = [f"## Part {number}" if number % 100 == 3 else f"- bullet {number}" for number in range(1_000)]
    before, after = body(lines, 0), body([*lines[:50], far, *lines[50:]], 0)
    _ = before.blocks
    assert blocks_after(before, after, long=0, chunk=100) is None
