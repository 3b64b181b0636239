"""Pages written by other tools: the locations of their metadata, and the headings that start an episode.

Snipd and Readwise write a heading above a list of keys and values. Notion writes such lines below the title, KOReader
writes the author as a heading below the title and a heading per page, and Snipd's export for Logseq lists its episodes.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from tui.core.notes.markdown.heading_lines import HeadingLine
from tui.core.notes.metadata.fields import Metadata, MetadataField, Region, metadata_of, read_front_matter, undisplayed
from tui.core.patterns import deferred

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

IMPORT = "earmark import"
"The value with which ``source`` begins in notes that an import wrote."


class PageSection(NamedTuple):
    """A heading with a list of keys and values below it, or a title with such lines below it."""

    heading: HeadingLine
    "The heading above the list, or the title above the lines."
    about: Metadata
    runs: tuple[tuple[int, int, tuple[MetadataField, ...]], ...]
    "Line ranges of the note, inclusive, with the fields in them."

    def regions(self, line: int, elsewhere: Collection[str]) -> tuple[Region, ...]:
        """The lines as regions of the episode that begins at a line of the note.

        ``elsewhere`` are the values shown elsewhere.
        """
        return tuple(
            Region(first - line, last - line, undisplayed(fields, elsewhere)) for first, last, fields in self.runs
        )


def is_of_one_page(title: str) -> bool:
    """True for a heading, as written, that a tool uses inside a page: it starts no episode."""
    return _SECTION.fullmatch(title.strip()) is not None or _READWISE_UPDATE.match(title) is not None


def is_of_notion(name: str) -> bool:
    """True for a file name from Notion's export: the file is a single page, whatever its headings."""
    return _NOTION_NAME.search(name) is not None


def sections(text: str, headings: Sequence[HeadingLine]) -> tuple[PageSection, ...]:
    """The metadata sections below Snipd's and Readwise's headings, in order."""
    found: list[PageSection] = []
    for number, heading in enumerate(headings):
        if _SECTION.fullmatch(heading.title.strip()):
            end = headings[number + 1].start if number + 1 < len(headings) else len(text)
            section = _section(text, heading, end)
            if section and (heading.title.strip().lower() != "metadata" or _is_readwise(section.about)):
                found.append(section)
    return tuple(found)


def is_of_an_import(text: str) -> bool:
    """True if a note was made by `earmark import`, by its front matter; it has one heading of level 1 per document."""
    fields = read_front_matter(text).fields if text.startswith("---") else ()
    return any(field.key == "source" and str(field.value).startswith(IMPORT) for field in fields)


def titles_of_pages(
    name: str, text: str, headings: Sequence[HeadingLine], known: Sequence[PageSection]
) -> list[HeadingLine] | None:
    """The headings that start an episode in a tool's note; None if no tool wrote it.

    A single page is one episode; only if there are several do the headings above their sections start one each.
    """
    if listed := _listed_titles(text):
        return listed
    if is_of_notion(name):
        return []
    if is_of_an_import(text):
        tops = [heading for heading in headings if heading.level == 1]
        return tops if len(tops) > 1 else []
    first = known[0].heading if known else next((each for each in headings if _READWISE_UPDATE.match(each.title)), None)
    if first is None and not (first := _koreader_page(headings)):
        return None
    titles = [heading for heading in headings if heading.level < first.level]
    level = min((heading.level for heading in titles), default=0)
    titles = [heading for heading in titles if heading.level == level]
    return titles if len(titles) > 1 else []


def below_titles(text: str, top: HeadingLine | None, titles: Sequence[HeadingLine]) -> dict[int, PageSection]:
    """The metadata directly below titles, by episode number; -1 for the title of a note with one episode.

    Args:
        text: The note.
        top: The title of a note with one episode.
        titles: The titles of its episodes.
    """
    found: dict[int, PageSection] = {}
    for read in (_properties_below, _notion_properties, _koreader_author) if top else ():
        if top and (section := read(text, top)):
            found[-1] = section
            break
    if "::" in text:
        for number, title in enumerate(titles):
            if section := _properties_below(text, title):
                found[number] = section
    return found


def _properties_below(text: str, title: HeadingLine) -> PageSection | None:
    """Properties, ``key:: value``, directly below a title, if one of them is a fact of an episode."""
    at = start = _behind(text, title)
    fields: list[MetadataField] = []
    while line := _PROPERTY_LINE.match(text, at):
        fields.append(MetadataField(line["key"], (line["value"] or "").strip()))
        at = line.end()
        if line["image"]:
            fields.pop()
    about = metadata_of(fields)
    if not (about.show or about.guests or about.date):
        return None
    first = title.line + title.lines
    return PageSection(title, about, ((first, first + text.count("\n", start, at - 1), tuple(fields)),))


def _listed_titles(text: str) -> list[HeadingLine]:
    """The episode titles in Snipd's export for Logseq: headings in a list, with the show among their properties."""
    if "show::" not in text or "- ## " not in text:
        return []
    found: list[HeadingLine] = []
    line = counted = 0
    for match in _LISTED.finditer(text):
        line, counted = line + text.count("\n", counted, match.start()), match.start()
        heading = HeadingLine(match.start(), line, 1, 2, match["title"].strip())
        section = _properties_below(text, heading)
        if section and section.about.show:
            found.append(heading)
    return found


def _koreader_author(text: str, top: HeadingLine) -> PageSection | None:
    """The author in a heading below the title, if KOReader's pages follow."""
    start = _behind(text, top)
    if not (found := _KOREADER_AUTHOR.match(text, start)) or not _KOREADER_PAGES.search(text, found.end()):
        return None
    first = top.line + top.lines
    last = first + text.count("\n", start, found.start("author"))
    return PageSection(top, metadata_of([MetadataField("author", found["author"].strip())]), ((first, last, ()),))


def _notion_properties(text: str, title: HeadingLine) -> PageSection | None:
    """The lines of keys and values that Notion writes below a page's title."""
    end = _behind(text, title)
    blank = _BLANK_LINES.match(text, end)
    start = blank.end() if blank else end
    if start == end:
        return None
    fields: list[MetadataField] = []
    at = start
    while line := _NOTION_LINE.match(text, at):
        fields.append(MetadataField(line["key"], line["value"].strip()))
        at = line.end()
    is_whole = at == len(text) or _BLANK_LINE.match(text, at) is not None
    if not is_whole or len(fields) < 2 or not any(field.key.lower() in _NOTION_KEYS for field in fields):
        return None
    first = title.line + title.lines + text.count("\n", end, start)
    return PageSection(title, metadata_of(fields), ((first, first + len(fields) - 1, tuple(fields)),))


_SECTION = deferred(r"(?:episode[ \t]+)?metadata", re.IGNORECASE)
_READWISE_UPDATE = deferred(r"New highlights added ", re.IGNORECASE)
_READWISE_KEYS = frozenset(("full title", "author", "category", "url", "document tags"))
_ITEM = deferred(
    r"[-*][ \t]+(?:\*\*)?(?P<key>[^\s:*\n][^:*\n]{0,59})(?:::?\*\*|(?:\*\*)?::?)(?:[ \t]+(?P<value>\S.*)|[ \t]*)$"
)
_NESTED = deferred(r"[ \t]+[-*][ \t]+(?P<value>\S.*)$")
_PROSE = frozenset(
    ("document note", "document notes", "note", "notes", "summary", "description", "episode ai description")
)
"Keys with values to be read, which stay in place as text."
_BLANK_LINES = deferred(r"(?:[ \t]*\n)+")
_BLANK_LINE = deferred(r"[ \t]*(?:\n|\Z)")
_NOTION_LINE = deferred(r"(?P<key>[^\W\d_][\w ()/&'-]{0,40}):[ \t]+(?P<value>\S[^\n]*)(?:\n|\Z)")
_NOTION_KEYS = frozenset(
    (
        *("author", "authors", "created", "created by", "created time", "date", "guest", "guests", "host", "link"),
        *("last edited by", "last edited time", "podcast", "published", "rating", "show", "status", "tags", "type"),
        *("url", "score /5", "publisher", "completed"),
    )
)
_NOTION_NAME = deferred(r" [0-9a-f]{32}$")
_PROPERTY_LINE = deferred(
    r"[ \t]*(?:(?P<key>[A-Za-z][\w-]*)::(?:[ \t]+(?P<value>[^\n]*))?|(?P<image>!\[)[^\n]*)(?:\n|\Z)"
)
_LISTED = deferred(r"^[-*] ##? (?P<title>\S[^\n]*)$", re.MULTILINE)
_KOREADER_PAGE = deferred(r"\S+ \S+ @ [^\n]*\d:\d\d")
_KOREADER_PAGES = deferred(r"\n### \S+ \S+ @ [^\n]*\d:\d\d")
_KOREADER_AUTHOR = deferred(r"(?:[ \t]*\n)*##### (?P<author>[^\n]*)(?:\n|\Z)")
_AUTHOR_LEVEL, _PAGE_LEVEL = 5, 3


def _section(text: str, heading: HeadingLine, end: int) -> PageSection | None:
    start = _behind(text, heading)
    lines = text[start:end].split("\n")
    runs: list[tuple[int, int, tuple[MetadataField, ...]]] = []
    fields: list[MetadataField] = []
    first = heading.line
    number = 0
    above = heading.line + heading.lines
    last = above - 1
    while number < len(lines):
        line = lines[number]
        item = _ITEM.match(line)
        nested = number + 1
        while nested < len(lines) and lines[nested][:1] in (" ", "\t") and lines[nested].strip():
            nested += 1
        if item and item["key"].strip().lower() not in _PROSE and (field := _field(item, lines[number + 1 : nested])):
            fields.append(field)
            last = above + nested - 1
            number = nested
            continue
        if line.strip():
            if last >= first:
                runs.append((first, last, tuple(fields)))
            fields, first = [], above + number + 1
        elif not fields and first > heading.line:
            first = above + number + 1
        number += 1
    if last >= first:
        runs.append((first, last, tuple(fields)))
    said = [field for _, _, run in runs for field in run]
    return PageSection(heading, metadata_of(said), tuple(runs)) if said else None


def _field(item: re.Match[str], nested: Sequence[str]) -> MetadataField | None:
    """The field in an item and its nested list; None if there is more than a field."""
    key, value = item["key"].strip(), (item["value"] or "").strip()
    if not nested:
        return MetadataField(key, value)
    values = [found["value"] for line in nested if (found := _NESTED.match(line))]
    return MetadataField(key, [*values]) if not value and len(values) == len(nested) else None


def _is_readwise(about: Metadata) -> bool:
    return any(field.key.lower() in _READWISE_KEYS for field in about.fields)


def _koreader_page(headings: Sequence[HeadingLine]) -> HeadingLine | None:
    """The first heading of a page, if the headings are those of KOReader's export."""
    if len(headings) < 3 or headings[0].level != 1 or headings[1].level != _AUTHOR_LEVEL:
        return None
    return next((each for each in headings[2:] if each.level == _PAGE_LEVEL and _KOREADER_PAGE.match(each.title)), None)


def _behind(text: str, heading: HeadingLine) -> int:
    """The offset of the first line below a heading."""
    end = heading.start
    for _ in range(heading.lines):
        end = text.find("\n", end) + 1 or len(text)
    return end
