"""JSON lines written by ``earmark export``."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from tui.importing.contents import Fault
from tui.importing.exported import read_all
from tui.importing.records import with_their_notes
from tui.importing.registry import Importer, ImportKind

if TYPE_CHECKING:
    from tui.importing.contents import Source, SourceContents
    from tui.importing.records import ExportedRecord


def read(source: Source) -> SourceContents:
    """Read the highlights and recorded questions, one per line; invalid lines become faults."""
    given: list[ExportedRecord] = []
    faults: list[Fault] = []
    for number, line in enumerate(source.text.split("\n"), start=1):
        if not line.strip():
            continue
        try:
            item = json.loads(line)
        except (json.JSONDecodeError, RecursionError):
            faults.append(Fault(number, "this line is not JSON", "export it again"))
            continue
        kind = item.get("type") if isinstance(item, dict) else None
        if kind not in ("highlight", "question"):
            faults.append(Fault(number, "this is neither a highlight nor a question", "export it again"))
            continue
        given += read_all(kind, [(item, number)], faults)
    return with_their_notes(source, given, faults)


def recognises(source: Source) -> bool:
    """True if the first line is a highlight or a question."""
    head = source.utf8.lstrip()[:40].replace(b" ", b"")
    return head.startswith((b'{"type":"highlight"', b'{"type":"question"'))


IMPORTER = Importer(
    name="jsonl",
    about="what earmark export --to jsonl wrote",
    example="notes.jsonl --onto ~/podcasts",
    read=read,
    recognises=recognises,
    kind=ImportKind.HIGHLIGHTS,
)
