"""Two versions of what a reader said brought together, so that nothing is lost that either of them says.

Three ways, by id and field by field, as git merges lines: what only one side changed is taken from it. Which side is
called ours makes no difference.
"""

from __future__ import annotations

from dataclasses import dataclass, field, fields, replace
from typing import TYPE_CHECKING, Any

from tui.core.annotations.highlights import document_order, kind_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from tui.core.annotations.highlights import Kind, Record

BETWEEN_REMARKS = " | "
"What stands between two comments, or two answers, of which both are kept."

SELECTORS = {"parts": "part", "answered_by": "answered_by"}
"The fields of a record that are brought up to date without a person, and what the sidecar calls them."

LONGEST = 40
"How many code points of a highlight's words a clash names it by."

KeyPath = tuple[str | int, ...]
"Where a value stands in a record's table: its keys, and the numbers of parts, from 0."


@dataclass(frozen=True, slots=True)
class Version:
    """One record as one side has it."""

    record: Record
    unknown: Mapping[KeyPath, object] = field(default_factory=dict)
    "The values of the keys that this earmark does not know."


@dataclass(frozen=True, slots=True)
class Clash:
    """Both sides changed one thing, and only one of the two can stay: a person should look."""

    about: str
    "What it is a thing of, as a person would call it."
    what: str
    "Which thing, as the sidecar calls it."
    stays: str
    goes: str

    def __str__(self) -> str:
        return f"{self.about}: both sides changed `{self.what}`; {self.stays} stays, {self.goes} does not"


@dataclass(frozen=True, slots=True)
class Merged:
    """What two sides come to."""

    versions: tuple[Version, ...]
    "In document order."
    clashes: tuple[Clash, ...]
    "What is not in them, though one of the sides says so."


def merge(base: Iterable[Version], ours: Iterable[Version], theirs: Iterable[Version]) -> Merged:
    """The records of two sides that both come from ``base``.

    A record that one side removed is gone, unless a person changed it on the other: then the change stays. Selectors
    that were only brought up to date are no such change. Without a base nothing is taken for removed.

    Args:
        base: What both sides were before; nothing where that is not known.
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
    """One record that both sides have, and what of it could not stay; all three are of one kind and id.

    Of comments and answers that both sides changed both stay, and of tags all but those that a side took away. Of
    everything else the one stays whose side was changed last.
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
    """Keys and values of two sides that come from a base; with them, by their keys, the values that could not stay.

    A key that one side took away is gone, unless the other gave it another value. With ``is_tied`` neither side is
    the newer one, and their order makes no difference. No value is None.
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
    """Whether a person changed a record: not only its selectors, which are brought up to date without a word."""
    return _said(before) != _said(now)


def _said(version: Version) -> dict[Any, Any]:
    return {key: value for key, value in _values(version).items() if key not in SELECTORS}


def _values(version: Version) -> dict[Any, Any]:
    """The fields of a record by their names, and the values of the other keys by their paths."""
    own = {each.name: getattr(version.record, each.name) for each in fields(version.record)}
    return {**own, **version.unknown}


def _remarks(before: str | None, first: str, second: str) -> str:
    """Both of two texts that differ, but for what of the text before a side took away."""
    return BETWEEN_REMARKS.join(_union(_parted(before or ""), _parted(first), _parted(second)))


def _parted(text: str) -> tuple[str, ...]:
    return tuple(filter(None, text.split(BETWEEN_REMARKS)))


def _union(before: Sequence[str] | None, first: Sequence[str], second: Sequence[str]) -> tuple[str, ...]:
    """What both sides have and what one of them added, in the order of a side that has it all, else the first's."""
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
"What becomes of a field that both sides changed; of a field without a rule the first one stays."


def _quoted(record: Record) -> str:
    words = " ".join(record.parts[0].exact.split())
    return f"“{words[:LONGEST]}…”" if len(words) > LONGEST else f"“{words}”"


def _shown(value: object) -> str:
    """A value in a message: the words, for the parts of a record."""
    if isinstance(value, tuple):
        return f"“{' … '.join(' '.join(part.exact.split()) for part in value)}”"
    return str(value)
