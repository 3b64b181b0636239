"""Highlights as the body of a request to Readwise's API, which also accepts category and time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.exporting.json_text import json_text
from tui.exporting.readwise import readwise_highlights
from tui.exporting.registry import Document, Exporter

if TYPE_CHECKING:
    from tui.exporting.export import Export


def write(export: Export) -> Document:
    """Write one object, for a POST to readwise.io/api/v2/highlights/."""
    cut: list[str] = []
    highlights = [
        {
            "text": each.text,
            "title": each.title,
            **({"author": each.author} if each.author else {}),
            "source_type": "earmark",
            "category": "podcasts" if each.is_podcast else "articles",
            **({"note": each.note} if each.note else {}),
            "location": each.line,
            "location_type": "order",
            "highlighted_at": each.at.isoformat(),
        }
        for each in readwise_highlights(export, cut)
    ]
    return Document(f"{json_text({'highlights': highlights})}\n", tuple(cut))


EXPORTER = Exporter(
    name="readwise-json",
    about="what Readwise's API takes, for curl",
    example="notes.md --to readwise-json | curl -H @token -d @- https://readwise.io/api/v2/highlights/",
    write=write,
)
