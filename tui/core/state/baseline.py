"""The changes of a note since its baseline: changed and removed blocks."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from itertools import chain
from typing import TYPE_CHECKING

from tui.core.annotations.highlights import MatchKind
from tui.core.notes.model import TITLE, Address

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tui.core.anchoring.matching.blocks import BlockMatch, Matching
    from tui.core.notes.model import Note


class Sign(StrEnum):
    """A block's difference from the baseline, as shown in the gutter; blocks were removed above or below a line."""

    NEW = "+"
    CHANGED = "~"
    REMOVED_ABOVE = "▔"
    REMOVED_BELOW = "▁"


@dataclass(frozen=True, slots=True)
class Removed:
    """A block of the baseline that was removed."""

    text: str
    episode: str
    "The title of its episode."
    beside: Address
    "The block now in its place, or the last one before it."
    is_below: bool = False
    "True if it was below that block rather than above."


@dataclass(frozen=True, slots=True)
class Diff:
    """The changes of a note since an earlier text of it."""

    signs: Mapping[Address, Sign] = field(default_factory=dict)
    "Signs of new and changed blocks."
    former: Mapping[Address, str] = field(default_factory=dict)
    "Earlier texts of changed blocks."
    removed: tuple[Removed, ...] = ()
    "Removed blocks in document order."
    moved: int = 0
    "Number of unchanged blocks that moved."

    @property
    def places(self) -> Mapping[Address, Sign]:
        """Every block with a sign: changed ones, and those next to a removal."""
        lines = {
            each.beside: Sign.REMOVED_BELOW if each.is_below else Sign.REMOVED_ABOVE for each in reversed(self.removed)
        }
        return {**lines, **self.signs}


def differences(matching: Matching) -> Diff:
    """The changes between two matched texts; an episode that only moved has none."""
    old, new = matching.old, matching.new
    moved = {old.episodes[number].body for number in matching.left}
    moved &= {new.episodes[number].body for number in matching.fresh}
    signs: dict[Address, Sign] = {}
    former: dict[Address, str] = {}
    moves = 0
    for number in matching.fresh:
        episode = new.episodes[number]
        if episode.body in moved:
            continue
        for index in chain.from_iterable(matching.may_be_new(number)):
            link = matching.origin(Address(number, index))
            if link is None:
                signs[Address(number, index)] = Sign.NEW
            elif link.how is MatchKind.EDITED:
                signs[Address(number, index)] = Sign.CHANGED
                former[Address(number, index)] = _text(old, link.address)
            elif link.how is MatchKind.MOVED:
                moves += 1
    gone = [
        removed
        for number in matching.left
        if old.episodes[number].body not in moved
        for part in matching.may_differ(number)
        for removed in _removed(matching, number, part)
    ]
    return Diff(signs, former, tuple(gone), moves)


def _text(note: Note, address: Address) -> str:
    """The text of a block, or of an episode's title: that may have become a heading."""
    return note.episodes[address.episode].title if address.block == TITLE else note.block(address).text


def _is_block_in_place(link: BlockMatch) -> bool:
    """True if a block is still one, not the title of an episode, and did not move."""
    return link.how is not MatchKind.MOVED and link.address.block != TITLE


def _removed(matching: Matching, number: int, part: range) -> list[Removed]:
    """The removed blocks among those of an old episode that may differ, in document order."""
    episode = matching.old.episodes[number]
    links = [matching.follow(Address(number, index)) for index in part]
    there = [link.address for link in links if link is not None and _is_block_in_place(link)]
    if part.stop < len(episode.blocks) and (below := matching.follow(Address(number, part.stop))):
        beside, is_below = below.address, False
    else:
        beside, is_below = there[-1] if there else _nearest(matching.new, number), True
    found = []
    for block, link in zip(reversed(episode.blocks[part.start : part.stop]), reversed(links), strict=True):
        if link is None:
            found.append(Removed(block.text, episode.title, beside, is_below))
        elif _is_block_in_place(link):
            beside, is_below = link.address, False
    return found[::-1]


def _nearest(new: Note, number: int) -> Address:
    """A block near the former position of an episode that is gone."""
    if not new.episodes:
        return Address(0, 0)
    episode = min(number, len(new.episodes) - 1)
    return Address(episode, max(0, len(new.episodes[episode].blocks) - 1))
