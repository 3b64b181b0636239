"""Anchoring from snapshots: each record is traced from the last text in which its position was certain."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

from tui.core.anchoring import match, resolve
from tui.core.anchoring.wordings import (
    Wording,
    find_nearer,
    find_returns,
    first_words,
    fresh_blocks,
    is_telling,
    joined,
    led_away,
    reworded,
    with_copies_told,
)
from tui.core.annotations.highlights import Anchored, Candidate, MatchKind, NeedsReview, Part

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from tui.core.anchoring.matching.blocks import Matching
    from tui.core.anchoring.wordings import Return, Wordings
    from tui.core.annotations.highlights import Anchor, Sought
    from tui.core.notes.model import Note, Place

GENERATIONS = 8
"Most snapshots kept for highlights that are not anchored today; older ones rely on the sidecar."

Key = tuple[str, tuple[Part, ...]]
"An id and its selectors: new selectors mean another position, which makes old positions obsolete."


def key_of(each: Sought) -> Key:
    """The key of a record's places."""
    return each.id, each.parts


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A text of a note, and the positions of the records that are certain in it."""

    note: Note
    places: Mapping[Key, tuple[Place, ...]]
    described: frozenset[Key] = frozenset()
    "Records whose selectors describe this text, except possibly the line, and need no update."


class Anchoring(NamedTuple):
    """The anchors of records in a text, and the snapshots to start from next time."""

    anchors: dict[str, Anchor]
    "Anchors by id."
    snapshots: tuple[Snapshot, ...]
    "Newest first."
    wordings: Wordings
    doubts: frozenset[Key]
    "Records that their selectors alone did not settle, or must not settle any more: see `dropped`."


def anchor_records(
    note: Note,
    records: Iterable[Sought],
    snapshots: Sequence[Snapshot],
    wordings: Wordings,
    matching: Matching | None = None,
    doubts: Collection[Key] = (),
    asked: Collection[str] = (),
) -> Anchoring:
    """Find the position of every highlight and question in a note.

    Each is traced from the newest text in which all of it was anchored, so that it survives half-saved files and visits
    to another branch: when the text is back, so is the highlight. Words that it had before others win if they reappear.

    Args:
        note: Today's text.
        records: All of the note that have a selector; see `tui.core.annotations.highlights.sought`.
        snapshots: Newest first.
        wordings: The earlier words of each.
        matching: One of the snapshots matched with today's text, if that was done already.
        doubts: Those that selectors alone did not settle. Only the words themselves or the reader settle a doubt: that
            one of the possible positions is gone proves nothing for another.
        asked: The ids of those to compare with new blocks; see `unsettled`.
    """
    wanted = list(records)
    anchors: dict[str, Anchor] = {}
    followed = (each for each in wanted if each.parts[0].earlier and each.id not in wordings)
    kept = {each.id: first for each in followed if (first := first_words(each.parts))} | wordings
    rest = wanted
    latest = matching if snapshots and matching is not None and matching.old is snapshots[0].note else None
    for snapshot in snapshots:
        known = [each for each in rest if key_of(each) in snapshot.places]
        if not known:
            continue
        places = {each.id: snapshot.places[key_of(each)] for each in known}
        if snapshot.note is note:
            anchors |= resolve(note, known, (note, places))
        else:
            if matching is None or matching.old is not snapshot.note:
                matching = match(snapshot.note, note)
            found = resolve(note, known, (snapshot.note, places), matching)
            words = {each.id: (*kept.get(each.id, ()), Wording(each.parts)) for each in known}
            back = find_returns(matching, places, found, words)
            may_be = {each.id: found[each.id] for each in known if each.id in asked or key_of(each) in doubts}
            nearer = find_nearer(matching, places, may_be, kept)
            if snapshot is not snapshots[0] and snapshots[0].note is not note:
                missed = {id_: anchor for id_, anchor in _whole(known, found).items() if _is_edited(anchor)}
                if missed:
                    latest = latest or match(snapshots[0].note, note)
                    found, back = _with_doubts(latest, found, missed, back, words)
            whole = _whole(known, found)
            left = reworded(snapshot.note, places, {id_: whole[id_] for id_ in whole.keys() - nearer.keys()})
            kept = joined(left, kept)
            kept |= {id_: each.left for id_, each in back.items() if isinstance(each.anchor, Anchored)}
            if snapshot is snapshots[0]:
                staying = {id_: there for id_, there in places.items() if id_ not in back}
                own = {each.id: each.parts for each in known}
                kept |= with_copies_told(matching, staying, kept, own, left)
            anchors |= _with_torn_in_doubt(known, found) | nearer | {id_: each.anchor for id_, each in back.items()}
        rest = [each for each in rest if key_of(each) not in snapshot.places]
    if rest:
        found = resolve(note, rest, None)
        found |= in_doubt({each.id: found[each.id] for each in rest if key_of(each) in doubts})
        anchors |= _with_torn_in_doubt(rest, found)
        # Words found by a selector alone may be recorded as an earlier wording; the record's own words are kept.
        edited = {each.id: (led_away(each.parts),) for each in rest if _is_edited(found[each.id])}
        kept = joined({id_: edited[id_] for id_ in _whole(rest, found).keys() & edited.keys()}, kept)
    after = advance(note, wanted, anchors, snapshots)
    open_doubts = _open_doubts(rest, anchors, doubts) | dropped(wanted, anchors, snapshots, after)
    return Anchoring(anchors, after, kept, open_doubts)


def _open_doubts(rest: Iterable[Sought], anchors: Mapping[str, Anchor], doubts: Collection[Key]) -> frozenset[Key]:
    """Doubts about records without a snapshot: new doubts, and former ones that are not settled."""
    unsettled = (each for each in rest if not isinstance(anchors[each.id], Anchored))
    return frozenset(
        key for each in unsettled if (key := key_of(each)) in doubts or isinstance(anchors[each.id], NeedsReview)
    )


def dropped(
    records: Iterable[Sought], anchors: Mapping[str, Anchor], former: Sequence[Snapshot], snapshots: Sequence[Snapshot]
) -> frozenset[Key]:
    """Records without a certain position whose last text is no longer among the snapshots: it told them from others."""
    unsettled = {key_of(each) for each in records if not isinstance(anchors[each.id], Anchored)}
    return frozenset(key for key in unsettled if _is_in(former, key) and not _is_in(snapshots, key))


def _is_in(snapshots: Iterable[Snapshot], key: Key) -> bool:
    return any(key in snapshot.places for snapshot in snapshots)


def _with_doubts(
    latest: Matching,
    found: Mapping[str, Anchor],
    missed: Mapping[str, Anchor],
    back: Mapping[str, Return],
    words: Wordings,
) -> tuple[dict[str, Anchor], dict[str, Return]]:
    """Anchors and returns, put in doubt if a missing highlight is on a block that existed while it was missing.

    A few letters that were missing return as they were, or are left to the reader. A record's own words that appear in
    this edit win.

    Args:
        latest: The text before, matched with today's.
        found: The anchors, followed from an older text.
        missed: Those of highlights that the text before did not have, and that are on reworded text.
        back: The returns to earlier words.
        words: The earlier words, and those of the records.
    """
    fresh = set(fresh_blocks(latest))
    doubted = {
        id_: anchor
        for id_, anchor in missed.items()
        if id_ not in back
        and not (all(map(is_telling, words[id_][-1].parts)) and any(each.address in fresh for each in _places(anchor)))
    }
    came = find_returns(latest, dict.fromkeys(doubted, ()), doubted, {id_: words[id_] for id_ in doubted})
    return {**found, **in_doubt(doubted)}, {**back, **came}


def unsettled(anchors: Mapping[str, Anchor]) -> set[str]:
    """The ids of those that the last edit reworded or left in doubt."""
    return {id_ for id_, anchor in anchors.items() if _is_edited(anchor) or isinstance(anchor, NeedsReview)}


def _whole(records: Iterable[Sought], found: Mapping[str, Anchor]) -> dict[str, Anchor]:
    return {
        each.id: anchor for each in records if isinstance(anchor := found[each.id], Anchored) and is_whole(each, anchor)
    }


def _with_torn_in_doubt(records: Iterable[Sought], found: Mapping[str, Anchor]) -> dict[str, Anchor]:
    """The anchors, with a review for those that lost more than half of their words, not counting missing parts."""
    records = tuple(records)
    torn = {each.id for each in records if len(_places(found[each.id])) == len(each.parts)} - _whole(
        records, found
    ).keys()
    return {**found, **in_doubt({id_: found[id_] for id_ in torn})}


def _places(anchor: Anchor) -> tuple[Place, ...]:
    return anchor.places if isinstance(anchor, Anchored) else ()


def _is_edited(anchor: Anchor) -> bool:
    return isinstance(anchor, Anchored) and anchor.how is MatchKind.EDITED


def in_doubt(anchors: Mapping[str, Anchor]) -> dict[str, Anchor]:
    """Anchors in a text being written, or on less than half of their words, whose other words need review."""
    return {
        id_: NeedsReview((Candidate(anchor.places, anchor.confidence),))
        if isinstance(anchor, Anchored) and anchor.how is MatchKind.EDITED
        else anchor
        for id_, anchor in anchors.items()
    }


def distinct_snapshots(snapshots: Sequence[Snapshot]) -> tuple[Snapshot, ...]:
    """The snapshots without duplicates and empty ones."""
    kept: list[Snapshot] = []
    for each in snapshots:
        if kept and kept[-1].note is each.note:
            last = kept[-1]
            places, described = {**each.places, **last.places}, last.described | each.described
            kept[-1] = replace(last, places=places, described=described)
        elif each.places:
            kept.append(each)
    return tuple(kept)


def advance(
    note: Note, records: Iterable[Sought], anchors: Mapping[str, Anchor], snapshots: Sequence[Snapshot]
) -> tuple[Snapshot, ...]:
    """The snapshots to start from next time: today's for records that are whole in it, earlier ones for the rest.

    Records missing today are kept too, since undoing a change restores them.
    """
    places: dict[Key, tuple[Place, ...]] = {}
    for each in records:
        anchor = anchors.get(each.id)
        if isinstance(anchor, Anchored) and is_whole(each, anchor):
            places[key_of(each)] = anchor.places
    kept = [Snapshot(note, places, _described(note, places, snapshots))]
    seen = set(places)
    for former in snapshots:
        left = dict(former.places)
        for key in seen.intersection(set(left)):
            del left[key]
        if not left:
            continue
        seen |= set(left)
        if former.note is note:
            kept[0] = replace(kept[0], places={**left, **kept[0].places})
        else:
            kept.append(Snapshot(former.note, left))
    return tuple(kept[:GENERATIONS])


def _described(note: Note, places: Mapping[Key, tuple[Place, ...]], snapshots: Sequence[Snapshot]) -> frozenset[Key]:
    """Records whose selectors describe this text, because they described an earlier one with equal episodes."""
    found: frozenset[Key] = frozenset()
    for former in snapshots:
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
    """True if a place is unchanged in an equal episode, wherever that is in the note."""
    one, other = old.episodes[there.address.episode], new.episodes[here.address.episode]
    is_same = one is other or (one.body is other.body and one.title == other.title)
    return is_same and there.address.block == here.address.block and there.span == here.span


def is_whole(each: Sought, anchor: Anchored) -> bool:
    """True if an anchor covers everything its selector meant, rather than what an edit has left of it for now."""
    if len(anchor.places) < len(each.parts):
        return False
    if anchor.how is not MatchKind.EDITED:
        return True
    sizes = (place.span.end - place.span.start for place in anchor.places)
    return all(2 * size >= len(part.exact) for size, part in zip(sizes, each.parts, strict=True))
