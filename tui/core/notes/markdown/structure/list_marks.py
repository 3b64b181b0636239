"""Markers of list items, among them those of writers who count with letters, in brackets or in threads."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tui.core.notes.enumeration import is_followed, ordinals
from tui.core.patterns import deferred

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tui.core.notes.markdown.structure.leaves import Container

THREAD = "1/"
"Style of the markers of a thread."
_MARKER = deferred(r"(?:[*+-]|\d{1,9}[.)])(?= |\Z)")
_INDENTED_MARK = deferred(r"(?:[*+-]|\d{1,9}[.)]) +(?=\S)|[*+-][ \t]*\Z")
_MAY_BE_INDENTED = frozenset("*+-0123456789")
_BEHIND_LETTER = frozenset(".)-ivxIVX")


class ItemMark(NamedTuple):
    """The marker of an item."""

    text: str
    style: str
    "Equal for the markers of one list."
    number: int | None
    "None for a marker that does not count."
    end: int
    "The position after it."


def mark_at(
    line: str, start: int, parent: Container, lines: Sequence[str], number: int, thread: int
) -> ItemMark | None:
    """The item marker at a position of a line, for an item in a container; None if there is none.

    Args:
        line: The line.
        start: The position.
        parent: The container.
        lines: All lines, of which later ones decide if a marker counts.
        number: The line's number among them.
        thread: The number of the last ``1/``.
    """
    if marker := _MARKER.match(line, start):
        text = marker[0]
        return ItemMark(text, text[-1], int(text[:-1]) if len(text) > 1 else None, marker.end())
    for found in ordinals(line, start):
        goes_on = found.style == parent.list_mark and found.number == parent.list_number + 1
        is_thread = found.style == THREAD and 0 < thread == found.number - 1
        begins = found.number == 1 and ((found.may_be_alone and parent.indent > 0) or is_followed(found, lines, number))
        if found.is_certain or goes_on or is_thread or begins:
            return ItemMark(found.text, found.style, found.number, start + len(found.text))
    return None


def goes_on_below(mark: ItemMark, start: int, lines: Sequence[str], number: int) -> bool:
    """True if the line below has the next number in the same column."""
    if number + 1 == len(lines) or mark.number is None:
        return False
    line = lines[number + 1].expandtabs(4)
    below = _MARKER.match(line, start) if len(line) > start and line[:start].isspace() else None
    return below is not None and below[0] == f"{mark.number + 1}{mark.style}"


def may_count(line: str, start: int) -> bool:
    """True if a list may start at a position with an uncommon marker, such as a letter."""
    char = line[start]
    may = line[start + 1 : start + 2] in _BEHIND_LETTER or char == "(" or char > "\x7f"
    return may and bool(ordinals(line, start))


def may_be_indented(line: str, start: int) -> bool:
    """True if a list may start at a position with the indentation of code."""
    return line[start] in _MAY_BE_INDENTED and _INDENTED_MARK.match(line, start) is not None
