"""Paragraphs that the line below them, or their own beginning, turns into headings, tables or definitions."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from tui.core.notes.markdown.references import take_definition
from tui.core.notes.markdown.structure.leaves import In, Is, Leaf
from tui.core.patterns import deferred

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tui.core.notes.markdown.references import Definition

PROPERTY = deferred(r"[^\W\d_][\w./-]*::(?= |$)")
"The beginning of a line that is a property."
_UNDERLINE = deferred(r"(?:=+|-{2,})[ \t]*\Z")
_LONGEST_TITLE = 80
"Most code points of a title above dashes; a longer line is a sentence with a rule below it."
_MOST_WORDS_OF_A_CALL = 6
"Most words of a title that ends in a question mark or exclamation mark."
_ENDS_SENTENCE = (".", "…", "。", "．", ",", ";", "，", "；", "։", "।", "۔")
_CLOSERS = "\"'”’»」』)]）*_ \t"
_DELIMITERS = deferred(r"(?!- )(?:\|[ \t]*)?:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*(?:\|[ \t]*)?\Z")
_PIPE = deferred(r"(?<!\\)\|")


def is_underline(line: str, start: int, above: Sequence[str]) -> bool:
    """True if a line makes a heading of the paragraph above, rather than being meant as a rule."""
    if not _UNDERLINE.match(line, start) or PROPERTY.match(above[-1]):
        return False
    return line[start] != "-" or _may_be_title(above)


def _may_be_title(lines: Sequence[str]) -> bool:
    """True if the lines above dashes look like a title; otherwise the dashes are a rule."""
    text = lines[0].rstrip(_CLOSERS)
    if len(lines) > 1 or len(text) > _LONGEST_TITLE or text.endswith(_ENDS_SENTENCE):
        return False
    return not text.endswith(("!", "?", "！", "？")) or len(text.split()) <= _MOST_WORDS_OF_A_CALL


def without_closing_marks(title: str) -> str:
    """A heading's title without closing ``#`` characters and surrounding space (CommonMark 0.31, 4.2)."""
    title = title.strip(" \t")
    bare = title.rstrip("#")
    return title if bare and bare[-1] not in " \t" else bare.rstrip(" \t")


def is_delimiter_row(line: str, start: int, header: str) -> bool:
    """True if a line makes a table of the line above, its header."""
    return (
        "|" in header and _DELIMITERS.match(line, start) is not None and len(cells(header)) == len(cells(line[start:]))
    )


def cells(row: str) -> list[str]:
    """The cells of a table's row, without surrounding space."""
    row = row.strip().removeprefix("|")
    if "\\" not in row:
        return [cell.strip() for cell in row.removesuffix("|").split("|")]
    found = _PIPE.split(row)
    if len(found) > 1 and not found[-1].strip():
        found.pop()
    return [cell.replace("\\|", "|").strip() for cell in found]


def without_definitions(
    paragraph: Leaf, is_used: Callable[[Definition], bool], *, heads: bool
) -> tuple[list[Leaf] | None, bool]:
    """Remove the used definitions from the start of a paragraph; unused ones stay with the text below them.

    Args:
        paragraph: The paragraph, which becomes the last of the leaves in its place.
        is_used: Returns True for definitions that are used.
        heads: True if the other text is the heading of what follows, which unused definitions stay apart from.

    Returns: The leaves in its place, or None if it has no definitions; and True if it has other text.
    """
    text = "\n".join(paragraph.lines)
    bounds: list[tuple[int, int]] = []
    "The ranges that stay."
    position = 0
    while taken := take_definition(text, position):
        if not is_used(taken):
            bounds.append((position, taken.end))
        position = taken.end
    has_text = position < len(text)
    if not position:
        return None, has_text
    if has_text:
        bounds.append((position, len(text)))
    return _parts(paragraph, text, _joined(bounds, is_last_apart=has_text and heads)), has_text


def _joined(bounds: list[tuple[int, int]], *, is_last_apart: bool) -> list[tuple[int, int]]:
    """Join ranges that follow one another."""
    joined: list[tuple[int, int]] = []
    for number, (start, end) in enumerate(bounds):
        is_apart = is_last_apart and number + 1 == len(bounds)
        if joined and joined[-1][1] == start and not is_apart:
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return joined


def _parts(paragraph: Leaf, text: str, ranges: list[tuple[int, int]]) -> list[Leaf]:
    """A paragraph for each range of a paragraph's text, the last of which is the paragraph itself."""
    found: list[Leaf] = []
    first, is_first = paragraph.first, paragraph.is_first
    for number, (start, end) in enumerate(ranges):
        leaf = paragraph if number + 1 == len(ranges) else replace(paragraph)
        leaf.first = first + text.count("\n", 0, start)
        leaf.lines = text[start:end].removesuffix("\n").split("\n")
        leaf.last = leaf.first + len(leaf.lines) - 1
        leaf.is_first = is_first and not number
        found.append(leaf)
    if not found:
        container = paragraph.container
        container.is_empty = is_first
        if container.kind is In.FOOTNOTE and is_first:
            found.append(Leaf(Is.NOTHING, container.line, container.line, [], container, is_first=True))
    return found
