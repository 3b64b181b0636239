"""Selecting a phrase: points in the text, motions between them, and the spans they enclose."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tui.core.common_start import common_start
from tui.core.layout.cells import cluster_end, split_graphemes
from tui.core.layout.wrapping import cells_between, offset_at_cell
from tui.core.notes.model import TITLE, Position, Span
from tui.core.patterns import deferred

if TYPE_CHECKING:
    from collections.abc import Callable

    from tui.core.layout.flow import Flow

_WORD = deferred(r"[\w'’]+|[^\w\s'’]+")
"A word or a run of punctuation, as in vi's w, b and e; an apostrophe is part of a word."


class Point(NamedTuple):
    """A character of the flow: a block, and the offset of a grapheme cluster in its text."""

    position: Position
    offset: int


class Selection(NamedTuple):
    """A selection from one character to another, both included, in either order."""

    anchor: Point | None
    "The fixed end; None until the reader has set the start."
    head: Point
    "The character under the caret."
    adjusts: str = ""
    "The id of the highlight being resized; empty for a new one."

    @property
    def first(self) -> Point:
        """The end that comes first in the text."""
        return min(self.anchor or self.head, self.head)

    @property
    def last(self) -> Point:
        """The end that comes last in the text."""
        return max(self.anchor or self.head, self.head)

    def turned(self) -> Selection:
        """The same selection with the caret at the other end."""
        return self if self.anchor is None else self._replace(anchor=self.head, head=self.anchor)


def text_at(flow: Flow, position: Position) -> str:
    """The text of a block; empty for a title."""
    return "" if position.block == TITLE else flow.section(position.section).blocks[position.block].text


def spans(flow: Flow, selection: Selection) -> list[tuple[Position, Span]]:
    """The spans of a selection, one for each block that has text in it, in document order."""
    if selection.anchor is None:
        return []
    first, last = selection.first, selection.last
    found = []
    position = first.position
    while position <= last.position:
        text = text_at(flow, position)
        start = first.offset if position == first.position else 0
        end = cluster_end(text, last.offset) if position == last.position else len(text)
        while start < end and text[start].isspace():
            start += 1
        while end > start and text[end - 1].isspace():
            end -= 1
        if start < end:
            found.append((position, Span(start, end)))
        following = flow.step(position, 1)
        if following == position:
            break
        position = following
    return found


def word_at(flow: Flow, point: Point) -> Selection:
    """Select the word under a character, or else the next one in its block."""
    words = _words(text_at(flow, point.position))
    start, last = next((each for each in words if each[1] >= point.offset), words[-1] if words else (point.offset,) * 2)
    return Selection(Point(point.position, start), Point(point.position, last))


def moved(selection: Selection, follow: Callable[[Position], Position], old: Flow, new: Flow) -> Selection | None:
    """Carry a selection over to a new text of the notes; None if its words are gone.

    Args:
        selection: The selection in the old text.
        follow: Gives the new position of an old block.
        old: The old text.
        new: The new text.
    """

    def carry(point: Point) -> Point | None:
        position = follow(point.position)
        offset = _carried(text_at(old, point.position), text_at(new, position), point.offset)
        return None if offset is None else Point(position, offset)

    head = carry(selection.head)
    anchor = carry(selection.anchor) if selection.anchor else None
    if head is None or (selection.anchor and anchor is None):
        return None
    after = selection._replace(anchor=anchor, head=head)
    words = [text_at(old, position)[slice(*span)] for position, span in spans(old, selection)]
    return after if [text_at(new, position)[slice(*span)] for position, span in spans(new, after)] == words else None


def _carried(old: str, new: str, offset: int) -> int | None:
    """The new offset of a character after an edit inside the text; None if the edit removed it."""
    if old == new:
        return offset
    start = common_start(old, new)
    if offset < start:
        return offset
    end = common_start(old[start:][::-1], new[start:][::-1])
    return offset + len(new) - len(old) if offset >= len(old) - end else None


def _cluster_start(text: str, offset: int) -> int:
    """The start of the grapheme cluster that ends at an offset."""
    low = max(0, offset - 64)
    clusters, _ = split_graphemes(text[low:offset])
    return low + clusters[-1][0] if clusters else 0


def _last_offset(text: str) -> int:
    return _cluster_start(text, len(text)) if text else 0


def _words(text: str) -> list[tuple[int, int]]:
    """The start of each word and of its last grapheme cluster.

    The first character of a cluster decides its class, so that combining marks end no word, in any script.
    """
    if text.isascii():
        return [(match.start(), match.end() - 1) for match in _WORD.finditer(text)]
    starts: list[int] = []
    for start, end, _ in split_graphemes(text)[0]:
        starts.append(start)
        if end - start > 1 and text[end - 1].isspace():  # a line break has no width but ends a word
            starts.append(end - 1)
    matches = _WORD.finditer("".join(text[start] for start in starts))
    return [(starts[match.start()], starts[match.end() - 1]) for match in matches]


# -- motions: each returns the caret's new point, or the same one if it cannot move


def right(flow: Flow, point: Point) -> Point:
    """The next character, continuing in the next block."""
    text = text_at(flow, point.position)
    end = cluster_end(text, point.offset)
    if end < len(text):
        return Point(point.position, end)
    following = _text_beside(flow, point.position, 1)
    return Point(following, 0) if following else point


def left(flow: Flow, point: Point) -> Point:
    """The previous character, continuing in the previous block."""
    if point.offset > 0:
        return Point(point.position, _cluster_start(text_at(flow, point.position), point.offset))
    before = _text_beside(flow, point.position, -1)
    return Point(before, _last_offset(text_at(flow, before))) if before else point


def word_forward(flow: Flow, point: Point) -> Point:
    """The beginning of the next word."""
    return _further_on(flow, point, 0)


def word_back(flow: Flow, point: Point) -> Point:
    """The beginning of this word, or of the previous one."""
    starts = [start for start, _ in _words(text_at(flow, point.position)) if start < point.offset]
    if starts:
        return Point(point.position, starts[-1])
    before = _text_beside(flow, point.position, -1)
    if before is None:
        return Point(point.position, 0)
    words = _words(text_at(flow, before))
    return Point(before, words[-1][0] if words else 0)


def word_end(flow: Flow, point: Point) -> Point:
    """The last character of this word, or of the next one."""
    return _further_on(flow, point, 1)


def _further_on(flow: Flow, point: Point, edge: int) -> Point:
    """The nearest first (0) or last (1) character of a later word."""
    for word in _words(text_at(flow, point.position)):
        if word[edge] > point.offset:
            return Point(point.position, word[edge])
    following = _text_beside(flow, point.position, 1)
    if following is None:
        return line_end(flow, point)
    words = _words(text_at(flow, following))
    return Point(following, words[0][edge] if words else 0)


def line_start(flow: Flow, point: Point) -> Point:
    """The first character of the block."""
    return Point(point.position, 0)


def line_end(flow: Flow, point: Point) -> Point:
    """The last character of the block."""
    return Point(point.position, _last_offset(text_at(flow, point.position)))


def down(flow: Flow, point: Point) -> Point:
    """The character one row down."""
    return _vertical(flow, point, 1)


def up(flow: Flow, point: Point) -> Point:
    """The character one row up."""
    return _vertical(flow, point, -1)


MOTIONS: dict[str, Callable[[Flow, Point], Point]] = {
    "select_right": right,
    "select_left": left,
    "select_word": word_forward,
    "select_word_back": word_back,
    "select_word_end": word_end,
    "select_line_start": line_start,
    "select_line_end": line_end,
    "select_down": down,
    "select_up": up,
}
"Motions by their names in the keymap."


def point_at(flow: Flow, row: int, cell: int) -> Point | None:
    """The character at a row of the flow and a cell of the text column; None on a title or between blocks."""
    index, inside = flow.locate(row)
    section = flow.section(index)
    block, inner = section.at(inside)
    if block == TITLE or inner >= section.size(block):
        return None
    text = section.blocks[block].text
    found = 0
    for run in section.rows(block)[inner].runs:
        if cell >= run.column or run is section.rows(block)[inner].runs[0]:
            found = offset_at_cell(text, run.start, run.end, cell - run.column)
            if found >= run.end and (run.end > run.start or _ends_a_cell(text, run.end)):
                found = _cluster_start(text, run.end)
    return Point(Position(index, block), found)


def _ends_a_cell(text: str, offset: int) -> bool:
    """True at the end of a table cell that is not empty; such a cell has empty runs below its last row."""
    return text[offset - 1 : offset] not in ("", " ", "\n")


def row_of(flow: Flow, point: Point) -> tuple[int, int]:
    """The row of the flow and the cell of the text column where a character is drawn."""
    top = flow.top(point.position)
    if point.position.block == TITLE:
        return top, 0
    section = flow.section(point.position.section)
    text = section.blocks[point.position.block].text
    place, begin = (top, 0), 0
    for number, row in enumerate(section.rows(point.position.block)):
        for run in row.runs:
            if begin <= run.start <= point.offset:
                begin = run.start
                end = min(point.offset, run.end)
                place = (top + number, run.column + cells_between(text, run.start, end))
    return place


def _text_beside(flow: Flow, position: Position, by: int) -> Position | None:
    """The nearest block with text before or after a position."""
    while True:
        following = flow.step(position, by)
        if following == position:
            return None
        if text_at(flow, following):
            return following
        position = following


def _vertical(flow: Flow, point: Point, by: int) -> Point:
    row, cell = row_of(flow, point)
    row += by
    while 0 <= row < flow.height:
        found = point_at(flow, row, cell)
        # On a table's rule, or in a cell with no text in this row, the point found is in another row.
        if found is not None and text_at(flow, found.position) and row_of(flow, found)[0] == row:
            return found
        row += by
    return point
