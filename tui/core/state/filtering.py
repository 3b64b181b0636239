"""Filters of highlights and questions: words, tags, colours and states."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.core.annotations.choices import Answer
from tui.core.annotations.highlights import Anchored, NeedsReview

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tui.core.annotations.highlights import Anchor, Highlight, QuestionRecord
    from tui.core.state.model import Annotations


def passes(highlight: Highlight, anchor: Anchor, text: str, query: str, names: Mapping[str, str]) -> bool:
    """True if a highlight matches every term of a filter.

    Args:
        highlight: The highlight.
        anchor: Its anchor.
        text: The words it is anchored to today.
        query: ``#tag`` or ``tag:tag`` matches tags that begin so, ``colour:NAME`` (or ``color:``) a colour by its own
            name or the reader's, ``is:review``, ``is:orphan``, ``is:anchored``, ``is:commented``, ``is:tagged`` a
            state; any other word the text, the words first highlighted or the comment, case ignored.
        names: The reader's names for the colours.
    """
    if not query:
        return True
    said = " ".join([text, highlight.comment, *(part.quoted or part.exact for part in highlight.parts)]).casefold()
    return all(_has(highlight, anchor, said, term.casefold(), names) for term in query.split())


def passes_question(
    text: str, answer: Answer, record: QuestionRecord | None, annotations: Annotations, query: str
) -> bool:
    """True if a question matches every term of a filter.

    Args:
        text: The asking words.
        answer: Its state: open, answered or dismissed.
        record: Its record, if there is one.
        annotations: The records of its note.
        query: ``is:open``, ``is:answered``, ``is:dismissed``, ``is:linked`` to its answer, ``is:review`` and
            ``is:orphan`` match a state; any other word the text, the words when its record was made, or the answer,
            case ignored.
    """
    said = text
    if record is not None:
        said = " ".join([text, record.answer, *(part.quoted or part.exact for part in record.parts)])
    return all(_asks(answer, record, annotations, said.casefold(), term.casefold()) for term in query.split())


def _asks(answer: Answer, record: QuestionRecord | None, annotations: Annotations, said: str, term: str) -> bool:
    key, colon, value = term.partition(":")
    if not colon or key != "is":
        return term in said
    if value == "linked":
        return record is not None and bool(record.answered_by)
    if value in ("review", "orphan"):
        anchor = annotations.anchors.get(record.id) if record else None
        if record is None or isinstance(anchor, Anchored):
            return False
        return isinstance(anchor, NeedsReview) == (value == "review")
    return answer.value == value if value in [each.value for each in Answer] else term in said


def _has(highlight: Highlight, anchor: Anchor, said: str, term: str, names: Mapping[str, str]) -> bool:
    key, colon, value = f"tag:{term[1:]}".partition(":") if term.startswith("#") else term.partition(":")
    if value and key == "tag":
        return any(tag.casefold().startswith(value) for tag in highlight.tags)
    if colon and value and key in ("colour", "color"):
        own = names.get(highlight.colour, "").casefold()
        return highlight.colour.startswith(value) or value in own.split() or own.startswith(value)
    if colon and key == "is" and value in _STATES:
        return _STATES[value](highlight, anchor)
    return term in said


_STATES = {
    "anchored": lambda highlight, anchor: isinstance(anchor, Anchored),
    "review": lambda highlight, anchor: isinstance(anchor, NeedsReview),
    "orphan": lambda highlight, anchor: not isinstance(anchor, Anchored | NeedsReview),
    "commented": lambda highlight, anchor: bool(highlight.comment),
    "tagged": lambda highlight, anchor: bool(highlight.tags),
}
