"""Reading the records in earmark's own JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.importing.contents import Fault
from tui.importing.records import ExportedRecord, UnreadableError, Values, highlight_of, part_of, question_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tui.core.annotations.highlights import Part


def exported_record(kind: str, item: object, line: int) -> ExportedRecord | None:
    """Read a record and its note's path; None for a question without a record. Raises UnreadableError.

    Args:
        kind: ``highlight`` or ``question``.
        item: The object.
        line: The line that it begins on.
    """
    values = Values(item)
    if kind == "question" and not values.text("id"):
        return None
    parts = _parts(values, "parts")
    if kind == "question":
        return ExportedRecord(
            question_of(values, values.text("id"), parts, _parts(values, "answer_parts")), _path(values), line
        )
    return ExportedRecord(highlight_of(values, values.text("id"), values.text("colour"), parts), _path(values), line)


def read_all(kind: str, items: Iterable[tuple[object, int]], faults: list[Fault]) -> list[ExportedRecord]:
    """Read records from objects and their lines; ``faults`` receives those that are invalid."""
    found = []
    for item, line in items:
        try:
            given = exported_record(kind, item, line)
        except UnreadableError as error:
            faults.append(Fault(line, f"this {kind} cannot be read: {error}", "export it again"))
            continue
        if given is not None:
            found.append(given)
    return found


def _parts(values: Values, key: str) -> tuple[Part, ...]:
    return tuple(part_of(Values(each)) for each in values.list(key))


def _path(values: Values) -> str:
    return values.text("path")
