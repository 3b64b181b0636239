"""The values that importers work with: a source, and the documents and highlights that it brings."""

from __future__ import annotations

import codecs
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from tui.core.annotations.choices import Colour
from tui.files.library import decode

if TYPE_CHECKING:
    from datetime import datetime

    from tui.core.annotations.highlights import Record
    from tui.core.notes.model import Place
    from tui.core.state.model import State


@dataclass(frozen=True)
class Source:
    """A file to import."""

    path: str
    "Its path, as the reader named it; a folder's only for a format that is in notes."
    data: bytes = b""
    "Its bytes; empty for a format that is in notes."
    marks_all: bool = False
    "True to highlight every quote."
    state: State | None = None
    "The notes to find highlights in; None for a format that brings its own text."

    @cached_property
    def utf8(self) -> bytes:
        """Its bytes without a byte order mark, in UTF-8 if they are in UTF-16 or UTF-32; to tell its format by."""
        data = self.data
        for mark, encoding in _MARKS:
            if data.startswith(mark):
                return data.decode(encoding, "replace").encode("utf-8", "replace")
        return data

    @cached_property
    def text(self) -> str:
        """Its text, with line ends ``\\n``, without a byte order mark; raises NotesError if it is no text."""
        text = decode(self.data, self.path).text
        return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")


# UTF-32's mark begins with that of UTF-16.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


class Mark(NamedTuple):
    """A highlight of the source on words of an `Entry`."""

    key: str
    "The same for the same highlight in every import, and for no other of its document: its id is made of it."
    colour: Colour = Colour.YELLOW
    comment: str = ""
    tags: tuple[str, ...] = ()
    created: datetime | None = None
    "In UTC; None if the source does not say."
    line: int = 0
    "Its line in the source, 1-based; 0 if that says nothing."


class Entry(NamedTuple):
    """A piece of a document that is imported once: a bullet with what is nested in it, or a whole page."""

    key: str
    "The same for the same piece in every import, and for no other of its document."
    source: str
    "Markdown, with the words of each mark between signs of `marked_text`."
    marks: tuple[Mark, ...] = ()
    heading: str = ""
    "The chapter that it stands in, as plain text; empty for none."


class ImportedDocument(NamedTuple):
    """A book, a page or an episode with its entries."""

    title: str
    "As plain text, in one line."
    entries: tuple[Entry, ...]
    about: tuple[str, ...] = ()
    "Lines of plain text below the title: its author, its address."


class ImportedRecord(NamedTuple):
    """A highlight or a question that the source has for notes that are there."""

    record: Record
    "With selectors to find its text by, unless ``places`` says where it is."
    path: str = ""
    "The note that it is in; empty if the source does not say."
    places: tuple[Place, ...] = ()
    line: int = 0
    "Its line in the source, 1-based; 0 if that says nothing."


class Fault(NamedTuple):
    """A part of the source that could not be read."""

    line: int
    "1-based; 0 in an archive, where the problem names the file."
    problem: str
    "Without a full stop."
    remedy: str = ""


class SourceContents(NamedTuple):
    """Everything that a source brings."""

    documents: tuple[ImportedDocument, ...] = ()
    found: tuple[ImportedRecord, ...] = ()
    faults: tuple[Fault, ...] = ()
    "The parts that could not be read, in order."
    notices: tuple[str, ...] = ()
    "Parts left out on purpose, a sentence each with their number."
