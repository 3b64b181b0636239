"""Three-way merge of records that loses nothing either version says.

Records are matched by id and merged field by field, as git merges lines: a change made on one side only is applied.
Swapping the two sides does not change the result.
"""

from __future__ import annotations

from dataclasses import dataclass, field, fields, replace
from typing import TYPE_CHECKING, Any

from tui.core.annotations.highlights import QuestionRecord, document_order, kind_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from tui.core.annotations.highlights import Kind, Record

BETWEEN_REMARKS = " | "
"Separator of two comments, or two answers, that are both kept."

SELECTORS = {"parts": "part", "answered_by": "answered_by"}
"The fields of a record that are updated automatically, and their names in the sidecar."

LONGEST = 40
"Most code points of a highlight's words quoted in a clash message."

KeyPath = tuple[str | int, ...]
"The path of a value in a record's table: its keys, and the numbers of parts, from 0."


@dataclass(frozen=True, slots=True)
class Version:
    """One side's version of a record."""

    record: Record
    unknown: Mapping[KeyPath, object] = field(default_factory=dict)
    "Values of the keys that this version of earmark does not know."


@dataclass(frozen=True, slots=True)
class Clash:
    """A conflict: both sides changed the same value, only one version can stay, and a person should look."""

    about: str
    "The record, as described to a person."
    what: str
    "The name of the value in the sidecar."
    stays: str
    goes: str

    def __str__(self) -> str:
        return f"{self.about}: both sides changed `{self.what}`; {self.stays} stays, {self.goes} does not"


@dataclass(frozen=True, slots=True)
class Merged:
    """The result of merging two sides."""

    versions: tuple[Version, ...]
    "In document order."
    clashes: tuple[Clash, ...]
    "The values that were dropped from either side."


def merge(base: Iterable[Version], ours: Iterable[Version], theirs: Iterable[Version]) -> Merged:
    """Merge two sides that descend from ``base``.

    A record removed on one side stays removed, unless a person changed it on the other; an update of its selectors does
    not count as such a change. Without a base nothing counts as removed.

    Args:
        base: The common ancestor; empty if it is unknown.
        ours: One side. Within it, as within the others, no two records have the same kind and id.
        theirs: The other side.
    """
    before, here, there = _by_id(base), _by_id(ours), _by_id(theirs)
    found: list[Version] = []
    clashes: list[Clash] = []
    for key in here | there:
        old, one, other = before.get(key), here.get(key), there.get(key)
        if one is not None and other is not None:
            both, lost = merge_record(old, one, other)
            found.append(both)
            clashes += lost
        elif (left := one or other) is not None and (old is None or _is_said_anew(old, left)):
            found.append(left)
    found.sort(key=lambda version: document_order(version.record))
    return Merged(tuple(found), tuple(sorted(clashes, key=str)))


def merge_record(base: Version | None, ours: Version, theirs: Version) -> tuple[Version, tuple[Clash, ...]]:
    """Merge one record that both sides have, and return it with its clashes; all three are of one kind and id.

    Comments and answers changed on both sides are both kept, as are all tags that neither side removed. For everything
    else, the side changed last wins.
    """
    older, newer = sorted((ours, theirs), key=lambda version: version.record.updated)
    values, lost = merge_values(
        _values(base) if base else {},
        _values(newer),
        _values(older),
        is_tied=older.record.updated == newer.record.updated,
    )
    if "answered_in" in values and values["answered_in"] not in (
        notes := _answered_in(values["answered_by"], older, newer)
    ):
        values["answered_in"] = notes[0]
        lost.pop("answered_in", None)
    if base is None or base not in (ours, theirs):
        # Both changed it, and a clock that was set back must not make the side that won look old at the next merge.
        values["updated"] = newer.record.updated
    known = {key: value for key, value in values.items() if isinstance(key, str)}
    unknown = {key: value for key, value in values.items() if not isinstance(key, str)}
    record = replace(newer.record, **known)
    is_upkeep = base is not None and base.record.updated in (ours.record.updated, theirs.record.updated)
    about = f"{kind_of(record)} {_quoted(record)} ({record.id})"
    clashes = []
    for key, goes in lost.items():
        stays, other = _shown(values[key]), _shown(goes)
        if key not in SELECTORS or not (is_upkeep or stays == other):
            what = SELECTORS.get(key, key) if isinstance(key, str) else ".".join(map(str, key))
            clashes.append(Clash(about, what, stays, other))
    return Version(record, unknown), tuple(clashes)


def merge_values(
    base: Mapping[Any, Any], newer: Mapping[Any, Any], older: Mapping[Any, Any], *, is_tied: bool = False
) -> tuple[dict[Any, Any], dict[Any, Any]]:
    """Merge keys and values of two sides; return them and the dropped values by key.

    A key removed on one side stays removed, unless the other changed its value. With ``is_tied`` neither side counts as
    newer, and swapping them does not change the result. No value is None.
    """
    merged: dict[Any, Any] = {}
    lost: dict[Any, Any] = {}
    for key in {**newer, **older}:
        before, first, second = base.get(key), newer.get(key), older.get(key)
        if first in (second, before):
            value = second
        elif second == before:
            value = first
        elif first is None or second is None:
            value = second if first is None else first
        else:
            if is_tied:
                first, second = sorted((first, second), key=repr, reverse=True)
            rule = _RULES.get(key)
            value = rule(before, first, second) if rule else first
            if rule is None:
                lost[key] = second
        if value is not None:
            merged[key] = value
    return merged, lost


def _answered_in(parts: object, *sides: Version) -> list[str]:
    """The notes in which either side has an answer with these parts."""
    records = (each.record for each in sides)
    return [each.answered_in for each in records if isinstance(each, QuestionRecord) and each.answered_by == parts]


def _by_id(versions: Iterable[Version]) -> dict[tuple[Kind, str], Version]:
    return {(kind_of(version.record), version.record.id): version for version in versions}


def _is_said_anew(before: Version, now: Version) -> bool:
    """True if a person changed a record: anything but its selectors, which are updated automatically."""
    return _content(before) != _content(now)


def _content(version: Version) -> dict[Any, Any]:
    return {key: value for key, value in _values(version).items() if key not in SELECTORS}


def _values(version: Version) -> dict[Any, Any]:
    """The fields of a record by name, and the values of unknown keys by path."""
    own = {each.name: getattr(version.record, each.name) for each in fields(version.record)}
    return {**own, **version.unknown}


def _remarks(before: str | None, first: str, second: str) -> str:
    """Two differing texts joined, without those parts of the former text that a side removed."""
    return BETWEEN_REMARKS.join(_union(_parted(before or ""), _parted(first), _parted(second)))


def _parted(text: str) -> tuple[str, ...]:
    return tuple(filter(None, text.split(BETWEEN_REMARKS)))


def _union(before: Sequence[str] | None, first: Sequence[str], second: Sequence[str]) -> tuple[str, ...]:
    """The items that both sides have or that one added, in the order of a side that has them all, else of the first."""
    every = dict.fromkeys((*first, *second))
    left = {each for each in every if (each in first and each in second) or each not in (before or ())}
    for order in (first, second):
        if left <= set(order):
            return tuple(each for each in dict.fromkeys(order) if each in left)
    return tuple(each for each in every if each in left)


_RULES: dict[object, Callable[[Any, Any, Any], Any]] = {
    "comment": _remarks,
    "answer": _remarks,
    "tags": _union,
    "created": lambda _, first, second: min(first, second),
    "updated": lambda _, first, second: max(first, second),
    "kept": lambda _, first, second: first or second,
}
"Merge rules for fields changed on both sides; a field without a rule keeps the first value."


def _quoted(record: Record) -> str:
    words = " ".join(record.parts[0].exact.split())
    return f"“{words[:LONGEST]}…”" if len(words) > LONGEST else f"“{words}”"


def _shown(value: object) -> str:
    """Format a value for a message; parts of a record are shown by their words."""
    if isinstance(value, tuple):
        return f"“{' … '.join(' '.join(part.exact.split()) for part in value)}”"
    return str(value)
