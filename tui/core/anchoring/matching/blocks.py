"""Matching the blocks of a note's old text with those of its new text.

The idea is ownership: a block of the new text that is its old self cannot be the successor of another. Equal blocks are
paired first, with copies told apart by their neighbours; then the rest, by similarity and context, in one assignment.
"""

from __future__ import annotations

from collections import Counter
from operator import is_not
from typing import TYPE_CHECKING, NamedTuple

from tui.core.anchoring.matching.copies import pair_equals
from tui.core.anchoring.matching.differences import in_common
from tui.core.anchoring.matching.likely import pair_likely
from tui.core.anchoring.matching.page import Page
from tui.core.anchoring.matching.parts import ChangedParts, changed_parts
from tui.core.annotations.highlights import MatchKind
from tui.core.common_start import common_start
from tui.core.notes.model import Address

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from tui.core.anchoring.matching.pairs import Pairs
    from tui.core.notes.model import Body, Note


LONG = 2_000
"Number of blocks from which only parts of an episode are matched."


class BlockMatch(NamedTuple):
    """The block that another one is matched with."""

    address: Address
    how: MatchKind
    confidence: float


class Matching:
    """A matching of the blocks and titles in a note's old text with those in its new text."""

    def __init__(
        self, old: Note, new: Note, episodes: Mapping[int, int], links: Pairs, parts: ChangedParts | None = None
    ) -> None:
        self.old = old
        self.new = new
        self._parts = parts
        self._episodes = episodes
        self._origins = {partner: number for number, partner in episodes.items()}
        self.links = links
        "Pairs of entries from the episodes that differ between the texts."

    @property
    def left(self) -> list[int]:
        """Old episodes without an equal in the new text."""
        return [number for number in range(len(self.old.episodes)) if number not in self._episodes]

    @property
    def fresh(self) -> list[int]:
        """New episodes without an equal in the old text."""
        return [number for number in range(len(self.new.episodes)) if number not in self._origins]

    def follow(self, address: Address) -> BlockMatch | None:
        """The new match of an old block or episode title; None if it is gone."""
        if address.episode in self._episodes:
            return BlockMatch(Address(self._episodes[address.episode], address.block), MatchKind.EXACT, 1.0)
        parts = self._parts
        if parts and address.episode == parts.episode and (block := parts.follow(address.block)) is not None:
            return BlockMatch(Address(parts.new_episode, block), MatchKind.EXACT, 1.0)
        return self._link(self.links.old.index[address])

    def may_differ(self, episode: int) -> Sequence[range]:
        """The blocks of an episode of `left` that may have changed, in order."""
        parts = self._parts
        if parts and parts.episode == episode:
            return parts.parts
        return (range(len(self.old.episodes[episode].blocks)),)

    def may_be_new(self, episode: int) -> Sequence[range]:
        """The blocks of an episode of `fresh` that may be new or changed, in order."""
        parts = self._parts
        if parts and parts.new_episode == episode:
            return parts.new_parts
        return (range(len(self.new.episodes[episode].blocks)),)

    @property
    def doubted(self) -> Iterator[Address]:
        """The new blocks that may be equal old ones, or copies of them."""
        links = self.links
        for row in links.doubts:
            if (column := links.partner[row]) is not None and links.how[row] is not MatchKind.EDITED:
                yield links.new.addresses[column]

    def origin(self, address: Address) -> BlockMatch | None:
        """The old match of a new block or episode title; None if it is new."""
        if address.episode in self._origins:
            return BlockMatch(Address(self._origins[address.episode], address.block), MatchKind.EXACT, 1.0)
        parts = self._parts
        if parts and address.episode == parts.new_episode and (block := parts.origin(address.block)) is not None:
            return BlockMatch(Address(parts.episode, block), MatchKind.EXACT, 1.0)
        entry = self.links.new.index[address]
        owner = self.links.owner[entry]
        if owner is None:
            return None
        return BlockMatch(self.links.old.addresses[owner], self.links.how[owner], self.links.score[owner])

    def _link(self, entry: int) -> BlockMatch | None:
        partner = self.links.partner[entry]
        if partner is None:
            return None
        return BlockMatch(self.links.new.addresses[partner], self.links.how[entry], self.links.score[entry])


def match(old: Note, new: Note, *, long: int = LONG) -> Matching:
    """Match the blocks of two texts of a note, parsing only the episodes that differ.

    In an episode with ``long`` blocks or more, only those around the changes are examined.
    """
    same = _same_episodes(old, new)
    origins = {partner: number for number, partner in same.items()}
    edges = {origins[partner] for partner in _edges(origins, len(new.episodes))}
    fences = {number: same[number] for number in edges | _edges(same, len(old.episodes))}
    numbers = {partner: partner for partner in fences.values()}
    left = [number for number in range(len(old.episodes)) if number not in same]
    fresh = [number for number in range(len(new.episodes)) if number not in origins]
    parts = _parts(old, new, *left, *fresh, long=long) if len(left) == len(fresh) == 1 else None
    links = match_pages(
        Page(old, sorted({*left, *fences}), fences, {parts.episode: parts.parts} if parts else {}),
        Page(new, sorted({*fresh, *numbers}), numbers, {parts.new_episode: parts.new_parts} if parts else {}),
    )
    return Matching(old, new, same, links, parts)


def _parts(old: Note, new: Note, episode: int, new_episode: int, *, long: int) -> ChangedParts | None:
    """The changed parts of an episode; None if it is not long."""
    blocks, new_blocks = old.episodes[episode].blocks, new.episodes[new_episode].blocks
    if len(blocks) < long:
        return None
    parts, new_parts = changed_parts(blocks, new_blocks)
    return ChangedParts(episode, parts, new_episode, new_parts)


def _edges(same: Mapping[int, int], episodes: int) -> set[int]:
    """Equal episodes with a neighbour that differs."""
    others = [number for number in range(-1, episodes + 1) if number not in same]
    return {near for number in others for near in (number - 1, number + 1) if near in same}


def match_pages(old: Page, new: Page) -> Pairs:
    """Match the entries of two pages."""
    links = pair_equals(old, new)
    pair_likely(links)
    return links


def _same_episodes(old: Note, new: Note) -> dict[int, int]:
    """Episodes equal in both texts, by number; of copies, only those that an edit left in place."""
    bodies = [episode.body for episode in old.episodes]
    new_bodies = [episode.body for episode in new.episodes]
    # Bodies reused by a reread are the same objects, at both ends: of ten thousand episodes few are compared.
    top = common_start(bodies, new_bodies, is_not)
    bottom = common_start(bodies[top:][::-1], new_bodies[top:][::-1], is_not)
    end, new_end = len(bodies) - bottom, len(new_bodies) - bottom
    same = dict(zip(range(top), range(top), strict=True))
    for number, partner in _same_bodies(bodies[top:end], new_bodies[top:new_end]):
        same[top + number] = top + partner
    same.update(zip(range(end, len(bodies)), range(new_end, len(new_bodies)), strict=True))
    return same


def _same_bodies(bodies: Sequence[Body], new_bodies: Sequence[Body]) -> Iterator[tuple[int, int]]:
    """Index pairs of bodies with the same source and parser."""
    pairs = dict(in_common(bodies, new_bodies))
    taken = set(pairs.values())
    left = _once(body for number, body in enumerate(bodies) if number not in pairs)
    new_left = {body: number for number, body in enumerate(new_bodies) if number not in taken}
    once = _once(body for number, body in enumerate(new_bodies) if number not in taken)
    for number, body in enumerate(bodies):
        if number not in pairs and body in left and body in once:
            pairs[number] = new_left[body]
    for number, partner in pairs.items():
        way, new_way = bodies[number].parse, new_bodies[partner].parse
        if way is new_way or way == new_way:
            yield number, partner


def _once(bodies: Iterable[Body]) -> set[Body]:
    return {body for body, times in Counter(bodies).items() if times == 1}
