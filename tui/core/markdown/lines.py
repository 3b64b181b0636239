"""mistune's block parser, made to tell the source lines of every token.

mistune keeps no positions, but it hands a container's content to a child state line by line: line n of a child is
line n of the container, counted from the child's first line. So each state needs only the line it begins at, and a
token's lines are those between the cursor before and after its rule.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, cast

from mistune.block_parser import BlockParser
from mistune.core import BlockState
from mistune.util import unikey

if TYPE_CHECKING:
    from collections.abc import Mapping

Token = dict[str, Any]
"""One of mistune's; a leaf has ``first`` and ``last``, its source lines from 0, without blank lines after it."""

MAX_NESTED_MARKERS = 200
"A line that opens more containers than this is read as text."

_BLANKS = " \t\n\v\f\r"
_MARKER_ALONE = re.compile(r"[ \t]*(?:[*+-]|\d{1,9}[.)])[^\S\n]*(?:\n|\Z)")
_NESTED = re.compile(r"(?:[ \t]*(?:[>*+-]|\d{1,9}[.)])){%d}" % (MAX_NESTED_MARKERS + 1))
_TABLE = (
    r"^ {0,3}(?=[^\n]*\|)[^\s][^\n]*\n"
    r" {0,3}(?:\|[ \t]*)?:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*(?:\|[ \t]*)?$"
)
_UNESCAPED_PIPE = re.compile(r"(?<!\\)\|")
_FOOTNOTE = r"^ {0,3}\[\^(?P<footnote_key>[^\]\[\s\\]{1,500})\]:(?P<footnote_rest>[^\n]*)$"
_FOOTNOTE_BODY = re.compile(r" {4}| {0,3}\t")
_CONTAINERS = ("list", "block_quote", "footnote")


def block_tokens(source: str, links: Mapping[str, Token], notes: set[str]) -> list[Token]:
    """The block tokens of a source whose lines end in ``\\n``, with their lines.

    ``links`` are reference definitions by key as mistune keeps them, ``notes`` the keys of footnotes; what the
    source itself defines is added to both, where it was not there before.
    """
    state = LineState()
    state.env["ref_links"] = links
    state.env["footnotes"] = notes
    state.process(source if source.endswith("\n") else source + "\n")
    _PARSER.parse(state)
    return state.tokens


def text_of(token: Token) -> str:
    """The inline Markdown of a paragraph or a heading."""
    text: str = "".join(token["parts"]) if "parts" in token else token["text"]
    # Not every white space: a no-break space may be meant.
    return text.strip(" \r\n\t\f")


@dataclass(slots=True)
class _Items:
    """Where in its state a list being parsed has come to."""

    start: int
    "The position of the line that the next item begins with."
    line: int
    firsts: list[int] = field(default_factory=list)


class LineState(BlockState):
    """A part of the source, which knows the source line that it begins at."""

    def __init__(self, parent: LineState | None = None) -> None:
        super().__init__(parent)
        self.base = 0
        self.child_base = 0
        self.items: _Items | None = None
        self._counted = (0, 0)

    def line_at(self, position: int) -> int:
        """The source line of a position; cheapest where it is near the one asked for before."""
        known, line = self._counted
        if position >= known:
            line += self.src.count("\n", known, position)
        else:
            line -= self.src.count("\n", position, known)
        self._counted = (position, line)
        return self.base + line

    def child_state(self, src: str, lazy_line_starts: set[int] | None = None) -> LineState:
        child = cast("LineState", super().child_state(src, lazy_line_starts))
        items = self.items
        if items is None:
            child.base = self.child_base
            return child
        items.firsts.append(items.line)
        # mistune drops the first line of an item that has nothing but its marker there.
        child.base = items.line + bool(_MARKER_ALONE.match(self.src, items.start))
        # It has read the next item's first line already, where there is one.
        items.start = self.src.rfind("\n", 0, max(self.cursor - 1, 0)) + 1
        items.line = self.line_at(items.start)
        return child

    def add_paragraph(self, text: str) -> None:
        line = self.line_at(self.cursor)
        last = line + text.rstrip(_BLANKS).count("\n")
        token = self.last_token()
        if token and token["type"] == "paragraph":
            token["parts"].append(text)
            token["last"] = last
        else:
            # Parts, joined once: mistune's own ``text +=`` is quadratic in a paragraph of many lines.
            self.tokens.append({"type": "paragraph", "parts": [text], "first": line, "last": last})

    def append_paragraph(self) -> int | None:
        token = self.last_token()
        if token and token["type"] == "paragraph":
            end = self.find_line_end()
            self.add_paragraph(self.get_text(end))
            return end
        return None


class LineParser(BlockParser):
    """CommonMark's blocks, GitHub's tables and footnotes, each token with its lines."""

    state_cls = LineState

    def __init__(self) -> None:
        super().__init__()
        self.register("footnote", _FOOTNOTE, LineParser.parse_footnote, before="ref_link")
        self.register("table", _TABLE, LineParser.parse_table)
        self.block_quote_rules = list(self.rules)
        self.list_rules = list(self.rules)

    def parse_method(self, m: re.Match[str], state: BlockState) -> int | None:
        state = cast("LineState", state)
        start, count, line = state.cursor, len(state.tokens), state.line_at(state.cursor)
        rule = m.lastgroup
        if rule in _CONTAINERS and _NESTED.match(state.src, start):
            return state.append_paragraph()
        end = super().parse_method(m, state)
        if not end:
            return end
        if rule == "setex_heading" and len(state.tokens) == count:
            state.tokens[-1]["last"] = line
        for token in state.tokens[count:]:
            if "first" not in token and token["type"] not in _CONTAINERS:
                token["first"] = line
                token["last"] = line + state.src[start:end].rstrip(_BLANKS).count("\n")
        return end

    def parse_list(self, m: re.Match[str], state: BlockState) -> int:
        state = cast("LineState", state)
        count, outer = len(state.tokens), state.items
        items = state.items = _Items(state.cursor, state.line_at(state.cursor))
        end = super().parse_list(m, state)
        state.items = outer
        if items.firsts:
            for item, line in zip(state.tokens[count]["children"], items.firsts, strict=True):
                item["first"] = line
        return end

    def parse_block_quote(self, m: re.Match[str], state: BlockState) -> int:
        state = cast("LineState", state)
        outer = state.items, state.child_base
        state.items, state.child_base = None, state.line_at(state.cursor)
        end = super().parse_block_quote(m, state)
        state.items, state.child_base = outer
        return end

    def _parse_indent_code_fast(self, state: BlockState) -> int | None:
        state = cast("LineState", state)
        start, count = state.cursor, len(state.tokens)
        end = super()._parse_indent_code_fast(state)
        if end is not None and len(state.tokens) > count:
            line = state.line_at(start)
            last = line + state.src[start:end].rstrip(_BLANKS).count("\n")
            state.tokens[-1].update(first=line, last=last)
        return end

    def parse_table(self, m: re.Match[str], state: LineState) -> int | None:
        """GitHub's table: ``rows`` of cells, the header first."""
        head, _, delimiters = m.group(0).partition("\n")
        header = _cells(head)
        if len(header) != len(_cells(delimiters)):
            return None
        rows = [header]
        ends = self.compile_sc(["blank_line", *_TABLE_ENDS])
        position = min(m.end() + 1, state.cursor_max)
        while position < state.cursor_max and not ends.match(state.src, position):
            line = state.get_line(position)
            rows.append(_cells(line)[: len(header)])
            position += len(line)
        state.append_token({"type": "table", "rows": rows})
        return position

    def parse_footnote(self, m: re.Match[str], state: LineState) -> int | None:
        """A footnote's definition: a container like a list item, whose further lines are indented."""
        if state.depth() >= self.max_nested_level - 1:
            return state.append_paragraph()
        parts = [m.group("footnote_rest").lstrip(" \t") + "\n"]
        ends = self.compile_sc(["blank_line", "footnote", *_TABLE_ENDS])
        position = min(m.end() + 1, state.cursor_max)
        blank = False
        while position < state.cursor_max:
            line = state.get_line(position)
            body = _FOOTNOTE_BODY.match(line)
            if not line.strip(_BLANKS):
                parts.append("\n")
                blank = True
            elif body:
                parts.append(line[body.end() :])
                blank = False
            elif blank or ends.match(state.src, position):
                break
            else:
                parts.append(line)
            position += len(line)
        outer = state.items, state.child_base
        state.items, state.child_base = None, state.line_at(state.cursor)
        child = state.child_state("".join(parts))
        state.items, state.child_base = outer
        self.parse(child, self.list_rules)
        key = m.group("footnote_key")
        state.env["footnotes"].add(unikey(key))
        state.append_token({"type": "footnote", "label": key, "children": child.tokens})
        return position


_TABLE_ENDS = ("thematic_break", "fenced_code", "atx_heading", "block_quote", "list", "block_html")
"What ends a table, and a paragraph that goes on without its container's indentation."


def _cells(line: str) -> list[str]:
    line = line.strip().removeprefix("|")
    if "\\" not in line:
        return [cell.strip() for cell in line.removesuffix("|").split("|")]
    cells = _UNESCAPED_PIPE.split(line)
    if len(cells) > 1 and not cells[-1].strip():
        cells.pop()
    return [cell.replace("\\|", "|").strip() for cell in cells]


_PARSER = LineParser()
