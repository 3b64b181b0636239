"""Highlights and their present anchors, as text for people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.core.annotations.highlights import Anchored, MatchKind, NeedsReview
from tui.core.notes.sanitise import clean, in_one_row, printable_path
from tui.core.state.items import Group, one_line, words_at
from tui.exporting.objects import lines_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from tui.core.notes.model import Address, Span
    from tui.core.state.items import HighlightItem
    from tui.core.state.model import State


def highlighted_spans(state: State, path: str) -> Mapping[Address, Sequence[Span]]:
    """The spans of anchored highlights in a note's blocks."""
    spans: dict[Address, list[Span]] = {}
    annotations = state.annotations_of(path)
    for anchor in map(annotations.anchors.get, annotations.highlights):
        for place in anchor.places if isinstance(anchor, Anchored) else ():
            spans.setdefault(place.address, []).append(place.span)
    return spans


def highlights_text(items: Iterable[HighlightItem]) -> Iterator[str]:
    """Each highlight on a line or two: those needing review with candidates, orphans, the others, kept orphans."""
    everything = tuple(items)
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


def _entry(item: HighlightItem) -> Iterator[str]:
    note, highlight, anchor = item
    path = in_one_row(printable_path(note.path))
    facts = [highlight.comment, *(f"#{tag}" for tag in highlight.tags)]
    if isinstance(anchor, Anchored):
        text = words_at(note, anchor.places)
        path = f"{path}:{lines_of(note, anchor.places[0])[0]}"
        if anchor.how is MatchKind.EDITED and item.quoted != text:
            facts.append(f"was: {item.quoted}")
    else:
        text = item.quoted
        facts.append(f"in: {highlight.parts[0].episode}" if highlight.parts[0].episode else "")
    yield f"  {path}  {highlight.colour}  {one_line(text)}"
    if any(facts):
        yield f"      {one_line(' · '.join(filter(None, facts)))}"
    for candidate in anchor.candidates if isinstance(anchor, NeedsReview) else ():
        there = candidate.note or note
        line, _ = lines_of(there, candidate.places[0])
        where = f"{in_one_row(printable_path(there.path))}:{line}" if candidate.note else f"line {line}"
        yield f"      {candidate.confidence:4.0%}  {where}: {one_line(words_at(there, candidate.places))}"
