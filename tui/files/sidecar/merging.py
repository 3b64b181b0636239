"""Merging two sidecars, including unknown keys and comments."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from tui.core.annotations.conflict_markers import sides
from tui.core.annotations.highlights import document_order, kind_of
from tui.core.annotations.merging import Clash, Version, merge, merge_values
from tui.errors import SidecarError
from tui.files.sidecar.tables import table_with, unknown_keys
from tui.files.sidecar.text import Contents, parse, refusal, table_in, to_bytes, written
from tui.files.toml import codec

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tui.core.annotations.conflict_markers import Sides
    from tui.core.annotations.highlights import Kind
    from tui.files.sidecar.text import SidecarTable

NOTHING = Contents()
"The contents of a missing file or an unknown base."


@dataclass(frozen=True, slots=True)
class CompleteSidecar:
    """A sidecar with everything that its sides contain."""

    contents: Contents
    clashes: tuple[Clash, ...] = ()
    "Clashes that a person should look at, since only one of two values could stay."
    was_in_conflict: bool = False
    "True if the file contained both sides of a merge."


def merged(base: Contents, ours: Contents, theirs: Contents) -> CompleteSidecar:
    """Merge two sidecars that descend from a third one, as in `tui.core.annotations.merging`.

    Tables that are equal on both sides, or changed on one only, stay exactly as they are.
    """
    if theirs in (ours, base):
        return CompleteSidecar(ours)
    if ours == base:
        return CompleteSidecar(theirs)
    before, here, there = map(_by_key, (base, ours, theirs))
    same = {key for key, entry in here.items() if key in there and there[key].text == entry.text}
    result = merge(*(_versions(each, same) for each in (before, here, there)))
    entries = [here[key] for key in same]
    for version in result.versions:
        key = kind_of(version.record), version.record.id
        entries.append(_entry(version, before.get(key), here.get(key), there.get(key)))
    entries.sort(key=lambda entry: document_order(entry.record))
    head, in_head = _merged_text(base.head, ours.head, theirs.head)
    tail, in_tail = _merged_text(base.tail, ours.tail, theirs.tail)
    data = to_bytes(Contents(entries=tuple(entries), head=head, tail=tail))
    return CompleteSidecar(parse(data, "the merged highlights"), (*in_head, *in_tail, *result.clashes))


def parse_whole(data: bytes, path: str) -> CompleteSidecar:
    """Parse a sidecar's bytes, resolving an unresolved merge in them.

    Raises SidecarError, with ``path``, if they are not a sidecar, or are truncated or of a newer version.
    """
    try:
        contents = parse(data, path)
    except SidecarError:
        found = _sides(data)
        if found is None:
            raise
        base = NOTHING if found.base is None else common_ancestor(found.base.encode())
        ours, theirs = (_complete(parse(side.encode(), path), path) for side in (found.ours, found.theirs))
        return replace(merged(base, ours, theirs), was_in_conflict=True)
    return CompleteSidecar(_complete(contents, path))


def common_ancestor(base: bytes) -> Contents:
    """The common ancestor of two sidecars; empty if it cannot be read, so that nothing counts as removed."""
    try:
        return _complete(parse(base, ""), "")
    except SidecarError:
        return NOTHING


def _complete(contents: Contents, path: str) -> Contents:
    if (reason := refusal(path, contents)) is not None:
        raise reason
    return contents


def _sides(data: bytes) -> Sides | None:
    try:
        return sides(codec.decode(data))
    except codec.TomlError:
        return None


def _by_key(contents: Contents) -> dict[tuple[Kind, str], SidecarTable]:
    return {(kind_of(entry.record), entry.record.id): entry for entry in contents.entries}


def _versions(entries: dict[tuple[Kind, str], SidecarTable], without: set[tuple[Kind, str]]) -> Iterable[Version]:
    return [_version(entry) for key, entry in entries.items() if key not in without]


def _version(entry: SidecarTable) -> Version:
    return Version(entry.record, unknown_keys(kind_of(entry.record), table_in(entry)))


def _entry(
    version: Version, before: SidecarTable | None, ours: SidecarTable | None, theirs: SidecarTable | None
) -> SidecarTable:
    """The table of a merged record: a side's own, with its comments, if the record equals that side's; else a new
    one.
    """
    is_touched = ours is not None and (before is None or ours.text != before.text)
    for entry in (ours, theirs) if is_touched else (theirs, ours):
        if entry is not None and _version(entry) == version:
            return entry
    return written(version.record, table_with(version.unknown))


def _merged_text(base: str, ours: str, theirs: str) -> tuple[str, list[Clash]]:
    """Merge the text before or after the records; return it with its clashes."""
    if theirs in (ours, base):
        return ours, []
    if ours == base:
        return theirs, []
    old, one, other = ({(key,): value for key, value in codec.loads(text).items()} for text in (base, ours, theirs))
    values, lost = merge_values(old, one, other)
    clashes = [Clash("the file", key, str(values[key,]), str(goes)) for (key,), goes in lost.items()]
    title = ours[: ours.find("\n") + 1] if ours.startswith("#") else ""
    return (ours if values == one else title + codec.dumps({key: value for (key,), value in values.items()})), clashes
