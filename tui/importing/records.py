"""Highlights and questions exported by earmark: validation, and finding the note that each belongs to."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import unquote

from tui.core.annotations.choices import Answer, Colour
from tui.core.annotations.highlights import Highlight, Part, QuestionRecord
from tui.errors import SourceError
from tui.importing.contents import Fault, ImportedRecord, SourceContents

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from tui.core.annotations.highlights import Record
    from tui.core.notes.model import Note
    from tui.importing.contents import Source

LONGEST_ID = 200
"Most characters of an id; a ULID has 26."


class UnreadableError(Exception):
    """A value is missing or has the wrong type; the message names it."""


class ExportedRecord(NamedTuple):
    """A record of the source."""

    record: Record
    address: str
    "The path or address of its note, as given in the source; empty if there is none."
    line: int


class Values:
    """Typed access to a JSON object; raises UnreadableError for values of the wrong type."""

    def __init__(self, given: object) -> None:
        if not isinstance(given, dict):
            raise UnreadableError("it is not an object")
        self._given: Mapping[str, object] = given

    def has(self, key: str) -> bool:
        """True if there is a value other than null."""
        return self._given.get(key) is not None

    def text(self, key: str, default: str | None = "") -> str:
        """A text; if it is null or missing, the default, or an error if there is no default."""
        value = self._given.get(key)
        if value is None and default is not None:
            return default
        if not isinstance(value, str):
            raise UnreadableError(f"`{key}` is not text")
        return _SURROGATE.sub("\ufffd", value)

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts."""
        return tuple(Values({key: each}).text(key, None) for each in self.list(key))

    def number(self, key: str) -> int:
        """A non-negative number; 0 if it is missing."""
        value = self._given.get(key)
        if value is None:
            return 0
        if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= _LARGEST:
            raise UnreadableError(f"`{key}` is not a number from 0 up")
        return value

    def flag(self, key: str) -> bool:
        """True or false; false if it is missing."""
        if not isinstance(value := self._given.get(key, False), bool):
            raise UnreadableError(f"`{key}` is neither true nor false")
        return value

    def list(self, key: str) -> Sequence[object]:
        """A list; empty if it is missing. A single value counts as a list."""
        value = self._given.get(key)
        return value if isinstance(value, list) else () if value is None else (value,)

    def time(self, key: str) -> datetime:
        """A time in ISO 8601; UTC if it has no zone."""
        text = self.text(key, None)
        try:
            found = datetime.fromisoformat(text)
            return found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)
        except (ValueError, OverflowError):
            raise UnreadableError(f"`{key}` is not a time") from None

    def choice(self, key: str, kind: type[Colour] | type[Answer]) -> Colour | Answer:
        """A member of an enumeration."""
        text = self.text(key, None)
        try:
            return kind(text)
        except ValueError:
            raise UnreadableError(f"`{key}` is not one of {', '.join(kind)}") from None


_SURROGATE = re.compile("[\ud800-\udfff]")
_LARGEST = 1 << 48


def highlight_of(values: Values, id_: str, colour: str, parts: Sequence[Part]) -> Highlight:
    """Read a highlight from the keys that all of earmark's formats share."""
    return Highlight(
        id=checked_id(id_),
        colour=Colour(Values({"colour": colour}).choice("colour", Colour)),
        parts=checked_parts(parts),
        created=values.time("created"),
        updated=values.time("updated"),
        comment=values.text("comment"),
        tags=values.texts("tags"),
        kept=values.flag("kept"),
    )


def question_of(values: Values, id_: str, parts: Sequence[Part], answered_by: Sequence[Part]) -> QuestionRecord:
    """Read a question from the keys that all of earmark's formats share."""
    return QuestionRecord(
        id=checked_id(id_),
        state=Answer(values.choice("state", Answer)),
        parts=checked_parts(parts),
        created=values.time("created"),
        updated=values.time("updated"),
        answer=values.text("answer"),
        answered_by=tuple(answered_by),
        kept=values.flag("kept"),
    )


def part_of(values: Values) -> Part:
    """Read a selector, with keys as in the highlights file."""
    exact = values.text("exact", None)
    part = Part(
        exact=exact,
        prefix=values.text("prefix"),
        suffix=values.text("suffix"),
        episode=values.text("episode"),
        heading=values.text("heading"),
        block=values.text("block", exact),
        start=values.number("start"),
        line=values.number("line"),
        quoted=values.text("quoted"),
        others=values.texts("others") if values.has("others") else None,
        earlier=values.texts("earlier"),
    )
    if not exact or part.block[part.start : part.start + len(exact)] != exact:
        raise UnreadableError("its words are not in its block")
    return part


def checked_id(id_: str) -> str:
    """Return the id; raises UnreadableError if it is invalid."""
    if not id_ or len(id_) > LONGEST_ID or not id_.isprintable():
        raise UnreadableError("`id` is not an id")
    return id_


def checked_parts(parts: Sequence[Part]) -> tuple[Part, ...]:
    """Return the parts; raises UnreadableError if there are none."""
    if not parts:
        raise UnreadableError("it has no words")
    return tuple(parts)


def with_their_notes(
    source: Source, given: Iterable[ExportedRecord], faults: Sequence[Fault], notices: Sequence[str] = ()
) -> SourceContents:
    """Find the note of each record; a record whose note is missing becomes a fault."""
    if source.state is None:
        raise SourceError(source.path, "it has only highlights", "name their notes: --onto PATH")
    note_of = _notes_by(source.state.library.notes)
    found, reported = [], list(faults)
    for record, address, line in given:
        if (note := note_of(address, record)) is None:
            reported.append(
                Fault(line, f"its note was not found: {address or 'it names none'}", "open the folder it is in")
            )
        else:
            found.append(ImportedRecord(record, note.path, line=line))
    return SourceContents(found=tuple(found), faults=tuple(sorted(reported)), notices=tuple(notices))


def unquoted(address: str) -> str:
    """Decode the percent escapes of an address or part of one."""
    return unquote(address)


def _notes_by(notes: Sequence[Note]) -> Callable[[str, Record], Note | None]:
    """A function that finds a record's note by the end of its path, else by the text of its blocks."""
    by_name: dict[str, list[Note]] = {}
    for note in notes:
        by_name.setdefault(_steps(note.path)[-1], []).append(note)

    def find(address: str, record: Record) -> Note | None:
        if len(notes) == 1:
            return notes[0]
        steps = _steps(unquoted(address.removeprefix("file://")) if address.startswith("file:") else address)
        same_name = by_name.get(steps[-1], []) if steps else []
        if len(same_name) == 1:
            return same_name[0]
        with_words = [note for note in same_name or notes if all(_has(note, part.block) for part in record.parts)]
        return max(with_words or same_name, key=lambda note: _alike(_steps(note.path), steps), default=None)

    return find


def _has(note: Note, text: str) -> bool:
    return any(block.text == text for episode in note.episodes for block in episode.body.read())


def _alike(steps: Sequence[str], others: Sequence[str]) -> int:
    count = 0
    for step, other in zip(reversed(steps), reversed(others), strict=False):
        if step != other:
            break
        count += 1
    return count


def _steps(path: str) -> list[str]:
    return [step for step in path.split("/") if step not in ("", ".")]
