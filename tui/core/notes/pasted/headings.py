"""Headings in pasted text, found without reading the rest."""

from __future__ import annotations

import re
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from tui.core.notes.pasted.lines import (
    EDGE,
    LONGEST_HEADING,
    SIGNS,
    Shape,
    indent_of,
    is_heading,
    read_bullet,
    shape_of,
    shown,
)
from tui.core.notes.titles import LONGEST as LONGEST_TITLE
from tui.core.notes.titles import read_title

if TYPE_CHECKING:
    from collections.abc import Iterator


class PastedHeading(NamedTuple):
    """A line of pasted text that is a heading."""

    start: int
    "Its offset in the text, in code points."
    line: int
    "Its line, 0-based."
    title: str
    "Its text, sanitised."


def episode_titles(text: str) -> Iterator[PastedHeading]:
    """Lines of the form ``GUESTS on SHOW`` that stand alone, in order."""
    for heading, end in _standing_alone(text, _MAY_BE_TITLE):
        title = read_title(heading.title)
        if title.show and (title.date or _shape_below(text, end) is not Shape.PLAIN):
            yield heading


def headings(text: str) -> Iterator[PastedHeading]:
    """Lines that read as headings and stand alone, in order."""
    for heading, end in _standing_alone(text, _MAY_BE_HEADING):
        if is_heading(heading.title, before_bullets=True) and not _is_below_bare_sign(text, heading.start):
            below = _shape_below(text, end)
            if below is Shape.BULLET or (below is not Shape.PLAIN and is_heading(heading.title, before_bullets=False)):
                yield heading


def _is_below_bare_sign(text: str, start: int) -> bool:
    """True if the line above is a bullet without text: pasting may have broken the line there."""
    above = next(_lines_above(text, start), "")
    return shape_of(above) is Shape.BULLET and not read_bullet(above).text.strip(EDGE)


def matching_lines(text: str, pattern: str) -> Iterator[PastedHeading]:
    """The lines that a pattern matches, in order; raises `re.error` for an invalid pattern."""
    found, line, counted = re.compile(pattern), 0, 0
    for match in _LINE_WITH_TEXT.finditer(text):
        if found.search(match[0]):
            line, counted = line + text.count("\n", counted, match.start()), match.start()
            yield PastedHeading(match.start(), line, shown(match[0]))


_DAY = re.compile(rf"[{EDGE}]*+\d{{1,2}}\.[ \xa0]+[^\W\d_]+\.?[ \xa0]+\d{{4}}\b")
"A date that a title may begin with, as opposed to a number in a list."
_GAP = re.compile(rf"[\n{EDGE}]*+")
_LINE_WITH_TEXT = re.compile(r"[^\n]+")

_NO_BULLET = rf"(?![{EDGE}]*+(?:[\n{SIGNS}☐☑☒]|[*–-][\n{EDGE}]))"
_MAY_BE_TITLE = rf"{_NO_BULLET}[^\n]{{1,{LONGEST_TITLE}}}?[ \xa0]on[ \xa0][^\n]{{1,{LONGEST_TITLE}}}(?=\n|\Z)"
_MAY_BE_HEADING = rf"{_NO_BULLET}[^\n]{{1,{2 * LONGEST_HEADING}}}(?=\n|\Z)"


def _standing_alone(text: str, pattern: str) -> Iterator[tuple[PastedHeading, int]]:
    """Plain lines that match a pattern, with no text above or with bullets below, each with the offset of its end."""
    line = counted = 0
    # A pattern that begins with a line end is searched ten times as fast as one anchored at line starts.
    for match in chain(re.finditer(rf"\A{pattern}", text), re.finditer(rf"\n{pattern}", text)):
        start = match.start() + match[0].startswith("\n")
        found = text[start : match.end()]
        if (shape_of(found) is Shape.PLAIN or _DAY.match(found)) and _stands_alone(
            text, start, match.end(), indent_of(found)
        ):
            line, counted = line + text.count("\n", counted, start), start
            yield PastedHeading(start, line, shown(found)), match.end()


def _stands_alone(text: str, start: int, end: int, indent: int) -> bool:
    if text[max(start - 2, 0) : start] not in ("", "\n", "\n\n"):
        above = _shape_above(text, start, indent)
        if above is Shape.PLAIN or (above is Shape.BULLET and _shape_below(text, end) is not Shape.BULLET):
            return False
    return not indent or not _is_in_bullet(text, start, indent)


def _shape_above(text: str, start: int, indent: int) -> Shape:
    """The shape of the line above; a bullet's if it is an indented continuation of one."""
    shape = Shape.BLANK
    for number, line in enumerate(_lines_above(text, start)):
        shape = shape_of(line)
        if shape is not Shape.PLAIN:
            return shape if number == 0 or shape is Shape.BULLET else Shape.PLAIN
        if indent_of(line) <= indent:
            break
    return shape


def _is_in_bullet(text: str, start: int, indent: int) -> bool:
    """True if the line is indented and the line with text above is a bullet that contains it."""
    above = next((line for line in _lines_above(text, start) if shape_of(line) is not Shape.BLANK), "")
    return shape_of(above) is Shape.BULLET and indent_of(above) < indent


def _lines_above(text: str, start: int) -> Iterator[str]:
    """The lines above an offset, going up."""
    while start:
        begin = text.rfind("\n", 0, start - 1) + 1
        yield text[begin : start - 1]
        start = begin


def _shape_below(text: str, end: int) -> Shape:
    """The shape of the line below; if that is blank, a bullet's if bullets come next."""
    gap = _GAP.match(text, end)
    if not gap or gap.end() == len(text):
        return Shape.BLANK
    start = text.rfind("\n", end, gap.end()) + 1
    stop = text.find("\n", gap.end())
    shape = shape_of(text[start : stop if stop >= 0 else None])
    return shape if shape is Shape.BULLET or text.count("\n", end, start) == 1 else Shape.BLANK
