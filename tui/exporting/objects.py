"""Highlights and questions as JSON objects; their keys are stable within a major version."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.core.annotations.highlights import Anchored, NeedsReview, Orphan
from tui.core.annotations.link_ids import link_id
from tui.core.notes.sanitise import printable_path
from tui.core.state.items import words_at

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tui.core.annotations.highlights import Candidate, Highlight, Part, Record
    from tui.core.notes.model import Note, Place
    from tui.core.state.items import HighlightItem, QuestionItem


def highlight_object(item: HighlightItem) -> dict[str, object]:
    """A highlight as an object: its position today, and its record in the highlights file.

    Lines are 1-based in their file and those of whole blocks; ``start`` and ``end`` count code points in the text of
    the first and last block. They are null, as are ``text`` and ``confidence``, for a highlight that is not anchored;
    ``episode`` is then the one it was made in. Confidence ranges from 0 to 1.
    """
    note, highlight, anchor = item
    candidates = anchor.candidates if isinstance(anchor, NeedsReview) else ()
    return {
        "id": highlight.id,
        "path": printable_path(note.path),
        "state": item.state,
        "quoted": item.quoted,
        **(_today(note, anchor.places) if isinstance(anchor, Anchored) else _nowhere(highlight)),
        "colour": highlight.colour.value,
        "comment": highlight.comment or None,
        "tags": list(highlight.tags),
        "confidence": round(anchor.confidence, 4) if isinstance(anchor, Anchored) else None,
        "candidates": [_candidate(note, candidate) for candidate in candidates],
        "kept": highlight.kept,
        **_times(highlight),
        "parts": parts_object(highlight.parts),
    }


def question_object(item: QuestionItem) -> dict[str, object]:
    """A question as an object: its position today, and its record in the highlights file.

    ``id``, ``anchor`` (``anchored``, ``review`` or ``orphan``), the times and the selectors (``parts``,
    ``answer_parts``) are null for a question without a record. Lines are 1-based in their file and those of whole
    blocks; ``start`` and ``end`` count code points in the block's text. They are null for a question without a certain
    position. ``answered_by`` is the linked block that answers it, or null; its ``line`` is null if that block has no
    certain position.
    """
    asked, episode, record = item.asked, item.episode, item.record
    lines = episode.lines(episode.blocks[asked.block]) if asked and episode else (None, None)
    return {
        "id": record.id if record else None,
        "path": printable_path(item.note.path),
        "state": item.state.value,
        "anchor": anchor_name(item),
        "text": item.text,
        "answer": (record.answer or None) if record else None,
        "answered_by": answering_block(item),
        "replies": asked.replies if asked else None,
        "episode": item.title or None,
        "line": lines[0],
        "end_line": lines[1],
        "start": asked.span.start if asked else None,
        "end": asked.span.end if asked else None,
        "kept": record.kept if record else False,
        **(_times(record) if record else {"created": None, "updated": None}),
        "parts": parts_object(record.parts) if record else None,
        "answer_parts": parts_object(record.answered_by) if record else None,
    }


def anchor_name(item: QuestionItem) -> str | None:
    """``anchored``, ``review`` or ``orphan``; None for a question without a record."""
    if item.record is None:
        return None
    if item.asked is not None:
        return "anchored"
    return "review" if isinstance(item.annotations.anchors.get(item.record.id), NeedsReview) else "orphan"


def answering_block(item: QuestionItem) -> dict[str, object] | None:
    """The block that answers a question, with its present text and line, or else its former words."""
    if item.record is None or not item.record.answered_by:
        return None
    anchor = item.annotations.anchors.get(link_id(item.record.id), Orphan())
    if not isinstance(anchor, Anchored):
        return {"text": item.record.answered_by[0].exact, "line": None}
    place = anchor.places[0]
    return {"text": item.note.block(place.address).text, "line": lines_of(item.note, place)[0]}


def lines_of(note: Note, place: Place) -> tuple[int, int]:
    """The first and last line of the block at a place."""
    episode = note.episodes[place.address.episode]
    return episode.lines(episode.blocks[place.address.block])


def parts_object(parts: Sequence[Part]) -> list[dict[str, object]]:
    """The selectors of a record, as in the highlights file."""
    return [
        {
            "exact": part.exact,
            "prefix": part.prefix,
            "suffix": part.suffix,
            "episode": part.episode,
            "heading": part.heading,
            "block": part.block,
            "start": part.start,
            "line": part.line,
            "quoted": part.quoted or None,
            "others": None if part.others is None else list(part.others),
            "earlier": list(part.earlier),
        }
        for part in parts
    ]


def _today(note: Note, places: Sequence[Place]) -> dict[str, object]:
    return {
        "text": words_at(note, places),
        "episode": note.episodes[places[0].address.episode].title,
        "line": lines_of(note, places[0])[0],
        "end_line": lines_of(note, places[-1])[1],
        "start": places[0].span.start,
        "end": places[-1].span.end,
    }


def _nowhere(highlight: Highlight) -> dict[str, object]:
    place = dict.fromkeys(("line", "end_line", "start", "end"))
    return {"text": None, "episode": highlight.parts[0].episode or None, **place}


def _candidate(note: Note, candidate: Candidate) -> dict[str, object]:
    return {
        "text": words_at(candidate.note or note, candidate.places),
        "line": lines_of(candidate.note or note, candidate.places[0])[0],
        **({"path": printable_path(candidate.note.path)} if candidate.note else {}),
        "confidence": round(candidate.confidence, 4),
    }


def _times(record: Record) -> dict[str, object]:
    return {"created": record.created.isoformat(), "updated": record.updated.isoformat()}
