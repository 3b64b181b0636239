"""Line breaking: from plain text to rows of a given width."""

from __future__ import annotations

from bisect import bisect_right
from itertools import accumulate

from tui.core.layout.cells import cell_len, split_graphemes
from tui.core.notes.sanitise import clean
from tui.core.patterns import deferred

_NO_ROW_START = frozenset("、。，．・：；？！゛゜ヽヾゝゞ々ー）］｝〕〉》」』】〙〗’”!%),.:;?]}…")
"Characters that may not begin a row after a wide one (kinsoku; classes CL, NS and EX of UAX 14)."

_NARROW = deferred(
    r"[\x20-\x7e\xa0-\xac\xae-\u02ff\u0370-\u0482\u048a-\u052f\u2010-\u2027\u2030-\u205e\u20a0-\u20c0\u2100-\u218b"
    r"\u2190-\u21ff\u2200-\u22ff\u2400-\u2426\u2500-\u25fc\ufffd]*"
)
"Matches text in which every code point is one cell wide in any context."
_SIMPLE = deferred(
    r"[\x20-\x7e\xa0-\xac\xae-\u02ff\u0370-\u0482\u048a-\u052f\u2010-\u2027\u2030-\u205e"
    r"\u3001-\u3029\u3041-\u3096\u30a0-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uff01-\uff60]*"
)
"Matches text in which every code point is one cell wide or, from `_FIRST_WIDE` on, two."
_FIRST_WIDE = "\u3000"
_DENSE = 8
"Most code points per cell that `first_rows` examines."
_MANY = 200
"Number of lines, and of code points in a line, from which a scan of the whole first pays off."


def wrap(text: str, width: int) -> list[tuple[int, int]]:
    """Break a text into rows.

    Rows break at line breaks, at spaces and between wide characters; inside a word only if the word alone is wider than
    a row; never inside a grapheme cluster.

    Args:
        text: Plain, sanitised text; ``\\n`` ends a row.
        width: Cells in a row, at least 2.

    Returns:
        Half-open ranges of code points, one per row, in order. The space or line break that ends a row is in none of
        them. There is at least one row, which is empty for an empty text.
    """
    rows: list[tuple[int, int]] = []
    start = 0
    lines = text.split("\n")
    if len(lines) > _MANY and text.isascii() and max(map(len, lines)) <= width:
        ends = [end + number for number, end in enumerate(accumulate(map(len, lines)))]
        return list(zip([0, *(end + 1 for end in ends)], ends, strict=False))
    for line in lines:
        end = start + len(line)
        if (len(line) if line.isascii() else cell_len(line)) <= width:
            rows.append((start, end))
        elif (line.isascii() and line.isprintable()) or _NARROW.fullmatch(line):
            _wrap_narrow(text, start, end, width, rows)
        elif len(line) > _MANY and _SIMPLE.fullmatch(line):
            _wrap_simple(line, start, width, rows)
        else:
            _wrap_graphemes(line, start, width, rows)
        start = end + 1
    return rows


def first_rows(text: str, width: int, most: int) -> list[str]:
    """The first rows of a sanitised text, in time independent of its length."""
    start = clean(text[: (most + 1) * width * _DENSE])
    return [start[first:end] for first, end in wrap(start, width)[:most]]


def _wrap_narrow(text: str, start: int, end: int, width: int, rows: list[tuple[int, int]]) -> None:
    """Break a line whose code points are all one cell wide."""
    while end - start > width:
        cut = text.rfind(" ", start + 1, start + width + 1)
        if cut < 0:
            rows.append((start, start + width))
            start += width
        else:
            rows.append((start, cut))
            start = cut + 1
    rows.append((start, end))


def _wrap_simple(line: str, offset: int, width: int, rows: list[tuple[int, int]]) -> None:
    """Break a line whose code points are one or two cells wide and clusters of their own: `_wrap_graphemes`, but
    faster.
    """
    ends = list(accumulate([2 if char >= _FIRST_WIDE else 1 for char in line]))
    count = len(line)
    first = 0
    while first < count:
        index = max(first + 1, bisect_right(ends, width + (ends[first - 1] if first else 0), first))
        if index == count:
            rows.append((offset + first, offset + count))
            return
        cut = index
        while cut > first and line[index] != " ":
            wide = line[cut - 1] >= _FIRST_WIDE or line[cut] >= _FIRST_WIDE
            if line[cut - 1] == " " or (wide and line[cut] not in _NO_ROW_START and line[cut] != " "):
                break
            cut -= 1
        else:
            cut = index
        end = cut
        if line[cut] == " ":
            cut += 1
        elif end - 1 > first and line[end - 1] == " ":
            end -= 1
        rows.append((offset + first, offset + end))
        first = cut


def _wrap_graphemes(line: str, offset: int, width: int, rows: list[tuple[int, int]]) -> None:
    """Break a line of any characters, cluster by cluster."""
    clusters, _ = split_graphemes(line)
    count = len(clusters)
    first = 0
    while first < count:
        cells = 0
        cut = -1  # index of the cluster that would begin the next row
        index = first
        while index < count:
            begin, _, size = clusters[index]
            if cells + size > width and index > first:
                break
            cells += size
            index += 1
            if index < count:
                following = line[clusters[index][0]]
                wide = size == 2 or clusters[index][2] == 2
                if line[begin] == " " or (wide and following not in _NO_ROW_START and following != " "):
                    cut = index
        if index == count:
            rows.append((offset + clusters[first][0], offset + len(line)))
            return
        if line[clusters[index][0]] == " ":
            cut = index
        if cut <= first:
            cut = index
        begin, end = clusters[first][0], clusters[cut][0]
        if line[clusters[cut][0]] == " ":
            cut += 1
        elif end - 1 > begin and line[end - 1] == " ":
            end -= 1
        rows.append((offset + begin, offset + end))
        first = cut


def cells_between(text: str, start: int, end: int) -> int:
    """The width in cells of a range of code points."""
    return end - start if text.isascii() else cell_len(text[start:end])


def offset_at_cell(text: str, start: int, end: int, cell: int) -> int:
    """The code point of ``text[start:end]`` that covers a cell counted from the range's left edge.

    A cell past the last one gives ``end``; one before the first gives ``start``.
    """
    if cell <= 0:
        return start
    if text.isascii():
        return min(start + cell, end)
    at = 0
    clusters, _ = split_graphemes(text[start:end])
    for begin, _, size in clusters:
        if at + size > cell:
            return start + begin
        at += size
    return end
