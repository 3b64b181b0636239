"""Splitting a Markdown note into episodes, with the metadata of the note and of each episode."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from dataclasses import dataclass, replace
from functools import cache, partial
from typing import TYPE_CHECKING

from tui.core.notes.markdown import fences
from tui.core.notes.markdown.blocks import parse
from tui.core.notes.markdown.heading_lines import find_headings
from tui.core.notes.markdown.inline import plain
from tui.core.notes.markdown.references import find_definitions
from tui.core.notes.metadata import attributions, tool_pages
from tui.core.notes.metadata.fields import NOTHING, Metadata, Region, read_front_matter, read_properties, undisplayed
from tui.core.notes.model import Body
from tui.core.notes.splitting import Options, Split, Start
from tui.core.notes.titles import Title, read_title
from tui.core.patterns import deferred

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tui.core.notes.line_breaks import LineBreaks
    from tui.core.notes.markdown.heading_lines import HeadingLine
    from tui.core.notes.metadata.attributions import Book
    from tui.core.notes.model import Block
    from tui.core.notes.splitting import Definitions


@dataclass(frozen=True, slots=True)
class ParseMarkdown:
    """Parses the source of an episode of a Markdown note."""

    definitions: Definitions
    "The link references and footnotes of the whole note."
    skip: int
    "Number of source lines up to the end of its title."
    head: Region | None = None
    "The note's front matter and page properties, if the source begins with them."
    regions: tuple[Region, ...] = ()
    "Other metadata lines of the source."
    book: Book | None = None
    "The book that the note is named after; its passages do not repeat it."
    line_breaks: LineBreaks = "auto"

    def __call__(self, source: str) -> tuple[Block, ...]:
        """Parse the source into blocks."""
        regions = (self.head, *self.regions) if self.head else self.regions
        if regions:
            lines = source.split("\n")
            for region in regions:
                lines[region.first : region.last + 1] = [""] * (region.last + 1 - region.first)
            source = "\n".join(lines)
        if any(sign in source for sign in TOOL_SIGNS):
            # Imported here, since few notes need it.
            from tui.core.notes.markdown.tool_notation import as_markdown

            source = as_markdown(source)
        source, passages = attributions.extract(source, self.book) if attributions.SIGN in source else (source, [])
        source = _with_markdown_bullets(source)
        blocks = parse(source, self.definitions, skip=self.skip, line_breaks=self.line_breaks)
        if any(region.fields for region in regions):
            # Imported here, since few notes have metadata to show.
            from tui.core.notes.metadata.blocks import inserted

            blocks = inserted(blocks, regions, self.definitions)
        return attributions.insert(blocks, passages)


def parser_of(of: Body | Start) -> ParseMarkdown:
    """The parser of an episode in a Markdown note."""
    assert isinstance(of.parse, ParseMarkdown)
    return of.parse


TOOL_SIGNS = ("nipd", "rw-book-cover", "#+BEGIN_", "#+begin_")
"Strings that occur in every source with other tools' notation."


def split_markdown(name: str, text: str, options: Options) -> Split:
    """Find the episodes of a Markdown note; without episode headings, it is a single one called ``name``.

    Episodes are the headings with words of the shallowest level that occurs at least twice, or once below the note's
    title if it has the form of an episode's title; a lone heading above them is the note's title. Front matter belongs
    to no episode unless it has more than a title; other text above the first episode becomes an episode too.
    """
    headings = find_headings(text)
    pages = tool_pages.sections(text, headings)
    of_pages = tool_pages.titles_of_pages(name, text, headings, pages)
    is_one = options.in_folder or says_one_episode(text, headings)
    titles = titles_among(headings, options, of_pages, is_one=is_one)
    return split_at(name, text, headings, titles, find_definitions(text), options.line_breaks)


def says_one_episode(text: str, headings: Sequence[HeadingLine]) -> bool:
    """True if front matter, page properties or the only heading of level 1 name the single episode of a note.

    A show alone does not suffice, since a note may contain many of its episodes.
    """
    front = read_front_matter(text)
    about = front.over(read_properties(text, front.end))
    if about.guests or (about.show and about.date):
        return True
    tops = [heading for heading in headings if heading.level == 1]
    return len(tops) == 1 and _is_of_the_form(tops[0])


def titles_among(
    headings: Sequence[HeadingLine],
    options: Options,
    of_pages: list[HeadingLine] | None = None,
    *,
    is_one: bool = False,
) -> list[HeadingLine]:
    """The headings that start an episode; none if the note is one episode.

    Args:
        headings: The note's headings.
        options: The options for splitting notes.
        of_pages: The headings that start an episode, in a note that a tool wrote.
        is_one: True if the note is one episode, unless at least half of the headings have the form of an episode's
            title.
    """
    if options.episodes == "file":
        return []
    if options.episode_pattern is not None:
        pattern = re.compile(options.episode_pattern)
        if matching := [heading for heading in headings if pattern.search(heading.title)]:
            return matching
    if isinstance(options.episodes, int):
        return titled(headings, options.episodes)
    if of_pages is not None:
        return of_pages
    levels = Counter(heading.level for heading in filter(_has_words, headings))
    first = headings[1] if starts_a_log(headings) else None
    level = first.level if first else min((level for level, count in levels.items() if count > 1), default=0)
    titles = titled(headings, level)
    return titles if not is_one or 2 * sum(map(_is_of_the_form, titles)) >= len(titles) else []


def titled(headings: Sequence[HeadingLine], level: int) -> list[HeadingLine]:
    """The headings of a level that can start an episode: those with words."""
    return [heading for heading in headings if heading.level == level and _has_words(heading)]


def _has_words(heading: HeadingLine) -> bool:
    """True if a heading shows anything, as opposed to none yet, a comment or a mere space."""
    title = heading.title
    if title.isascii() and not ("<" in title or "&" in title):
        return bool(title)
    return any(char.isprintable() and not char.isspace() for char in plain(title))


def starts_a_log(headings: Sequence[HeadingLine]) -> bool:
    """True if the heading below a note's title certainly starts an episode, even if no other follows yet."""
    if len(headings) < 2:
        return False
    top, first, *others = headings
    if top.level >= first.level or any(heading.level == top.level for heading in others) or _is_of_the_form(top):
        return False
    title = read_title(plain(first.title))
    return title.show is not None and title.date is not None


def _is_of_the_form(heading: HeadingLine) -> bool:
    return read_title(plain(heading.title)).show is not None


def split_at(
    name: str,
    text: str,
    headings: Sequence[HeadingLine],
    titles: Sequence[HeadingLine],
    definitions: Definitions,
    line_breaks: LineBreaks = "auto",
) -> Split:
    """Split a Markdown note at some of its headings."""
    front = read_front_matter(text)
    properties = read_properties(text, front.end)
    top = _note_title(text, headings, titles, properties.end)
    if top is None and not titles and tool_pages.is_of_notion(name):
        top = next((heading for heading in headings[:1] if not text[properties.end : heading.start].strip()), None)
    offsets = [heading.start for heading in titles]
    sections: dict[int, tool_pages.PageSection] = {}
    for section in tool_pages.sections(text, headings):
        sections.setdefault(bisect_right(offsets, section.heading.start) - 1, section)
    sections |= tool_pages.below_titles(text, top if not titles else None, titles)
    # Equal parsers are one object: with ten thousand episodes, rereading compares all of them.
    parse = cache(partial(ParseMarkdown, definitions, line_breaks=line_breaks))
    starts = [
        _start(text, heading.start, heading.line, heading, parse, sections.get(number))
        for number, heading in enumerate(titles)
    ]
    about = front.over(properties)
    if not titles and -1 in sections:
        about = sections[-1].about.over(about)
    if not titles and not top and not about.title and (book := attributions.only_book(text)):
        about = about._replace(title=book.title, author=about.author or book.author)
        own = book if about.author == book.author else None
        parse = cache(partial(ParseMarkdown, definitions, book=own, line_breaks=line_breaks))
    title = plain(top.title) if top else about.title
    if top and not titles:
        begin, line = top.start, top.line
    else:
        begin = _behind_blank_lines(text, front.end)
        line = text.count("\n", 0, begin)
    if not about.date and (day := _JOURNAL.fullmatch(name)):
        about = about._replace(date="-".join(day.groups()))
    lead = _start(text, begin, line, top, parse, sections.get(-1), NOTHING if titles else about)
    if properties.end > begin:
        lead = _hiding(lead, Region(0, text.count("\n", begin, properties.end - 1)))
    if not titles or _has_blocks(text[begin : offsets[0]], lead):
        starts.insert(0, lead._replace(title=lead.title._replace(text=title or name)))
    if properties.end:
        starts[0] = _with_head(text, starts[0], front, properties, (title, about.author))
    return Split(title, about.author, starts)


def _with_head(
    text: str, start: Start, front: Metadata, properties: Metadata, names: tuple[str | None, str | None]
) -> Start:
    """The first episode, together with those parts of front matter and page properties that no title contains."""
    parse = parser_of(start)
    elsewhere = set(filter(None, (*names, *_shown_in(start.title))))
    fields = undisplayed((*front.fields, *properties.fields), elsewhere)
    if not fields:
        return start
    parse = replace(
        parse,
        skip=parse.skip + start.line if parse.skip else 0,
        head=Region(0, text.count("\n", 0, properties.end - 1), fields),
        regions=tuple(region.moved(start.line) for region in parse.regions),
    )
    return start._replace(offset=0, line=0, parse=parse)


def _hiding(start: Start, head: Region) -> Start:
    return start._replace(parse=replace(parser_of(start), head=head))


def _note_title(
    text: str, headings: Sequence[HeadingLine], titles: Sequence[HeadingLine], top: int
) -> HeadingLine | None:
    """The lone heading above the episodes; in a note with one episode, the lone heading at its beginning."""
    if not headings or (titles and headings[0].level >= titles[0].level):
        return None
    first, *others = headings
    if titles:
        is_lone = all(heading.level != first.level for heading in others)
    else:
        is_lone = not text[top : first.start].strip() and all(heading.level > first.level for heading in others)
    return first if is_lone else None


def _start(
    text: str,
    offset: int,
    line: int,
    title: HeadingLine | None,
    parse: Callable[[int, Region | None, tuple[Region, ...]], ParseMarkdown],
    section: tool_pages.PageSection | None,
    about: Metadata = NOTHING,
) -> Start:
    """An episode that starts at an offset, with the heading of its title and a tool's metadata."""
    read = read_title(plain(title.title) if title else about.title or "")
    said = section.about.over(about) if section else about
    heard = Title(read.text, read.guests or said.guests, read.show or said.show, read.date or said.date)
    regions: tuple[Region, ...] = ()
    if section:
        elsewhere = (*_shown_in(heard), about.author, None if title else said.title)
        regions = section.regions(line, set(filter(None, elsewhere)))
    # A title below other text is also one of that text's headings.
    skip = title.line + title.lines - line if title and not text[offset : title.start].strip() else 0
    return Start(offset, line, heard, parse(skip, None, regions))


def _shown_in(title: Title) -> tuple[str | None, ...]:
    return title.text, *title.guests, title.show, title.date


def _behind_blank_lines(text: str, offset: int) -> int:
    blank = _BLANK_LINES.match(text, offset)
    return blank.end() if blank else offset


_JOURNAL = deferred(r"(\d{4})[_-](\d\d)[_-](\d\d)")
"Names of daily notes in Logseq and Obsidian."
_BLANK_LINES = deferred(r"(?:[ \t]*\n)*")


_LONGEST_LEAD = 65_536
"Most code points of text above the first episode that is parsed to find out if it has blocks."


def _has_blocks(source: str, start: Start) -> bool:
    lines = source.split("\n", parser_of(start).skip)
    return bool(lines[-1].strip()) and (len(source) > _LONGEST_LEAD or bool(Body(source, start.parse).blocks))


SIGNS = "•◦▪▫‣⁃∙●○■□▶▸►➤・※"
"Bullet characters pasted into Markdown."
_SIGN = deferred(rf"^([ \t\xa0]*)[{SIGNS}]\ufe0f?[ \t\xa0]*", re.MULTILINE)
_ANY_SIGN = deferred(f"[{SIGNS}]")
_FENCED = deferred(rf"^ {{0,3}}({'|'.join(fences.RUNS)}).*?(?:^ {{0,3}}\1|\Z)", re.MULTILINE | re.DOTALL)


def _with_markdown_bullets(source: str) -> str:
    """The source with pasted bullets rewritten as Markdown's, line by line."""
    if source.isascii() or not _ANY_SIGN.search(source) or not _SIGN.search(source):
        return source
    pieces, at = [], 0
    for fenced in _FENCED.finditer(source):
        pieces += [_SIGN.sub(r"\1- ", source[at : fenced.start()]), fenced[0]]
        at = fenced.end()
    return "".join([*pieces, _SIGN.sub(r"\1- ", source[at:])])
