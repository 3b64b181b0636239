"""The registry of exporters: the ``EXPORTER`` of every module in `formats`."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from typing import TYPE_CHECKING, NamedTuple

from tui.core.notes.sanitise import clean
from tui.exporting import formats

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from tui.exporting.export import Export


class Document(NamedTuple):
    """An export in some format."""

    text: str
    "The whole text, with a line end after the last line."
    notices: tuple[str, ...] = ()
    "Messages about parts that the format cannot represent."


class Exporter(NamedTuple):
    """A format for export."""

    name: str
    "Its name for ``--to``."
    about: str
    "A few words about the program that reads it, for the help."
    example: str
    "Example arguments of ``earmark export``."
    write: Callable[[Export], Document]
    endings: tuple[str, ...] = ()
    "File name endings that imply it, such as ``.md``."
    is_merged: bool = False
    "True if it preserves the content of an existing output file, which may therefore be replaced."


@cache
def exporters() -> Mapping[str, Exporter]:
    """All exporters by name."""
    modules = (import_module(f"{formats.__name__}.{each.name}") for each in iter_modules(formats.__path__))
    rows: list[Exporter] = [module.EXPORTER for module in modules]
    return {row.name: row for row in sorted(rows)}


def render_export(exporter: Exporter, export: Export) -> Document:
    """Render an export without control sequences, since it may be shown on a terminal."""
    document = exporter.write(export)
    if export.former:
        return document  # part of it is another program's, and it goes into a file
    # A tab separates the fields of a table.
    return document._replace(text="\t".join(map(clean, document.text.split("\t"))))


def exporter_for(file_name: str) -> Exporter | None:
    """The exporter that a file's name implies, by its longest ending; None if there is none."""
    name = file_name.casefold()
    fitting = [(len(end), row) for row in exporters().values() for end in row.endings if name.endswith(end)]
    return max(fitting)[1] if fitting else None
