"""The byline of pasted text: title and author on its first lines, above the episodes."""

from __future__ import annotations

import re
from itertools import islice
from typing import NamedTuple

from tui.core.notes.enumeration import is_followed, ordinals
from tui.core.notes.pasted.lines import Shape, is_heading, shape_of, shown


class Byline(NamedTuple):
    """The byline of a text."""

    title: str | None
    author: str | None
    lines: int
    "Number of lines it takes up, from the first."


def read_byline(text: str) -> Byline:
    """Read title and author from the top of a text, if they are on lines of their own.

    A single line is the title. Of two, the author is the line "by …", or the one that looks like a name if only one
    does, in either order: a page's header names its owner before the title.
    """
    lines = _top_lines(text[:_TOP])
    if not lines:
        return Byline(None, None, 0)
    (first, first_end), (second, second_end) = lines[0], lines[1] if len(lines) > 1 else ("", 0)
    if author := _credited(second) or (second if _is_author(second, first) else None):
        return Byline(first, author, second_end)
    if second and (author := _credited(first) or (first if _is_owner(first, second) else None)):
        return Byline(second, author, second_end)
    return Byline(None, author, first_end) if (author := _credited(first)) else Byline(first, None, first_end)


def _top_lines(text: str) -> list[tuple[str, int]]:
    """The lines with text at the top, at most two, alone or adjacent, each with the number of lines up to it."""
    found: list[tuple[str, int]] = []
    for match in islice(_STANZA.finditer(text), 2):
        stanza = match[0].split("\n")
        texts = [shown(line) for line in stanza]
        of_two = not found and len(stanza) == 2 and (_credited(texts[1]) or _is_author(texts[1], texts[0]))
        is_list = any(is_followed(mark, stanza, 0) for mark in ordinals(stanza[0], 0))
        if is_list or (len(stanza) > 1 and not of_two) or not all(map(_may_open, stanza)):
            break
        above = text.count("\n", 0, match.start())
        found += [(line, above + number) for number, line in enumerate(texts, 1)]
    return found[:2]


def _may_open(line: str) -> bool:
    return shape_of(line) is Shape.PLAIN and is_heading(shown(line), before_bullets=False)


_STANZA = re.compile(r"[^\n]*\S[^\n]*(?:\n[^\n]*\S[^\n]*)*")
"Consecutive lines with text."
_TOP = 4096
"Code points to search for a byline; no two lines of one are longer."
_CREDIT = re.compile(r"(?:written\s+)?(?:by|author:?|notes\s+by)\s+(?P<name>\S.*)", re.IGNORECASE)
_NAME = re.compile(r"[^\W\d_][\w.'’-]*(?: [^\W\d_][\w.'’-]*){0,3}")
_TITLES = """
    about archive book books conversations diary digest episode episodes essays highlights ideas index interviews
    journal learnings lectures library links list log musings my new newsletter note notebook notes on podcast
    podcasts questions quotes reading readings reflections shows summaries talks the thoughts writing
"""
_IN_TITLES = frozenset(_TITLES.split())
"Words that occur in titles of notes but not in names."


def _credited(line: str) -> str | None:
    match = _CREDIT.fullmatch(line)
    return match["name"] if match else None


def _is_author(line: str, title: str) -> bool:
    """True if a line below a title is its author's name."""
    return " " in line and _is_name(line) and not _is_owner(title, line)


def _is_owner(first: str, second: str) -> bool:
    """True if the first of two lines is a name and the second a title."""
    return _is_name(first) and (not _is_name(second) or (" " in first and " " not in second))


def _is_name(line: str) -> bool:
    words = line.split()
    return (
        _NAME.fullmatch(line) is not None
        and all(not word[0].islower() or word in ("de", "van", "von", "da", "di") for word in words)
        and not any(word.lower() in _IN_TITLES for word in words)
    )
