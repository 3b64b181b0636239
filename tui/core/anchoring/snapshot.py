"""Where highlights and questions stand in today's text, from the last text in which each stood for certain."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from tui.core.anchoring import resolve
from tui.core.annotations.highlights import Anchored, How, Part

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from tui.core.anchoring.matching.blocks import Matching
    from tui.core.annotations.highlights import Anchor, Sought
    from tui.core.notes.model import Note, Place

GENERATIONS = 8
"How many earlier texts are kept for highlights that are not anchored today; older ones rely on the sidecar."

Key = tuple[str, tuple[Part, ...]]
"An id and its selectors: with other selectors it is said to be somewhere else, and no old place counts."


def key_of(each: Sought) -> Key:
    """Under what its places are kept."""
    return each.id, each.parts


@dataclass(frozen=True, slots=True)
class Settled:
    """A text of a note, and where highlights and questions stood in it for certain."""

    note: Note
    places: Mapping[Key, tuple[Place, ...]]
    described: frozenset[Key] = frozenset()
    "Those whose selectors are what this text gives, but perhaps for the line: they need no upkeep."


def settle(
    note: Note, records: Iterable[Sought], settled: Sequence[Settled], matching: Matching | None = None
) -> tuple[dict[str, Anchor], tuple[Settled, ...]]:
    """Find the place of every highlight and question in a note.

    Each is looked for from the newest text in which all of it was anchored, so that neither a half-saved file nor a
    detour over another branch costs a highlight its place: when the text is back, so is the highlight.

    Args:
        note: Today's text.
        records: All of the note that have a selector; see `tui.core.annotations.highlights.sought`.
        settled: Earlier texts, newest first.
        matching: One of them matched with today's, where that was done already.

    Returns:
        An anchor for each by its id, and the texts to start from next time, newest first.
    """
    wanted = list(records)
    anchors: dict[str, Anchor] = {}
    rest = wanted
    for former in settled:
        known = [each for each in rest if key_of(each) in former.places]
        if known:
            places = {each.id: former.places[key_of(each)] for each in known}
            known_matching = matching if matching and matching.old is former.note else None
            anchors |= resolve(note, known, (former.note, places), known_matching)
            rest = [each for each in rest if key_of(each) not in former.places]
    if rest:
        anchors |= resolve(note, rest, None)
    return anchors, advance(note, wanted, anchors, settled)


def advance(
    note: Note, records: Iterable[Sought], anchors: Mapping[str, Anchor], settled: Sequence[Settled]
) -> tuple[Settled, ...]:
    """The texts to start from next time: today's for what is whole in it, earlier ones for the rest.

    What is not of today's records stays as well: a change that is taken back brings it up again.
    """
    places: dict[Key, tuple[Place, ...]] = {}
    for each in records:
        anchor = anchors.get(each.id)
        if isinstance(anchor, Anchored) and is_whole(each, anchor):
            places[key_of(each)] = anchor.places
    kept = [Settled(note, places, _described(note, places, settled))]
    seen = set(places)
    for former in settled:
        left = dict(former.places)
        for key in seen.intersection(set(left)):
            del left[key]
        if not left:
            continue
        seen |= set(left)
        if former.note is note:
            kept[0] = replace(kept[0], places={**left, **kept[0].places})
        else:
            kept.append(Settled(former.note, left))
    return tuple(kept[:GENERATIONS])


def _described(note: Note, places: Mapping[Key, tuple[Place, ...]], settled: Sequence[Settled]) -> frozenset[Key]:
    """Whose selectors are what this text gives, since an earlier text gave them and their episodes read as they did."""
    found: frozenset[Key] = frozenset()
    for former in settled:
        if former.note is note:
            found |= former.described
        elif former.described:
            found |= {
                key
                for key in former.described
                if (here := places.get(key)) is not None
                and (there := former.places.get(key)) is not None
                and len(here) == len(there)
                and all(_stands_as_before(*each, former.note, note) for each in zip(there, here, strict=True))
            }
    return found


def _stands_as_before(there: Place, here: Place, old: Note, new: Note) -> bool:
    """Whether a place is where it was in an episode that reads as it did, wherever that is in the note."""
    one, other = old.episodes[there.address.episode], new.episodes[here.address.episode]
    is_same = one is other or (one.body is other.body and one.title == other.title)
    return is_same and there.address.block == here.address.block and there.span == here.span


def is_whole(each: Sought, anchor: Anchored) -> bool:
    """Whether an anchor holds all that a selector meant, and not only what an edit has left of it for now."""
    if len(anchor.places) < len(each.parts):
        return False
    if anchor.how is not How.EDITED:
        return True
    sizes = (place.span.end - place.span.start for place in anchor.places)
    return all(2 * size >= len(part.exact) for size, part in zip(sizes, each.parts, strict=True))
