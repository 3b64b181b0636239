"""The input and output of importers: a source, and the documents and highlights in it."""

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
    "Its path, as the reader gave it; a folder only if its format is part of notes."
    data: bytes = b""
    "Its bytes; empty if its format is part of notes."
    marks_all: bool = False
    "True to highlight all quotes."
    state: State | None = None
    "The notes to find highlights in; None if the format has text of its own."

    @cached_property
    def utf8(self) -> bytes:
        """Its bytes in UTF-8 without a byte order mark, converted if they are UTF-16 or UTF-32; for recognising the
        format.
        """
        data = self.data
        for mark, encoding in _MARKS:
            if data.startswith(mark):
                return data.decode(encoding, "replace").encode("utf-8", "replace")
        return data

    @cached_property
    def text(self) -> str:
        """Its text, with line ends ``\\n`` and no byte order mark; raises NotesError if it is not text."""
        text = decode(self.data, self.path).text
        return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")


# UTF-32's mark begins with UTF-16's.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


class Mark(NamedTuple):
    """A highlight in the source, on words of an `Entry`."""

    key: str
    "Identifies the highlight within its document, the same in every import; its id is derived from it."
    colour: Colour = Colour.YELLOW
    comment: str = ""
    tags: tuple[str, ...] = ()
    created: datetime | None = None
    "In UTC; None if unknown."
    line: int = 0
    "Its line in the source, 1-based; 0 if that is meaningless."


class Entry(NamedTuple):
    """The smallest part of a document that is imported once: a bullet with everything nested in it, or a page."""

    key: str
    "Identifies the entry within its document, the same in every import."
    source: str
    "Markdown, with the words of each mark enclosed in characters of `marked_text`."
    marks: tuple[Mark, ...] = ()
    heading: str = ""
    "The chapter that it is in, as plain text; empty if there is none."


class ImportedDocument(NamedTuple):
    """A book, page or episode with its entries."""

    title: str
    "Plain text on one line."
    entries: tuple[Entry, ...]
    about: tuple[str, ...] = ()
    "Lines of plain text below the title, such as author and address."


class ImportedRecord(NamedTuple):
    """A highlight or question in the source that belongs to existing notes."""

    record: Record
    "Its selectors are used to find its text unless ``places`` is given."
    path: str = ""
    "The note that it is in; empty if unknown."
    places: tuple[Place, ...] = ()
    line: int = 0
    "Its line in the source, 1-based; 0 if that is meaningless."


class Fault(NamedTuple):
    """A part of the source that could not be read."""

    line: int
    "1-based; 0 in an archive, where ``problem`` names the file."
    problem: str
    "The problem, without a final full stop."
    remedy: str = ""


class SourceContents(NamedTuple):
    """Everything in a source."""

    documents: tuple[ImportedDocument, ...] = ()
    found: tuple[ImportedRecord, ...] = ()
    faults: tuple[Fault, ...] = ()
    "The parts that could not be read, in order."
    notices: tuple[str, ...] = ()
    "Sentences about parts that were left out on purpose, with counts."
