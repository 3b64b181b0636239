"""The notebook page that Kindle apps send by mail."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.core.annotations.choices import Colour
from tui.importing.clippings import ClippedBook, Clipping
from tui.importing.html_tree import labelled
from tui.importing.kindle.words import kind_of, page_of, place_of
from tui.importing.marked_text import without_sign_characters

if TYPE_CHECKING:
    from tui.importing.contents import Source

_CLASSES = ("bookTitle", "authors", "sectionHeading", "noteHeading", "noteText")
_COLOURS = {
    "highlight_yellow": Colour.YELLOW,
    "highlight_blue": Colour.BLUE,
    "highlight_pink": Colour.PINK,
    "highlight_orange": Colour.PURPLE,
}


def notebook(source: Source) -> ClippedBook:
    """Read the book of a notebook page; a note belongs to the highlight above it."""
    book, chapter, heading = ClippedBook("", ""), "", ""
    above: Clipping | None = None
    "The highlight under the previous heading."
    has_words = False
    "True if the last heading is followed by text."
    colour: Colour | None = None
    for piece in labelled(source.data, _CLASSES):
        text = without_sign_characters(piece.text).strip()
        if piece.name == "bookTitle":
            book.title = " ".join(text.split())
        elif piece.name == "authors":
            book.author = " ".join(text.split())
        elif piece.name == "sectionHeading":
            chapter = " ".join(text.split())
        elif piece.name == "noteHeading":
            heading = text.partition("\n")[0]
            above = book.clippings[-1] if has_words else None
            has_words = False
            colour = next((_COLOURS[each] for each in piece.inner_classes if each in _COLOURS), None)
        elif text and heading:
            is_note = kind_of(f"{heading.partition(' - ')[0]}|") == "note"
            if is_note and above is not None and not above.is_note:
                above.notes.append(text)
                continue
            made = Clipping(text, page_of(heading), place_of(heading), None, piece.line, chapter, is_note=is_note)
            # Yellow is Kindle's default, unless the reader chose another colour.
            made.colour = None if colour is Colour.YELLOW else colour
            book.clippings.append(made)
            has_words = True
    book.title = book.title or "Kindle notebook"
    return book
