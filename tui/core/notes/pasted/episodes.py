"""Splitting pasted text into episodes."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise, takewhile
from typing import TYPE_CHECKING

from tui.core.notes.metadata import attributions
from tui.core.notes.pasted import blocks
from tui.core.notes.pasted.byline import read_byline
from tui.core.notes.pasted.headings import PastedHeading, episode_titles, headings, matching_lines
from tui.core.notes.splitting import Options, Split, Start
from tui.core.notes.titles import Title, read_title

if TYPE_CHECKING:
    from tui.core.notes.line_breaks import LineBreaks
    from tui.core.notes.metadata.attributions import Book
    from tui.core.notes.model import Block, Body


@dataclass(frozen=True, slots=True)
class ParsePasted:
    """Parses the source of an episode in pasted text."""

    skip: int
    "Number of lines of its title."
    book: Book | None = None
    "The book that the note is named after; its passages do not repeat it."
    line_breaks: LineBreaks = "auto"

    def __call__(self, source: str) -> tuple[Block, ...]:
        """Parse the source into blocks."""
        if attributions.SIGN not in source:
            return blocks.parse(source, skip=self.skip, line_breaks=self.line_breaks)
        source, passages = attributions.extract(source, self.book)
        return attributions.insert(blocks.parse(source, skip=self.skip, line_breaks=self.line_breaks), passages)


def parser_of(body: Body) -> ParsePasted:
    """The parser of an episode in pasted text."""
    assert isinstance(body.parse, ParsePasted)
    return body.parse


def split_pasted(name: str, text: str, options: Options) -> Split:
    """Find the episodes of pasted text; without any, it is one episode called ``name``.

    A title and an author above the first episode belong to the note. More text above it becomes an episode too.
    """
    return split_at(name, text, _titles(text, options), options.line_breaks)


def split_at(name: str, text: str, titles: list[PastedHeading], line_breaks: LineBreaks = "auto") -> Split:
    """Split pasted text at these headings."""
    byline = read_byline(text[: titles[0].start] if titles else text)
    starts = [Start(it.start, it.line, read_title(it.title), ParsePasted(1, line_breaks=line_breaks)) for it in titles]
    if not starts or _has_text(text, byline.lines, starts[0].offset):
        book = None if starts or byline.title else attributions.only_book(text)
        if book:
            byline = byline._replace(title=book.title, author=byline.author or book.author)
        lead = read_title(byline.title) if byline.title else Title(name)
        own = book if book and book.author == byline.author else None
        starts.insert(0, Start(0, 0, lead, ParsePasted(byline.lines, own, line_breaks)))
    title = byline.title or (titles[0].title if len(titles) == len(starts) == 1 else None)
    return Split(title, byline.author, starts)


def _titles(text: str, options: Options) -> list[PastedHeading]:
    if options.episodes == "file":
        return []
    if options.episode_pattern is not None:
        return list(matching_lines(text, options.episode_pattern))
    titles = list(episode_titles(text))
    return titles if titles or options.in_folder else _without_byline(text, list(headings(text)))


def _without_byline(text: str, found: list[PastedHeading]) -> list[PastedHeading]:
    """The headings, except those at the top that are the note's title and author, with nothing beneath."""
    bare = takewhile(lambda pair: text[text.find("\n", pair[0].start) : pair[1].start].isspace(), pairwise(found[:3]))
    end = max((following.start for _, following in bare), default=0)
    byline = read_byline(text[:end])
    return [heading for heading in found if heading.line >= byline.lines]


def _has_text(text: str, skip: int, end: int) -> bool:
    """True if there is text between the first lines and an offset."""
    return bool(text[:end].split("\n", skip)[-1].strip()) if end else False
