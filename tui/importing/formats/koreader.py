"""KOReader: the JSON that it exports, and the sidecar that it stores next to each book."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import PurePath
from typing import TYPE_CHECKING

from tui.errors import SourceError
from tui.importing.clippings import document_of, notices_of
from tui.importing.contents import Fault, SourceContents
from tui.importing.json_source import lines_in, parsed
from tui.importing.koreader.books import KoreaderBook, KoreaderMark, clippings_of
from tui.importing.koreader.sidecar import book_of
from tui.importing.records import UnreadableError, Values
from tui.importing.registry import Importer

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tui.importing.clippings import Reason
    from tui.importing.contents import Source

_SAMPLE = 1 << 16
_SIDECAR = re.compile(
    rb"""(?:\s|--[^\n]*\n)*return\s*\{.*?\[["'](?:annotations|bookmarks|doc_props|highlight)["']\]""", re.DOTALL
)


def read(source: Source) -> SourceContents:
    """Read the books; each quote becomes a bullet, and its note a comment."""
    faults: list[Fault] = []
    left_out: Counter[Reason] = Counter()
    is_json = source.utf8.lstrip()[:1] in (b"{", b"[") and not _is_sidecar(source)
    books = _exported(source, faults) if is_json else [book_of(source)]
    documents = [document_of(clippings_of(book, left_out), left_out, marks_all=source.marks_all) for book in books]
    return SourceContents(tuple(filter(None, documents)), faults=tuple(faults), notices=notices_of(left_out))


def _exported(source: Source, faults: list[Fault]) -> list[KoreaderBook]:
    """The book or books in an export."""
    whole = parsed(source.path, source.text)
    if not isinstance(whole, dict) or not isinstance(whole.get("documents", whole.get("entries")), list | dict):
        raise SourceError(source.path, "this is not a KOReader export", "name its format with --from")
    if "documents" not in whole:
        return [_book(whole, lines_in(source.text, "entries"), faults)]
    documents = Values(whole).list("documents")
    lines = lines_in(source.text, "documents")
    books = []
    for number, each in enumerate(documents):
        line = lines[number] if number < len(lines) else 1
        try:
            Values(each)
        except UnreadableError as error:
            faults.append(Fault(line, f"this book cannot be read: {error}", "export it again"))
        else:
            books.append(_book(each, [line], faults))
    return books


def _book(given: object, lines: Sequence[int], faults: list[Fault]) -> KoreaderBook:
    """Read a book; ``lines`` are those of its entries, or its own."""
    values = Values(given)
    found = []
    for number, entry in enumerate(values.list("entries")):
        line = lines[min(number, len(lines) - 1)] if lines else 1
        try:
            found.append(_entry(Values(entry), line))
        except UnreadableError as error:
            faults.append(Fault(line, f"this entry cannot be read: {error}", "export it again"))
    return KoreaderBook(_name(values, "title", lines, faults), _name(values, "author", lines, faults), tuple(found))


def _name(values: Values, key: str, lines: Sequence[int], faults: list[Fault]) -> str:
    try:
        return values.text(key)
    except UnreadableError as error:
        faults.append(Fault(lines[0] if lines else 1, f"this book has no name: {error}", "export it again"))
        return ""


def _entry(values: Values, line: int) -> KoreaderMark:
    return KoreaderMark(
        values.text("text"),
        values.text("note"),
        _as_text(values, "page"),
        values.text("chapter"),
        values.text("color"),
        _as_text(values, "time"),
        line,
        is_bookmark=values.text("sort") == "bookmark",
    )


def _as_text(values: Values, key: str) -> str:
    """A number or a text, as text."""
    given = next(iter(values.list(key)), None)
    return values.text(key) if given is None or isinstance(given, str) else str(values.number(key))


def _is_sidecar(source: Source) -> bool:
    name = PurePath(source.path).name
    return (name.startswith("metadata.") and name.endswith(".lua")) or (
        _SIDECAR.match(source.utf8[:_SAMPLE]) is not None
    )


def _recognises(source: Source) -> bool:
    head = source.utf8.lstrip()[:1]
    is_export = head == b"{" and b'"entries"' in source.utf8
    signs = (b'"drawer"', b'"number_of_pages"', b'"created_on"')
    return _is_sidecar(source) or (is_export and any(sign in source.utf8 for sign in signs))


IMPORTER = Importer(
    name="koreader",
    about="the JSON that KOReader exports, or its sidecar of a book (metadata.epub.lua)",
    example='"Ropes.sdr/metadata.epub.lua" -o ropes.md',
    read=read,
    recognises=_recognises,
)
