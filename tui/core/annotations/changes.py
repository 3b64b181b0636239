"""What a reader changed of records: one change, the net of several, and what they make of the records there are."""

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
    """One record as it was and as it shall be; None where there is none."""

    before: Record | None
    after: Record | None

    @property
    def id(self) -> str:
        """The id of the record; empty where there was none and shall be none."""
        record = self.after or self.before
        return record.id if record else ""

    @property
    def inverse(self) -> RecordChange:
        """The change back."""
        return RecordChange(self.after, self.before)

    @property
    def operation(self) -> Put | Remove:
        """What carries it out on a sidecar, whatever that says by now."""
        return Remove(self.id) if self.after is None else Put(self.after, self.before)


def joined(unsaved: Mapping[str, RecordChange], changes: Iterable[RecordChange]) -> dict[str, RecordChange]:
    """The net changes, by id, of some net changes and others after them; what cancels out is left out."""
    net = dict(unsaved)
    for change in changes:
        former = net.pop(change.id, None)
        whole = RecordChange(former.before, change.after) if former else change
        if whole.before != whole.after:
            net[change.id] = whole
    return net


def changed(records: Iterable[Record], changes: Iterable[RecordChange]) -> tuple[Record, ...]:
    """The records after the changes; what was not there comes last."""
    after = {record.id: record for record in records}
    for change in changes:
        operation = change.operation
        if isinstance(operation, Put):
            after[operation.id] = operation.on(after.get(operation.id))
        else:
            after.pop(operation.id, None)
    return tuple(after.values())


def differences(before: Iterable[Record], after: Iterable[Record]) -> dict[str, RecordChange]:
    """The changes that lead from some records to others, by id."""
    old, new = ({record.id: record for record in records} for records in (before, after))
    return {
        id_: RecordChange(old.get(id_), new.get(id_))
        for id_ in dict.fromkeys((*old, *new))
        if old.get(id_) != new.get(id_)
    }


@dataclass(frozen=True, slots=True)
class Step:
    """What a reader changed in what is said of one note; it can be taken back."""

    note: str
    "The note's path."
    changes: tuple[RecordChange, ...]
    title: str
    "What was done, as the status line says it."
    places: Mapping[str, tuple[Place, ...]] = field(default_factory=dict)
    """Places in the text that the step was made on, by id, of what it makes or moves; ids as
    `tui.core.annotations.highlights.sought` gives them."""

    @property
    def inverse(self) -> Step:
        """The step that takes this one back."""
        return Step(self.note, tuple(change.inverse for change in reversed(self.changes)), self.title)
