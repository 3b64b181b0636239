"""Finding a note's own headings by a scan that skips most lines.

A heading in the first column is certain unless it is in code, HTML or a comment. Text between two of these that may
contain or hide a heading has its structure parsed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tui.core.notes.markdown import fences
from tui.core.notes.markdown.notation import has_notation, without_notation
from tui.core.notes.markdown.structure import In, Is, structure, without_closing_marks
from tui.core.notes.metadata.fields import read_front_matter
from tui.core.patterns import deferred

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tui.core.notes.markdown.structure import Leaf


class HeadingLine(NamedTuple):
    """A heading outside lists, quotes, code and HTML."""

    start: int
    "Offset of its first line in the note, in code points."
    line: int
    "Its first line, 0-based."
    lines: int
    "Its number of lines, which is more than one if it is underlined."
    level: int
    title: str
    "Its title as inline Markdown."


def find_headings(text: str) -> tuple[HeadingLine, ...]:
    """The headings of a note, in order, as the parser finds them; front matter and comments have none."""
    front = read_front_matter(text).end
    if not front and not has_notation(text):
        return tuple(_scan(text))
    shown, kept = without_notation(text[front:])
    position = front
    line = above = text.count("\n", 0, front)
    found = []
    for heading in _scan(shown):
        first, last = heading.line, heading.line + heading.lines - 1
        if kept is not None:
            first, last = kept[first], kept[last]
        for _ in range(above + first - line):
            position = text.index("\n", position) + 1
        line = above + first
        found.append(HeadingLine(position, line, last - first + 1, heading.level, heading.title))
    return tuple(found)


def may_head(lines: str) -> bool:
    """True if whole lines may contain, underline or hide a heading."""
    return _CANDIDATE.search(f"\nabove\n{lines}") is not None


# With a literal first character the search jumps from line end to line end, four times as fast as with ``^``.
_CANDIDATE = deferred(
    r"\n(?:"
    r"(?P<marks>#{1,6})(?P<title>[ \t][^\n]*)?(?=\n|\Z)"
    rf"|(?P<fence>{fences.OPENING})[^\n]*"
    rf"| {{0,3}}(?:#|{fences.RUN}|<[A-Za-z/?!])"
    r"|(?<=[^\n]\n) {0,3}(?:=+|-+)[ \t]*(?=\n|\Z)"
    r")"
)
_CERTAIN = deferred(r"\n#{1,6}(?:[ \t][^\n]*)?(?=\n|\Z)")


def _scan(text: str) -> Iterator[HeadingLine]:
    # Now every line, including the first, follows a line end; so offsets of line starts are those of the note.
    source = "\n" + text
    position = 0
    closed = 0
    "A line end after which nothing is open: no list, no quote, no paragraph."
    counted, line = 1, 0
    while found := _CANDIDATE.search(source, position):
        start, position = found.span()
        if marks := found["marks"]:
            line += source.count("\n", counted, start + 1)
            counted = start + 1
            yield HeadingLine(start, line, 1, len(marks), without_closing_marks((found["title"] or "").strip()))
            closed = position
        elif fence := found["fence"]:
            closing = fences.closing(fence, " {0,3}").search(source, position)
            closed = position = closing.end() if closing else len(source)
        else:
            leaves, end = _part(source, closed, position)
            line += source.count("\n", counted, closed + 1)
            counted = closed + 1
            yield from _among(leaves, source, closed, line)
            closed = position = end


def _part(source: str, closed: int, position: int) -> tuple[Sequence[Leaf], int]:
    """Parse up to a heading in the first column that proves to be one, or to the end of the note."""
    while heading := _CERTAIN.search(source, position):
        end = heading.end()
        leaves = structure(source[closed + 1 : end]).leaves
        if leaves and leaves[-1].kind is Is.HEADING and leaves[-1].first == source.count("\n", closed + 1, end):
            return leaves, end
        # It is in code or HTML. Doubling keeps this linear, however many headings that contains.
        position = end + (end - closed)
    return structure(source[closed + 1 :]).leaves, len(source)


def _among(leaves: Sequence[Leaf], source: str, closed: int, above: int) -> Iterator[HeadingLine]:
    start = closed
    number = 0
    for leaf in leaves:
        if leaf.kind is Is.HEADING and leaf.container.kind is In.ROOT:
            for _ in range(leaf.first - number):
                start = source.index("\n", start + 1)
            number = leaf.first
            title = "\n".join(leaf.lines).strip()
            yield HeadingLine(start, above + number, leaf.last - number + 1, leaf.level, title)
