"""Searching other notes of the library for the text of records that are lost in their own note."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from rapidfuzz import fuzz

from tui.core.anchoring import thresholds
from tui.core.anchoring.likeness.folding import fold
from tui.core.anchoring.resolution import is_reworded_metadata, resolve
from tui.core.anchoring.word_pair_index import WordPairIndex
from tui.core.annotations.highlights import Anchored, Candidate, MatchKind, NeedsReview
from tui.core.notes.model import Address, Note, Place

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tui.core.annotations.highlights import Anchor, Part, Sought

LIKELY = 8
"Most episodes searched for one part: those that share the most with it."

_Page = list[tuple[Note, int]]
"Episodes of several notes, each with its number in its note."


class LostRecord(NamedTuple):
    """A record whose text is no longer in its note."""

    owner: str
    "The path of its note, or of the sidecar if the note is gone."
    record: Sought
    asked_in: str = ""
    "For a block that answers a question, the path of the note with the question."
    missing: tuple[Part, ...] = ()
    "The parts without a position, if others have one; empty if none has."

    @property
    def parts(self) -> tuple[Part, ...]:
        """The parts to search for."""
        return self.missing or self.record.parts

    @property
    def key(self) -> tuple[str, str]:
        """The owner and the record's id."""
        return self.owner, self.record.id


class Relocation(NamedTuple):
    """The text of a record, found in another note."""

    lost: LostRecord
    candidates: tuple[Candidate, ...]
    "Possible places, best first, each with its note; at least one."
    is_certain: bool
    "True if the first candidate is certain."
    parts: tuple[Part, ...] = ()
    "The parts of the record that moved there, if others did not; empty if all did."

    @property
    def note(self) -> Note:
        """The other note, as it was searched."""
        note = self.candidates[0].note
        assert note is not None
        return note


class ElsewhereSearch:
    """Searches the notes of a library for lost records, and remembers which texts it has searched for which records."""

    def __init__(self) -> None:
        self._texts: dict[str, Note] = {}
        "The notes as they were when searched."
        self._sought: frozenset[LostRecord] = frozenset()
        self._found: dict[LostRecord, tuple[Relocation, ...]] = {}

    def search(self, lost: Sequence[LostRecord], notes: Sequence[Note]) -> Iterator[tuple[Relocation, ...] | None]:
        """Search for records or in notes that are new: yields None after each note, and finally everything found."""
        changed = [note for note in notes if self._texts.get(note.path) is not note]
        known = [each for each in lost if each in self._sought]
        where = WordPairIndex(part for each in known for part in each.parts)
        for number, note in enumerate(changed if known else ()):
            where.add(number, note.pieces)
            yield None
        here = {id(note) for note in notes}
        found = {each: self._found[each] for each in known if each in self._found}
        found = {each: some for each, some in found.items() if all(id(one.note) in here for one in some)}
        again = [each for each in lost if each not in self._sought]
        again += [each for each in known if each in self._found and each not in found]
        again += [each for each in known if any(map(where.likely, each.parts))]
        found = {each: some for each, some in found.items() if each not in again}
        for one in _search(dict.fromkeys(again), notes) if again else ():
            if one is None:
                yield None
            else:
                found[one.lost] = *found.get(one.lost, ()), one
        self._texts = {note.path: note for note in notes}
        self._sought, self._found = frozenset(lost), found
        yield tuple(chain.from_iterable(found.values()))


def missing_parts(note: Note, record: Sought, anchor: Anchor | None) -> tuple[Part, ...]:
    """The parts of a highlight that have no position although others do; empty if their words do not make that
    clear.
    """
    if not isinstance(anchor, Anchored) or len(anchor.places) >= len(record.parts):
        return ()
    here = _parts_at(note, record.parts, anchor.places)
    return tuple(part for part in record.parts if part not in here)


def moving_parts(note: Note, parts: Sequence[Part], places: Sequence[Place]) -> tuple[Part, ...]:
    """The parts of a highlight that some places of another note stand for; empty if they may be for all of it."""
    return _parts_at(note, parts, places) if len(places) < len(parts) else ()


def _parts_at(note: Note, parts: Sequence[Part], places: Sequence[Place]) -> tuple[Part, ...]:
    """The parts that read most like these places, one for each."""
    left, found = list(parts), []
    for text in (note.block(place.address).text for place in places):
        found.append(next((part for part in left if part.block == text), None) or _likest(left, text))
        left.remove(found[-1])
    return tuple(found)


def _likest(parts: Sequence[Part], text: str) -> Part:
    return max(parts, key=lambda part: fuzz.ratio(part.block, text))


def _search(lost: dict[LostRecord, None], notes: Sequence[Note]) -> Iterator[Relocation | None]:
    """Search all notes except a record's own."""
    where = WordPairIndex(part for each in lost for part in each.parts)
    episodes: _Page = []
    for note in notes:
        for number, episode in enumerate(note.episodes):
            where.add(len(episodes), (episode.body.utf8,))
            episodes.append((note, number))
        yield None
    by_owner: defaultdict[str, list[LostRecord]] = defaultdict(list)
    for each in lost:
        by_owner[each.owner].append(each)
    for owner, wanted in by_owner.items():
        likely: set[int] = set()
        for part in (part for each in wanted for part in each.parts):
            others = [number for number in where.likely(part) if episodes[number][0].path != owner]
            likely.update(others[:LIKELY])
        if likely:
            yield from _found_in([episodes[number] for number in sorted(likely)], wanted)
        yield None


def _found_in(page: _Page, wanted: Sequence[LostRecord]) -> Iterator[Relocation]:
    """Search some episodes as one text, so that a text in two notes is certain in neither.

    A reworded text is certain only in a note to which other records of the same owner moved word for word.
    """
    text = Note("", None, None, tuple(note.episodes[number] for note, number in page))
    anchors = resolve(text, [replace(each.record, parts=each.parts) for each in wanted], None)
    company = {
        id(page[anchor.places[0].address.episode][0])
        for anchor in anchors.values()
        if isinstance(anchor, Anchored) and anchor.how is not MatchKind.EDITED
    }
    for each in wanted:
        anchor, size = anchors[each.record.id], len(each.parts)
        if isinstance(anchor, Anchored):
            if anchor.how is not MatchKind.EDITED and (torn := tuple(_torn(page, each, anchor))):
                yield from torn
                continue
            only = _in_its_note(page, anchor.places, anchor.confidence)
            is_sure = anchor.how is not MatchKind.EDITED or (
                id(only.note) in company and not is_reworded_metadata(anchor, text)
            )
            if is_sure or _is_plausible(each, only):
                yield Relocation(each, (only,), is_sure and len(only.places) == size, each.missing)
        elif isinstance(anchor, NeedsReview):
            offered = (_in_its_note(page, one.places, one.confidence) for one in anchor.candidates)
            if candidates := tuple(one for one in offered if _is_plausible(each, one)):
                yield Relocation(each, candidates, is_certain=False)


def _torn(page: _Page, lost: LostRecord, anchor: Anchored) -> Iterator[Relocation]:
    """The parts of a highlight that are word for word in different notes, by note; nothing if one note has them all."""
    by_note: dict[int, list[Place]] = {}
    for place in anchor.places:
        by_note.setdefault(id(page[place.address.episode][0]), []).append(place)
    if len(by_note) < 2:
        return
    for places in by_note.values():
        there = _in_its_note(page, places, anchor.confidence)
        assert there.note is not None
        texts = {there.note.block(place.address).text for place in there.places}
        own = tuple(part for part in lost.parts if part.block in texts)
        if len(own) == len(there.places):
            yield Relocation(lost, (there,), is_certain=True, parts=own)


def _in_its_note(page: _Page, places: Sequence[Place], confidence: float) -> Candidate:
    """A candidate in the note of its first place, without the parts in other notes."""
    note = page[places[0].address.episode][0]
    kept = [place for place in places if page[place.address.episode][0] is note]
    own = tuple(Place(Address(page[each.address.episode][1], each.address.block), each.span) for each in kept)
    return Candidate(own, confidence, note)


def _is_plausible(lost: LostRecord, candidate: Candidate) -> bool:
    """True if a candidate reads like the record or is very similar."""
    assert candidate.note is not None
    there = {fold(candidate.note.block(place.address).text) for place in candidate.places}
    is_equal = there <= {fold(part.block) for part in lost.parts}
    return is_equal or candidate.confidence >= thresholds.ELSEWHERE_WORTH_A_REVIEW
