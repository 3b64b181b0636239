"""Where highlights stand in today's text, from the last text in which each of them stood for certain."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tui.core.anchoring import resolve
from tui.core.highlights import Anchored, Highlight, How, Part

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from tui.core.highlights import Anchor, Place
    from tui.core.model import Note

GENERATIONS = 8
"How many earlier texts are kept for highlights that are not anchored today; older ones rely on the sidecar."

Key = tuple[str, tuple[Part, ...]]
"A highlight's id and its selectors: with other selectors it is said to be somewhere else, and no old place counts."


def key_of(highlight: Highlight) -> Key:
    """Under what its places are kept."""
    return highlight.id, highlight.parts


@dataclass(frozen=True, slots=True)
class Settled:
    """A text of a note, and where highlights stood in it for certain."""

    note: Note
    places: Mapping[Key, tuple[Place, ...]]


def settle(
    note: Note, highlights: Iterable[Highlight], settled: Sequence[Settled]
) -> tuple[dict[str, Anchor], tuple[Settled, ...]]:
    """Find the place of every highlight in a note.

    Each is looked for from the newest text in which all of it was anchored, so that neither a half-saved file nor a
    detour over another branch costs a highlight its place: when the text is back, so is the highlight.

    Args:
        note: Today's text.
        highlights: All of the note.
        settled: Earlier texts, newest first.

    Returns:
        An anchor for each highlight by its id, and the texts to start from next time, newest first.
    """
    wanted = list(highlights)
    anchors: dict[str, Anchor] = {}
    rest = wanted
    for former in settled:
        known = [each for each in rest if key_of(each) in former.places]
        if known:
            places = {each.id: former.places[key_of(each)] for each in known}
            anchors |= resolve(note, known, (former.note, places))
            rest = [each for each in rest if key_of(each) not in former.places]
    if rest:
        anchors |= resolve(note, rest, None)
    return anchors, advance(note, wanted, anchors, settled)


def advance(
    note: Note, highlights: Iterable[Highlight], anchors: Mapping[str, Anchor], settled: Sequence[Settled]
) -> tuple[Settled, ...]:
    """The texts to start from next time: today's for what is whole in it, earlier ones for the rest.

    What is not of today's highlights stays as well: a change that is taken back brings it up again.
    """
    places: dict[Key, tuple[Place, ...]] = {}
    for highlight in highlights:
        anchor = anchors.get(highlight.id)
        if isinstance(anchor, Anchored) and is_whole(highlight, anchor):
            places[key_of(highlight)] = anchor.places
    kept = [Settled(note, places)]
    seen = set(places)
    for former in settled:
        left = {key: spots for key, spots in former.places.items() if key not in seen}
        if not left:
            continue
        seen |= set(left)
        if former.note is note:
            kept[0] = Settled(note, {**left, **kept[0].places})
        else:
            kept.append(Settled(former.note, left))
    return tuple(kept[:GENERATIONS])


def is_whole(highlight: Highlight, anchor: Anchored) -> bool:
    """Whether an anchor holds all that a highlight marked, and not only what an edit has left of it for now."""
    if len(anchor.places) < len(highlight.parts):
        return False
    if anchor.how is not How.EDITED:
        return True
    sizes = (place.span.end - place.span.start for place in anchor.places)
    return all(2 * size >= len(part.exact) for size, part in zip(sizes, highlight.parts, strict=True))
