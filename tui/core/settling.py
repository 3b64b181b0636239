"""Where highlights stand in today's text, from the last text in which each of them stood for certain."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tui.core.anchoring import resolve
from tui.core.highlights import Anchored

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from tui.core.highlights import Anchor, Highlight, Place
    from tui.core.model import Note

GENERATIONS = 8
"How many earlier texts are kept for highlights that are not anchored today; older ones rely on the sidecar."


@dataclass(frozen=True, slots=True)
class Settled:
    """A text of a note, and where highlights stood in it for certain."""

    note: Note
    places: Mapping[str, tuple[Place, ...]]
    "By the highlight's id."


def settle(
    note: Note, highlights: Iterable[Highlight], settled: Sequence[Settled]
) -> tuple[dict[str, Anchor], tuple[Settled, ...]]:
    """Find the place of every highlight in a note.

    Each is looked for from the newest text in which it was anchored, so that neither a half-saved file nor a
    detour over another branch costs a highlight its place: when the text is back, so is the highlight.

    Args:
        note: Today's text.
        highlights: All of the note.
        settled: Earlier texts, newest first.

    Returns:
        An anchor for each highlight by its id, and the texts to start from next time, newest first.
    """
    anchors: dict[str, Anchor] = {}
    rest = list(highlights)
    for former in settled:
        known = [highlight for highlight in rest if highlight.id in former.places]
        if known:
            anchors |= resolve(note, known, (former.note, former.places))
            rest = [highlight for highlight in rest if highlight.id not in former.places]
    if rest:
        anchors |= resolve(note, rest, None)
    return anchors, advance(note, anchors, settled)


def advance(note: Note, anchors: Mapping[str, Anchor], settled: Sequence[Settled]) -> tuple[Settled, ...]:
    """The texts to start from next time: today's for what is anchored in it, earlier ones for the rest."""
    places = {
        highlight_id: anchor.places for highlight_id, anchor in anchors.items() if isinstance(anchor, Anchored)
    }
    kept = [Settled(note, places)]
    seen = set(places)
    for former in settled:
        left = {highlight_id: spots for highlight_id, spots in former.places.items() if highlight_id not in seen}
        if not left:
            continue
        seen |= set(left)
        if former.note is note:
            kept[0] = Settled(note, {**left, **kept[0].places})
        else:
            kept.append(Settled(former.note, left))
    return tuple(kept[:GENERATIONS])
