"""JSON written by ``earmark export``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.errors import SourceError
from tui.importing.exported import read_all
from tui.importing.json_source import lines_in, parsed
from tui.importing.records import with_their_notes
from tui.importing.registry import Importer, ImportKind

if TYPE_CHECKING:
    from tui.importing.contents import Fault, Source, SourceContents


def read(source: Source) -> SourceContents:
    """Read the highlights, and the questions that the reader recorded."""
    found = parsed(source.path, source.text)
    if not isinstance(found, dict) or not isinstance(found.get("highlights", found.get("questions")), list):
        raise SourceError(source.path, "this is not JSON from earmark", "name its format: --from FORMAT")
    faults: list[Fault] = []
    given = []
    for kind in ("highlight", "question"):
        items = found.get(f"{kind}s") or []
        if not isinstance(items, list):
            raise SourceError(source.path, f"`{kind}s` is not a list", "export it again")
        given += read_all(kind, zip(items, lines_in(source.text, f"{kind}s"), strict=False), faults)
    return with_their_notes(source, given, faults)


def recognises(source: Source) -> bool:
    """True for an object that has highlights with parts, or questions."""
    head = source.utf8.lstrip()[:400]
    return (
        head.startswith(b"{")
        and b'"highlights"' in head
        and (b'"parts"' in source.utf8 or b'"questions"' in source.utf8)
    )


IMPORTER = Importer(
    name="json",
    about="what earmark export --to json wrote",
    example="notes.json --onto notes.md",
    read=read,
    recognises=recognises,
    kind=ImportKind.HIGHLIGHTS,
)
