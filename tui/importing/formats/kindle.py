"""Kindle clippings: ``My Clippings.txt`` from the devices, and the notebook that the apps send by mail."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from tui.errors import SourceError
from tui.importing.clippings import BOOKMARK, EMPTY, ClippedBook, Clipping, Reason, document_of, notices_of
from tui.importing.contents import Fault, SourceContents
from tui.importing.kindle.words import is_limit, kind_of, page_of, place_of, time_of
from tui.importing.marked_text import without_sign_characters
from tui.importing.registry import Importer

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tui.importing.contents import Source

_RULE = re.compile(r"^={8,}[ \t]*$", re.MULTILINE)
_EDGE = " \t\xa0\ufeff\u200b\u3000"


def read(source: Source) -> SourceContents:
    """Read the books of a file; each quote becomes a bullet, and its note a comment."""
    books: Sequence[ClippedBook]
    if _is_notebook(source):
        # Imported here, since only pages need turbohtml.
        from tui.importing.kindle.notebook import notebook

        books, left_out, faults = [notebook(source)], Counter[Reason](), list[Fault]()
    else:
        books, left_out, faults = _books(source)
        if not books and not left_out:
            raise SourceError(source.path, "this is not a Kindle clippings file", "name its format with --from")
    documents = [document_of(book, left_out, marks_all=source.marks_all) for book in books]
    return SourceContents(tuple(filter(None, documents)), faults=tuple(faults), notices=notices_of(left_out))


_LIMIT = "notice of a clipping limit", "notices of a clipping limit"
_LEFT_OUT = "it is left out; correct it or write it into the note"
_TWICE = "repeated clipping", "repeated clippings"


def _books(source: Source) -> tuple[list[ClippedBook], Counter[Reason], list[Fault]]:
    """The books in a clippings file, in the order of their first clipping."""
    books: dict[tuple[str, str], ClippedBook] = {}
    left_out: Counter[Reason] = Counter()
    faults: list[Fault] = []
    seen: set[tuple[str, ...]] = set()
    for first, lines in _records(without_sign_characters(source.text)):
        title_line = _clean(lines[0])
        about = next((number for number in (1, 2) if len(lines) > number and lines[number].strip(_EDGE)), 0)
        said = lines[about].strip(_EDGE) if about else ""
        kind = kind_of(said) if said.startswith("-") else ""
        if not kind:
            faults.append(
                Fault(first + about, "no line says that this is a highlight, a note or a bookmark", _LEFT_OUT)
            )
            continue
        text = "\n".join(line.strip(_EDGE) for line in lines[about + 1 :]).strip()
        if reason := _reason_to_leave_out(kind, text):
            left_out[reason] += 1
            continue
        if (record := (title_line, kind, re.sub(r"\d+:\d\d.*", "", said), text)) in seen:
            left_out[_TWICE] += 1
            continue
        seen.add(record)
        title, author = _title_and_author(title_line)
        book = books.setdefault((title, author), ClippedBook(title, author))
        clipping = Clipping(text, page_of(said), place_of(said), time_of(said), first + about, is_note=kind == "note")
        (book.notes if clipping.is_note else book.clippings).append(clipping)
    return list(books.values()), left_out, faults


def _reason_to_leave_out(kind: str, text: str) -> Reason | None:
    if kind == "bookmark":
        return BOOKMARK
    if not text:
        return EMPTY
    return _LIMIT if is_limit(text) else None


def _records(text: str) -> Iterator[tuple[int, list[str]]]:
    """The records, each with its first line number, 1-based."""
    line = 1
    position = 0
    for rule in _RULE.finditer(text + "\n==========\n"):
        record = text[position : rule.start()]
        lines = record.split("\n")
        blank = next((number for number, each in enumerate(lines) if each.strip(_EDGE)), len(lines))
        if blank < len(lines):
            yield line + blank, lines[blank:]
        line += record.count("\n")
        position = rule.end()


def _title_and_author(line: str) -> tuple[str, str]:
    """Split a book's title from its author, in the last brackets, which may be nested."""
    if not line.endswith((")", "）")):
        return line, ""
    depth = 0
    for at in range(len(line) - 1, 0, -1):
        depth += (line[at] in ")）") - (line[at] in "(（")
        if not depth:
            title = line[:at].rstrip()
            return (title, line[at + 1 : -1].strip()) if title else (line, "")
    return line, ""


def _clean(line: str) -> str:
    return " ".join(line.replace("\ufeff", "").split())


def _is_notebook(source: Source) -> bool:
    return b"noteHeading" in source.utf8[:_SAMPLE] and b"bookTitle" in source.utf8[:_SAMPLE]


_SAMPLE = 1 << 16


def _recognises(source: Source) -> bool:
    if _is_notebook(source):
        return True
    head = source.utf8[:_SAMPLE].decode("utf-8", "ignore")
    return _RULE.search(head.replace("\r", "")) is not None and any(
        line.startswith("- ") and kind_of(line) for line in head.splitlines()[1:3]
    )


IMPORTER = Importer(
    name="kindle",
    about="My Clippings.txt of a Kindle, or the notebook page that its app sends",
    example='"My Clippings.txt" -o kindle.md',
    read=read,
    recognises=_recognises,
)
