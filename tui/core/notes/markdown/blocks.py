"""Parsing an episode's source into the blocks that a cursor can stand on."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from tui.core.notes.line_breaks import passages
from tui.core.notes.markdown.inline import InlineText, encodable
from tui.core.notes.markdown.notation import without_notation
from tui.core.notes.markdown.references import labels_in
from tui.core.notes.markdown.structure import PROPERTY, In, Is, Leaf, cells, structure
from tui.core.notes.markdown.styled_text import StyledText
from tui.core.notes.model import Block, Inline, Kind, Style
from tui.core.notes.sanitise import clean
from tui.core.notes.splitting import NO_DEFINITIONS
from tui.core.patterns import deferred

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tui.core.notes.line_breaks import LineBreaks
    from tui.core.notes.markdown.references import Definition
    from tui.core.notes.splitting import Definitions

# Bound once: access to an enum member takes Python 3.11 a quarter of a microsecond, and there are many lines.
_PARAGRAPH_LEAF = Is.PARAGRAPH
_QUOTE, _ITEM, _FOOTNOTE = In.QUOTE, In.ITEM, In.FOOTNOTE
_BULLET, _RULE, _PARAGRAPH = Kind.BULLET, Kind.RULE, Kind.PARAGRAPH
_TASK = deferred(r"\[([ xX])\]\s+")
_PASTED_SIGNS = "•◦▪▫‣⁃∙●○"
_PASTED_SIGN = deferred(rf"[{_PASTED_SIGNS}][ \t\xa0]+(?=\S)")
"A bullet character pasted after a list marker."
_BEFORE_TEXT = frozenset(f"[{_PASTED_SIGNS}")
"First characters of a task's box and of pasted signs."
_BLOCK_ID = deferred(r"[0-9]{6}|[0-9-]*+[A-Za-z][A-Za-z0-9-]*")
_CALLOUT = deferred(r"\[!([\w -]+)(?:\|[^\[\]]*)?\][+-]?[ \t]*(.*)")
_HTML_NOTATION = deferred(r"<!--.*?(?:-->|\Z)|</?[A-Za-z][^<>]*>", re.DOTALL)
_PROGRAM = deferred(r"<(?:script|pre|style|textarea)\b|<[?!](?!--)", re.IGNORECASE)
_TAGS = deferred(r"\s*(?:</?(?!img\b)[A-Za-z][^<>]*>\s*)*", re.IGNORECASE)
"A line of nothing but tags."
_BETWEEN_CELLS = " | "
_PADDING = " \t\r\n\f"
"Characters trimmed from a text; a no-break space may be intended."


def parse(
    source: str, definitions: Definitions = NO_DEFINITIONS, *, skip: int = 0, line_breaks: LineBreaks = "auto"
) -> tuple[Block, ...]:
    """Parse the source of one episode into its blocks, in order; never raises.

    Args:
        source: All lines of the episode; blocks count their lines from 0 at its first.
        definitions: The definitions of the whole note, with or without those in the source itself.
        skip: Number of lines at its beginning that are the episode's title and give no block.
        line_breaks: The line breaks of a paragraph to keep.
    """
    source = encodable(source).replace("\r\n", "\n")
    if skip:
        lines = source.split("\n", skip)
        source = "\n" * min(skip, len(lines) - 1) + (lines[skip] if len(lines) > skip else "")
    shown, kept = without_notation(source)
    used = _UsedLinks(definitions.links, shown)
    read = structure(shown, used.are_led_to_by)
    inline = InlineText(used.links, read.footnotes | definitions.footnotes)
    blocks = _with_text([block for leaf in read.leaves for block in _blocks(leaf, inline, line_breaks)])
    if kept is not None:
        blocks = [block._replace(first=kept[block.first], last=kept[block.last]) for block in blocks]
    return tuple(blocks)


class _UsedLinks:
    """The link definitions that a source may use: those of the whole note, and those that only its structure
    reveals.
    """

    def __init__(self, links: Mapping[str, str], source: str) -> None:
        self.links = links
        self._source = source
        self._referred: set[str] | None = None

    def are_led_to_by(self, definition: Definition) -> bool:
        """True if something refers to this definition and gets its address, rather than that of another."""
        key = definition.key
        if key not in self.links:
            if self._referred is None:
                self._referred = labels_in(self._source)
            if key not in self._referred:
                return False
            self.links = {**self.links, key: definition.address}
        return self.links[key] == definition.address


def _with_text(blocks: list[Block]) -> list[Block]:
    """The blocks that have text; empty bullets are kept if bullets are nested in them."""
    if all([block.text.strip() for block in blocks]):  # noqa: C419 - a generator is slower
        return blocks
    shown: list[Block] = []
    indent = quoted = 0
    for block in reversed(blocks):
        is_parent = block.kind is _BULLET and block.indent < indent and block.quoted <= quoted
        if block.text.strip() or block.kind is _RULE or is_parent:
            shown.append(block)
            indent, quoted = block.indent, block.quoted
    shown.reverse()
    return shown


def _blocks(leaf: Leaf, inline: InlineText, line_breaks: LineBreaks) -> tuple[Block, ...]:
    """The blocks of a leaf: one, or several for a callout's title and for separate lines; their text may be empty."""
    if leaf.kind is _PARAGRAPH_LEAF:
        return _paragraph(leaf, inline, line_breaks)
    block = _block_of(leaf, inline)
    if leaf.is_first and leaf.container.kind is _FOOTNOTE:
        label = clean(f"[{leaf.container.sign}]")
        named = _block(leaf, _text_kind(leaf), StyledText(label, (Inline(0, len(label), Style.FAINT),)))
        return named._replace(first=leaf.container.line, last=leaf.container.line), block
    return (block,)


def _block_of(leaf: Leaf, inline: InlineText) -> Block:
    """The block of a leaf other than a paragraph."""
    if leaf.kind is Is.HEADING:
        return _block(leaf, Kind.HEADING, _text("\n".join(_apart(leaf.lines)), inline), depth=leaf.level)
    if leaf.kind is Is.FENCED or leaf.kind is Is.INDENTED:
        text = StyledText(clean("\n".join(leaf.lines).expandtabs(4).rstrip()))
        if not text.plain.strip():
            # Without code, the info string names no language.
            return _block(leaf, Kind.CODE, StyledText(clean(leaf.info)))
        return _block(leaf, Kind.CODE, text, language=clean(leaf.info.split(" ", 1)[0]))
    if leaf.kind is Is.TABLE:
        return _block(leaf, Kind.TABLE, _table(leaf.lines, inline))
    if leaf.kind is Is.RULE:
        return _block(leaf, _RULE, StyledText(""))
    return _html_block(leaf, inline)


def _text_kind(leaf: Leaf) -> Kind:
    if leaf.is_first and leaf.container.kind is _ITEM:
        return _BULLET
    return Kind.QUOTE if leaf.container.quoted else _PARAGRAPH


def _block(
    leaf: Leaf, kind: Kind, text: StyledText, *, depth: int = 0, task: bool | None = None, language: str = ""
) -> Block:
    container = leaf.container
    first, marker = leaf.first, ""
    if kind is _BULLET:
        first, marker, depth = container.line, container.sign, container.indent
    return Block(
        kind,
        text.plain,
        first,
        leaf.last,
        depth,
        container.indent,
        container.quoted,
        marker,
        task,
        text.inlines,
        language,
    )


def _paragraph(leaf: Leaf, inline: InlineText, line_breaks: LineBreaks) -> tuple[Block, ...]:
    container = leaf.container
    kind = _text_kind(leaf)
    if leaf.is_first and container.kind is _QUOTE and (callout := _CALLOUT.match(leaf.lines[0])):
        name = callout[1].strip()
        title = inline.set(callout[2].strip() or name.capitalize())
        head = _block(leaf, kind, title, language=clean(name.lower()))._replace(last=leaf.first)
        if len(leaf.lines) == 1:
            return (head,)
        return head, *_parts(leaf, kind, leaf.lines[1:], inline, line_breaks, leaf.first + 1)
    lines = leaf.lines
    if kind is _BULLET and lines[0][:1] in _BEFORE_TEXT:
        if (box := _TASK.match(lines[0])) and (len(lines) > 1 or box.end() < len(lines[0])):
            first, *others = _parts(leaf, kind, [lines[0][box.end() :], *lines[1:]], inline, line_breaks, leaf.first)
            return first._replace(task=box[1] != " "), *others
        if sign := _PASTED_SIGN.match(lines[0]):
            lines = [lines[0][sign.end() :], *lines[1:]]
    parts = _parts(leaf, kind, lines, inline, line_breaks, leaf.first)
    if leaf.is_first and container.kind is _FOOTNOTE:
        first, *others = parts
        text = _labelled(clean(f"[{container.sign}]"), StyledText(first.text, first.inlines))
        return first._replace(text=text.plain, inlines=text.inlines), *others
    return parts


def _parts(
    leaf: Leaf, kind: Kind, lines: list[str], inline: InlineText, line_breaks: LineBreaks, first: int
) -> tuple[Block, ...]:
    """The blocks of a paragraph's lines, the first of which has this number in the source."""
    if len(lines) == 1:
        block = _block(leaf, kind, _text(lines[0], inline))
        return (block if first == leaf.first else block._replace(first=first),)
    found = passages(_apart(lines), line_breaks)
    blocks = []
    for number, (start, source) in enumerate(found):
        block = _block(leaf, kind, _text(source, inline))
        if start or kind is not _BULLET:
            block = block._replace(first=first + start)
        if number + 1 < len(found):
            block = block._replace(last=first + found[number + 1][0] - 1)
        blocks.append(block)
        kind = Kind.QUOTE if leaf.container.quoted else _PARAGRAPH
    return tuple(blocks)


def _text(source: str, inline: InlineText) -> StyledText:
    source = source.strip(_PADDING)
    return inline.set(_without_block_id(source) if "^" in source else source)


def _apart(lines: list[str]) -> list[str]:
    """The lines of a text, with properties ended like kept lines, which separates them from their neighbours."""
    if len(lines) == 1 or not any("::" in line for line in lines):
        return lines
    apart = [PROPERTY.match(line) is not None for line in lines]
    ended = [f"{line}  " if one or other else line for line, (one, other) in zip(lines, pairwise(apart), strict=False)]
    return [*ended, lines[-1]]


def _without_block_id(source: str) -> str:
    """A text without the ``^id`` at its end that Obsidian links to."""
    text, _, name = source.rstrip().rpartition("^")
    is_id = (not text or text[-1].isspace()) and _BLOCK_ID.fullmatch(name)
    return text[:-1] if is_id else source


def _labelled(label: str, text: StyledText) -> StyledText:
    head = Inline(0, len(label), Style.FAINT)
    return StyledText(f"{label} {text.plain}", (head, *_shifted(text.inlines, len(label) + 1)))


def _table(rows: list[str], inline: InlineText) -> StyledText:
    """A table's rows as lines; the second row is the delimiter row."""
    header = cells(rows[0])
    lines: list[str] = []
    inlines: list[Inline] = []
    position = 0
    for number, row in enumerate([header, *(cells(row) for row in rows[2:])]):
        texts = [inline.set(source) for source in row]
        for text in texts:
            if not number and text.plain:
                inlines.append(Inline(position, position + len(text.plain), Style.BOLD))
            inlines += _shifted(text.inlines, position)
            position += len(text.plain) + len(_BETWEEN_CELLS)
        lines.append(_BETWEEN_CELLS.join([text.plain.replace("\n", " ") for text in texts]))
        position += 1 - len(_BETWEEN_CELLS)
    return StyledText("\n".join(lines), tuple(inlines))


def _html_block(leaf: Leaf, inline: InlineText) -> Block:
    text = _html(leaf.lines, inline)
    kind = _text_kind(leaf)
    block = _block(leaf, kind, text)
    if kind is _BULLET or text.plain.startswith("<"):
        return block
    above = next((number for number, line in enumerate(leaf.lines) if not _TAGS.fullmatch(line)), 0)
    return block._replace(first=min(block.first + above, block.last))


def _html(lines: list[str], inline: InlineText) -> StyledText:
    """HTML rendered as text; program code and overlong HTML stay as written, with tags separated from their text."""
    source = "\n".join(lines).expandtabs(4).strip()
    if not _PROGRAM.match(source) and (text := inline.set_html(source)):
        return text
    plain = clean(source)
    marks = [Inline(*found.span(), Style.FAINT) for found in _HTML_NOTATION.finditer(plain)]
    return StyledText(plain, tuple(marks))


def _shifted(inlines: tuple[Inline, ...], by: int) -> Iterator[Inline]:
    return (Inline(run.start + by, run.end + by, run.style, run.target) for run in inlines)
