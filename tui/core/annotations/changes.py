"""Changes to records: how they are composed and applied."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tui.core.annotations.highlights import Put, Remove

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from tui.core.annotations.highlights import Record
    from tui.core.notes.model import Place


@dataclass(frozen=True, slots=True)
class RecordChange:
    """A record before and after a change; None where it does not exist."""

    before: Record | None
    after: Record | None

    @property
    def id(self) -> str:
        """The id of the record; empty if it exists on neither side."""
        record = self.after or self.before
        return record.id if record else ""

    @property
    def inverse(self) -> RecordChange:
        """The opposite change."""
        return RecordChange(self.after, self.before)

    @property
    def operation(self) -> Put | Remove:
        """The operation that makes this change in a sidecar, whatever its present content."""
        return Remove(self.id) if self.after is None else Put(self.after, self.before)


def joined(unsaved: Mapping[str, RecordChange], changes: Iterable[RecordChange]) -> dict[str, RecordChange]:
    """Compose changes into one per record id; changes that cancel out are dropped."""
    net = dict(unsaved)
    for change in changes:
        former = net.pop(change.id, None)
        whole = RecordChange(former.before, change.after) if former else change
        if whole.before != whole.after:
            net[change.id] = whole
    return net


def changed(records: Iterable[Record], changes: Iterable[RecordChange]) -> tuple[Record, ...]:
    """Apply changes to records; new records come last."""
    after = {record.id: record for record in records}
    for change in changes:
        operation = change.operation
        if isinstance(operation, Put):
            after[operation.id] = operation.on(after.get(operation.id))
        else:
            after.pop(operation.id, None)
    return tuple(after.values())


def differences(before: Iterable[Record], after: Iterable[Record]) -> dict[str, RecordChange]:
    """The changes that turn some records into others, by id."""
    old, new = ({record.id: record for record in records} for records in (before, after))
    return {
        id_: RecordChange(old.get(id_), new.get(id_))
        for id_ in dict.fromkeys((*old, *new))
        if old.get(id_) != new.get(id_)
    }


@dataclass(frozen=True, slots=True)
class Step:
    """A reader's change to the records of one note, which can be undone."""

    note: str
    "The note's path."
    changes: tuple[RecordChange, ...]
    title: str
    "Name of the change in the status line."
    places: Mapping[str, tuple[Place, ...]] = field(default_factory=dict)
    """Text positions of the records that the step adds or moves, by id; ids as in
    `tui.core.annotations.highlights.sought`."""

    @property
    def inverse(self) -> Step:
        """The step that undoes this one."""
        return Step(self.note, tuple(change.inverse for change in reversed(self.changes)), self.title)
