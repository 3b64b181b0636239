"""What highlights stand on, without parsing an episode that nobody has looked at where their selectors tell it.

A place in such an episode was taken over from a text in which the block read as the selector says (see
`tui.core.anchoring.snapshot`), and the episode is the same since.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tui.core.annotations.highlights import Part
    from tui.core.notes.model import Note, Place


def blocks_under(note: Note, places: Sequence[Place], parts: Sequence[Part]) -> list[str]:
    """The texts of the blocks that these parts of a highlight stand in, by their places."""
    if len(places) == len(parts) and all(_is_told(note, *each) for each in zip(places, parts, strict=True)):
        return [part.block for part in parts]
    return [_block(note, place) for place in places]


def words_under(note: Note, places: Sequence[Place], parts: Sequence[Part]) -> list[str]:
    """The words that these parts of a highlight stand on, by their places."""
    texts = blocks_under(note, places, parts)
    return [text[place.span.start : place.span.end] for text, place in zip(texts, places, strict=True)]


def _is_told(note: Note, place: Place, part: Part) -> bool:
    """Whether a part tells the block that it stands in: the episode is not parsed, and the span is the part's own."""
    start, end = place.span
    is_own = start == part.start and end == start + len(part.exact)
    return is_own and not note.episodes[place.address.episode].body.is_parsed


def _block(note: Note, place: Place) -> str:
    return note.block(place.address).text
