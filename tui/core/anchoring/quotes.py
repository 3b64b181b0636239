"""Finding quoted words by their context, for selectors without the text of their block."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rapidfuzz import fuzz

from tui.core.anchoring.findings import GONE, CertainPart, Finding, Unsure
from tui.core.anchoring.likeness.folding import fold
from tui.core.annotations.highlights import MatchKind
from tui.core.notes.model import Place, Span

if TYPE_CHECKING:
    from tui.core.anchoring.note_index import NoteIndex
    from tui.core.annotations.highlights import Part

_AGREES = 0.6
"Minimum share of the words' context that must agree to prove a position."
_MARGIN = 0.2
"Minimum lead of a position's agreement over all others."
_CANDIDATES = 5


def find_quote(index: NoteIndex, part: Part) -> Finding:
    """Find a part's words literally; other programs' selectors consist only of a quote and its context."""
    quote, before, behind = fold(part.exact), fold(part.prefix), fold(part.suffix)
    places = []
    for entry, start in index.hits(quote):
        at = index.position(entry) + start
        end = at + len(quote)
        around = [
            fuzz.ratio(known, there) / 100
            for known, there in (
                (before, " ".join(index.text[max(0, at - len(before) - 1) : at].split())),
                (behind, " ".join(index.text[end : end + len(behind) + 1].split())),
            )
            if known
        ]
        agreed = sum(around) / len(around) if around else 1.0
        span = index.page.folded(entry).source(Span(start, start + len(quote)))
        places.append((agreed, Place(index.page.addresses[entry], span)))
    places.sort(key=lambda found: -found[0])
    if not places:
        return GONE
    rival = places[1][0] if len(places) > 1 else 0.0
    if places[0][0] >= _AGREES and places[0][0] - rival >= _MARGIN:
        return CertainPart(places[0][1], MatchKind.EXACT, places[0][0])
    return Unsure(tuple((place, agreed) for agreed, place in places[:_CANDIDATES]))
