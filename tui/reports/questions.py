"""Questions and their records, as JSON for scripts and as text for people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.core.annotations.choices import Answer
from tui.core.counted import counted
from tui.core.notes.sanitise import clean, in_one_row, printable_path
from tui.core.state.items import one_line
from tui.exporting.json_text import json_text
from tui.exporting.objects import anchor_name, answering_block, question_object

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tui.core.state.items import QuestionItem


def questions_json(questions: Sequence[QuestionItem]) -> str:
    """Questions as one JSON object; see `question_object`."""
    return json_text({"questions": [question_object(each) for each in questions]})


def questions_text(questions: Sequence[QuestionItem]) -> Iterator[str]:
    """Each question on a line, grouped by state and followed by its answer; finally the total."""
    for answer in Answer:
        chosen = [each for each in questions if each.state is answer]
        if chosen:
            yield answer.capitalize()
            for each in chosen:
                yield from map(clean, _entry(each))
            yield ""
    count = len(questions)
    is_open = sum(each.state is Answer.OPEN for each in questions)
    yield f"{counted(count, 'question')}, {is_open} open"


def _entry(each: QuestionItem) -> Iterator[str]:
    path = in_one_row(printable_path(each.note.path))
    yield f"  {path}:{each.line}  {each.text}" if each.line else f"  {path}  {each.text}  ({anchor_name(each)})"
    if each.record and each.record.answer:
        yield f"      {one_line(each.record.answer)}"
    if link := answering_block(each):
        where = f"line {link['line']}" if link["line"] else "no certain place"
        yield f"      → {where}: {one_line(str(link['text']))}"
