"""A block as rows of cells at a given width: bullets, quote bars, hanging indents and table columns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple, overload

from tui.core.layout.cells import cell_len
from tui.core.layout.wrapping import wrap
from tui.core.notes.model import Block, Kind

BULLETS = "•◦▪"
"Bullet characters by depth; deeper ones use the last."
MIN_TEXT = 16
"Cells reserved for text, however deeply the block is nested."
MIN_COLUMN = 8
"Minimum width of a table column when the columns do not all fit, in cells."
CELL_BREAK = " | "
"Separator between the cells of a table in a block's plain text."
_LONGEST_TABLE = 1 << 18
"Most code points of a table laid out in columns: nobody reads a longer one, and plain lines are faster."
_MANY = 200
"Number of rows from which they are built on demand."


class Run(NamedTuple):
    """A piece of a block's text on a row."""

    column: int
    "Its first cell, counted from the left edge of the text column."
    start: int
    end: int


class Row(NamedTuple):
    """One row of a block: decoration, and runs of text."""

    lead: str
    "Decoration from cell 0 on: indentation, bullet, quote bars, rules."
    runs: tuple[Run, ...]
    between: str = ""
    "Separator of columns, drawn before every run but the first."


class _WrappedRows(Sequence[Row]):
    """Rows of wrapped text, built on demand: a text of 5 MB has 80,000."""

    __slots__ = ("_column", "_first", "_ranges", "_rest")

    def __init__(self, first: str, rest: str, column: int, ranges: Sequence[tuple[int, int]]) -> None:
        self._first, self._rest, self._column, self._ranges = first, rest, column, ranges

    def __len__(self) -> int:
        return len(self._ranges)

    @overload
    def __getitem__(self, index: int) -> Row: ...
    @overload
    def __getitem__(self, index: slice) -> list[Row]: ...
    def __getitem__(self, index: int | slice) -> Row | list[Row]:
        if isinstance(index, slice):
            return [self[each] for each in range(*index.indices(len(self)))]
        start, end = self._ranges[index]
        return Row(self._rest if index else self._first, (Run(self._column, start, end),))


def rows(block: Block, width: int) -> Sequence[Row]:
    """The rows of a block at a width in cells; at least one."""
    if block.kind is Kind.RULE:
        return [Row(_indent(block, width) + "─" * max(3, min(width, 88) - 2 * block.indent), ())]
    if block.kind is Kind.TABLE and len(block.text) <= _LONGEST_TABLE:
        table = _table_rows(block, width)
        if table is not None:
            return table
    first, rest = _leads(block, width)
    column = cell_len(first)
    ranges = wrap(block.text, max(2, width - column))
    if len(ranges) > _MANY:
        return _WrappedRows(first, rest, column, ranges)
    return [Row(rest if index else first, (Run(column, *each),)) for index, each in enumerate(ranges)]


def gap(above: Block | None, block: Block) -> int:
    """Blank rows between two adjacent blocks."""
    if above is None:
        return 0
    if above.kind is Kind.HEADING:
        return int(block.kind is Kind.HEADING)
    if block.kind is above.kind is Kind.BULLET:
        return 0
    if block.kind is above.kind is Kind.QUOTE and block.first == above.last + 1:
        return 0
    return 1


def _leads(block: Block, width: int) -> tuple[str, str]:
    """The leads of a block's first row and of its other rows."""
    indent = _indent(block, width)
    if block.kind is Kind.BULLET:
        sign = _sign(block)
        return f"{indent}{sign} ", indent + " " * (cell_len(sign) + 1)
    if block.kind is Kind.CODE:
        return indent + "  ", indent + "  "
    return indent, indent


def _indent(block: Block, width: int) -> str:
    nested = block.indent - (block.kind is Kind.BULLET)
    room = max(0, (width - MIN_TEXT) // 2)
    bars = min(block.quoted, room)
    return "│ " * bars + "  " * min(nested, room - bars)


def _sign(block: Block) -> str:
    if block.task is not None:
        return "☑" if block.task else "☐"
    if block.marker in ("", "•"):
        return BULLETS[min(max(block.depth, 1), len(BULLETS)) - 1]
    return block.marker


def _table_rows(block: Block, width: int) -> list[Row] | None:
    """The rows of a table in aligned columns with wrapped cells; None if the columns do not fit the width."""
    indent = _indent(block, width)
    lines: list[list[tuple[int, int]]] = []
    start = 0
    for source in block.text.split("\n"):
        cells = []
        for cell in source.split(CELL_BREAK):
            cells.append((start, start + len(cell)))
            start += len(cell) + len(CELL_BREAK)
        start += 1 - len(CELL_BREAK)
        lines.append(cells)
    if len({len(cells) for cells in lines}) != 1:
        return None
    widths = [max(cell_len(block.text[a:b]) for a, b in column) for column in zip(*lines, strict=True)]
    columns = _fitting(widths, width - len(indent) - len(CELL_BREAK) * (len(widths) - 1))
    if columns is None:
        return None
    lefts = [len(indent)]
    for size in columns:
        lefts.append(lefts[-1] + size + len(CELL_BREAK))
    line = indent + "┼".join("─" * (size + (2 if column else 1)) for column, size in enumerate(columns))
    rule = Row(line[:width], ())
    found: list[Row] = []
    for number, cells in enumerate(lines):
        if number == 1 or (number and columns != widths):
            found.append(rule)
        found += [Row(indent, runs, "│ ") for runs in _cell_rows(block.text, cells, columns, lefts)]
    return found if len(lines) > 1 else [*found, rule]


def _fitting(widths: Sequence[int], room: int) -> Sequence[int] | None:
    """Shrink the widest columns until all fit; None if they would become too narrow to read."""
    if sum(widths) <= room:
        return widths
    share, left = 0, room
    for index, size in enumerate(sorted(widths)):
        share = left // (len(widths) - index)
        if size > share:
            break
        left -= size
    return [min(size, share) for size in widths] if share >= MIN_COLUMN else None


def _cell_rows(
    text: str, cells: Sequence[tuple[int, int]], columns: Sequence[int], lefts: Sequence[int]
) -> Iterator[tuple[Run, ...]]:
    """The runs of one line of a table, row by row; a cell that has no more text gets an empty run at its end."""
    wrapped = [
        [(start + a, start + b) for a, b in wrap(text[start:end], max(2, size))]
        for (start, end), size in zip(cells, columns, strict=True)
    ]
    for row in range(max(map(len, wrapped))):
        yield tuple(
            Run(left, *(ranges[row] if row < len(ranges) else (end, end)))
            for ranges, (_, end), left in zip(wrapped, cells, lefts, strict=False)
        )
