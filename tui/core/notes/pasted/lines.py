"""Shapes of pasted lines (blank, bullet, rule or plain), and their text as shown."""

from __future__ import annotations

import re
from enum import Enum, auto
from typing import NamedTuple

from tui.core.notes.enumeration import is_followed, ordinals
from tui.core.notes.sanitise import clean


class Shape(Enum):
    """The shape of a line on its own."""

    BLANK = auto()
    BULLET = auto()
    RULE = auto()
    PLAIN = auto()


class Bullet(NamedTuple):
    """A line that begins with a bullet character or a number."""

    column: int
    "The column of its marker, with tab stops at multiples of 4."
    rank: int | None
    "Usual nesting depth of its marker, from 0; None for markers used at any depth."
    marker: str
    "The marker as shown."
    task: bool | None
    "True for a finished task; None if it is not a task."
    text: str
    "Text after the marker, unchanged."


# Bound once: access to an enum member takes Python 3.11 a quarter of a microsecond, and there are many lines.
_BULLET_LINE, _PLAIN = Shape.BULLET, Shape.PLAIN


def shape_of(line: str) -> Shape:
    """The shape of a line, given without its line end."""
    if not line.strip(EDGE):
        return Shape.BLANK
    if _RULE.match(line):
        return Shape.RULE
    return _BULLET_LINE if _BULLET.match(line) else _PLAIN


def read_bullet(line: str) -> Bullet:
    """Read a line whose shape is a bullet's."""
    match = _BULLET.match(line)
    assert match is not None
    box, task = match["box"], match["task"]
    done = box != "☐" if box else None if task is None else task != " "
    return Bullet(
        _column(match["indent"]),
        _RANKS.get(match["sign"] or ""),
        match["number"] or match["certain"] or "•",
        done,
        line[match.end() :],
    )


def counted(lines: list[str], shapes: list[Shape]) -> dict[int, Bullet]:
    """The plain lines that begin with a counting marker, ``a.``, ``ii.`` or ``二、``, by line number.

    Such a line is a bullet if its list goes on, before or after it, or if it is nested in a bullet.
    """
    found: dict[int, Bullet] = {}
    last: dict[tuple[str, int], int] = {}
    inside = NO_COLUMN
    for at, (line, shape) in enumerate(zip(lines, shapes, strict=True)):
        if shape is _BULLET_LINE:
            inside = indent_of(line)
        if shape is not _PLAIN:
            continue
        column, start = indent_of(line), len(line) - len(line.lstrip(EDGE))
        for mark in ordinals(line, start):
            goes_on = last.get((mark.style, column)) == mark.number - 1
            begins = mark.number == 1 and ((mark.may_be_alone and column > inside) or is_followed(mark, lines, at))
            if goes_on or begins:
                found[at] = Bullet(column, None, mark.text, None, line[start + len(mark.text) :])
                last[mark.style, column] = mark.number
                inside = column
                break
        else:
            if column <= inside:
                inside = NO_COLUMN
    return found


NO_COLUMN = 1 << 30
"A column to the right of any line's beginning."


def indent_of(line: str) -> int:
    """The column at which a line's text begins."""
    spaces = _INDENT.match(line)
    return _column(spaces[0]) if spaces else 0


def shown(line: str) -> str:
    """A line as shown: sanitised and stripped."""
    line = line.strip(EDGE)
    return clean(line if line.isascii() and "\t" not in line else line.translate(_TO_SPACE))


def is_heading(text: str, *, before_bullets: bool) -> bool:
    """True if a stand-alone line, as shown, is a heading."""
    bare = text.rstrip(_CLOSERS)
    if len(text) > LONGEST_HEADING or "://" in text or not _LETTER.search(text):
        return False
    if bare.endswith(("?", "？", "؟")):
        return before_bullets
    if bare.endswith((":", "：")):
        return True
    if len(text) > _SHORT or len(text.split()) > _FEW_WORDS or bare.endswith(_SENTENCE_ENDS):
        return False
    return not _SENTENCE_INSIDE.search(text) and not (text[0] in '"“' and text[-1] in '"”')


_BLANKS = " \t\r\f\v\xa0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
_ZERO_WIDTH = "\u200b\u2060\ufeff"
EDGE = _BLANKS + _ZERO_WIDTH
"Characters that pages and notes apps put around a bullet character: spaces of any width, including zero."
_TO_SPACE = str.maketrans(dict.fromkeys(_BLANKS, " "))
_TO_NOTHING = str.maketrans("", "", _ZERO_WIDTH)

SIGNS = "•◦▪▫‣⁃∙●○■□▶▸►➤・※\uf0a7\uf0b7"
_BULLET = re.compile(
    rf"""(?P<indent>[{EDGE}]*+)
    (?: (?P<box>[☐☑☒])
      | (?P<sign>[{SIGNS}] | [-–—*+·](?=[{EDGE}]|$) | [o§](?=\t))
      | (?P<number>\(?\d{{1,3}}[.)]|[A-Za-z]\)|\d{{1,3}}/)(?=[{EDGE}]|$)
      | (?P<certain>[①-⑳㉑-㉟㊱-㊿❶-❿]|（(?:\d{{1,3}}|[一二三四五六七八九十]{{1,3}})）) )
    [{EDGE}]*+
    (?: \[(?P<task>[ xX])\] (?:[{EDGE}]++|$) )?""",
    re.VERBOSE,
)
_RANKS = {sign: rank for rank, signs in enumerate(("•●", "◦○o–", "▪■▫□§\uf0a7")) for sign in signs}
"Nesting depth of a bullet character in word processors, for lists that lost their indentation."
_RULE = re.compile(rf"[{EDGE}]*+([-–—*_=~•·])(?:[{EDGE}]*+\1){{2,}}[{EDGE}]*+$")
_INDENT = re.compile(rf"[{EDGE}]+")
LONGEST_HEADING = 100
_SHORT = 80
_FEW_WORDS = 12
_SENTENCE_INSIDE = re.compile(r"[^\W\d_]{4,}[.!?]+[\"'”’)\]]*\s")
_SENTENCE_ENDS = (".", "!", "…", ";", ",", "。", "！", "．", "；", "，", "、", "।", "۔", "،")
_CLOSERS = "\"'”’)]»"
_LETTER = re.compile(r"[^\W\d_]")


def _column(indent: str) -> int:
    return len(indent.translate(_TO_NOTHING).expandtabs(4)) if indent else 0
