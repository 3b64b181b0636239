"""Three-way merge of records, so that nothing is lost that either version says.

It goes by id and field by field, as git merges lines: a change on one side only is taken over. The order of the two
sides makes no difference.
"""

from __future__ import annotations

from dataclasses import dataclass, field, fields, replace
from typing import TYPE_CHECKING, Any

from tui.core.annotations.highlights import document_order, kind_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from tui.core.annotations.highlights import Kind, Record

BETWEEN_REMARKS = " | "
"Separator of two comments, or two answers, that are both kept."

SELECTORS = {"parts": "part", "answered_by": "answered_by"}
"The fields of a record that are updated without a person, and their names in the sidecar."

LONGEST = 40
"Code points of a highlight's words by which a clash names it."

KeyPath = tuple[str | int, ...]
"The path of a value in a record's table: its keys, and the numbers of parts, from 0."


@dataclass(frozen=True, slots=True)
class Version:
    """One side's version of a record."""

    record: Record
    unknown: Mapping[KeyPath, object] = field(default_factory=dict)
    "The values of keys unknown to this version of earmark."


@dataclass(frozen=True, slots=True)
class Clash:
    """A conflict: both sides changed one value, and only one of the two can stay, so a person should look."""

    about: str
    "The record in question, as a person would call it."
    what: str
    "The value in question, as named in the sidecar."
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
    "The values of either side that were dropped."


def merge(base: Iterable[Version], ours: Iterable[Version], theirs: Iterable[Version]) -> Merged:
    """Merge two sides that both come from ``base``.

    A record removed on one side is gone, unless a person changed it on the other: then the change stays. An update of
    its selectors alone is no such change. Without a base nothing counts as removed.

    Args:
        base: The common ancestor; empty if it is unknown.
        ours: One side; no two of its records have the same kind and id. The same goes for the other two.
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
    """Merge one record that both sides have, and give its clashes; all three are of one kind and id.

    Comments and answers changed on both sides are both kept, and all tags but those that a side removed. Of everything
    else, the value of the side changed last is kept.
    """
    older, newer = sorted((ours, theirs), key=lambda version: version.record.updated)
    values, lost = merge_values(
        _values(base) if base else {},
        _values(newer),
        _values(older),
        is_tied=older.record.updated == newer.record.updated,
    )
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
    """Merge keys and values of two sides, and give the dropped values by key.

    A key that one side removed is gone, unless the other changed its value. With ``is_tied`` neither side is the newer
    one, and their order makes no difference. No value is None.
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


def _by_id(versions: Iterable[Version]) -> dict[tuple[Kind, str], Version]:
    return {(kind_of(version.record), version.record.id): version for version in versions}


def _is_said_anew(before: Version, now: Version) -> bool:
    """True if a person changed a record: more than its selectors, which are updated silently."""
    return _said(before) != _said(now)


def _said(version: Version) -> dict[Any, Any]:
    return {key: value for key, value in _values(version).items() if key not in SELECTORS}


def _values(version: Version) -> dict[Any, Any]:
    """The fields of a record by their names, and the values of the other keys by their paths."""
    own = {each.name: getattr(version.record, each.name) for each in fields(version.record)}
    return {**own, **version.unknown}


def _remarks(before: str | None, first: str, second: str) -> str:
    """Both of two differing texts, without the parts of the former text that a side removed."""
    return BETWEEN_REMARKS.join(_union(_parted(before or ""), _parted(first), _parted(second)))


def _parted(text: str) -> tuple[str, ...]:
    return tuple(filter(None, text.split(BETWEEN_REMARKS)))


def _union(before: Sequence[str] | None, first: Sequence[str], second: Sequence[str]) -> tuple[str, ...]:
    """The items that both sides have or one added, in the order of a side that has them all, else the first's."""
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
"The merge rules of fields changed on both sides; without a rule, the first value is kept."


def _quoted(record: Record) -> str:
    words = " ".join(record.parts[0].exact.split())
    return f"“{words[:LONGEST]}…”" if len(words) > LONGEST else f"“{words}”"


def _shown(value: object) -> str:
    """A value in a message: the words, for the parts of a record."""
    if isinstance(value, tuple):
        return f"“{' … '.join(' '.join(part.exact.split()) for part in value)}”"
    return str(value)
