"""Quotes as Markdown bullets."""

from __future__ import annotations

import re

from tui.exporting.markdown_text import escaped
from tui.importing.marked_text import with_signs

_MARKUP = re.compile(r"\*\*\S|\]\(https?://|!\[|`[^`\n]+`|(?<!\w)__\S")
_AT_START = re.compile(r"[ \t]*(?:([#>+*-]|[=~`]{3})|\d{1,9}([.)]))")


def bullet(text: str, place: str = "", *, is_marked: bool = False) -> str:
    """Format Markdown text as one bullet, followed by its location in brackets; if marked, as mark 0."""
    words = "\n".join(line.strip() for line in text.strip().split("\n"))
    words = (with_signs(words, 0) if is_marked else words).replace("\n", "\n  ")
    return f"- {words} ({place})" if place else f"- {words}"


def markdown(text: str) -> str:
    """A quote that may contain inline Markdown, as Readwise stores it; whatever would begin a block is escaped."""
    return "\n".join(map(_plain_start, text.split("\n"))) if _MARKUP.search(text) else escaped(text)


def _plain_start(line: str) -> str:
    found = _AT_START.match(line)
    if not found or (found[1] == "*" and line.lstrip().startswith("**")) or (found[1] and line.lstrip()[:2] == "!["):
        return line
    at = found.start(found.lastindex or 0)
    return f"{line[:at]}\\{line[at:]}"
