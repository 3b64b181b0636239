"""Highlights as the CSV that Readwise imports; its columns are others than those of the CSV that Readwise exports."""

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
"The columns of readwise.io/import_bulk. An address would make each of them a document of its own, so none is given."


def write(export: Export) -> Document:
    """A row for each highlight: the line as its location, times in UTC."""
    out, cut = StringIO(), list[str]()
    rows = csv.writer(out, lineterminator="\n")
    rows.writerow(COLUMNS)
    for each in readwise_highlights(export, cut):
        at = f"{each.at.astimezone(UTC):%Y-%m-%d %H:%M:%S}"
        rows.writerow((each.text, each.title, each.author, "", each.note, each.line, at))
    return Document(out.getvalue(), tuple(cut))


EXPORTER = Exporter(
    name="readwise",
    about="the CSV that readwise.io/import_bulk takes",
    example="notes.md -o notes.csv",
    write=write,
    endings=(".csv",),
)
