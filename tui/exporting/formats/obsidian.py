"""Highlights as a page for an Obsidian vault, rendered by a bundled template."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.exporting.registry import Document, Exporter
from tui.exporting.rendering import bundled_template, render_template

if TYPE_CHECKING:
    from tui.exporting.export import Export


def write(export: Export) -> Document:
    """Render the template."""
    return Document(render_template(bundled_template("obsidian"), "obsidian", export))


EXPORTER = Exporter(
    name="obsidian",
    about="Markdown for an Obsidian vault: front matter, callouts and block ids",
    example="notes.md --to obsidian -o vault/highlights.md",
    write=write,
    endings=(),
)
