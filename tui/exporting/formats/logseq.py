"""Highlights as an outline for Logseq, rendered by a bundled template."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.exporting.registry import Document, Exporter
from tui.exporting.rendering import bundled_template, render_template

if TYPE_CHECKING:
    from tui.exporting.export import Export


def write(export: Export) -> Document:
    """Render the template."""
    return Document(render_template(bundled_template("logseq"), "logseq", export))


EXPORTER = Exporter(
    name="logseq",
    about="an outline for a page of Logseq, with properties",
    example="notes.md --to logseq -o graph/pages/highlights.md",
    write=write,
    endings=(),
)
