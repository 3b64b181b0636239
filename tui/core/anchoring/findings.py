"""Results of searching for one part of a highlight."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tui.core.anchoring import thresholds
from tui.core.notes.model import Address, Place, Span

if TYPE_CHECKING:
    from tui.core.annotations.highlights import MatchKind
    from tui.core.notes.model import Note


class CertainPart(NamedTuple):
    """The part has a certain position."""

    place: Place
    how: MatchKind
    confidence: float


class Unsure(NamedTuple):
    """The part may be at one of these places, or gone."""

    candidates: tuple[tuple[Place, float], ...]
    "Places with their confidence, best first; at least one."


class Gone(NamedTuple):
    """The part's text is not in the notes."""


Finding = CertainPart | Unsure | Gone
GONE = Gone()


def below_title(note: Note, episode: int) -> Finding:
    """The finding for text that became an episode's title, which cannot be highlighted: its first text, for review."""
    for number, block in enumerate(note.episodes[episode].blocks):
        if block.text:
            return Unsure(((Place(Address(episode, number), Span(0, len(block.text))), thresholds.TIE),))
    return GONE
