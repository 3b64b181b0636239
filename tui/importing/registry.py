"""The registry of importers: every module of `formats` has one, named ``IMPORTER``."""

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
    """The kind of content that a format brings, and so where it goes."""

    TEXT = auto()
    "Text, which becomes a note."
    HIGHLIGHTS = auto()
    "Highlights on notes that are there."
    MARKS = auto()
    "Marks in the notes themselves: the source is notes."


class Importer(NamedTuple):
    """A format that is read."""

    name: str
    "Its name for ``--from``."
    about: str
    "A few words on what writes it, for the help."
    example: str
    "An example: the words behind ``earmark import``."
    read: Callable[[Source], SourceContents]
    "Raises ImportedError for a source that is not in the format at all."
    recognises: Callable[[Source], bool]
    "True if a source is certain to be in the format, told by its name and its first bytes."
    kind: ImportKind = ImportKind.TEXT
    is_general: bool = False
    "True if every other format that recognises the source is nearer."


@cache
def importers() -> Mapping[str, Importer]:
    """Every importer by its name."""
    modules = (import_module(f"{formats.__name__}.{each.name}") for each in iter_modules(formats.__path__))
    rows: list[Importer] = [module.IMPORTER for module in modules]
    return {row.name: row for row in sorted(rows, key=lambda row: row.name)}


def detect_importer(source: Source) -> Importer | None:
    """The importer whose format a source is in; None if none recognises it."""
    rows = sorted(importers().values(), key=lambda row: row.is_general)
    return next((row for row in rows if row.recognises(source)), None)
