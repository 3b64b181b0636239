"""Which block of a note's new text each block of its old text became.

The idea is ownership: a block of the new text that is its old self can be no other block's successor. First what
reads the same is paired, copies by their neighbours; then what is left over, by likeness and context, all of it
in one assignment.
"""

from __future__ import annotations

import operator
from collections import Counter
from itertools import compress, count
from typing import TYPE_CHECKING, NamedTuple

from tui.core.anchoring.copies import pair_equals
from tui.core.anchoring.differences import in_common
from tui.core.anchoring.likely import pair_likely
from tui.core.anchoring.page import Page
from tui.core.highlights import How
from tui.core.model import Address

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from tui.core.anchoring.links import Links
    from tui.core.model import Body, Note


class Link(NamedTuple):
    """What a block became."""

    address: Address
    how: How
    confidence: float


class Matching:
    """Where the blocks and titles of a note's old text are in its new text."""

    def __init__(self, old: Note, new: Note, episodes: Mapping[int, int], links: Links) -> None:
        self.old = old
        self.new = new
        self._episodes = episodes
        self._origins = {partner: number for number, partner in episodes.items()}
        self.links = links
        "The entries of the episodes that are not the same in both texts."

    @property
    def left(self) -> list[int]:
        """The old episodes that are not the same in the new text."""
        return [number for number in range(len(self.old.episodes)) if number not in self._episodes]

    @property
    def fresh(self) -> list[int]:
        """The new episodes that were not the same in the old text."""
        return [number for number in range(len(self.new.episodes)) if number not in self._origins]

    def follow(self, address: Address) -> Link | None:
        """What a block, or an episode's title, of the old text became; None where it is gone."""
        if address.episode in self._episodes:
            return Link(Address(self._episodes[address.episode], address.block), How.EXACT, 1.0)
        return self._link(self.links.old.index[address])

    def origin(self, address: Address) -> Link | None:
        """What a block, or an episode's title, of the new text was before; None where it is new."""
        if address.episode in self._origins:
            return Link(Address(self._origins[address.episode], address.block), How.EXACT, 1.0)
        entry = self.links.new.index[address]
        owner = self.links.owner[entry]
        if owner is None:
            return None
        return Link(self.links.old.addresses[owner], self.links.how[owner], self.links.score[owner])

    def _link(self, entry: int) -> Link | None:
        partner = self.links.partner[entry]
        if partner is None:
            return None
        return Link(self.links.new.addresses[partner], self.links.how[entry], self.links.score[entry])


def match(old: Note, new: Note) -> Matching:
    """Match the blocks of two texts of a note; only episodes that are not the same in both are parsed."""
    same = _same_episodes(old, new)
    origins = {partner: number for number, partner in same.items()}
    edges = {origins[partner] for partner in _edges(origins, len(new.episodes))}
    fences = {number: same[number] for number in edges | _edges(same, len(old.episodes))}
    numbers = {partner: partner for partner in fences.values()}
    links = match_pages(
        Page(old, (n for n in range(len(old.episodes)) if n not in same or n in fences), fences),
        Page(new, (n for n in range(len(new.episodes)) if n not in origins or n in numbers), numbers),
    )
    return Matching(old, new, same, links)


def _edges(same: Mapping[int, int], episodes: int) -> set[int]:
    """Which of the episodes that are the same have a neighbour that is not."""
    others = [number for number in range(-1, episodes + 1) if number not in same]
    return {near for number in others for near in (number - 1, number + 1) if near in same}


def match_pages(old: Page, new: Page) -> Links:
    """Match the entries of two pages."""
    links = pair_equals(old, new)
    pair_likely(links)
    return links


def _same_episodes(old: Note, new: Note) -> dict[int, int]:
    """Episodes that are the same in both texts, by number; of copies only those that an edit left in place."""
    bodies = [episode.body for episode in old.episodes]
    new_bodies = [episode.body for episode in new.episodes]
    # What a reread took over is one object in both, at the ends: of ten thousand episodes few are compared.
    top = _shared(bodies, new_bodies)
    bottom = _shared(bodies[top:][::-1], new_bodies[top:][::-1])
    end, new_end = len(bodies) - bottom, len(new_bodies) - bottom
    same = dict(zip(range(top), range(top), strict=True))
    for number, partner in _same_bodies(bodies[top:end], new_bodies[top:new_end]):
        same[top + number] = top + partner
    same.update(zip(range(end, len(bodies)), range(new_end, len(new_bodies)), strict=True))
    return same


def _shared(bodies: Sequence[Body], new_bodies: Sequence[Body]) -> int:
    """How many of the first bodies are the same objects on both sides."""
    unlike = map(operator.is_not, bodies, new_bodies)
    return next(compress(count(), unlike), min(len(bodies), len(new_bodies)))


def _same_bodies(bodies: Sequence[Body], new_bodies: Sequence[Body]) -> Iterator[tuple[int, int]]:
    """Pairs of indexes of bodies with the same source, parsed in the same way."""
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
