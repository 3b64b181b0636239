"""Everything earmark knows of the highlights and questions, as one JSON object."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.exporting.json_text import json_text
from tui.exporting.objects import highlight_object, question_object
from tui.exporting.registry import Document, Exporter

if TYPE_CHECKING:
    from tui.exporting.export import Export


def write(export: Export) -> Document:
    """The highlights and, unless they are left out, the questions, as a list each."""
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
