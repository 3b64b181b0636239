"""KOReader's books with the reader's marks, and their conversion to clippings."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, NamedTuple

from tui.core.annotations.choices import Colour
from tui.importing.clippings import BOOKMARK, EMPTY, ClippedBook, Clipping
from tui.importing.colours import colour_of
from tui.importing.marked_text import without_sign_characters

if TYPE_CHECKING:
    from collections import Counter

    from tui.importing.clippings import Reason


class KoreaderMark(NamedTuple):
    """A highlight or a bookmark, possibly with a note."""

    text: str
    note: str
    page: str
    chapter: str
    colour: str
    time: str
    "As ``2024-03-03 22:05:07``, or in seconds since 1970."
    line: int
    is_bookmark: bool = False


class KoreaderBook(NamedTuple):
    """A book and its reader's marks."""

    title: str
    author: str
    "One person per line."
    marks: tuple[KoreaderMark, ...]


def clippings_of(book: KoreaderBook, left_out: Counter[Reason]) -> ClippedBook:
    """A book's clippings; ``left_out`` counts marks without text."""
    authors = ", ".join(filter(None, map(_line, book.author.split("\n"))))
    made = ClippedBook(_line(book.title) or "KOReader", authors)
    for each in book.marks:
        text, note = _clean(each.text), _clean(each.note)
        if not text and not note:
            left_out[BOOKMARK if each.is_bookmark else EMPTY] += 1
            continue
        colour = colour_of(each.colour)
        made.clippings.append(
            Clipping(
                text or note,
                _line(each.page),
                None,
                _time(each.time),
                each.line,
                _line(each.chapter),
                # Yellow is KOReader's default, unless the reader chose another colour.
                None if colour is Colour.YELLOW else colour,
                [note] if text and note else [],
                is_note=not text,
            )
        )
    return made


def _time(said: str) -> datetime | None:
    try:
        if said.isdecimal():
            return datetime.fromtimestamp(int(said[:12]), UTC)
        return datetime.fromisoformat(said).replace(tzinfo=UTC, microsecond=0)
    except (ValueError, OverflowError, OSError):
        return None


def _clean(text: str) -> str:
    lines = without_sign_characters(text.replace("\r\n", "\n").replace("\r", "\n")).split("\n")
    return "\n".join(line.strip() for line in lines).strip()


def _line(text: str) -> str:
    return " ".join(without_sign_characters(text).split())
