"""Questions and their records, as JSON for scripts and as text for people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.core.annotations.choices import Answer
from tui.core.annotations.highlights import Anchored, NeedsReview, Orphan, link_id
from tui.core.notes.sanitise import clean, in_one_row
from tui.reports.json_text import json_text
from tui.reports.outline import printable_path
from tui.ui.lists.items import one_line

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tui.ui.lists.items import QuestionItem


def questions_json(questions: Sequence[QuestionItem]) -> str:
    """Questions as one JSON object; its keys are stable within a major version.

    ``id`` and ``anchor`` (``anchored``, ``review`` or ``orphan``) are null for a question without a record. Lines are
    1-based in their file, those of whole blocks; ``start`` and ``end`` count code points in the block's text. They are
    null for a question without a certain position. ``answered_by`` is the block that answers it, null if none is
    linked; its ``line`` is null if that block has no certain position.
    """
    return json_text({"questions": [_object(each) for each in questions]})


def questions_text(questions: Sequence[QuestionItem]) -> Iterator[str]:
    """Each question in a line under its state, the answer beneath; then their number."""
    for answer in Answer:
        chosen = [each for each in questions if each.state is answer]
        if chosen:
            yield answer.capitalize()
            for each in chosen:
                yield from map(clean, _entry(each))
            yield ""
    count = len(questions)
    is_open = sum(each.state is Answer.OPEN for each in questions)
    yield f"{count} question{'' if count == 1 else 's'}, {is_open} open"


def _entry(each: QuestionItem) -> Iterator[str]:
    path = in_one_row(printable_path(each.note.path))
    yield f"  {path}:{each.line}  {each.text}" if each.line else f"  {path}  {each.text}  ({_anchor(each)})"
    if each.record and each.record.answer:
        yield f"      {one_line(each.record.answer)}"
    if link := _link(each):
        where = f"line {link['line']}" if link["line"] else "no certain place"
        yield f"      → {where}: {one_line(str(link['text']))}"


def _object(each: QuestionItem) -> dict[str, object]:
    asked, episode = each.asked, each.episode
    lines = episode.lines(episode.blocks[asked.block]) if asked and episode else (None, None)
    return {
        "id": each.record.id if each.record else None,
        "path": printable_path(each.note.path),
        "state": each.state.value,
        "anchor": _anchor(each),
        "text": each.text,
        "answer": (each.record.answer or None) if each.record else None,
        "answered_by": _link(each),
        "replies": asked.replies if asked else None,
        "episode": each.title or None,
        "line": lines[0],
        "end_line": lines[1],
        "start": asked.span.start if asked else None,
        "end": asked.span.end if asked else None,
    }


def _anchor(each: QuestionItem) -> str | None:
    if each.record is None:
        return None
    if each.asked is not None:
        return "anchored"
    return "review" if isinstance(each.annotations.anchors.get(each.record.id), NeedsReview) else "orphan"


def _link(each: QuestionItem) -> dict[str, object] | None:
    """The block that answers a question: its text and line today, else its former words."""
    if each.record is None or not each.record.answered_by:
        return None
    anchor = each.annotations.anchors.get(link_id(each.record.id), Orphan())
    if not isinstance(anchor, Anchored):
        return {"text": each.record.answered_by[0].exact, "line": None}
    address = anchor.places[0].address
    episode = each.note.episodes[address.episode]
    block = episode.blocks[address.block]
    return {"text": block.text, "line": episode.lines(block)[0]}
