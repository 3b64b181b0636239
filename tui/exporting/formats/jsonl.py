"""Highlights and questions with all their details, as one JSON object per line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.exporting.json_text import json_line
from tui.exporting.objects import highlight_object, question_object
from tui.exporting.registry import Document, Exporter

if TYPE_CHECKING:
    from tui.exporting.export import Export


def write(export: Export) -> Document:
    """Write highlights, then questions; ``type`` distinguishes the two."""
    lines = [json_line({"type": "highlight", **highlight_object(each)}) for each in export.highlights]
    lines += [json_line({"type": "question", **question_object(each)}) for each in export.questions]
    return Document("".join(f"{line}\n" for line in lines))


EXPORTER = Exporter(
    name="jsonl",
    about="the same, one object per line, for jq and scripts",
    example="~/podcasts --to jsonl | jq -r .text",
    write=write,
    endings=(".jsonl", ".ndjson"),
)
