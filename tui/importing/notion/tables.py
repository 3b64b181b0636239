"""Notion's tables, exported as CSV next to one page per row."""

from __future__ import annotations

import csv
import io
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from tui.exporting.markdown_text import escaped
from tui.importing.contents import Entry, Fault
from tui.importing.marked_text import without_sign_characters

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

LARGEST_CELL = 1 << 28
"Most characters of a cell."


class NotionTable(NamedTuple):
    """A table with its rows."""

    columns: tuple[str, ...]
    "The first one contains the titles of the rows."
    rows: tuple[tuple[str, ...], ...]
    fault: Fault | None = None
    "The error at which reading stopped."


def table_of(name: str, text: str) -> NotionTable:
    """Read a table; cells beyond the last column have no name."""
    csv.field_size_limit(LARGEST_CELL)
    rows: list[tuple[str, ...]] = []
    reader = csv.reader(io.StringIO(without_sign_characters(text.replace("\0", ""))))
    fault = None
    try:
        rows.extend(tuple(" ".join(cell.split()) for cell in cells) for cells in reader)
    except csv.Error:
        fault = Fault(0, f"{name}: from line {reader.line_num} on it is not CSV", "export it again")
    return NotionTable(rows[0] if rows else (), tuple(row for row in rows[1:] if any(row)), fault)


def entries_of(id_: str, table: NotionTable, titles: Mapping[str, int]) -> Iterator[Entry]:
    """A bullet with nested properties for each row that has no text of its own.

    Args:
        id_: The table's id.
        table: The table.
        titles: The number of pages with text, by title.
    """
    waiting = Counter(titles)
    times: Counter[str] = Counter()
    for row in table.rows:
        if waiting[row[0]] > 0:
            waiting[row[0]] -= 1
            continue
        source = _bullet(table.columns, row)
        times[source] += 1
        yield Entry(f"{id_} {times[source]} {source}", source)


def _bullet(columns: Sequence[str], row: Sequence[str]) -> str:
    named = zip((*columns, *[""] * (len(row) - len(columns))), row, strict=False)
    said = [f"{name}: {cell}" if name else cell for name, cell in list(named)[1:] if cell]
    return "\n  - ".join((f"- {escaped(row[0] or 'Untitled')}", *map(escaped, said)))
