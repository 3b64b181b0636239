"""Sidemark sidecars, the Markdown Review Sidecar Format 1.0: written line by line, and merged into existing ones.

In this format a comment is located by words of the note's source, so the words of a highlight are searched there. What
another program wrote stays as it is, byte for byte: its comments, its own fields (``x_…``), its order.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from tui.core.annotations.choices import Answer
from tui.core.annotations.highlights import Anchored, Highlight
from tui.exporting.json_text import json_line

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from tui.core.annotations.highlights import Anchor, Record
    from tui.core.notes.model import Note, Place

VERSION = "1.0"
LONGEST_TEXT = 16384
LONGEST_WORDS = 4096
"Most characters of a comment, and of the words that it is on."
AUTHOR = "earmark"
_THEIRS = ("id", "author", "timestamp", "resolved")
"Fields that are never overwritten, since others may have claimed or resolved the comment."
_MARKUP = "*_`~=^[]\\>"
"Markdown characters that may occur between two characters of a text."
_COMMENTS = re.compile(r"comments:\s*(\[\s*\])?\s*(#.*)?$")
_LINE = re.compile(r"[^\n]*\n|[^\n]+")
_ITEM = re.compile(r"(?P<margin>[ ]*)-(?P<space>[ ]+)(?=\S)")
_KEY = re.compile(r"(?P<margin>[ ]*)(?P<key>[\w-]+):(?:\s|$)")


class Range(NamedTuple):
    """A range of a note's source."""

    line: int
    "1-based."
    column: int
    "0-based, in code points."
    end_line: int
    end_column: int


class Sources:
    """The lines of a note, and where its blocks' words are in them."""

    def __init__(self, note: Note) -> None:
        self._note = note
        self.lines = note.source.split("\n")

    def range_of(self, places: Sequence[Place]) -> Range:
        """The range from the first word of the first place to the last word of the last."""
        first, last = self._range(places[0]), self._range(places[-1])
        return Range(first.line, first.column, last.end_line, last.end_column)

    def text(self, at: Range) -> str:
        """The source in a range."""
        lines = self.lines[at.line - 1 : at.end_line]
        lines[-1] = lines[-1][: at.end_column]
        lines[0] = lines[0][at.column :]
        return "\n".join(lines)

    def _range(self, place: Place) -> Range:
        """The range of a place's words, or all lines of its block if they do not occur exactly once."""
        episode = self._note.episodes[place.address.episode]
        block = episode.blocks[place.address.block]
        line, end_line = episode.lines(block)
        source = "\n".join(self.lines[line - 1 : end_line])
        words = block.text[place.span.start : place.span.end]
        before = len(_found(words, block.text[: place.span.start]))
        here = _found(words, source)
        if len(here) != len(_found(words, block.text)):
            return Range(line, 0, end_line, len(self.lines[end_line - 1]))
        start, end = here[before]
        return Range(*self._at(source, start, line), *self._at(source, end, line))

    @staticmethod
    def _at(source: str, offset: int, line: int) -> tuple[int, int]:
        above = source.count("\n", 0, offset)
        return line + above, offset - (source.rfind("\n", 0, offset) + 1)


def _found(words: str, text: str) -> list[tuple[int, int]]:
    """The places where words occur in a text, possibly interrupted by markup."""
    signs = [sign for sign in words if not sign.isspace()]
    found: list[tuple[int, int]] = []
    at = text.find(signs[0]) if signs else -1
    while at >= 0:
        if end := _end(signs, text, at):
            found.append((at, end))
        at = text.find(signs[0], end or at + 1)
    return found


def _end(signs: Sequence[str], text: str, at: int) -> int:
    """The end of characters that start at an offset, ignoring markup and white space between them; 0 if they do not."""
    for sign in signs:
        while at < len(text) and text[at] != sign:
            if text.startswith("](", at):
                at = text.find(")", at) + 1 or len(text)
            elif text[at] in _MARKUP or text[at].isspace():
                at += 1
            else:
                return 0
        if at >= len(text):
            return 0
        at += 1
    return at


def fields_of(record: Record, anchor: Anchor, sources: Sources) -> dict[str, object]:
    """The fields of a comment in this format."""
    is_question = not isinstance(record, Highlight)
    said = record.comment if isinstance(record, Highlight) else record.answer
    fields: dict[str, object] = {
        "id": record.id,
        "author": AUTHOR,
        "timestamp": record.created.isoformat(),
        "text": said[:LONGEST_TEXT],
        **({"type": "question"} if is_question else {}),
        "resolved": not isinstance(record, Highlight) and record.state is not Answer.OPEN,
    }
    words = "\n".join(part.exact for part in record.parts)
    if isinstance(anchor, Anchored):
        at = sources.range_of(anchor.places)
        words = sources.text(at)
        fields |= {"line": at.line, "end_line": at.end_line, "start_column": at.column, "end_column": at.end_column}
    if len(words) <= LONGEST_WORDS:
        fields["selected_text"] = words
    if isinstance(record, Highlight):
        fields["x_earmark_colour"] = record.colour.value
        if record.tags:
            fields["x_earmark_tags"] = list(record.tags)
    return fields


def document(name: str, comments: Sequence[Mapping[str, object]], former: str = "") -> str | None:
    """The sidecar of a note; None if the former one has a layout that cannot be merged into.

    Args:
        name: The note's file name.
        comments: The comments to write, with their ids.
        former: The text of the existing sidecar; empty if there is none.
    """
    if not former.strip():
        head = f"mrsf_version: {json_line(VERSION)}\ndocument: {json_line(name)}\n"
        if not comments:
            return f"{head}comments: []\n"
        return f"{head}comments:\n" + "".join("".join(_item(each, "  ", " ")) for each in comments)
    parts = _split_comments(former)
    if parts is None:
        return None
    head, items, tail = parts
    new = {str(each["id"]): each for each in comments}
    margin, space = (items[0][1], items[0][2]) if items else ("  ", " ")
    pieces = [head]
    end = "\r\n" if head.endswith("\r\n") else "\n"
    for id_, own, gap, lines in items:
        pieces += _merged(lines, new.pop(id_), own, gap, end) if id_ in new else lines
    if new and not pieces[-1].endswith("\n"):
        pieces.append(end)
    pieces += [line.replace("\n", end) for each in new.values() for line in _item(each, margin, space)]
    return "".join([*pieces, tail])


def _item(fields: Mapping[str, object], margin: str, space: str) -> Iterator[str]:
    for number, (key, value) in enumerate(fields.items()):
        lead = f"{margin}-{space}" if number == 0 else " " * len(f"{margin}-{space}")
        yield f"{lead}{key}: {json_line(value)}\n"


def _split_comments(former: str) -> tuple[str, list[tuple[str, str, str, list[str]]], str] | None:
    """The text before the comments, each comment (id, margin, space after its dash, lines), and the rest."""
    lines = _LINE.findall(former)
    at = next((number for number, line in enumerate(lines) if _COMMENTS.match(line)), None)
    if at is None:
        return None
    lines[at] = re.sub(r"\[\s*\]", "", lines[at])
    items: list[tuple[str, str, str, list[str]]] = []
    end = at + 1
    while end < len(lines):
        line = lines[end]
        found = _ITEM.match(line)
        if found and (not items or found["margin"] == items[0][1]):
            items.append(("", found["margin"], found["space"], []))
        elif line.strip() and not line.startswith((" ", "#")):
            break
        elif not items and line.strip() and not line.lstrip().startswith("#"):
            return None
        if items:
            items[-1][3].append(line)
        else:
            at = end
        end += 1
    named = []
    for _, margin, space, own in items:
        id_ = next((value for key, value in _scalars(own) if key == "id"), None)
        if id_ is None:
            return None
        named.append((id_, margin, space, own))
    return "".join(lines[: at + 1]), named, "".join(lines[end:])


def _chunks(lines: Sequence[str]) -> Iterator[tuple[str, list[str]]]:
    """The fields of a comment with their lines, the first one without its dash; lines of no field have an empty
    name.
    """
    indent = len(_ITEM.match(lines[0])[0])  # type: ignore[index]  # a comment begins with its dash
    chunk: tuple[str, list[str]] | None = None
    for number, line in enumerate(lines):
        bare = " " * indent + line[indent:] if number == 0 else line
        found = _KEY.match(bare)
        if found and len(found["margin"]) == indent:
            if chunk:
                yield chunk
            chunk = found["key"], [line]
        elif chunk:
            chunk[1].append(line)
        else:
            chunk = "", [line]
    if chunk:
        yield chunk


def _scalars(lines: Sequence[str]) -> Iterator[tuple[str, str]]:
    for key, chunk in _chunks(lines):
        value = chunk[0].partition(f"{key}:")[2].strip()
        quoted = re.match(r"""(?:"(?P<double>[^"]*)"|'(?P<single>[^']*)'|(?P<plain>[^#]*?))\s*(?:#.*)?$""", value)
        if quoted:
            yield key, next(each for each in quoted.groups() if each is not None)


def _merged(lines: Sequence[str], fields: Mapping[str, object], margin: str, space: str, end: str) -> Iterator[str]:
    """A comment with earmark's fields updated in place and everything else unchanged."""
    lead = " " * len(f"{margin}-{space}")
    left = dict(fields)
    chunks = list(_chunks(lines))
    for number, (key, chunk) in enumerate(chunks):
        if key not in left or key in _THEIRS:
            left.pop(key, None)
            yield from chunk
            continue
        value = json_line(left.pop(key))
        yield f"{f'{margin}-{space}' if number == 0 else lead}{key}: {value}{end}"
        yield from (line for line in chunk[1:] if not line.strip() or line.lstrip().startswith("#"))
    if left and chunks and not chunks[-1][1][-1].endswith("\n"):
        yield end
    yield from (f"{lead}{key}: {json_line(value)}{end}" for key, value in left.items())
