"""Highlights as CSV for Readwise's import, with columns that differ from those of Readwise's own export."""

from __future__ import annotations

import csv
from datetime import UTC
from io import StringIO
from typing import TYPE_CHECKING

from tui.exporting.readwise import readwise_highlights
from tui.exporting.registry import Document, Exporter

if TYPE_CHECKING:
    from tui.exporting.export import Export

COLUMNS = ("Highlight", "Title", "Author", "URL", "Note", "Location", "Date")
"The columns of readwise.io/import_bulk. No URL is given, since each one would become a document of its own."


def write(export: Export) -> Document:
    """Write a row for each highlight, with the line as its location and times in UTC."""
    out, cut = StringIO(), list[str]()
    rows = csv.writer(out, lineterminator="\n")
    rows.writerow(COLUMNS)
    for each in readwise_highlights(export, cut):
        at = f"{each.at.astimezone(UTC):%Y-%m-%d %H:%M:%S}"
        said = map(_plain, (each.text, each.title, each.author, "", each.note))
        rows.writerow((*said, each.line, at))
    return Document(out.getvalue(), tuple(cut))


def _plain(cell: str) -> str:
    """A cell that a spreadsheet shows as text: with a space before the signs by which it knows a formula."""
    return f" {cell}" if cell.startswith(("=", "+", "-", "@", "\t", "\r")) else cell


EXPORTER = Exporter(
    name="readwise",
    about="the CSV that readwise.io/import_bulk takes",
    example="notes.md -o notes.csv",
    write=write,
    endings=(".csv",),
)
