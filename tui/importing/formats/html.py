"""Web pages: saved ones, what Google Docs, Apple Notes and Bear put on the clipboard, exports of Docs and Notion."""

from __future__ import annotations

import re
from pathlib import PurePath

from tui.core.notes.model import STANDARD_INPUT
from tui.errors import SourceError
from tui.importing.contents import ImportedDocument, Source, SourceContents
from tui.importing.marked_text import without_signs
from tui.importing.registry import Importer

_SAMPLE = 1 << 14
_ENDINGS = (".html", ".htm", ".xhtml")
_BEGINNING = re.compile(
    r"\s*(?:<!--.*?-->\s*|<\?xml[^<>]*>\s*)*<(?:!doctype\s+html|html|head|body|meta|article|div|section|main|p|h[1-6]|ul"
    r"|ol|b|span|table|blockquote)\b[^<>]*>",
    re.IGNORECASE | re.DOTALL,
)
_NONCHARACTERS = re.compile(rb"\xef\xb7[\x90-\xaf]")


def read(source: Source) -> SourceContents:
    """The content of a page as a document; marked words and words on a coloured background are highlights."""
    # Imported here, as turbohtml is only for pages.
    from tui.importing.html_tree import page

    if b"<" not in source.data and b"<\0" not in source.data:
        raise SourceError(source.path, "this is not HTML", "name its format with --from")
    found = page(_without_noncharacters(source.data))
    if not without_signs(found.source).strip():
        raise SourceError(source.path, "this page has no text", "save it once it has loaded")
    title = found.title or ("Page" if source.path == STANDARD_INPUT else PurePath(source.path).stem)
    return SourceContents((ImportedDocument(title, (found.entry(),), found.about),))


def _without_noncharacters(data: bytes) -> bytes:
    """A page without characters that are signs here; only UTF-8 is certain to hold them."""
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
    return _BEGINNING.match(text.removeprefix("ï»¿")) is not None or (
        source.path.lower().endswith(_ENDINGS) and "<" in text
    )


IMPORTER = Importer(
    name="html",
    about="a saved page, a clipboard or export of Google Docs, Notion, Apple Notes, Bear",
    example="page.html -o page.md",
    read=read,
    recognises=_recognises,
    is_general=True,
)
