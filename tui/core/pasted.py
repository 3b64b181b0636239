"""Text pasted from a web page or a notes app, read as blocks: bullets are signs, headings only short lines."""

from __future__ import annotations

import re
from enum import Enum, auto
from itertools import chain, islice, pairwise
from typing import TYPE_CHECKING, NamedTuple

from tui.core.model import Block, Inline, Kind, Style
from tui.core.sanitise import clean
from tui.core.titles import LONGEST as LONGEST_TITLE
from tui.core.titles import read_title

if TYPE_CHECKING:
    from collections.abc import Iterator


def parse(source: str, *, skip: int = 0) -> tuple[Block, ...]:
    """The blocks of one episode's source, whose line ends are ``\\n``.

    The first ``skip`` lines are its title and give no block; lines are counted from 0 with them. Lines that
    were broken to fit a width are joined again; every other line is a block of its own.
    """
    return tuple(_Reader(source.split("\n"), skip).blocks())


class HeadingLine(NamedTuple):
    """A line of pasted text that heads what follows."""

    start: int
    "Its offset in the text, in code points."
    line: int
    "Its line, counted from 0."
    title: str
    "Its text, sanitised."


def episode_titles(text: str) -> Iterator[HeadingLine]:
    """The standing-alone lines of the form ``GUESTS on SHOW``, in order, found without parsing."""
    for heading, after in _standing_alone(text, _MAY_BE_TITLE):
        title = read_title(heading.title)
        if title.show and (after != _Shape.PLAIN or title.date):
            yield heading


def headings(text: str) -> Iterator[HeadingLine]:
    """The standing-alone lines that read as headings, in order, found without parsing."""
    for heading, after in _standing_alone(text, _MAY_BE_HEADING):
        if after != _Shape.PLAIN and is_heading(heading.title, before_bullets=after == _Shape.BULLET):
            yield heading


def matching_lines(text: str, pattern: str) -> Iterator[HeadingLine]:
    """The lines in which the pattern is found, in order; raises `re.error` where it is no pattern."""
    found, line, counted = re.compile(pattern), 0, 0
    for match in _LINE_WITH_TEXT.finditer(text):
        if found.search(match[0]):
            line, counted = line + text.count("\n", counted, match.start()), match.start()
            yield HeadingLine(match.start(), line, shown(match[0]))


def is_plain(line: str) -> bool:
    """Whether a line is neither blank nor a bullet nor a rule."""
    return _shape(line) is _Shape.PLAIN


def is_heading(text: str, *, before_bullets: bool) -> bool:
    """Whether a line that stands alone heads what follows."""
    bare = text.rstrip(_CLOSERS)
    if len(text) > _LONGEST_HEADING or _URL.search(text) or not any(letter.isalpha() for letter in text):
        return False
    if bare.endswith("?"):
        return before_bullets
    if bare.endswith(":"):
        return True
    if len(text) > _SHORT or len(text.split()) > _FEW_WORDS or bare.endswith((".", "!", "…", ";", ",")):
        return False
    return not _SENTENCE_INSIDE.search(text) and not (text[0] in '"“' and text[-1] in '"”')


def shown(line: str) -> str:
    """A line as it is shown: sanitised, without the spaces around it."""
    return clean(line.strip(_EDGE).translate(_TO_SPACE))


_BLANKS = " \t\r\f\v\xa0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
_ZERO_WIDTH = "\u200b\u2060\ufeff"
_EDGE = _BLANKS + _ZERO_WIDTH
"What pages and notes apps put before and behind a bullet's sign: spaces of any width, of none as well."
_TO_SPACE = str.maketrans(dict.fromkeys(_BLANKS, " "))
_TO_NOTHING = str.maketrans("", "", _ZERO_WIDTH)

_SIGNS = "•◦▪▫‣⁃∙●○■□▶▸►➤\uf0a7\uf0b7"
_BULLET = re.compile(
    rf"""(?P<indent>[{_EDGE}]*+)
    (?: (?P<box>[☐☑☒])
      | (?P<sign>[{_SIGNS}] | [-–—*+·](?=[{_EDGE}]|$) | [o§](?=\t))
      | (?P<number>\(?\d{{1,3}}[.)]|[A-Za-z]\))(?=[{_EDGE}]|$) )
    [{_EDGE}]*+
    (?: \[(?P<task>[ xX])\] (?:[{_EDGE}]++|$) )?""",
    re.VERBOSE,
)
_RANKS = {sign: rank for rank, signs in enumerate(("•●", "◦○o–", "▪■▫□§\uf0a7")) for sign in signs}
"How deep a sign stands in the lists of word processors, for lists that lost their indentation."
_RULE = re.compile(rf"[{_EDGE}]*+([-–—*_=~•·])(?:[{_EDGE}]*+\1){{2,}}[{_EDGE}]*+$")
_INDENT = re.compile(rf"[{_EDGE}]+")
_TIME = re.compile(rf"[{_EDGE}]*+[(\[]?\d{{1,2}}:\d\d(?::\d\d)?\b")
_URL = re.compile(r"https?://[^\s<>\"“”]+")
_GAP = re.compile(rf"[\n{_EDGE}]*+")
_LINE_WITH_TEXT = re.compile(r"[^\n]+")

_LONGEST_HEADING = 100
_NO_BULLET = rf"(?![{_EDGE}]*+(?:[\n{_SIGNS}☐☑☒]|[*–-][\n{_EDGE}]))"
_MAY_BE_TITLE = rf"{_NO_BULLET}[^\n]{{1,{LONGEST_TITLE}}}?[ \xa0]on[ \xa0][^\n]{{1,{LONGEST_TITLE}}}(?=\n|\Z)"
_MAY_BE_HEADING = rf"{_NO_BULLET}[^\n]{{1,{2 * _LONGEST_HEADING}}}(?=\n|\Z)"

_SHORT = 80
_FEW_WORDS = 12
_SENTENCE_INSIDE = re.compile(r"[^\W\d_]{4,}[.!?]+[\"'”’)\]]*\s")
_CLOSERS = "\"'”’)]»"
_HEADING_LEVEL = 2
"A heading inside an episode, whose title would be of level 1."

_NARROWEST = 40
_WIDEST = 120
"Between these widths, in code points, lines are broken to fit: by mail, terminals, editors."


class _Shape(Enum):
    BLANK = auto()
    BULLET = auto()
    RULE = auto()
    PLAIN = auto()


class _Bullet(NamedTuple):
    column: int
    rank: int | None
    marker: str
    task: bool | None
    text: str


class _Reader:
    """Reads the lines of one body, one block after the other."""

    def __init__(self, lines: list[str], first: int) -> None:
        self.lines = lines
        self.first = first
        self.shapes = [_shape(line) for line in lines]
        self.open: list[_Bullet] = []
        "The bullets that what follows may stand in, outermost first."
        self.bullet_width = _width([line for line, shape in self._shaped() if shape is _Shape.BULLET], 1.0)
        self.plain_width = _width(
            [
                line
                for (line, shape), (_, after) in pairwise(self._shaped())
                if shape is after is _Shape.PLAIN and not _TIME.match(line)
            ],
            _SHARE_WITHIN_WIDTH,
        )

    def _shaped(self) -> Iterator[tuple[str, _Shape]]:
        return islice(zip(self.lines, self.shapes, strict=True), self.first, None)

    def blocks(self) -> Iterator[Block]:
        at, before = self.first, _Shape.BLANK
        while at < len(self.lines):
            shape = self.shapes[at]
            if shape is _Shape.BLANK:
                at, before = at + 1, shape
                continue
            if shape is _Shape.RULE:
                self.open.clear()
                block = Block(Kind.RULE, "", at, at)
            elif shape is _Shape.BULLET:
                block = self._bullet(at)
            else:
                block = self._passage(at, before)
            if block.text or block.kind is Kind.RULE:
                yield block
            at, before = block.last + 1, shape

    def _bullet(self, at: int) -> Block:
        bullet = _read_bullet(self.lines[at])
        while self.open and not _stands_in(bullet, self.open[-1]):
            self.open.pop()
        self.open.append(bullet)
        pieces, last = [bullet.text], at
        while self._shape_at(last + 1) is _Shape.PLAIN and self._goes_on(bullet, last, pieces):
            last += 1
            pieces.append(self.lines[last])
        text = _joined(pieces)
        depth = len(self.open)
        return Block(
            Kind.BULLET,
            text,
            at,
            last,
            depth=depth,
            indent=depth,
            marker=bullet.marker,
            task=bullet.task,
            inlines=_links(text),
        )

    def _goes_on(self, bullet: _Bullet, last: int, pieces: list[str]) -> bool:
        """Whether the bullet's text goes on in the plain line below its last one."""
        line = self.lines[last + 1]
        if _TIME.match(line):
            return False
        if not any(piece.strip(_EDGE) for piece in pieces) or _indent(line) > bullet.column:
            return True
        if self._heads_bullets(last + 1) and shown(line).endswith((":", "?")):
            return False
        return _was_broken(self.lines[last], line, self.bullet_width) and not read_title(shown(line)).show

    def _passage(self, at: int, before: _Shape) -> Block:
        last = at
        while (
            self._shape_at(last + 1) is _Shape.PLAIN
            and not _TIME.match(self.lines[last + 1])
            and _was_broken(self.lines[last], self.lines[last + 1], self.plain_width)
        ):
            last += 1
        text = _joined(self.lines[at : last + 1])
        column = _indent(self.lines[at])
        if before is _Shape.BLANK and self.open and column > self.open[0].column:
            while column <= self.open[-1].column:
                self.open.pop()
            return Block(Kind.PARAGRAPH, text, at, last, indent=len(self.open), inlines=_links(text))
        self.open.clear()
        heads_bullets = self._heads_bullets(last)
        stands_alone = (
            at == last
            and self._shape_at(last + 1) is not _Shape.PLAIN
            and (before in (_Shape.BLANK, _Shape.RULE) or (before is _Shape.BULLET and heads_bullets))
        )
        if stands_alone and is_heading(text, before_bullets=heads_bullets):
            return Block(Kind.HEADING, text, at, last, depth=_HEADING_LEVEL)
        return Block(Kind.PARAGRAPH, text, at, last, inlines=_links(text))

    def _shape_at(self, at: int) -> _Shape:
        return self.shapes[at] if at < len(self.shapes) else _Shape.BLANK

    def _heads_bullets(self, at: int) -> bool:
        """Whether the next line with text is a bullet."""
        at += 1
        while at < len(self.shapes) and self.shapes[at] is _Shape.BLANK:
            at += 1
        return self._shape_at(at) is _Shape.BULLET


def _stands_in(bullet: _Bullet, outer: _Bullet) -> bool:
    if bullet.column != outer.column:
        return bullet.column > outer.column
    return bullet.rank is not None and outer.rank is not None and bullet.rank > outer.rank


_SHARE_WITHIN_WIDTH = 0.9
"Of the lines that were broken, at least so many keep to the width; the others hold a word that did not fit."


def _width(lines: list[str], share: float) -> int:
    """The width to which lines were broken, in code points: the least that holds this share of them."""
    lengths = sorted(len(line.rstrip(_EDGE)) for line in lines if " " in line.strip(_EDGE))
    return max(_NARROWEST, lengths[min(len(lengths) - 1, int(share * len(lengths)))]) if lengths else _NARROWEST


def _was_broken(line: str, following: str, width: int) -> bool:
    """Whether a line ends where it does because the next word would not have fit."""
    length = len(line.rstrip(_EDGE))
    word = following.strip(_EDGE).split(" ", 1)[0]
    return length <= _WIDEST and width <= _WIDEST and length + 1 + len(word) > width


def _standing_alone(text: str, pattern: str) -> Iterator[tuple[HeadingLine, _Shape]]:
    """The plain lines of a pattern with no plain line right above, each with the shape of what follows.

    What follows is the line right below; where that is blank, it counts as a bullet if bullets come next.
    """
    line = counted = 0
    # A pattern that begins with a line's end is searched ten times as fast as one anchored at line starts.
    for match in chain(re.finditer(rf"\A{pattern}", text), re.finditer(rf"\n{pattern}", text)):
        start = match.start() + match[0].startswith("\n")
        found = text[start : match.end()]
        indent = _indent(found)
        above, below = _shape_above(text, start, indent), _shape_below(text, match.end())
        alone = above is not _Shape.PLAIN and (above is not _Shape.BULLET or below is _Shape.BULLET)
        if alone and _shape(found) is _Shape.PLAIN and not (indent and _is_in_bullet(text, start, indent)):
            line, counted = line + text.count("\n", counted, start), start
            yield HeadingLine(start, line, shown(found)), below


def _shape_above(text: str, start: int, indent: int) -> _Shape:
    """The shape of the line above; that of a bullet where the line goes on with it, indented."""
    shape = _Shape.BLANK
    for number, line in enumerate(_lines_above(text, start)):
        shape = _shape(line)
        if shape is not _Shape.PLAIN:
            return shape if number == 0 or shape is _Shape.BULLET else _Shape.PLAIN
        if _indent(line) <= indent:
            break
    return shape


def _is_in_bullet(text: str, start: int, indent: int) -> bool:
    """Whether the line with text above is a bullet that an indented line below it belongs to."""
    above = next((line for line in _lines_above(text, start) if _shape(line) is not _Shape.BLANK), "")
    return _shape(above) is _Shape.BULLET and _indent(above) < indent


def _lines_above(text: str, start: int) -> Iterator[str]:
    """The lines above an offset, upwards."""
    while start:
        begin = text.rfind("\n", 0, start - 1) + 1
        yield text[begin : start - 1]
        start = begin


def _shape_below(text: str, end: int) -> _Shape:
    gap = _GAP.match(text, end)
    if not gap or gap.end() == len(text):
        return _Shape.BLANK
    start = text.rfind("\n", end, gap.end()) + 1
    stop = text.find("\n", gap.end())
    shape = _shape(text[start : stop if stop >= 0 else None])
    return shape if shape is _Shape.BULLET or text.count("\n", end, start) == 1 else _Shape.BLANK


def _shape(line: str) -> _Shape:
    if not line.strip(_EDGE):
        return _Shape.BLANK
    if _RULE.match(line):
        return _Shape.RULE
    return _Shape.BULLET if _BULLET.match(line) else _Shape.PLAIN


def _read_bullet(line: str) -> _Bullet:
    match = _BULLET.match(line)
    assert match is not None
    box, task = match["box"], match["task"]
    done = box != "☐" if box else None if task is None else task != " "
    return _Bullet(
        _column(match["indent"]),
        _RANKS.get(match["sign"] or ""),
        match["number"] or "•",
        done,
        line[match.end() :],
    )


def _indent(line: str) -> int:
    spaces = _INDENT.match(line)
    return _column(spaces[0]) if spaces else 0


def _column(indent: str) -> int:
    return len(indent.translate(_TO_NOTHING).expandtabs(4))


def _joined(lines: list[str]) -> str:
    """The text of lines as it is shown, one code point for each of theirs but the spaces at their ends."""
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
    """An address without the marks of the sentence around it; a bracket that it opened itself is its own."""
    bare = address.rstrip(".,;:!?'’)]*_")
    return bare + ")" if address.startswith(bare + ")") and bare.count("(") > bare.count(")") else bare
