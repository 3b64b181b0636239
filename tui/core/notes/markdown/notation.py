"""What Obsidian and Logseq write into notes for themselves, taken out of what is read."""

from __future__ import annotations

import re

from tui.core.patterns import deferred

_TOKENS = deferred(
    r"""
      ^[ \t>]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)*(?P<fence>`{3,}(?=[^`\n]*$)|~{3,})[^\n]*$
    | (?P<code>`+)
    | (?P<comment>%%)
    | ^(?P<kept>[ \t>]*(?:[-*+][ \t]+)?)(?P<property>[^\W\d_][\w./-]*::(?:[ ][^\n]*)?)$
    | ^[ \t]*(?P<drawer>:(?:LOGBOOK|PROPERTIES):[ \t]*)$
    | ^[ \t]*(?P<planned>(?:SCHEDULED|DEADLINE):[ \t]*<[^>\n]*>[ \t]*)$
    """,
    re.MULTILINE | re.VERBOSE,
)
_SIGNS = ("%%", "::", ":LOGBOOK:", ":PROPERTIES:", "SCHEDULED:", "DEADLINE:")
_CLOSERS = {
    "comment": deferred("%%"),
    "drawer": deferred(r"^[ \t]*:END:[ \t]*$", re.MULTILINE),
}
_LONGEST_CODE = 80
"More backticks open no code, as in cmark: each length may take a search through the rest of the line."
_NOTHING_LEFT = deferred(r"[ \t>]*")


def has_notation(source: str) -> bool:
    """Whether the source may have something to take out: quickly told, and true too often rather than too rarely."""
    return any(sign in source for sign in _SIGNS)


def utf8_has_notation(source: bytes) -> bool:
    """The same of UTF-8, which takes half the time that a long string with a single emoji in it does."""
    return any(sign.encode() in source for sign in _SIGNS)


def without_notation(source: str) -> tuple[str, list[int] | None]:
    """The source without Obsidian's comments and Logseq's properties, drawers and dates, code left as it is.

    A line of which nothing is left goes as a whole, so that what stands around it stays together. With it comes
    the line of the source, from 0, for each line that is left; None where nothing was taken out.
    """
    if not has_notation(source):
        return source, None
    hidden = _hidden(source)
    if not hidden:
        return source, None
    pieces: list[str] = []
    touched: set[int] = set()
    line = end = 0
    for start, stop in hidden:
        line += source.count("\n", end, start)
        last = line + source.count("\n", start, stop)
        touched.update(range(line, last + 1))
        pieces += (source[end:start], "\n" * (last - line))
        line, end = last, stop
    shown = "".join([*pieces, source[end:]]).split("\n")
    kept = [number for number, text in enumerate(shown) if number not in touched or not _NOTHING_LEFT.fullmatch(text)]
    return "\n".join([shown[number] for number in kept]), kept


def _hidden(source: str) -> list[tuple[int, int]]:
    """The ranges of the source that are not shown, in order, apart from each other."""
    hidden: list[tuple[int, int]] = []
    missing: set[str] = set()

    def behind(closer: str, start: int) -> int | None:
        # What is not found once is not searched for again: a scan for each of many openers would be quadratic.
        if closer in missing:
            return None
        if found := _CLOSERS[closer].search(source, start):
            return found.end()
        missing.add(closer)
        return None

    position = line_end = 0
    shortest = _LONGEST_CODE + 1
    "Backticks of which no run as long stands behind the position in its line."
    while token := _TOKENS.search(source, position):
        position = token.end()
        if fence := token["fence"]:
            closing = re.compile(rf"^[ \t>]*{fence[0]}{{{len(fence)},}}[ \t]*$", re.MULTILINE)
            if not (closed := closing.search(source, position)):
                break
            position = closed.end()
        elif code := token["code"]:
            if position > line_end:
                line_end = source.find("\n", position)
                line_end = line_end if line_end >= 0 else len(source)
                shortest = _LONGEST_CODE + 1
            if len(code) < shortest:
                close = source.find(code, position, line_end)
                if close >= 0:
                    position = close + len(code)
                else:
                    shortest = len(code)
        elif token["comment"] or token["drawer"]:
            if end := behind("comment" if token["comment"] else "drawer", position):
                is_between_spaces = source[end : end + 1] == " " == source[token.start() - 1 : token.start()]
                position = end + is_between_spaces
                hidden.append((token.start(), position))
        elif token["property"]:
            if not (end := token.end("kept")) or not source[token.start() : end].strip():
                end = token.start()
            hidden.append((end, position))
        else:
            hidden.append((token.start(), position))
    return hidden
