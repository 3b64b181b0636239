"""Results of searching for one part of a highlight."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from tui.core.annotations.highlights import MatchKind
    from tui.core.notes.model import Place


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
