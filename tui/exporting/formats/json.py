"""Highlights and questions with all their details, as one JSON object."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.exporting.json_text import json_text
from tui.exporting.objects import highlight_object, question_object
from tui.exporting.registry import Document, Exporter

if TYPE_CHECKING:
    from tui.exporting.export import Export


def write(export: Export) -> Document:
    """Write the highlights and, unless left out, the questions, as one list each."""
    objects: dict[str, object] = {"highlights": [highlight_object(each) for each in export.highlights]}
    if export.has_questions:
        objects["questions"] = [question_object(each) for each in export.questions]
    return Document(f"{json_text(objects)}\n")


EXPORTER = Exporter(
    name="json",
    about="all that earmark knows, as one JSON object; earmark reads it back",
    example="notes.md -o notes.json",
    write=write,
    endings=(".json",),
)
