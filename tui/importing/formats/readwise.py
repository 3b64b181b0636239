"""Readwise: CSV, exported or for import, JSON from its API, and the pages that it writes for Obsidian and Logseq."""

from __future__ import annotations

import csv
import io
import re
from typing import TYPE_CHECKING

from tui.core.notes.model import Kind
from tui.core.notes.reading import Options, read_note
from tui.errors import SourceError
from tui.importing.contents import Fault, SourceContents
from tui.importing.readwise.answers import is_answer, rows_of
from tui.importing.readwise.rows import ReadwiseRow, documents_of
from tui.importing.registry import Importer

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tui.core.notes.model import Block
    from tui.importing.contents import Source

_COLUMNS = {
    "highlight": "text",
    "book title": "title",
    "title": "title",
    "book author": "author",
    "author": "author",
    "url": "url",
    "note": "note",
    "color": "colour",
    "tags": "tags",
    "location type": "place_type",
    "location": "place",
    "highlighted at": "time",
    "date": "time",
    "document tags": "document_tags",
}
"Fields of a row by column name, in lower case."
_LISTS = ("tags", "document_tags")
_QUOTE = "put quotation marks around cells that have commas"
_LARGEST_CELL = 1 << 28


def read(source: Source) -> SourceContents:
    """Read a document for each title, with a bullet per quote; notes, tags and colours go to its highlight."""
    if source.text.lstrip().startswith(("{", "[")):
        rows, faults = rows_of(source.path, source.text)
    elif separator := _separator(source.text):
        rows, faults = _rows(source.text, separator)
    elif _PAGE.search(source.text):
        rows, faults = list(_page_rows(source)), []
    else:
        raise SourceError(source.path, "this is neither a CSV nor a page of Readwise", "name its format with --from")
    documents, discarded = documents_of(rows, marks_all=source.marks_all)
    left_out = f"{discarded:,} discarded highlight{'s' * (discarded > 1)}"
    return SourceContents(documents, faults=tuple(faults), notices=(f"Left out: {left_out}",) if discarded else ())


# -- CSV


def _separator(text: str) -> str:
    """The separator of a table's cells, which spreadsheets change in many countries; empty if it is not Readwise's."""
    first = text.partition("\n")[0]
    for sign in ",;\t":
        names = {name.strip().lower() for name in next(csv.reader([first], delimiter=sign), [])}
        if "highlight" in names and len(names & _COLUMNS.keys()) > 1:
            return sign
    return ""


def _rows(text: str, separator: str) -> tuple[list[ReadwiseRow], list[Fault]]:
    """The valid rows of a table, and faults for the others."""
    csv.field_size_limit(_LARGEST_CELL)
    reader = csv.reader(io.StringIO(text), delimiter=separator, strict=True)
    rows: list[ReadwiseRow] = []
    faults: list[Fault] = []
    fields: list[str | None] = []
    while True:
        line = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return rows, faults
        except csv.Error:
            faults.append(Fault(line, "a quotation mark in this row is never closed", "close it, or write it twice"))
            continue
        if not fields:
            fields = [_COLUMNS.get(name.strip().lower()) for name in cells]
        elif any(cell.strip() for cell in cells):
            if len(cells) > len(fields):
                faults.append(Fault(line, f"{len(cells)} cells where the table has {len(fields)} columns", _QUOTE))
                continue
            rows.append(_row(fields, cells, line))


def _row(fields: Sequence[str | None], cells: Sequence[str], line: int) -> ReadwiseRow:
    said = {field: cell for field, cell in zip(fields, cells, strict=False) if field and field not in _LISTS}
    lists = {
        field: tuple(tag.strip() for tag in cell.split(",") if tag.strip())
        for field, cell in zip(fields, cells, strict=False)
        if field in _LISTS
    }
    return ReadwiseRow(
        **{"text": "", **said}, tags=lists.get("tags", ()), document_tags=lists.get("document_tags", ()), line=line
    )


# -- Markdown

_PAGE = re.compile(
    r"^!\[rw-book-cover\]|^##+ Highlights[ \t]*$|^title:: .*\(highlights\)[ \t]*$"
    r"|^- Highlights first synced by \[\[Readwise\]\]",
    re.MULTILINE,
)
_SYNCED = re.compile(r"(?:New )?[Hh]ighlights (?:first synced|added) ")
_PLACE = re.compile(r"\s*\((?:(?P<kind>Location|Page|Time)\s+(?P<place>[\d:ivxlcdm–-]+)|View Highlight)\)\s*$")
_SAID = re.compile(r"\s*(?P<what>Note|Tags?)::?\s*(?P<said>.*)$", re.DOTALL)
_PROPERTY = re.compile(r"(?P<what>note|tags?)::\s*(?P<said>.*)$")
_TAG = re.compile(r"[#.]?([\w/-]+)")


def _page_rows(source: Source) -> Iterator[ReadwiseRow]:
    """The highlights of a page: the bullets below its heading Highlights, or all bullets without that heading."""
    note = read_note(source.path, source.text, Options(episodes="file"))
    episode = note.episodes[0]
    row = ReadwiseRow("", title=episode.title, author=note.author or episode.show or "")
    blocks = list(episode.blocks)
    first = next(
        (at for at, block in enumerate(blocks) if block.kind is Kind.HEADING and block.text == "Highlights"), -1
    )
    blocks = [block for block in blocks[first + 1 :] if not (block.kind is Kind.BULLET and _SYNCED.match(block.text))]
    top = min((block.depth for block in blocks if block.kind is Kind.BULLET), default=1)
    of_one: list[Block] = []
    for block in blocks:
        is_quote = block.kind is Kind.BULLET and block.depth == top
        if (is_quote or block.kind is Kind.HEADING) and of_one:
            yield _page_row(of_one, row._replace(line=episode.line + of_one[0].first))
            of_one = []
        if is_quote or of_one:
            of_one.append(block)
    if of_one:
        yield _page_row(of_one, row._replace(line=episode.line + of_one[0].first))


def _page_row(blocks: Sequence[Block], row: ReadwiseRow) -> ReadwiseRow:
    """Complete a bullet by what is nested in it: its note, tags and further paragraphs."""
    texts, notes, tags = [blocks[0].text], list[str](), list[str]()
    for each in blocks[1:]:
        if said := _SAID.match(each.text):
            if said["what"] == "Note":
                notes.append(said["said"])
            else:
                tags += _TAG.findall(said["said"])
        elif each.kind is Kind.BULLET and each.depth > blocks[0].depth:
            notes.append(each.text)
        else:
            texts.append(each.text)
    kept = []
    for line in "\n".join(texts).split("\n"):
        if (said := _PROPERTY.match(line)) is None:
            kept.append(line)
        elif said["what"] == "note":
            notes.append(said["said"])
        else:
            tags += _TAG.findall(said["said"])
    text = "\n".join(kept)
    if found := _PLACE.search(text):
        text = text[: found.start()]
    kind = ((found and found["kind"]) or "").lower()
    place = (found and found["place"]) or ""
    if kind == "time":
        kind, place = "time_offset", str(_seconds(place))
    return row._replace(text=text, note="\n".join(notes), tags=tuple(tags), place_type=kind, place=place)


def _seconds(clock: str) -> int:
    seconds = 0
    for part in clock.split(":"):
        seconds = 60 * seconds + int(part or 0) if part.isdecimal() else seconds
    return seconds


def _recognises(source: Source) -> bool:
    head = source.utf8[: 1 << 16].decode("utf-8", "ignore")
    if _separator(head.replace("\r", "\n")):
        return True
    if head.lstrip().startswith(("{", "[")):
        return is_answer(head)
    return ("readwise" in head.lower() or "rw-book-cover" in head) and _PAGE.search(head) is not None


IMPORTER = Importer(
    name="readwise",
    about="Readwise's CSV and JSON, exported or for import, and its pages for Obsidian and Logseq",
    example="readwise-data.csv -o reading.md",
    read=read,
    recognises=_recognises,
)
