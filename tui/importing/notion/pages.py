"""Pages of Notion's Markdown export: the title, the properties below it, and the text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from tui.core.notes.markdown.heading_lines import find_headings
from tui.exporting.markdown_text import escaped
from tui.importing.notion.files import without_paths

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence


class NotionPage(NamedTuple):
    """A page."""

    title: str
    "Empty if there is none."
    properties: tuple[str, ...]
    "``Key: value`` lines, if the page is a row of a table."
    source: str
    "Its text as Markdown without headings of level 1; empty if there is none."


def page_of(text: str, columns: Collection[str]) -> NotionPage:
    """Read a page.

    Args:
        text: The page.
        columns: The columns of the table that it is a row of; empty if unknown.
    """
    lines = text.strip("\n").split("\n")
    title = ""
    if lines[0].startswith("# "):
        title = " ".join(lines.pop(0).lstrip("# ").split())
        while lines and not lines[0].strip():
            lines.pop(0)
    count = _property_lines(lines, columns)
    properties = tuple(without_paths(" ".join(line.split())) for line in _whole(lines[:count], columns))
    source = "\n".join(_straight(lines[count:])).strip("\n")
    return NotionPage(title, properties, _closed(_with_room_above(source)))


_PROPERTY = re.compile(r"(?P<key>[^\s:][^:\n]{0,60}):(?:[ \t]|$)")


def _property_lines(lines: Sequence[str], columns: Collection[str]) -> int:
    """The number of property lines at the beginning: a block in which each line has a key."""
    count = next((number for number, line in enumerate(lines) if not line.strip()), len(lines))
    keys = [found["key"] if (found := _PROPERTY.match(line)) else "" for line in lines[:count]]
    if columns:
        # A value may continue on the next lines.
        return count if keys and keys[0] in columns else 0
    return count if len(keys) > 1 and all(keys) else 0


def _whole(lines: Sequence[str], columns: Collection[str]) -> list[str]:
    """The properties, joined to one line each."""
    found: list[str] = []
    for line in lines:
        key = _PROPERTY.match(line)
        if found and columns and (key is None or key["key"] not in columns):
            found[-1] += f" {line}"
        else:
            found.append(line)
    return found


_FENCE = re.compile(r"[ \t>]*(?P<sign>`{3,}|~{3,})")
_TASK = re.compile(r"(?P<start>[ \t>]*- \[[ xX]\])[ \t]{2,}")
_ASIDE = re.compile(r"(?P<indent>[ \t]*)<aside>[ \t]*(?P<rest>.*)")
_NO_BOLD = re.compile(r"(?<![\\*])\*{4}(?!\*)")
_MOST_OF_ICON = 8


def _straight(lines: Sequence[str]) -> Iterator[str]:
    """The lines of a text, with callouts as quotes, Markdown tasks, and no bold markers around nothing."""
    indent = ""
    callout: list[str] | None = None
    for given, is_code in _with_code(lines):
        line = given if is_code else _tidy(given)
        if callout is not None and (is_code or line.strip() != "</aside>"):
            callout.append(line.removeprefix(indent))
        elif callout is not None:
            yield from _quoted(callout, indent)
            callout = None
        elif not is_code and (aside := _ASIDE.fullmatch(line)):
            indent, callout = aside["indent"], [aside["rest"]]
        else:
            yield line
    yield from _quoted(callout or (), indent)


def _with_code(lines: Sequence[str]) -> Iterator[tuple[str, bool]]:
    """Each line, and True if it is in a fenced code block."""
    fence = ""
    for line in lines:
        sign = found["sign"] if (found := _FENCE.match(line)) else ""
        yield line, bool(fence or sign)
        if not fence:
            fence = sign
        elif sign.startswith(fence) and not line.strip(" \t>`~"):
            fence = ""


def _tidy(line: str) -> str:
    if not line.strip():
        return ""
    return _TASK.sub(r"\g<start> ", line if "`" in line else _NO_BOLD.sub("", line))


def _quoted(lines: Sequence[str], indent: str) -> Iterator[str]:
    """A callout's lines as a quote, with its icon before the first words."""
    shown = "\n".join(lines).strip("\n").split("\n")
    if len(shown) > 1 and len(shown[0].strip()) < _MOST_OF_ICON and not any(map(str.isalnum, shown[0])):
        rest = "\n".join(shown[1:]).lstrip("\n")
        shown = f"{shown[0].strip()} {rest}".split("\n")
    if any(line.strip() for line in shown):
        yield from (f"{indent}> {line}".rstrip() for line in shown)


def _with_room_above(source: str) -> str:
    """Lower all headings of a text by a level if one has the level of the page's title."""
    headings = find_headings(source)
    if not any(heading.level == 1 for heading in headings):
        return source
    pieces, at = [], 0
    for heading in headings:
        level = min(heading.level + 1, _LOWEST)
        pieces += [source[at : heading.start], f"{'#' * level} {' '.join(heading.title.split())}"]
        at = heading.start
        for _ in range(heading.lines):
            at = source.find("\n", at + 1) if at < len(source) else at
            at = len(source) if at < 0 else at
    return "".join([*pieces, source[at:]])


_LOWEST = 6
_MOST_FENCES = 4
_CLOSINGS = ("-->", "%%", "</pre>", "</script>", "</style>", "</textarea>", "?>", "]]>", ">")
"Delimiters that close constructs in which headings are not recognised."


def _closed(source: str) -> str:
    """Close what a text leaves open, so that a heading can follow; failing that, escape its markup."""
    fences = list(dict.fromkeys(_FENCES.findall(source)))[:_MOST_FENCES]
    for end in ("", *(f"\n{each}" for each in (*fences, *_CLOSINGS))):
        if _ends(f"{source}{end}"):
            return f"{source}{end}"
    return escaped(source)


_FENCES = re.compile("`{3,}|~{3,}")


def _ends(source: str) -> bool:
    """True if a heading after this text would be recognised."""
    headings = find_headings(f"{source}\n\n# End\n")
    return bool(headings) and headings[-1].start == len(source) + 2
