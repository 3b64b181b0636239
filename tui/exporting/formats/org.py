"""Highlights as an org file for Emacs, rendered by a bundled template."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.exporting.registry import Document, Exporter
from tui.exporting.rendering import bundled_template, render_template

if TYPE_CHECKING:
    from tui.exporting.export import Export


def write(export: Export) -> Document:
    """Render the template."""
    return Document(render_template(bundled_template("org"), "org", export))


EXPORTER = Exporter(
    name="org",
    about="Emacs org: headings, drawers and links back to the lines",
    example="notes.md -o highlights.org",
    write=write,
    endings=(".org",),
)
