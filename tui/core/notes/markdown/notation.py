"""Notation of Obsidian and Logseq, removed before parsing."""

from __future__ import annotations

import re
from itertools import accumulate
from typing import TYPE_CHECKING

from tui.core.notes.hidden import is_machine_property
from tui.core.notes.markdown import fences
from tui.core.notes.markdown.structure import Is, structure
from tui.core.patterns import deferred

if TYPE_CHECKING:
    from collections.abc import Iterator

_TOKENS = deferred(
    rf"""
      ^[ \t>]*(?:(?:[-*+]|\d{{1,9}}[.)]|[A-Za-z][.)])[ \t>]+|\[\^[^\]\[\s\\]{{1,500}}\]:[ \t>]*)*
        (?P<fence>{fences.OPENING})[^\n]*$
    | (?P<code>`+)
    | ^(?P<open>[ \t>]*%%[ \t]*(?:kanban:settings[ \t]*)?)$
    | (?<![^\W_])(?<!%)(?P<comment>%%)
    | ^(?P<kept>[ \t>]*(?:[-*+][ \t]+)?)(?P<property>(?P<key>[^\W\d_][\w./-]*)::(?P<value>[ ][^\n]*)?)$
    | ^[ \t]*(?P<drawer>:(?:LOGBOOK|PROPERTIES):[ \t]*)$
    | ^[ \t]*(?P<planned>(?:SCHEDULED|DEADLINE):[ \t]*<[^>\n]*>[ \t]*)$
    """,
    re.MULTILINE | re.VERBOSE,
)
_SIGNS = ("%%", "::", ":LOGBOOK:", ":PROPERTIES:", "SCHEDULED:", "DEADLINE:")
_COMMENT_END = deferred(
    r"^[ \t>]*(?:(?P<close>%%[ \t]*)$|\#{1,6}(?:[ \t]|$))",
    re.MULTILINE,
)
"The line that ends a comment opened by a line, or a heading, which proves that it is none."
_BLOCK_END = deferred(
    rf"\n(?=[ \t>]*(?:$|\#{{1,6}}(?:[ \t]|$)|(?:[-*+]|\d{{1,9}}[.)])(?:[ \t]|$)|{fences.RUN}))",
    re.MULTILINE,
)
"The latest possible end of a block: a blank line, heading, item or fence."
_DRAWER = deferred(
    r"(?:[ \t]*(?:CLOCK:|[-*] State |:(?!END:|LOGBOOK:|PROPERTIES:)[\w-]+:)[^\n]*\n|[ \t]*\n)*[ \t]*:END:[ \t]*$",
    re.MULTILINE,
)
"The content of a drawer, and its end."
_LONGEST_CODE = 80
"Most backticks that open code, as in cmark: each length may require a search through the rest of the line."
_NOTHING_LEFT = deferred(r"[ \t>]*")


def has_notation(source: str) -> bool:
    """True if the source may contain notation: a quick test with false positives only."""
    return any(sign in source for sign in _SIGNS)


def utf8_has_notation(source: bytes) -> bool:
    """`has_notation` for UTF-8, which takes half the time that a long string with a single emoji does."""
    return any(sign.encode() in source for sign in _SIGNS)


def without_notation(source: str) -> tuple[str, list[int] | None]:
    """Remove Obsidian's comments and Logseq's machine properties, drawers and dates from a source, except in code.

    Lines that become empty are removed, so that their neighbours stay together. Also returns the 0-based source line of
    each remaining line, or None if nothing was removed.
    """
    if not has_notation(source):
        return source, None
    hidden = _hidden(source)
    if not hidden:
        return source, None
    pieces: list[str] = []
    touched: set[int] = set()
    line = end = 0
    for start, stop in hidden:
        line += source.count("\n", end, start)
        last = line + source.count("\n", start, stop)
        touched.update(range(line, last + 1))
        pieces += (source[end:start], "\n" * (last - line))
        line, end = last, stop
    shown = "".join([*pieces, source[end:]]).split("\n")
    kept = [number for number, text in enumerate(shown) if number not in touched or not _NOTHING_LEFT.fullmatch(text)]
    return "\n".join([shown[number] for number in kept]), kept


def _hidden(source: str) -> list[tuple[int, int]]:
    """The hidden ranges of the source, in order and disjoint."""
    hidden: list[tuple[int, int]] = []
    ends, indented = _Ends(source), _IndentedCode(source)
    position = line_end = 0
    shortest = _LONGEST_CODE + 1
    "The shortest run of backticks known to be missing from the rest of the line."
    while token := _TOKENS.search(source, position):
        start, position = token.span()
        if fence := token["fence"]:
            if not (closed := fences.closing(fence, r"[ \t>]*").search(source, position)):
                break
            position = closed.end()
        elif code := token["code"]:
            if position > line_end:
                line_end = source.find("\n", position)
                line_end = line_end if line_end >= 0 else len(source)
                shortest = _LONGEST_CODE + 1
            if len(code) < shortest:
                close = source.find(code, position, line_end)
                if close >= 0:
                    position = close + len(code)
                else:
                    shortest = len(code)
        elif indented.holds(start):
            continue
        elif token["property"]:
            if not is_machine_property(token["key"], token["value"] or ""):
                position = token.end("key") + 2
                continue
            if not (end := token.end("kept")) or not source[start:end].strip():
                end = start
            hidden.append((end, position))
        elif token["planned"]:
            hidden.append((start, position))
        elif (behind := ends.behind(token)) is not None:
            end = behind
            is_between_spaces = source[end : end + 1] == " " == source[start - 1 : start]
            position = end + is_between_spaces
            hidden.append((start, position))
    return hidden


_INDENT = deferred(r" {0,3}\t| {4}")
_MARK = deferred(r"[ \t]*(?:[-*+]|\d{1,9}[.)])(?:[ \t]|$)", re.MULTILINE)
_BLANK_OR_HEADING = deferred(r"[ \t]*(?:#{1,6}[ \t][^\n]*)?$", re.MULTILINE)
_HEADING = deferred(r"^#{1,6}[ \t]", re.MULTILINE)
_MOST_LINES = 32
"Preceding lines examined by the quick test."


class _IndentedCode:
    """Finds lines of code indented by four columns; parses the structure around them only where there may be some."""

    def __init__(self, source: str) -> None:
        self._source = source
        self._start = self._end = 0
        "The section parsed last, from one heading to the next."
        self._lines: set[int] = set()
        "Offsets of its lines of code."

    def holds(self, position: int) -> bool:
        """True if the line at a position is code."""
        line = self._source.rfind("\n", 0, position) + 1
        if not _INDENT.match(self._source, line) or not self._may_be_below(line):
            return False
        if not self._start <= line < self._end:
            self._read(line)
        return line in self._lines

    def _may_be_below(self, line: int) -> bool:
        """True if code may continue here, which it cannot directly below an item or text."""
        for _ in range(_MOST_LINES):
            if not line:
                break
            line = self._source.rfind("\n", 0, line - 1) + 1
            if _BLANK_OR_HEADING.match(self._source, line):
                break
            if not _INDENT.match(self._source, line) or _MARK.match(self._source, line):
                return False
        return True

    def _read(self, line: int) -> None:
        self._start = next((at for at in self._headings_above(line)), 0)
        found = _HEADING.search(self._source, line)
        self._end = found.start() if found else len(self._source) + 1
        section = self._source[self._start : self._end]
        offsets = [0, *accumulate(len(each) + 1 for each in section.split("\n"))]
        self._lines = {
            self._start + offsets[number]
            for leaf in structure(section).leaves
            if leaf.kind is Is.INDENTED
            for number in range(leaf.first, leaf.last + 1)
        }

    def _headings_above(self, line: int) -> Iterator[int]:
        """The offsets of preceding lines that look like headings in the first column, going up."""
        at = line
        while (at := self._source.rfind("\n#", 0, at)) >= 0:
            if _HEADING.match(self._source, at + 1):
                yield at + 1


class _Ends:
    """Finds the ends of opened comments and drawers.

    A missing end is searched for only once, since a scan for each of many openers would be quadratic.
    """

    def __init__(self, source: str) -> None:
        self._source = source
        self._block_end = -1
        self._comment_end = -1
        "The line or heading that ends the comments opened above it."

    def behind(self, token: re.Match[str]) -> int | None:
        """The position after the end of a comment or drawer; None if it has none."""
        start = token.end()
        if token["open"]:
            return self._behind_line(start)
        if token["comment"]:
            return self._in_block(start)
        drawer = _DRAWER.match(self._source, start + 1)
        return drawer.end() if drawer else None

    def _behind_line(self, start: int) -> int | None:
        if start <= self._comment_end:
            return None  # there is a heading in between
        found = _COMMENT_END.search(self._source, start + 1)
        if found and found["close"]:
            return found.end()
        self._comment_end = found.start() if found else len(self._source)
        return None

    def _in_block(self, start: int) -> int | None:
        if start > self._block_end:
            found = _BLOCK_END.search(self._source, start)
            self._block_end = found.start() if found else len(self._source)
        end = self._source.find("%%", start, self._block_end)
        return end + 2 if end >= 0 else None
