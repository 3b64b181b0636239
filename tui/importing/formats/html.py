"""Web pages: saved ones, clipboards of Google Docs, Apple Notes and Bear, and exports of Google Docs and Notion."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import PurePath

from tui.core.notes.model import STANDARD_INPUT
from tui.errors import SourceError
from tui.importing.archive import names_in, unpacked
from tui.importing.clippings import notices_of
from tui.importing.contents import Fault, ImportedDocument, Source, SourceContents
from tui.importing.marked_text import without_signs
from tui.importing.registry import Importer

_SAMPLE = 1 << 14
_ENDINGS = (".html", ".htm", ".xhtml")
_OTHER_FILE = "other file", "other files"
_BEGINNING = re.compile(
    r"\s*(?:<!--.*?-->\s*|<\?xml[^<>]*>\s*)*<(?:!doctype\s+html|html|head|body|meta|article|div|section|main|p|h[1-6]|ul"
    r"|ol|b|span|table|blockquote)\b[^<>]*>",
    re.IGNORECASE | re.DOTALL,
)
_NONCHARACTERS = re.compile(rb"\xef\xb7[\x90-\xaf]")


def read(source: Source) -> SourceContents:
    """Read a page, or each page in a zip archive, as a document; marked and coloured words become highlights."""
    if names_in(source.data):
        return _pages_of_archive(source)
    if b"<" not in source.data and b"<\0" not in source.data:
        raise SourceError(source.path, "this is not HTML", "name its format with --from")
    document = _document(source.data, "Page" if source.path == STANDARD_INPUT else source.path)
    if document is None:
        raise SourceError(source.path, "this page has no text", "save it once it has loaded")
    return SourceContents((document,))


def _pages_of_archive(source: Source) -> SourceContents:
    archive = unpacked(source.path, source.data, _is_page)
    if not archive.members and not archive.faults:
        raise SourceError(source.path, "this archive has no page", "name its format with --from")
    documents, faults = [], list(archive.faults)
    for member in archive.members:
        if document := _document(member.data, member.name):
            documents.append(document)
        else:
            faults.append(Fault(0, f"{' '.join(member.name.split())}: this page has no text", "export it again"))
    left_out = Counter({_OTHER_FILE: len(archive.others)})
    return SourceContents(tuple(documents), faults=tuple(sorted(faults)), notices=notices_of(left_out))


def _document(data: bytes, path: str) -> ImportedDocument | None:
    """Read a page as a document, named after its file if it has no title; None for a page without text."""
    # Imported here, since only pages need turbohtml.
    from tui.importing.html_tree import page

    found = page(_without_noncharacters(data))
    if not without_signs(found.source).strip():
        return None
    return ImportedDocument(found.title or PurePath(path).stem, (found.entry(),), found.about)


def _is_page(name: str) -> bool:
    return name.lower().endswith(_ENDINGS)


def _without_noncharacters(data: bytes) -> bytes:
    """Remove the noncharacters that have a meaning here; only UTF-8 can contain them for certain."""
    if not _NONCHARACTERS.search(data):
        return data
    try:
        data.decode()
    except UnicodeDecodeError:
        return data
    return _NONCHARACTERS.sub(b"", data)


def _recognises(source: Source) -> bool:
    head = source.data[:_SAMPLE]
    text = head.decode("utf-16" if head.startswith((b"\xff\xfe", b"\xfe\xff")) else "latin-1", "ignore")
    return (
        _BEGINNING.match(text.removeprefix("ï»¿")) is not None
        or (_is_page(source.path) and "<" in text)
        or any(map(_is_page, names_in(source.data)))
    )


IMPORTER = Importer(
    name="html",
    about="a saved page, a clipboard or export of Google Docs, Notion, Apple Notes, Bear",
    example="page.html -o page.md",
    read=read,
    recognises=_recognises,
    is_general=True,
)
