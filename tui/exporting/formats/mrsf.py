"""Highlights as a Sidemark sidecar, the Markdown Review Sidecar Format 1.0, merged into an existing one."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from tui.core.notes.sanitise import printable_path
from tui.errors import OutputError
from tui.exporting.registry import Document, Exporter
from tui.exporting.sidemark import LONGEST_WORDS, Sources, document, fields_of

if TYPE_CHECKING:
    from tui.core.annotations.highlights import Record
    from tui.core.notes.model import Note
    from tui.exporting.export import Export


def write(export: Export) -> Document:
    """Write the comments of the only note with highlights; raises OutputError if there are several."""
    found: dict[str, tuple[Note, list[Record]]] = {}
    for highlight in export.highlights:
        found.setdefault(highlight.note.path, (highlight.note, []))[1].append(highlight.highlight)
    for question in export.questions:
        if question.record is not None:
            found.setdefault(question.note.path, (question.note, []))[1].append(question.record)
    if len(found) > 1:
        raise OutputError("--to mrsf", "this format holds one note", "export the notes one by one")
    note, records = next(iter(found.values()), (export.state.library.notes[0], []))
    sources = Sources(note)
    comments = [fields_of(record, export.anchor(note.path, record.id), sources) for record in records]
    text = document(PurePosixPath(printable_path(note.path)).name, comments, export.former)
    if text is None:
        problem = "the file that is there does not have a line or more for each comment"
        raise OutputError("--to mrsf", problem, "name another file")
    lost = sum("selected_text" not in each for each in comments)
    said = f"{lost} highlights have no words there: Sidemark takes {LONGEST_WORDS} characters at most"
    return Document(text, (said,) * bool(lost))


EXPORTER = Exporter(
    name="mrsf",
    about="a sidecar for Sidemark's tools, merged into an existing one",
    example="notes.md -o notes.md.review.yaml",
    write=write,
    endings=(".review.yaml",),
    is_merged=True,
)
