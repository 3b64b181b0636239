"""Blocks' kinds, nesting and lines against markdown-it-py, which keeps a line map for every token."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest
from hypothesis import HealthCheck, example, given, settings
from markdown_it import MarkdownIt

from tests.core.markdown_notes import jumbled, nested
from tui.core.notes.markdown import blocks as markdown
from tui.core.notes.model import Kind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from markdown_it.token import Token

EXAMPLES: dict[int, str] = {
    entry["example"]: entry["markdown"]
    for entry in json.loads((Path(__file__).parents[1] / "data" / "commonmark.json").read_text("utf-8"))["examples"]
}

REFERENCE = MarkdownIt("commonmark").enable(["table", "strikethrough"])


class Leaf(NamedTuple):
    kind: str
    first: int
    last: int
    indent: int
    quoted: int
    level: int = 0


TEXT = {Kind.BULLET, Kind.PARAGRAPH, Kind.QUOTE}


def ours(source: str) -> list[Leaf]:
    return [
        Leaf(
            "text" if block.kind in TEXT else str(block.kind),
            block.first,
            block.last,
            block.indent,
            block.quoted,
            block.depth if block.kind is Kind.HEADING else 0,
        )
        for block in markdown.parse(source)
    ]


def theirs(source: str) -> list[Leaf]:
    """The reference's leaves; an item that contains only a list is a leaf without text unless it is empty."""
    shown: list[Leaf] = []
    for leaf in reversed(list(_leaves(REFERENCE.parse(source)))):
        if leaf.kind != "nothing":
            shown.append(leaf)
        elif shown and leaf.indent < shown[-1].indent and leaf.quoted <= shown[-1].quoted:
            shown.append(leaf._replace(kind="text"))
    return shown[::-1]


def _leaves(tokens: list[Token]) -> Iterator[Leaf]:
    indent = quoted = 0
    for number, token in enumerate(tokens):
        kind = token.type
        if kind in ("bullet_list_open", "ordered_list_open"):
            indent += 1
        elif kind in ("bullet_list_close", "ordered_list_close"):
            indent -= 1
        elif kind == "blockquote_open":
            quoted += 1
        elif kind == "blockquote_close":
            quoted -= 1
        if token.map is None:
            continue
        first, last = token.map[0], token.map[1] - 1
        if kind in ("fence", "code_block", "html_block"):
            is_closed = kind == "fence" and last - first > token.content.count("\n")
            last -= 0 if is_closed else max(0, token.content[len(token.content.rstrip()) :].count("\n") - 1)
        before = tokens[number - 1] if number else None
        opens_item = before is not None and before.type == "list_item_open"
        if before is not None and opens_item and before.map and kind in ("paragraph_open", "html_block"):
            first = before.map[0]
        content = tokens[number + 1].content if kind in ("heading_open", "paragraph_open") else token.content
        if kind in ("bullet_list_open", "ordered_list_open") and before is not None and before.map and opens_item:
            yield Leaf("nothing", before.map[0], before.map[0], indent - 1, quoted)
        elif kind in ("paragraph_open", "html_block"):
            yield Leaf("text", first, last, indent, quoted)
        elif kind == "heading_open" and content:
            yield Leaf("heading", first, last, indent, quoted, int(token.tag[1]))
        elif kind in ("fence", "code_block") and content.strip():
            yield Leaf("code", first, last, indent, quoted)
        elif kind == "table_open":
            yield Leaf("table", first, last, indent, quoted)
        elif kind == "hr":
            yield Leaf("rule", first, last, indent, quoted)


DIFFERENT = {
    7: "the writer wins: what stands behind a bullet's mark is its text, however far behind",
    95: "the writer wins: dashes below several lines are a rule",
    238: "the writer wins: an indented mark below a line begins a list",
    273: "the writer wins: what stands behind a bullet's mark is its text, however far behind",
    274: "the writer wins: what stands behind a bullet's mark is its text, however far behind",
    285: "the writer wins: a mark alone below a line is a bullet that is not filled in yet",
    289: "the writer wins: a list that is indented as code would be is a list",
    297: "the writer wins: two columns behind a number's first one nest",
    298: "the writer wins: a bullet's mark behind another one is the sign of the same bullet",
    299: "the writer wins: a number behind a bullet's mark is its text",
    300: "the writer wins: dashes in a list are a rule",
    312: "the writer wins: an indented mark below a line begins a list",
    313: "the writer wins: a list that is indented as code would be is a list",
    334: "code of nothing but spaces gives no block: there is nothing to stand on",
    367: "the writer wins: a mark alone below a line is a bullet that is not filled in yet",
    **dict.fromkeys(
        (
            *range(148, 156),
            *range(160, 163),
            *range(164, 168),
            174,
            175,
            179,
            *range(183, 187),
            *range(188, 192),
            308,
            309,
        ),
        "the writer wins: HTML is what it means, and its tags and comments give no block",
    ),
    144: "the writer wins: words behind a fence with nothing in it are text",
    **dict.fromkeys(
        (204, 207, 208, 210, 317, 537, 544, 545, 559, 563, 567, 568, 592),
        "the writer wins: a definition that nothing refers to is text",
    ),
    487: "a link with neither text nor address gives no block: there is nothing to stand on",
}

_MARK = r"(?:[-*+]|\d{1,9}[.)])"
WRITERS = re.compile(
    rf"""(?xm)
      [^\n]\n[ >]*(?:{_MARK}[ ]*)*(?:-+|=+|[*+]|\d[.)])[ ]*$  # what is alone below a line: dashes, an empty bullet
    | [^\n]\n[ ]{{4}}                # an indented line below another
    | [ ]{{4}}{_MARK}(?=[ ]|$)        # an indented list
    | {_MARK}[ ]{{5}}                 # text far behind a mark
    | [-*+][ ]+\d{{1,9}}[.)](?=[ ]|$) # a number behind a bullet's mark
    | [-*+][ ]+[-*+](?=[ ]|$)         # a bullet's mark behind another one
    | <                              # HTML, whose tags and comments give no block
    | [ ]{{2}}{_MARK}(?=[ ]|$)        # a mark left of the text of a wide one
    """
)
"Cases in which the writer wins: see `DIFFERENT`, and test_meant.py for the result."


@pytest.mark.parametrize("number", EXAMPLES)
def test_a_commonmark_example_gives_the_blocks_and_lines_that_the_reference_gives(number: int) -> None:
    if number in DIFFERENT:
        pytest.skip(DIFFERENT[number])
    assert ours(EXAMPLES[number]) == theirs(EXAMPLES[number])


@settings(max_examples=300, deadline=None)
@given(nested())
@example("- a\n\n  > - b\n  >   c\n  >\n  >   ```\n  >   d\n  >   ```\n- e\n")
def test_nested_notes_give_the_blocks_and_lines_that_the_reference_gives(source: str) -> None:
    assert ours(source) == theirs(source)


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.filter_too_much])
@given(jumbled().filter(lambda source: not WRITERS.search(source)))
@example("-\nfoo\n- ***\nfoo\n")
@example("> a\n1. b\n2) c\n")
def test_jumbled_lines_give_the_blocks_and_lines_that_the_reference_gives(source: str) -> None:
    assert ours(source) == theirs(source)
