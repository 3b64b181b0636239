"""Highlights as a W3C Web Annotation collection in JSON-LD."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.exporting.json_text import json_text
from tui.exporting.registry import Document, Exporter
from tui.exporting.w3c import WebAnnotations, file_address

if TYPE_CHECKING:
    from tui.exporting.export import Export


def write(export: Export) -> Document:
    """Write the collection; the address of a note is that of its file."""
    return Document(f"{json_text(WebAnnotations(export, file_address).collection())}\n")


EXPORTER = Exporter(
    name="w3c",
    about="the standard's Web Annotations, as JSON-LD; earmark reads it back",
    example="notes.md -o notes.jsonld",
    write=write,
    endings=(".jsonld",),
)
