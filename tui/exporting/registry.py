"""The registry of exporters: every module of `formats` has one, named ``EXPORTER``."""

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
    """Highlights in a format."""

    text: str
    "All of it, the last line ended."
    notices: tuple[str, ...] = ()
    "Messages about parts that the format could not take."


class Exporter(NamedTuple):
    """A format that highlights are written in."""

    name: str
    "Its name for ``--to``."
    about: str
    "A few words on what takes it, for the help."
    example: str
    "An example: the words behind ``earmark export``."
    write: Callable[[Export], Document]
    endings: tuple[str, ...] = ()
    "Endings of file names that mean it, such as ``.md``."
    is_merged: bool = False
    "True if it keeps what is in the file that it is written to, so that this may be replaced."


@cache
def exporters() -> Mapping[str, Exporter]:
    """Every exporter by its name."""
    modules = (import_module(f"{formats.__name__}.{each.name}") for each in iter_modules(formats.__path__))
    rows: list[Exporter] = [module.EXPORTER for module in modules]
    return {row.name: row for row in sorted(rows)}


def render_export(exporter: Exporter, export: Export) -> Document:
    """The export in a format, without anything that a terminal could obey: it may be shown on one."""
    document = exporter.write(export)
    if export.former:
        return document  # It is not all ours, and goes into a file.
    # A tab parts the fields of a table.
    return document._replace(text="\t".join(map(clean, document.text.split("\t"))))


def exporter_for(file_name: str) -> Exporter | None:
    """The exporter that a file's name means, by its longest ending; None if none does."""
    name = file_name.casefold()
    fitting = [(len(end), row) for row in exporters().values() for end in row.endings if name.endswith(end)]
    return max(fitting)[1] if fitting else None
