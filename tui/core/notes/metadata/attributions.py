"""Attributions of Apple Books: lines with the book's title and author below a copied passage."""

from __future__ import annotations

import re
from typing import NamedTuple

from tui.core.notes.model import Block, Kind
from tui.core.notes.sanitise import clean
from tui.core.patterns import deferred

SIGN = "Excerpt From"
"Text that is part of every attribution."


class Book(NamedTuple):
    """The source of a passage."""

    title: str
    author: str | None


def only_book(text: str) -> Book | None:
    """The one book that all passages in a text are from; None if there is none or more than one."""
    if SIGN not in text:
        return None
    books = {_book(found.groupdict()) for found in _ATTRIBUTION.finditer(text)}
    return books.pop() if len(books) == 1 else None


def extract(source: str, own: Book | None) -> tuple[str, list[Block]]:
    """Blank the attributions in a source; return it with a metadata block for each book but the note's ``own``."""
    blocks: list[Block] = []
    pieces: list[str] = []
    line = at = 0
    for found in _ATTRIBUTION.finditer(source):
        line += source.count("\n", at, found.start())
        last = line + found[0].count("\n")
        book = _book(found.groupdict())
        if book != own:
            text = f"{SIGN} {', '.join(filter(None, book))}"
            blocks.append(Block(Kind.METADATA, clean(text), line, last))
        pieces += (source[at : found.start()], "\n" * (last - line))
        line, at = last, found.end()
    return "".join([*pieces, source[at:]]), blocks


def insert(blocks: tuple[Block, ...], excerpts: list[Block]) -> tuple[Block, ...]:
    """Insert metadata blocks among the blocks of a source, ordered by line."""
    return tuple(sorted((*blocks, *excerpts), key=lambda block: block.first)) if excerpts else blocks


_ATTRIBUTION = deferred(
    r"""^(?:[ \t]*>)*[ \t]*Excerpt\ From(?:
        [ \t]*\n(?P<title>[ \t>]*[^\s>][^\n]*)\n(?:(?P<author>[ \t>]*[^\s>][^\n]*)\n)?
        [ \t>]*This\ material\ may\ be\ protected\ by\ copyright\.
      | :(?P<by>[^\n“”]*)“(?P<named>[^\n“”]+)”[ \t]*(?:iBooks|Apple\ Books)\.[^\n]*
        (?:\n[ \t>]*This\ material\ may\ be\ protected\ by\ copyright\.)?
    )[ \t]*$""",
    re.MULTILINE | re.VERBOSE,
)


_AROUND = " \t>"


def _book(found: dict[str, str | None]) -> Book:
    if title := found["title"]:
        return Book(clean(title.strip(_AROUND)), clean((found["author"] or "").strip(_AROUND)) or None)
    title, author = ((found[name] or "").strip().rstrip(".") for name in ("named", "by"))
    return Book(clean(title), clean(author) or None)
