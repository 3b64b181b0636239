"""The source of an episode to the blocks a reader can stand on."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any, NamedTuple

from mistune.util import escape_url

from tui.core.markdown.inline import Text, set_inline
from tui.core.markdown.lines import block_tokens, text_of
from tui.core.markdown.notation import without_notation
from tui.core.model import Block, Inline, Kind, Style
from tui.core.sanitise import clean

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tui.core.markdown.lines import Token
    from tui.core.markdown.references import Definitions

_TASK = re.compile(r"\[([ xX])\]\s+")
_BLOCK_ID = re.compile(r"(?:\A|\s+)\^(?=\d{6}\Z|[\w-]*[A-Za-z])[A-Za-z0-9-]+\s*\Z")
_CALLOUT = re.compile(r"\[!(?P<kind>[\w -]+)\][+-]?[ \t]*(?P<title>[^\n]*)\n?")
_SURROGATES = re.compile("[\ud800-\udfff]")
_HTML_NOTATION = re.compile(r"<!--.*?(?:-->|\Z)|</?[A-Za-z][^<>]*>", re.DOTALL)
_LINE_GROUP = re.compile(r"[^\n]*\S[^\n]*(?:\n[^\n]*\S[^\n]*)*")


def parse(source: str, definitions: Definitions, skip: int) -> tuple[Block, ...]:
    """See `tui.core.markdown.parse`."""
    source = _SURROGATES.sub("\N{REPLACEMENT CHARACTER}", source).replace("\r\n", "\n")
    if skip:
        lines = source.split("\n", skip)
        source = "\n" * min(skip, len(lines) - 1) + (lines[skip] if len(lines) > skip else "")
    shown, kept = without_notation(source)
    links = {key: {"url": escape_url(address)} for key, address in definitions.links.items()}
    notes = set(definitions.footnotes)
    try:
        blocks = _Walk(links, notes).blocks(block_tokens(shown, links, notes))
    except RecursionError:
        # mistune parses containers, and what it takes for nested markup, by recursion. Its cap on nesting keeps that
        # shallow, but not how deep in the stack its caller already is.
        return _as_lines(source)
    if kept is not None:
        return tuple([_at_lines(block, kept[block.first], kept[block.last]) for block in blocks])
    return tuple(blocks)


class _Place(NamedTuple):
    """What a token stands in."""

    indent: int = 0
    quoted: int = 0


class _Walk:
    """Turns a tree of tokens to blocks, without recursion: its depth is the notes' choice."""

    def __init__(self, links: dict[str, Any], notes: set[str]) -> None:
        self._links = links
        self._notes = notes
        self._blocks: list[Block] = []

    def blocks(self, tokens: list[Token]) -> list[Block]:
        stack: list[tuple[Iterator[Token], _Place]] = [(iter(tokens), _Place())]
        while stack:
            siblings, place = stack[-1]
            for token in siblings:
                kind = token["type"]
                if kind == "list":
                    stack.append((iter(_items(token)), _Place(place.indent + 1, place.quoted)))
                elif kind == "item":
                    stack.append((iter(self._item(token, place)), place))
                elif kind == "block_quote":
                    stack.append((iter(_callout(token["children"])), _Place(place.indent, place.quoted + 1)))
                elif kind == "footnote":
                    stack.append((iter(_footnote(token)), place))
                else:
                    self._leaf(token, place)
                    continue
                break
            else:
                stack.pop()
        return self._blocks

    def _item(self, item: Token, place: _Place) -> list[Token]:
        """Give the bullet of a list item; what is left of the item comes after it."""
        children = [child for child in item["children"] if child["type"] != "blank_line"]
        if not children:
            return []
        first = children[0]
        kind = first["type"]
        marker, depth = item["marker"], place.indent
        if kind in ("paragraph", "block_text"):
            source = text_of(first)
            task = None
            if match := _TASK.match(source):
                source, task = source[match.end() :], match[1] != " "
            text = self._text(_BLOCK_ID.sub("", source))
            if text.plain or len(children) > 1:
                self._blocks.append(
                    Block(
                        Kind.BULLET,
                        text.plain,
                        item["first"],
                        first["last"],
                        depth,
                        place.indent,
                        place.quoted,
                        marker,
                        task,
                        text.inlines,
                    )
                )
            return children[1:]
        if kind == "block_html":
            text = _html(first)
            self._blocks.append(
                Block(
                    Kind.BULLET,
                    text.plain,
                    item["first"],
                    first["last"],
                    depth,
                    place.indent,
                    place.quoted,
                    marker,
                    None,
                    text.inlines,
                )
            )
            return children[1:]
        if kind == "list":
            line = item["first"]
            self._blocks.append(Block(Kind.BULLET, "", line, line, depth, place.indent, place.quoted, marker))
        return children

    def _leaf(self, token: Token, place: _Place) -> None:
        kind = token["type"]
        if kind == "blank_line":
            return
        level, language = 0, ""
        if kind in ("paragraph", "block_text"):
            shown = Kind.QUOTE if place.quoted else Kind.PARAGRAPH
            text = self._text(_BLOCK_ID.sub("", text_of(token)), token.get("lead", ""))
            language = token.get("callout", "")
        elif kind == "heading":
            shown, level = Kind.HEADING, token["attrs"]["level"]
            text = self._text(_BLOCK_ID.sub("", text_of(token)))
        elif kind == "block_code":
            shown = Kind.CODE
            text = Text(clean(token["raw"].removesuffix("\n").expandtabs(4)))
            language = clean((token.get("attrs") or {}).get("info", "").split(" ", 1)[0])
        elif kind == "table":
            shown, text = Kind.TABLE, self._table(token["rows"])
        elif kind == "thematic_break":
            shown, text = Kind.RULE, Text("")
        else:
            shown, text = Kind.QUOTE if place.quoted else Kind.PARAGRAPH, _html(token)
        if text.plain or shown is Kind.RULE:
            self._blocks.append(
                Block(
                    shown,
                    text.plain,
                    token["first"],
                    token["last"],
                    level,
                    place.indent,
                    place.quoted,
                    inlines=text.inlines,
                    language=language,
                )
            )

    def _text(self, source: str, lead: str = "") -> Text:
        text = set_inline(source, self._links, self._notes)
        if not lead:
            return text
        shift = len(lead) + 1
        return Text(
            f"{lead} {text.plain}", (Inline(0, len(lead), Style.FAINT), *_shifted(text.inlines, shift))
        )

    def _table(self, rows: list[list[str]]) -> Text:
        lines: list[str] = []
        inlines: list[Inline] = []
        position = 0
        for row in rows:
            cells: list[str] = []
            for source in row:
                cell = set_inline(source, self._links, self._notes)
                if cells:
                    position += len(_BETWEEN_CELLS)
                if row is rows[0] and cell.plain:
                    inlines.append(Inline(position, position + len(cell.plain), Style.BOLD))
                inlines += _shifted(cell.inlines, position)
                cells.append(cell.plain.replace("\n", " "))
                position += len(cell.plain)
            lines.append(_BETWEEN_CELLS.join(cells))
            position += 1
        return Text("\n".join(lines), tuple(inlines))


_BETWEEN_CELLS = " | "


def _items(token: Token) -> Iterator[Token]:
    attrs = token["attrs"]
    number = attrs.get("start", 1)
    for offset, item in enumerate(token["children"]):
        item["type"] = "item"
        item["marker"] = f"{number + offset}{token['bullet']}" if attrs["ordered"] else "•"
        yield item


def _callout(children: list[Token]) -> list[Token]:
    """What a quote holds; the first line of a callout as a paragraph of its own: its title."""
    first = next((child for child in children if child["type"] != "blank_line"), None)
    if first is None or first["type"] not in ("paragraph", "block_text"):
        return children
    source = text_of(first)
    match = _CALLOUT.match(source)
    if not match:
        return children
    kind = match["kind"].strip()
    line = first["first"]
    title = {
        "type": "paragraph",
        "text": match["title"] or kind.capitalize(),
        "callout": clean(kind.lower()),
        "first": line,
        "last": line,
    }
    rest = {"type": "paragraph", "text": source[match.end() :], "first": line + 1, "last": first["last"]}
    below = children[children.index(first) + 1 :]
    return [title, rest, *below] if rest["text"] else [title, *below]


def _footnote(token: Token) -> list[Token]:
    """What a footnote holds, its label before the first words."""
    lead = clean(f"[{token['label']}]")
    children: list[Token] = token["children"]
    first = next((child for child in children if child["type"] != "blank_line"), None)
    if first is not None and first["type"] in ("paragraph", "block_text"):
        first["lead"] = lead
    return children


def _html(token: Token) -> Text:
    """HTML as it stands, its tags and comments set back from its text."""
    plain = clean(token["raw"].rstrip().expandtabs(4))
    return Text(
        plain, tuple([Inline(*found.span(), Style.FAINT) for found in _HTML_NOTATION.finditer(plain)])
    )


def _shifted(inlines: tuple[Inline, ...], by: int) -> Iterator[Inline]:
    return (Inline(run.start + by, run.end + by, run.style, run.target) for run in inlines)


def _at_lines(block: Block, first: int, last: int) -> Block:
    return replace(block, first=first, last=last)


def _as_lines(source: str) -> tuple[Block, ...]:
    """The source without its structure: each group of lines a paragraph."""
    blocks = []
    line = end = 0
    for group in _LINE_GROUP.finditer(source):
        line += source.count("\n", end, group.start())
        last = line + group[0].count("\n")
        blocks.append(Block(Kind.PARAGRAPH, clean(group[0]), line, last))
        line, end = last, group.end()
    return tuple(blocks)
