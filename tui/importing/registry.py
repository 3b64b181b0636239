"""The registry of importers: the ``IMPORTER`` of every module in `formats`."""

from __future__ import annotations

from enum import Enum, auto
from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from typing import TYPE_CHECKING, NamedTuple

from tui.importing import formats

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from tui.importing.contents import Source, SourceContents


class ImportKind(Enum):
    """The kind of content in a format, which decides where it goes."""

    TEXT = auto()
    "Text, which becomes a note."
    HIGHLIGHTS = auto()
    "Highlights on existing notes."
    MARKS = auto()
    "Marks in the notes themselves, which are the source."


class Importer(NamedTuple):
    """A format that can be imported."""

    name: str
    "Its name for ``--from``."
    about: str
    "A few words about the program that writes it, for the help."
    example: str
    "Example arguments of ``earmark import``."
    read: Callable[[Source], SourceContents]
    "Reads a source; raises ImportedError if it is not in this format."
    recognises: Callable[[Source], bool]
    "True if a source is certainly in this format, by its name and first bytes."
    kind: ImportKind = ImportKind.TEXT
    is_general: bool = False
    "True if any other format that recognises the source takes precedence."


@cache
def importers() -> Mapping[str, Importer]:
    """All importers by name."""
    modules = (import_module(f"{formats.__name__}.{each.name}") for each in iter_modules(formats.__path__))
    rows: list[Importer] = [module.IMPORTER for module in modules]
    return {row.name: row for row in sorted(rows, key=lambda row: row.name)}


def detect_importer(source: Source) -> Importer | None:
    """The importer that recognises a source; None if there is none."""
    rows = sorted(importers().values(), key=lambda row: row.is_general)
    return next((row for row in rows if row.recognises(source)), None)
