"""Where the episodes of a Markdown note start, and what the note and they say about themselves."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from dataclasses import dataclass
from functools import cache, partial
from typing import TYPE_CHECKING

from tui.core import markdown
from tui.core.metadata import NOTHING, Metadata, is_snipd_heading, read_front_matter, read_properties, read_snipd
from tui.core.model import Body
from tui.core.patterns import deferred
from tui.core.splitting import Options, Split, Start
from tui.core.titles import Title, read_title

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tui.core.markdown import HeadingLine
    from tui.core.model import Block


@dataclass(frozen=True, slots=True)
class ParseMarkdown:
    """Parses the source of an episode of a Markdown note."""

    definitions: markdown.Definitions
    "The link references and footnotes of the whole note."
    skip: int
    "How many lines of the source are its title."
    hidden: tuple[int, int] = (0, 0)
    "The lines of the source that are metadata, half-open."

    def __call__(self, source: str) -> tuple[Block, ...]:
        """The blocks of this source."""
        first, end = self.hidden
        if end:
            lines = source.split("\n")
            lines[first:end] = [""] * (end - first)
            source = "\n".join(lines)
        return markdown.parse(_with_markdown_bullets(source), self.definitions, skip=self.skip)


def split_markdown(name: str, text: str, options: Options) -> Split:
    """Find the episodes of a Markdown note; where no heading starts one, it is a single one called ``name``.

    Episodes are the headings of the shallowest level that occurs at least twice; a lone heading above them is
    the note's title. Front matter is no part of any episode; other text above the first is an episode too.
    """
    headings = markdown.headings(text)
    return split_at(name, text, headings, titles_among(headings, options), markdown.definitions(text))


def titles_among(headings: Sequence[HeadingLine], options: Options) -> list[HeadingLine]:
    """Those of a note's headings that start an episode; none where the note is one episode."""
    if options.episodes == "file":
        return []
    if options.episode_pattern is not None:
        pattern = re.compile(options.episode_pattern)
        if matching := [heading for heading in headings if pattern.search(heading.title)]:
            return matching
    if isinstance(options.episodes, int):
        return [heading for heading in headings if heading.level == options.episodes]
    if section := next((heading for heading in headings if is_snipd_heading(heading.title)), None):
        episodes = [heading for heading in headings if heading.level < section.level]
        return episodes if len(episodes) > 1 else []
    levels = Counter(heading.level for heading in headings)
    level = min((level for level, count in levels.items() if count > 1), default=0)
    titles = [heading for heading in headings if heading.level == level]
    if options.in_folder and level > 1:
        of_the_form = sum(read_title(markdown.plain(heading.title)).show is not None for heading in titles)
        return titles if 2 * of_the_form >= len(titles) else []
    return titles


def split_at(
    name: str,
    text: str,
    headings: Sequence[HeadingLine],
    titles: Sequence[HeadingLine],
    definitions: markdown.Definitions,
) -> Split:
    """Split a Markdown note at some of its headings."""
    front = read_front_matter(text)
    properties = read_properties(text, front.end)
    top = _note_title(text, headings, titles, properties.end)
    offsets = [heading.start for heading in titles]
    sections = {
        bisect_right(offsets, heading.start) - 1: heading
        for heading in reversed(headings)
        if is_snipd_heading(heading.title)
    }
    # One for all that are alike: of ten thousand episodes a reread looks whether each is parsed as the others are.
    parse = cache(partial(ParseMarkdown, definitions))
    starts = [
        _start(text, heading.start, heading.line, heading, parse, sections.get(number))
        for number, heading in enumerate(titles)
    ]
    about = front.over(properties)
    title = markdown.plain(top.title) if top else about.title
    if top and not titles:
        begin, line = top.start, top.line
    else:
        begin = _behind_blank_lines(text, front.end)
        line = text.count("\n", 0, begin)
    lead = _start(text, begin, line, top, parse, sections.get(-1), NOTHING if titles else about)
    if not titles or _has_blocks(text[begin : offsets[0]], lead):
        starts.insert(0, lead._replace(title=lead.title._replace(text=title or name)))
    return Split(title, about.author, starts)


def _note_title(
    text: str, headings: Sequence[HeadingLine], titles: Sequence[HeadingLine], top: int
) -> HeadingLine | None:
    """The lone heading above the episodes; in a note that is one episode, the lone one that it begins with."""
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
    parse: Callable[[int, tuple[int, int]], ParseMarkdown],
    section: HeadingLine | None,
    about: Metadata = NOTHING,
) -> Start:
    """An episode that starts at an offset, with its title's heading and that of its Snipd metadata."""
    hidden = (0, 0)
    if section:
        behind = _behind(text, section)
        said = read_snipd(text, behind)
        first = section.line - line
        hidden = (first, first + section.lines + text.count("\n", behind, said.end))
        about = said.over(about)
    read = read_title(markdown.plain(title.title) if title else about.title or "")
    # A title below other text is one of that text's headings as well.
    skip = title.line + title.lines - line if title and not text[offset : title.start].strip() else 0
    return Start(
        offset,
        line,
        Title(read.text, read.guests or about.guests, read.show or about.show, read.date or about.date),
        parse(skip, hidden),
    )


def _behind_blank_lines(text: str, offset: int) -> int:
    blank = _BLANK_LINES.match(text, offset)
    return blank.end() if blank else offset


_BLANK_LINES = deferred(r"(?:[ \t]*\n)*+")


def _behind(text: str, heading: HeadingLine) -> int:
    """The offset of the first line below a heading."""
    end = heading.start
    for _ in range(heading.lines):
        end = text.find("\n", end) + 1 or len(text)
    return end


_LONGEST_LEAD = 65_536
"Text above the first episode that is longer, in code points, is not parsed to see whether it gives blocks."


def _has_blocks(source: str, start: Start) -> bool:
    lines = source.split("\n", start.parse.skip) if isinstance(start.parse, ParseMarkdown) else [source]
    return bool(lines[-1].strip()) and (len(source) > _LONGEST_LEAD or bool(Body(source, start.parse).blocks))


SIGNS = "•◦▪▫‣⁃∙●○■□▶▸►➤"
"The signs of bullets that are pasted in among Markdown."
_SIGN = deferred(rf"^([ \t\xa0]*)[{SIGNS}][ \t\xa0]*", re.MULTILINE)
_FENCED = deferred(r"^ {0,3}(```|~~~).*?(?:^ {0,3}\1|\Z)", re.MULTILINE | re.DOTALL)


def _with_markdown_bullets(source: str) -> str:
    """The source with bullets pasted in among the Markdown written as Markdown's, line by line the same."""
    if not _SIGN.search(source):
        return source
    pieces, at = [], 0
    for fenced in _FENCED.finditer(source):
        pieces += [_SIGN.sub(r"\1- ", source[at : fenced.start()]), fenced[0]]
        at = fenced.end()
    return "".join([*pieces, _SIGN.sub(r"\1- ", source[at:])])
