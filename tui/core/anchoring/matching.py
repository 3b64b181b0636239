"""Which block of a note's new text each block of its old text became.

The idea is ownership: a block of the new text that is its old self can be no other block's successor. First what
reads the same is paired, copies by their neighbours; then what is left over, by likeness and context, all of it
in one assignment.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from tui.core.anchoring.copies import pair_equals
from tui.core.anchoring.differences import in_common
from tui.core.anchoring.likely import pair_likely
from tui.core.anchoring.page import Page
from tui.core.highlights import How
from tui.core.model import Address

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from tui.core.anchoring.links import Links
    from tui.core.model import Body, Note


class Link(NamedTuple):
    """What a block became."""

    address: Address
    how: How
    confidence: float


class Matching:
    """Where the blocks and titles of a note's old text are in its new text."""

    def __init__(self, episodes: Mapping[int, int], links: Links) -> None:
        self._episodes = episodes
        self._origins = {new: old for old, new in episodes.items()}
        self.links = links
        "The entries of the episodes that are not the same in both texts."

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
    fences = {
        number: partner
        for number, partner in same.items()
        if not {number - 1, number + 1} <= same.keys() or not {partner - 1, partner + 1} <= origins.keys()
    }
    numbers = {partner: partner for partner in fences.values()}
    links = match_pages(
        Page(old, (n for n in range(len(old.episodes)) if n not in same or n in fences), fences),
        Page(new, (n for n in range(len(new.episodes)) if n not in origins or n in numbers), numbers),
    )
    return Matching(same, links)


def match_pages(old: Page, new: Page) -> Links:
    """Match the entries of two pages."""
    links = pair_equals(old, new)
    pair_likely(links)
    return links


def _same_episodes(old: Note, new: Note) -> dict[int, int]:
    """Episodes that are the same in both texts, by number; of copies only those that an edit left in place."""
    bodies = [episode.body for episode in old.episodes]
    new_bodies = [episode.body for episode in new.episodes]
    pairs = dict(in_common(bodies, new_bodies))
    taken = set(pairs.values())
    left = _once(body for number, body in enumerate(bodies) if number not in pairs)
    new_left = {body: number for number, body in enumerate(new_bodies) if number not in taken}
    once = _once(body for number, body in enumerate(new_bodies) if number not in taken)
    for number, body in enumerate(bodies):
        if number not in pairs and body in left and body in once:
            pairs[number] = new_left[body]
    return {
        number: partner
        for number, partner in pairs.items()
        if bodies[number].parse is new_bodies[partner].parse or bodies[number].parse == new_bodies[partner].parse
    }


def _once(bodies: Iterable[Body]) -> set[Body]:
    return {body for body, count in Counter(bodies).items() if count == 1}
