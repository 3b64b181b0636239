"""Web Annotations in JSON-LD: a collection, a page, a list or a single one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.importing.json_source import lines_in, parsed
from tui.importing.registry import Importer, ImportKind
from tui.importing.web_annotations import read_annotations

if TYPE_CHECKING:
    from tui.importing.contents import Source, SourceContents


def read(source: Source) -> SourceContents:
    """Read a highlight from each annotation that quotes words."""
    document = parsed(source.path, source.text)
    return read_annotations(source, document, lines_in(source.text, "items"))


def recognises(source: Source) -> bool:
    """True for JSON with the Web Annotation context."""
    return source.utf8.lstrip()[:1] in (b"{", b"[") and b"www.w3.org/ns/anno.jsonld" in source.utf8[:4000]


IMPORTER = Importer(
    name="w3c",
    about="Web Annotations (JSON-LD), by earmark or any other program",
    example="notes.jsonld --onto notes.md",
    read=read,
    recognises=recognises,
    kind=ImportKind.HIGHLIGHTS,
)
