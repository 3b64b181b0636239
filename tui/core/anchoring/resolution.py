"""Anchoring of all highlights and questions of a note in its present text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.core.anchoring.findings import CertainPart, Finding, Unsure
from tui.core.annotations.highlights import Anchored, Candidate, MatchKind, NeedsReview, Orphan
from tui.core.notes.model import Kind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from tui.core.anchoring.matching.blocks import Matching
    from tui.core.annotations.highlights import Anchor, Sought
    from tui.core.notes.model import Note, Place

_GRAVITY = (MatchKind.EXACT, MatchKind.MOVED, MatchKind.EDITED)


def resolve(
    note: Note,
    records: Iterable[Sought],
    old: tuple[Note, Mapping[str, tuple[Place, ...]]] | None,
    matching: Matching | None = None,
) -> dict[str, Anchor]:
    """Find the position of every highlight and question in a note's text; an orphan is better than a guess.

    A highlight over several blocks is anchored if none of its parts is in doubt; parts that are certainly gone are left
    out.

    Args:
        note: Today's text.
        records: All records of the note, since they help to distinguish each other.
        old: An earlier text of the note with the places of the records in it, if available.
        matching: The two texts matched, if that was done already.

    Returns: An anchor for each by its id.
    """
    if old is not None:
        follow = _stay if old[0] is note else _follower(old[0], note, matching)
        return {each.id: _together([follow(place) for place in old[1][each.id]]) for each in records}
    # Imported here, since the first frame and new highlights do not need it: it imports rapidfuzz.
    from tui.core.anchoring.searching import search

    wanted = list(records)
    findings = iter(search(note, [part for each in wanted for part in each.parts]))
    return {each.id: _together([next(findings) for _ in each.parts]) for each in wanted}


def is_reworded_metadata(anchor: Anchored, note: Note) -> bool:
    """True if a record was found on reworded metadata, which reads alike in many notes: it tells nothing of a note."""
    kinds = (note.block(place.address).kind for place in anchor.places)
    return anchor.how is MatchKind.EDITED and Kind.METADATA in kinds


def _stay(place: Place) -> Finding:
    return CertainPart(place, MatchKind.EXACT, 1.0)


def _follower(old: Note, new: Note, matching: Matching | None) -> Callable[[Place], Finding]:
    """A function that follows a place of one text into another."""
    # Imported here, for the same reason.
    from tui.core.anchoring.tracing import Trace

    return (Trace(matching) if matching else Trace.between(old, new)).follow


def _together(findings: Sequence[Finding]) -> Anchor:
    """Combine the findings about a highlight's parts into its anchor."""
    if len(findings) == 1 and isinstance(only := findings[0], CertainPart):
        return Anchored((only.place,), only.how, only.confidence)
    found = [finding for finding in findings if isinstance(finding, CertainPart)]
    unsure = [finding for finding in findings if isinstance(finding, Unsure)]
    if unsure:
        return NeedsReview(_candidates(findings))
    if not found:
        return Orphan()
    places = tuple(sorted({each.place for each in found}, key=lambda place: (place.address, place.span)))
    how = max((each.how for each in found), key=_GRAVITY.index)
    if len(found) < len(findings):
        how = MatchKind.EDITED
    return Anchored(places, how, min(each.confidence for each in found))


def _candidates(findings: Sequence[Finding]) -> tuple[Candidate, ...]:
    """The candidates of a highlight with parts in doubt: the best of each part, then the second best of each."""
    ranks = max(len(finding.candidates) for finding in findings if isinstance(finding, Unsure))
    candidates = []
    for rank in range(ranks):
        places, confidence = [], 1.0
        for finding in findings:
            if isinstance(finding, CertainPart):
                places.append(finding.place)
                confidence = min(confidence, finding.confidence)
            elif isinstance(finding, Unsure):
                place, sure = finding.candidates[min(rank, len(finding.candidates) - 1)]
                places.append(place)
                confidence = min(confidence, sure)
        candidates.append(Candidate(tuple(places), confidence))
    return tuple(candidates)
