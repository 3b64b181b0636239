"""Documents from a Notion export: one per page, and one per table for rows without text of their own."""

from __future__ import annotations

import hashlib
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from tui.errors import NotesError
from tui.exporting.markdown_text import escaped
from tui.files.library import decode
from tui.importing.contents import Entry, Fault, ImportedDocument
from tui.importing.marked_text import without_sign_characters
from tui.importing.notion.files import with_links_inside
from tui.importing.notion.pages import page_of
from tui.importing.notion.tables import entries_of, table_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from tui.importing.notion.files import ExportedFile
    from tui.importing.notion.tables import NotionTable


class _Page(NamedTuple):
    title: str
    about: tuple[str, ...]
    entry: Entry | None
    "Its text; None if it has none."


def documents_of(files: Sequence[ExportedFile], faults: list[Fault]) -> tuple[tuple[ImportedDocument, ...], int]:
    """The documents of an export in file order, and the number of empty pages.

    ``faults`` receives files that cannot be read.
    """
    tables = _tables(files, faults)
    pages = _pages(files, tables, faults)
    titles = {file.id: file.stem for file in tables} | {file.id: page.title for file, page in pages.items()}
    above = {file.steps: titles[file.id] for file in (*tables, *pages)}
    listed = {file.steps: {row[0] for row in table.rows} for file, table in tables.items()}
    documents, empty = [], 0
    for file in (each for each in files if each in pages or each in tables):
        place = [above[step] for step in _folders(file) if step in above]
        about = (f"in {' › '.join(place)}",) if place else ()
        if file in tables:
            entries = tuple(_rows(file, tables[file], pages))
            documents += [ImportedDocument(file.stem, entries, about)] if entries else []
            continue
        page = pages[file]
        if page.entry is not None:
            entry = page.entry._replace(source=with_links_inside(page.entry.source, titles))
            documents.append(ImportedDocument(page.title, (entry,), (*about, *page.about)))
        elif page.title not in listed.get(file.place, ()):
            if page.about:
                entry = Entry(file.id, "\n".join(f"- {escaped(line)}" for line in page.about))
                documents.append(ImportedDocument(page.title, (entry,), about))
            else:
                empty += 1
    return tuple(documents), empty


def _folders(file: ExportedFile) -> Iterable[tuple[str, ...]]:
    return (file.place[: number + 1] for number in range(len(file.place)))


def _tables(files: Sequence[ExportedFile], faults: list[Fault]) -> dict[ExportedFile, NotionTable]:
    """The tables, without duplicates: with all rows rather than a view's, and without those that a page displays."""
    shown = {file.id for file in files if file.kind == "html"}
    found: dict[str, ExportedFile] = {}
    for file in files:
        if file.kind == "csv" and file.id not in shown and (file.has_all_rows or file.id not in found):
            found[file.id] = file
    tables = {}
    for file in found.values():
        if (text := _text(file, faults)) is not None:
            tables[file] = table_of(file.name, text)
            faults += filter(None, (tables[file].fault,))
    return tables


def _pages(
    files: Sequence[ExportedFile], tables: Mapping[ExportedFile, NotionTable], faults: list[Fault]
) -> dict[ExportedFile, _Page]:
    """The pages; two with the same text count as one."""
    columns = {file.steps: table.columns for file, table in tables.items()}
    found: dict[ExportedFile, _Page] = {}
    seen: set[tuple[str, bytes]] = set()
    for file in files:
        if file.kind == "csv" or (file.id, file.data) in seen:
            continue
        seen.add((file.id, file.data))
        page = _web_page(file) if file.kind == "html" else _markdown_page(file, columns.get(file.place, ()), faults)
        if page is not None:
            found[file] = page
    return found


def _markdown_page(file: ExportedFile, columns: Sequence[str], faults: list[Fault]) -> _Page | None:
    if (text := _text(file, faults)) is None:
        return None
    page = page_of(text, columns)
    key = hashlib.blake2b(page.source.encode("utf-8", "replace"), digest_size=16).hexdigest()
    entry = Entry(f"{file.id} {key}", page.source) if page.source.strip() else None
    return _Page(page.title or file.stem or "Untitled", page.properties, entry)


def _web_page(file: ExportedFile) -> _Page:
    # Imported here, since only pages need turbohtml.
    from tui.importing.html_tree import page

    found = page(file.data)
    entry = found.entry(file.id) if found.source.strip() else None
    return _Page(found.title or file.stem or "Untitled", found.about, entry)


def _rows(file: ExportedFile, table: NotionTable, pages: Mapping[ExportedFile, _Page]) -> Iterable[Entry]:
    """The rows of a table that have no page with text."""
    titles = (" ".join(page.title.split()) for each, page in pages.items() if each.place == file.steps and page.entry)
    return entries_of(file.id, table, Counter(titles))


def _text(file: ExportedFile, faults: list[Fault]) -> str | None:
    """The text of a file; None, with a fault added, if it is not text."""
    try:
        text = decode(file.data, file.name).text
    except NotesError as error:
        faults.append(Fault(0, f"{file.name}: {error.problem}", error.remedy))
        return None
    return without_sign_characters(text).removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
