"""Clippings of a book as entries of a document: notes are attached to their highlights, duplicates dropped."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tui.core.annotations.choices import Colour
from tui.exporting.markdown_text import escaped
from tui.importing.contents import Entry, ImportedDocument, Mark
from tui.importing.marked_text import with_signs

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import datetime

Reason = tuple[str, str]
"A noun for something left out on purpose, in singular and plural."
BOOKMARK = "bookmark", "bookmarks"
EMPTY = "clipping without words", "clippings without words"
_WITHIN = "clipping within a longer one", "clippings within longer ones"


@dataclass(slots=True)
class Clipping:
    """A highlight, or a note without a highlight."""

    text: str
    page: str
    place: tuple[int, int] | None
    time: datetime | None
    line: int
    chapter: str = ""
    colour: Colour | None = None
    notes: list[str] = field(default_factory=list)
    is_note: bool = False
    "True for the reader's own note."

    @property
    def key(self) -> str:
        """A key that identifies this clipping in every file."""
        return " ".join(("note" if self.is_note else "quote", str(self.place or self.page), self.text))


@dataclass(slots=True)
class ClippedBook:
    """A book and its clippings."""

    title: str
    author: str
    clippings: list[Clipping] = field(default_factory=list)
    notes: list[Clipping] = field(default_factory=list)


def document_of(book: ClippedBook, left_out: Counter[Reason], *, marks_all: bool) -> ImportedDocument | None:
    """The document of a book: each quote is a bullet, and its notes are a comment on its highlight; None if it is
    empty.

    ``left_out`` counts the clippings that were left out, by reason.
    """
    _join_notes(book)
    entries = _entries(_without_contained(book.clippings, left_out), marks_all=marks_all)
    return ImportedDocument(book.title, entries, (f"by {book.author}",) if book.author else ()) if entries else None


def notices_of(left_out: Counter[Reason]) -> tuple[str, ...]:
    """One line about everything that was left out; none if nothing was."""
    counts = [f"{count:,} {reason[count > 1]}" for reason, count in left_out.items() if count]
    return (f"Left out: {', '.join(counts)}",) if counts else ()


def _join_notes(book: ClippedBook) -> None:
    """Attach each note to the highlight at its location; notes without a highlight stay on their own."""
    for note in book.notes:
        on = [each for each in book.clippings if not each.is_note and _belongs_to(note, each)]
        if not on:
            book.clippings.append(note)
            continue
        nearest = min(on, key=lambda each: (_length(each), _apart(note, each)))
        _add_note(nearest.notes, note.text)


def _add_note(notes: list[str], text: str) -> None:
    """Add a note's text; of two versions of one note the longer is kept."""
    for number, there in enumerate(notes):
        if there.startswith(text):
            return
        if text.startswith(there):
            notes[number] = text
            return
    notes.append(text)


def _belongs_to(note: Clipping, quote: Clipping) -> bool:
    if note.place and quote.place:
        return quote.place[0] <= note.place[0] <= quote.place[1]
    return bool(note.page) and note.place is None and quote.place is None and note.page in _pages(quote.page)


def _pages(page: str) -> tuple[str, ...]:
    first, _, last = page.partition("–")
    if first.isdecimal() and last.isdecimal() and int(last) - int(first) < 100:
        return (page, *map(str, range(int(first), int(last) + 1)))
    return (page, first, last)


def _length(clipping: Clipping) -> int:
    return clipping.place[1] - clipping.place[0] if clipping.place else 0


def _apart(note: Clipping, quote: Clipping) -> float:
    return abs((note.time - quote.time).total_seconds()) if note.time and quote.time else float("inf")


def _without_contained(clippings: Sequence[Clipping], left_out: Counter[Reason]) -> Iterator[Clipping]:
    """The clippings in the order of the book, without those contained in a longer one at the same location."""
    ordered = sorted(clippings, key=_order)
    kept: list[Clipping] = []
    for clipping in ordered:
        near = [each for each in kept[-_NEAR:] if not each.is_note and _overlap(each, clipping)]
        for other in near if not clipping.is_note else ():
            longer, shorter = sorted((other, clipping), key=lambda each: len(each.text), reverse=True)
            if shorter.text in longer.text:
                for note in shorter.notes:
                    _add_note(longer.notes, note)
                kept[kept.index(other)] = longer
                left_out[_WITHIN] += 1
                break
        else:
            kept.append(clipping)
    yield from kept


_NEAR = 20
"Number of preceding clippings that may overlap one."


def _order(clipping: Clipping) -> tuple[int, int, int]:
    """The sort key for the order of the book: Roman page numbers first, clippings without a location last."""
    if clipping.place:
        return 1, clipping.place[0], clipping.line
    page = clipping.page.partition("–")[0]
    if page.isdecimal():
        return 1, int(page[:12]), clipping.line
    return 0 if page else 2, 0, clipping.line


def _overlap(one: Clipping, other: Clipping) -> bool:
    if one.place and other.place:
        return one.place[0] <= other.place[1] and other.place[0] <= one.place[1]
    return one.place is None and other.place is None and bool(set(_pages(one.page)) & set(_pages(other.page)))


def _entries(clippings: Iterable[Clipping], *, marks_all: bool) -> tuple[Entry, ...]:
    found: dict[str, Entry] = {}
    for clipping in clippings:
        comment = "\n".join(clipping.notes)
        is_marked = not clipping.is_note and bool(marks_all or comment or clipping.colour)
        mark = Mark(clipping.key, clipping.colour or Colour.YELLOW, comment, (), clipping.time, clipping.line)
        found[clipping.key] = Entry(
            clipping.key, _bullet(clipping, is_marked=is_marked), (mark,) if is_marked else (), clipping.chapter
        )
    return tuple(found.values())


def _bullet(clipping: Clipping, *, is_marked: bool) -> str:
    """Format a quote as a bullet, followed by its location."""
    text = escaped(clipping.text)
    words = (with_signs(text, 0) if is_marked else text).replace("\n", "\n  ")
    place = f"p. {clipping.page}" if clipping.page else ""
    if not place and clipping.place:
        first, last = clipping.place
        place = f"loc. {first}" if first == last else f"loc. {first}–{last}"
    return f"- {words} ({place})" if place else f"- {words}"
