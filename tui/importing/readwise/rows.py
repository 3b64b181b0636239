"""Readwise's highlights from all of its formats, as documents."""

from __future__ import annotations

import re
from collections import Counter
from datetime import UTC, datetime
from typing import TYPE_CHECKING, NamedTuple

from tui.core.annotations.choices import Colour
from tui.importing.bullets import bullet, markdown
from tui.importing.colours import colour_of
from tui.importing.contents import Entry, ImportedDocument, Mark
from tui.importing.kindle.words import time_of
from tui.importing.marked_text import without_sign_characters

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


class ReadwiseRow(NamedTuple):
    """A highlight with Readwise's fields."""

    text: str
    note: str = ""
    title: str = ""
    author: str = ""
    url: str = ""
    colour: str = ""
    tags: tuple[str, ...] = ()
    place_type: str = ""
    place: str = ""
    time: str = ""
    document_tags: tuple[str, ...] = ()
    line: int = 0
    "Its first line in the source, 1-based."


def documents_of(rows: Iterable[ReadwiseRow], *, marks_all: bool) -> tuple[tuple[ImportedDocument, ...], int]:
    """The documents of highlights, and the number of discarded highlights."""
    by_title: dict[tuple[str, str, str], list[ReadwiseRow]] = {}
    discarded = 0
    for row in rows:
        if "discard" in _tags(row):
            discarded += 1
        elif row.text.strip() or row.note.strip():
            by_title.setdefault((row.title, row.author, row.url), []).append(row)
    return tuple(_document(these, marks_all=marks_all) for these in by_title.values()), discarded


_HEADING = re.compile(r"h[1-6]")
_TOKEN = re.compile(r"\s*\.([^\W_][\w-]*)(?=\s|$)")
_JOINED = re.compile(r"c\d{1,2}")


def _document(rows: Sequence[ReadwiseRow], *, marks_all: bool) -> ImportedDocument:
    row = rows[0]
    entries: dict[str, Entry] = {}
    heading = ""
    for each in _in_order(rows):
        tags = _tags(each)
        if any(map(_HEADING.fullmatch, tags)) and each.text.strip():
            heading = " ".join(without_sign_characters(each.text).split())
            continue
        entry = _entry(each, heading, marks_all=marks_all)
        entries.setdefault(entry.key, entry)
    tags_line = " ".join(f"#{tag}" for tag in row.document_tags)
    about = tuple(filter(None, (f"by {_line(row.author)}" if row.author else "", row.url, _line(tags_line))))
    return ImportedDocument(_line(row.title) or "Readwise", tuple(entries.values()), about)


def _entry(row: ReadwiseRow, heading: str, *, marks_all: bool) -> Entry:
    text, place = without_sign_characters(row.text).strip(), _place(row)
    comment = _TOKEN.sub("", without_sign_characters(row.note)).strip()
    tags = tuple(tag for tag in _tags(row) if not _JOINED.fullmatch(tag))
    if not text:
        return Entry(f"note {place} {comment}", bullet(markdown(comment), place), (), heading)
    colour = colour_of(row.colour) or Colour.YELLOW
    is_marked = bool(marks_all or comment or tags or colour is not Colour.YELLOW)
    mark = Mark(f"{place} {text}", colour, comment, tags, _time(row.time), row.line)
    source = bullet(markdown(text), place, is_marked=is_marked)
    return Entry(f"quote {place} {text}", source, (mark,) if is_marked else (), heading)


def _tags(row: ReadwiseRow) -> tuple[str, ...]:
    """The tags of a row, including those at the beginning of its note."""
    note = row.note.lstrip()
    inside = _TOKEN.findall(note) if note.startswith(".") else ()
    said = (tag.strip().lstrip(".#").replace(" ", "-") for tag in (*row.tags, *inside))
    return tuple(dict.fromkeys(tag for tag in said if tag))


def _place(row: ReadwiseRow) -> str:
    """The location of a quote in words, if it means anything to a reader."""
    kind, place = row.place_type.strip().lower(), row.place.strip().removesuffix(".0")
    if not place or (kind != "page" and not place.isdecimal()):
        return ""
    if kind == "time_offset" and len(place) < 9:
        minutes, seconds = divmod(int(place), 60)
        hours, minutes = divmod(minutes, 60)
        return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"
    return {"page": f"p. {_line(place)}", "location": f"loc. {place}"}.get(kind, "")


def _in_order(rows: Sequence[ReadwiseRow]) -> Sequence[ReadwiseRow]:
    """The rows ordered by location, if all have locations of the same kind."""
    places = [row.place.strip().removesuffix(".0") for row in rows]
    kinds = Counter(row.place_type for row in rows)
    if len(kinds) > 1 or not all(place.isdecimal() and len(place) < 12 for place in places):
        return rows
    return [row for _, row in sorted(zip(map(int, places), rows, strict=True), key=lambda each: each[0])]


def _time(said: str) -> datetime | None:
    """A time in Readwise's format, with a time zone or in UTC."""
    try:
        time = datetime.fromisoformat(said.strip())
        return (time if time.tzinfo else time.replace(tzinfo=UTC)).astimezone(UTC).replace(microsecond=0)
    except (ValueError, OverflowError):
        # Spreadsheets write dates in words, like Kindles.
        return time_of(said)


def _line(text: str) -> str:
    return " ".join(without_sign_characters(text).split())
