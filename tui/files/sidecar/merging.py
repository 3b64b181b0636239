"""Two sidecars brought together, keys and comments that are not earmark's included."""

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
"What is merged where there is no file, and the base where none is known."


@dataclass(frozen=True, slots=True)
class Whole:
    """A sidecar that says what its sides say."""

    contents: Contents
    clashes: tuple[Clash, ...] = ()
    "What a person should look at: of two things that were said only one could stay."
    was_in_conflict: bool = False
    "Whether it was read from a file that held both sides of a merge."


def merged(base: Contents, ours: Contents, theirs: Contents) -> Whole:
    """Two sidecars that come from a third one, brought together as `tui.core.annotations.merging` says.

    Tables that are the same on both sides, or were touched on one only, stay as they stand, to the letter.
    """
    if theirs in (ours, base):
        return Whole(ours)
    if ours == base:
        return Whole(theirs)
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
    return Whole(parse(data, "the merged highlights"), (*in_head, *in_tail, *result.clashes))


def whole(data: bytes, path: str) -> Whole:
    """What a sidecar's bytes say, and both sides where it holds a merge that was not settled.

    Raises SidecarError, with ``path``, where it is no sidecar, was cut short, or is of a newer version.
    """
    try:
        contents = parse(data, path)
    except SidecarError:
        found = _sides(data)
        if found is None:
            raise
        base = NOTHING if found.base is None else known(found.base.encode())
        ours, theirs = (_complete(parse(side.encode(), path), path) for side in (found.ours, found.theirs))
        return replace(merged(base, ours, theirs), was_in_conflict=True)
    return Whole(_complete(contents, path))


def known(base: bytes) -> Contents:
    """What two sidecars come from; nothing where that cannot be read, so that nothing is taken for removed."""
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
    """The entry of a merged record: that of a side that says the same, with the side's comments, else a new one."""
    is_touched = ours is not None and (before is None or ours.text != before.text)
    for entry in (ours, theirs) if is_touched else (theirs, ours):
        if entry is not None and _version(entry) == version:
            return entry
    return written(version.record, table_with(version.unknown))


def _merged_text(base: str, ours: str, theirs: str) -> tuple[str, list[Clash]]:
    """What stands before or behind the records, with what could not stay of it."""
    if theirs in (ours, base):
        return ours, []
    if ours == base:
        return theirs, []
    old, one, other = ({(key,): value for key, value in codec.loads(text).items()} for text in (base, ours, theirs))
    values, lost = merge_values(old, one, other)
    clashes = [Clash("the file", key, str(values[key,]), str(goes)) for (key,), goes in lost.items()]
    title = ours[: ours.find("\n") + 1] if ours.startswith("#") else ""
    return (ours if values == one else title + codec.dumps({key: value for (key,), value in values.items()})), clashes
