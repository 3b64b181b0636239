"""Highlights in any format, rendered by the reader's own Jinja2 template."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.errors import TemplateError
from tui.exporting.registry import Document, Exporter
from tui.exporting.rendering import render_template

if TYPE_CHECKING:
    from tui.exporting.export import Export


def write(export: Export) -> Document:
    """Render the template."""
    if export.template is None:
        raise TemplateError("--to template", "it needs a template", "name it: --template FILE")
    name, source = export.template
    return Document(render_template(source, name, export))


EXPORTER = Exporter(
    name="template",
    about="anything else, with your own Jinja2 template",
    example="notes.md --template cards.j2 -o cards.txt",
    write=write,
)
