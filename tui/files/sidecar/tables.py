"""Conversion of records to TOML tables and back; docs/highlights.md describes the keys."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from sys import intern
from typing import TYPE_CHECKING, NoReturn, TypeVar

from tui.core.annotations.choices import Answer, Colour
from tui.core.annotations.highlights import Highlight, Part, QuestionRecord, kind_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from enum import StrEnum

    from tui.core.annotations.highlights import Kind, Record
    from tui.core.annotations.merging import KeyPath
    from tui.files.toml.codec import Table

    Choice = TypeVar("Choice", bound=StrEnum)

UNKNOWN_TIME = datetime(1970, 1, 1, tzinfo=UTC)
"The time of a record that has none."


class TableError(Exception):
    """A key is missing or has an impossible value."""

    def __init__(self, key: tuple[str, ...], problem: str, part: int = 0) -> None:
        super().__init__(key, problem, part)
        self.key = key
        "The components of the key, starting with the record's kind."
        self.problem = problem
        "The requirement that the value fails to meet."
        self.part = part
        "Index of the record's part, from 0."


def record_of(kind: Kind, table: Table, fallback_id: str) -> Record:
    """Read a record from a table; every key except ``part`` and a part's ``exact`` is optional. Raises TableError."""
    keys = _Keys((kind,), table)
    id_ = keys.text("id") or fallback_id
    updated = keys.moment("updated") or keys.moment("created") or UNKNOWN_TIME
    created = keys.moment("created") or updated
    parts = _parts(keys, "part")
    if kind == "question":
        answered_by = _parts(keys, "answered_by") if "answered_by" in table else ()
        return QuestionRecord(
            id=id_,
            state=keys.choice("state", Answer, Answer.OPEN),
            parts=parts,
            created=created,
            updated=updated,
            answer=keys.text("answer"),
            answered_by=answered_by,
            answered_in=keys.text("answered_in") if answered_by else "",
            unmade=keys.flag("unmade"),
            kept=keys.flag("kept"),
        )
    return Highlight(
        id=id_,
        colour=keys.choice("colour", Colour, Colour.YELLOW),
        parts=parts,
        created=created,
        updated=updated,
        comment=keys.text("comment"),
        tags=keys.texts("tags"),
        kept=keys.flag("kept"),
    )


def table_of(record: Record, before: Table) -> Table:
    """The table of a record, including unknown keys of the former table; empty values are left out."""
    if isinstance(record, Highlight):
        own: Table = {"colour": record.colour.value, "comment": record.comment, "tags": list(record.tags)}
        tables = {"part": record.parts}
    else:
        own = {
            "state": record.state.value,
            "answer": record.answer,
            "answered_in": record.answered_in,
            "unmade": record.unmade,
        }
        tables = {"part": record.parts, "answered_by": record.answered_by}
    own["kept"] = record.kept
    times = {"created": record.created, "updated": record.updated}
    if any(moment != UNKNOWN_TIME for moment in times.values()):
        own |= {key: _stored(moment) for key, moment in times.items()}
    return {
        "id": record.id,
        **{key: value for key, value in own.items() if value},
        **_unknown(before, _RECORD_KEYS[kind_of(record)]),
        **{key: _part_tables(parts, before.get(key, [])) for key, parts in tables.items() if parts},
    }


def unknown_keys(kind: Kind, table: Table) -> dict[KeyPath, object]:
    """The values in a record's table and its parts' tables that belong to no field of the record."""
    found: dict[KeyPath, object] = {(key,): value for key, value in _unknown(table, _RECORD_KEYS[kind]).items()}
    for name in _PART_LISTS[kind]:
        for index, part in enumerate(table.get(name, [])):
            found |= {(name, index, key): value for key, value in _unknown(part, _PART_KEYS).items()}
    return found


def table_with(unknown: Mapping[KeyPath, object]) -> Table:
    """A table with these keys, to be passed to `table_of`; see `unknown_keys`."""
    table: Table = {}
    for path, value in unknown.items():
        match path:
            case (str(key),):
                table[key] = value
            case (str(name), int(index), key):
                parts = table.setdefault(name, [])
                parts += ({} for _ in range(index + 1 - len(parts)))
                parts[index][key] = value
    return table


_SHARED = ("episode", "heading")
_PART_TEXTS = ("exact", "prefix", "suffix", "episode", "heading", "block")
_PART_KEYS = frozenset((*_PART_TEXTS, "start", "line", "quoted", "others", "earlier"))
_PART_LISTS: dict[Kind, tuple[str, ...]] = {"highlight": ("part",), "question": ("part", "answered_by")}
_COMMON_KEYS = ("id", "created", "updated", "kept")
_RECORD_KEYS: dict[Kind, frozenset[str]] = {
    "highlight": frozenset((*_COMMON_KEYS, *_PART_LISTS["highlight"], "colour", "comment", "tags")),
    "question": frozenset((*_COMMON_KEYS, *_PART_LISTS["question"], "state", "answer", "answered_in", "unmade")),
}


def _unknown(table: Table, known: frozenset[str]) -> Table:
    return {key: value for key, value in table.items() if key not in known}


def _parts(record: _Keys, name: str) -> tuple[Part, ...]:
    tables = record.table.get(name)
    if not isinstance(tables, list) or not tables or not all(isinstance(each, dict) for each in tables):
        raise TableError((*record.path, name), f"there must be at least one [[{record.path[0]}.{name}]]")
    parts: list[Part] = []
    for index, table in enumerate(tables):
        keys = _Keys((*record.path, name), table, index)
        if "exact" not in table:
            raise TableError((*keys.path, "exact"), "it must hold the highlighted words", index)
        texts = {key: keys.text(key) for key in _PART_TEXTS}
        # Most of ten thousand highlights cover a whole block, and many share a heading.
        texts |= {key: intern(texts[key]) for key in _SHARED}
        if texts["exact"] == texts["block"]:
            texts["exact"] = texts["block"]
        parts.append(
            Part(
                **texts,
                start=keys.number("start"),
                line=keys.number("line"),
                quoted=keys.text("quoted"),
                others=keys.texts("others") if "others" in table else None,
                earlier=keys.texts("earlier"),
            )
        )
    return tuple(parts)


def _part_tables(parts: tuple[Part, ...], before: list[Table]) -> list[Table]:
    return [_part_table(part, before[index] if index < len(before) else {}) for index, part in enumerate(parts)]


def _part_table(part: Part, before: Table) -> Table:
    table: Table = {key: getattr(part, key) for key in (*_PART_TEXTS, "start", "line")}
    table = {key: value for key, value in table.items() if value != "" or key == "exact"}
    if part.quoted:
        table["quoted"] = part.quoted
    if part.others is not None:
        table["others"] = list(part.others)
    if part.earlier:
        table["earlier"] = list(part.earlier)
    return table | _unknown(before, _PART_KEYS)


def _stored(moment: datetime) -> datetime:
    return _aware(moment).replace(microsecond=0)


def _aware(moment: datetime) -> datetime:
    return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class _Keys:
    """Typed access to a table's keys."""

    path: tuple[str, ...]
    table: Table
    part: int = 0

    def text(self, key: str) -> str:
        value = self.table.get(key, "")
        return value if isinstance(value, str) else self._fail(key, "it must be text in quotes")

    def texts(self, key: str) -> tuple[str, ...]:
        value = self.table.get(key, [])
        if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
            self._fail(key, 'it must be a list of texts, such as ["one", "two"]')
        return tuple(value)

    def number(self, key: str) -> int:
        value = self.table.get(key, 0)
        if not isinstance(value, int) or isinstance(value, bool) or value < 0:
            self._fail(key, "it must be a whole number, not below 0")
        return int(value)

    def flag(self, key: str) -> bool:
        value = self.table.get(key, False)
        return value if isinstance(value, bool) else self._fail(key, "it must be true or false")

    def choice(self, key: str, choices: type[Choice], default: Choice) -> Choice:
        try:
            return choices(self.table.get(key, default))
        except ValueError:
            return self._fail(key, f"it must be one of {', '.join(choices)}")

    def moment(self, key: str) -> datetime | None:
        value = self.table.get(key)
        if isinstance(value, datetime):
            try:
                return _aware(value)
            except OverflowError:
                self._fail(key, "it must be a date and time between the years 1 and 9999 in UTC")
        if isinstance(value, date):
            return datetime.combine(value, time(), UTC)
        return None if value is None else self._fail(key, "it must be a date and time, such as 2026-11-23T17:22:31Z")

    def _fail(self, key: str, problem: str) -> NoReturn:
        raise TableError((*self.path, key), problem, self.part)
