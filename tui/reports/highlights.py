"""Highlights and their anchors today, as JSON for scripts and as text for people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.core.annotations.highlights import Anchored, How, NeedsReview
from tui.core.notes.sanitise import clean, in_one_row
from tui.reports.json_text import json_text
from tui.reports.outline import printable_path
from tui.ui.lists.items import Group, highlight_items, one_line, words_at

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from tui.core.annotations.highlights import Candidate, Highlight
    from tui.core.notes.model import Address, Note, Place, Span
    from tui.core.state.model import State
    from tui.ui.lists.items import HighlightItem


def highlighted_spans(state: State, path: str) -> Mapping[Address, Sequence[Span]]:
    """The spans of a note's blocks under anchored highlights."""
    spans: dict[Address, list[Span]] = {}
    annotations = state.annotations_of(path)
    for anchor in map(annotations.anchors.get, annotations.highlights):
        for place in anchor.places if isinstance(anchor, Anchored) else ():
            spans.setdefault(place.address, []).append(place.span)
    return spans


def highlights_json(state: State) -> str:
    """All highlights as one JSON object; its keys are stable within a major version.

    Lines are 1-based in their file, those of whole blocks; ``start`` and ``end`` count code points in the text of the
    first and of the last block. They are null, as are ``text`` and ``confidence``, for a highlight that is not
    anchored; ``episode`` is then the one it was made in. Confidence goes from 0 to 1.
    """
    return json_text({"highlights": [_object(each) for each in highlight_items(state)]})


def highlights_text(state: State) -> Iterator[str]:
    """Each highlight in a line or two: what needs review with its candidates, orphans, the others, kept orphans."""
    everything = tuple(highlight_items(state))
    first = True
    for group in Group:
        chosen = [each for each in everything if each.group is group]
        if not chosen:
            continue
        if not first:
            yield ""
        first = False
        yield group.value
        for item in chosen:
            yield from map(clean, _entry(item))


def _object(item: HighlightItem) -> dict[str, object]:
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
    }


def _today(note: Note, places: Sequence[Place]) -> dict[str, object]:
    return {
        "text": words_at(note, places),
        "episode": note.episodes[places[0].address.episode].title,
        "line": _lines(note, places[0])[0],
        "end_line": _lines(note, places[-1])[1],
        "start": places[0].span.start,
        "end": places[-1].span.end,
    }


def _nowhere(highlight: Highlight) -> dict[str, object]:
    place = dict.fromkeys(("line", "end_line", "start", "end"))
    return {"text": None, "episode": highlight.parts[0].episode or None, **place}


def _candidate(note: Note, candidate: Candidate) -> dict[str, object]:
    return {
        "text": words_at(note, candidate.places),
        "line": _lines(note, candidate.places[0])[0],
        "confidence": round(candidate.confidence, 4),
    }


def _lines(note: Note, place: Place) -> tuple[int, int]:
    episode = note.episodes[place.address.episode]
    return episode.lines(episode.blocks[place.address.block])


def _entry(item: HighlightItem) -> Iterator[str]:
    note, highlight, anchor = item
    path = in_one_row(printable_path(note.path))
    facts = [highlight.comment, *(f"#{tag}" for tag in highlight.tags)]
    if isinstance(anchor, Anchored):
        text = words_at(note, anchor.places)
        path = f"{path}:{_lines(note, anchor.places[0])[0]}"
        if anchor.how is How.EDITED and item.quoted != text:
            facts.append(f"was: {item.quoted}")
    else:
        text = item.quoted
        facts.append(f"in: {highlight.parts[0].episode}" if highlight.parts[0].episode else "")
    yield f"  {path}  {highlight.colour}  {one_line(text)}"
    if any(facts):
        yield f"      {one_line(' · '.join(filter(None, facts)))}"
    for candidate in anchor.candidates if isinstance(anchor, NeedsReview) else ():
        line, _ = _lines(note, candidate.places[0])
        yield f"      {candidate.confidence:4.0%}  line {line}: {one_line(words_at(note, candidate.places))}"
