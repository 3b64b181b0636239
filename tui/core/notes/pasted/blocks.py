"""Parsing pasted text into blocks: characters mark its bullets, and headings are just short lines."""

from __future__ import annotations

import re
from functools import cached_property
from itertools import islice, pairwise
from typing import TYPE_CHECKING

from tui.core.notes.model import Block, Inline, Kind, Style
from tui.core.notes.pasted.lines import (
    EDGE,
    Bullet,
    Shape,
    counted,
    indent_of,
    is_heading,
    read_bullet,
    shape_of,
    shown,
)
from tui.core.notes.titles import read_title

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tui.core.notes.line_breaks import LineBreaks


def parse(source: str, *, skip: int = 0, line_breaks: LineBreaks = "auto") -> tuple[Block, ...]:
    """Parse the source of one episode, with line ends ``\\n``, into blocks.

    The first ``skip`` lines are its title and give no block, but count as lines. Lines wrapped to a width are joined;
    every other line is a block of its own.
    """
    return tuple(_PastedReader(source.split("\n"), skip, line_breaks).blocks())


# Bound once: access to an enum member takes Python 3.11 a quarter of a microsecond, and there are many lines.
_BLANK, _BULLET_LINE, _PLAIN, _RULE_LINE = Shape.BLANK, Shape.BULLET, Shape.PLAIN, Shape.RULE
_BULLET, _RULE, _PARAGRAPH = Kind.BULLET, Kind.RULE, Kind.PARAGRAPH
_TIME = re.compile(rf"[{EDGE}]*+[(\[]?\d{{1,2}}:\d\d(?::\d\d)?\b")
_URL = re.compile(r"https?://[^\s<>\"“”]+")
_HEADING_LEVEL = 2
"Level of a heading inside an episode, whose title would be of level 1."

_NARROWEST = 40
_WIDEST = 120
"Widths, in code points, to which mail programs, terminals and editors wrap lines."


class _PastedReader:
    """A reader that turns the lines of one body into blocks."""

    def __init__(self, lines: list[str], first: int, line_breaks: LineBreaks) -> None:
        self.lines = lines
        self.first = first
        self.shapes = [shape_of(line) for line in lines]
        self.counted = counted(lines, self.shapes)
        for at in self.counted:
            self.shapes[at] = _BULLET_LINE
        self.open: list[Bullet] = []
        "The bullets that may enclose the next line, outermost first."
        self.bullet_width = _width([line for line, shape in self._shaped() if shape is _BULLET_LINE], 1.0)
        self.plain_width = _width(
            [
                line
                for (line, shape), (_, after) in pairwise(self._shaped())
                if shape is after is _PLAIN and not _TIME.match(line)
            ],
            _SHARE_WITHIN_WIDTH,
        )

        if line_breaks != "auto":
            self.bullet_width = self.plain_width = 0 if line_breaks == "join" else _NEVER

    def _shaped(self) -> Iterator[tuple[str, Shape]]:
        return islice(zip(self.lines, self.shapes, strict=True), self.first, None)

    @cached_property
    def signs_stand_alone(self) -> bool:
        """True if at least half of the bullets have no text on their line, since pasting broke the lines; otherwise
        such bullets were left empty.
        """
        texts = [
            read_bullet(line).text.strip(EDGE)
            for at, (line, shape) in enumerate(zip(self.lines, self.shapes, strict=True))
            if shape is _BULLET_LINE and at not in self.counted
        ]
        return 2 * sum(map(bool, texts)) <= len(texts)

    def blocks(self) -> Iterator[Block]:
        at, before = self.first, _BLANK
        while at < len(self.lines):
            shape = self.shapes[at]
            if shape is _BLANK:
                at, before = at + 1, shape
                continue
            if shape is _RULE_LINE:
                self.open.clear()
                block = Block(_RULE, "", at, at)
            elif shape is _BULLET_LINE:
                block = self._bullet(at)
            else:
                block = self._passage(at, before)
            if block.text or block.kind is _RULE:
                yield block
            at, before = block.last + 1, shape

    def _bullet(self, at: int) -> Block:
        bullet = self.counted.get(at) or read_bullet(self.lines[at])
        while self.open and not _stands_in(bullet, self.open[-1]):
            self.open.pop()
        self.open.append(bullet)
        pieces, last = [bullet.text], at
        while self._shape_at(last + 1) is _PLAIN and self._goes_on(bullet, last, pieces):
            last += 1
            pieces.append(self.lines[last])
        text = _joined(pieces)
        depth = len(self.open)
        return Block(
            _BULLET,
            text,
            at,
            last,
            depth=depth,
            indent=depth,
            marker=bullet.marker,
            task=bullet.task,
            inlines=_links(text),
        )

    def _goes_on(self, bullet: Bullet, last: int, pieces: list[str]) -> bool:
        """True if the bullet's text continues on the plain line below its last one."""
        line = self.lines[last + 1]
        if _TIME.match(line):
            return False
        if not any(piece.strip(EDGE) for piece in pieces):
            return self.signs_stand_alone and indent_of(line) >= bullet.column
        if indent_of(line) > bullet.column:
            return True
        if self._heads_bullets(last + 1) and shown(line).endswith((":", "?")):
            return False
        return _was_broken(self.lines[last], line, self.bullet_width) and not read_title(shown(line)).show

    def _passage(self, at: int, before: Shape) -> Block:
        last = at
        while (
            self._shape_at(last + 1) is _PLAIN
            and not _TIME.match(self.lines[last + 1])
            and _was_broken(self.lines[last], self.lines[last + 1], self.plain_width)
        ):
            last += 1
        text = _joined(self.lines[at : last + 1])
        column = indent_of(self.lines[at])
        if before is _BLANK and self.open and column > self.open[0].column:
            while column <= self.open[-1].column:
                self.open.pop()
            return Block(_PARAGRAPH, text, at, last, indent=len(self.open), inlines=_links(text))
        self.open.clear()
        heads_bullets = self._heads_bullets(last)
        stands_alone = (
            at == last
            and self._shape_at(last + 1) is not _PLAIN
            and (before in (_BLANK, _RULE_LINE) or (before is _BULLET_LINE and heads_bullets))
        )
        if stands_alone and is_heading(text, before_bullets=heads_bullets):
            return Block(Kind.HEADING, text, at, last, depth=_HEADING_LEVEL)
        return Block(_PARAGRAPH, text, at, last, inlines=_links(text))

    def _shape_at(self, at: int) -> Shape:
        return self.shapes[at] if at < len(self.shapes) else _BLANK

    def _heads_bullets(self, at: int) -> bool:
        """True if the next line with text is a bullet."""
        at += 1
        while at < len(self.shapes) and self.shapes[at] is _BLANK:
            at += 1
        return self._shape_at(at) is _BULLET_LINE


def _stands_in(bullet: Bullet, outer: Bullet) -> bool:
    if bullet.column != outer.column:
        return bullet.column > outer.column
    return bullet.rank is not None and outer.rank is not None and bullet.rank > outer.rank


_NEVER = _WIDEST + 1
"A width to which no line can have been wrapped."
_SHARE_WITHIN_WIDTH = 0.9
"Minimum share of wrapped lines within the width; the others contain a word that did not fit."


def _width(lines: list[str], share: float) -> int:
    """The width to which lines were wrapped, in code points: the smallest that fits this share of them."""
    lengths = sorted(len(line.rstrip(EDGE)) for line in lines if " " in line.strip(EDGE))
    return max(_NARROWEST, lengths[min(len(lengths) - 1, int(share * len(lengths)))]) if lengths else _NARROWEST


def _was_broken(line: str, following: str, width: int) -> bool:
    """True if the line was wrapped, since the next word would not have fitted."""
    length = len(line.rstrip(EDGE))
    word = following.strip(EDGE).split(" ", 1)[0]
    return length <= _WIDEST and width <= _WIDEST and length + 1 + len(word) > width


def _joined(lines: list[str]) -> str:
    """The text of lines as shown, of the same length but for the spaces at their ends."""
    return " ".join(filter(None, map(shown, lines)))


def _links(text: str) -> tuple[Inline, ...]:
    if "://" not in text:
        return ()
    return tuple(
        Inline(match.start(), match.start() + len(address), Style.LINK, address)
        for match in _URL.finditer(text)
        if (address := _without_punctuation(match[0]))
    )


def _without_punctuation(address: str) -> str:
    """An address without the punctuation of its sentence, but with a closing bracket that matches its own."""
    bare = address.rstrip(".,;:!?'’)]*_")
    return bare + ")" if address.startswith(bare + ")") and bare.count("(") > bare.count(")") else bare
