"""Highlighted text, taken from selectors where that avoids parsing an episode.

A place in an unparsed episode was carried over from a text in which the block equalled the one in the selector (see
`tui.core.anchoring.snapshot`), and the episode has not changed since.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tui.core.annotations.highlights import Part
    from tui.core.notes.model import Note, Place


def blocks_under(note: Note, places: Sequence[Place], parts: Sequence[Part]) -> list[str]:
    """The texts of the blocks at these parts of a highlight, given their places."""
    if len(places) == len(parts) and all(_has_its_text(note, *each) for each in zip(places, parts, strict=True)):
        return [part.block for part in parts]
    return [_block(note, place) for place in places]


def words_under(note: Note, places: Sequence[Place], parts: Sequence[Part]) -> list[str]:
    """The words at these parts of a highlight, given their places."""
    texts = blocks_under(note, places, parts)
    return [text[place.span.start : place.span.end] for text, place in zip(texts, places, strict=True)]


def _has_its_text(note: Note, place: Place, part: Part) -> bool:
    """True if a part's selector has its block's text: the episode is unparsed and the span is the selector's own."""
    start, end = place.span
    is_own = start == part.start and end == start + len(part.exact)
    return is_own and not note.episodes[place.address.episode].body.is_parsed


def _block(note: Note, place: Place) -> str:
    return note.block(place.address).text
