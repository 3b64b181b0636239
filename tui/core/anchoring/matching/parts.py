"""The parts of a long episode that an edit changed, and the unchanged blocks between them, which need no matching."""

from __future__ import annotations

from bisect import bisect_right
from operator import attrgetter, is_not
from typing import TYPE_CHECKING, NamedTuple

from tui.core.common_start import common_start

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tui.core.notes.model import Block

_AROUND = 200
"Blocks above and below changed ones that are matched too, since copies are told apart by their neighbours."
_UNCHANGED = 2 * _AROUND + 1
"Fewest unchanged blocks in a row that part two changes."
_LOST, _ADDED = 500, 2_000
"Most blocks of a change that are gone or new before the next unchanged ones are found."
_COPIES = 8
"Most copies of a block that are tried as the first unchanged one."


class ChangedParts(NamedTuple):
    """The changed parts of a long episode, each with some unchanged blocks around it, in order."""

    episode: int
    parts: tuple[range, ...]
    new_episode: int
    new_parts: tuple[range, ...]
    "As many, each in the place of the old one with its number."

    def follow(self, block: int) -> int | None:
        """The new number of an old block; None if it is in a changed part, or a title."""
        return _shifted(block, self.parts, self.new_parts)

    def origin(self, block: int) -> int | None:
        """The old number of a new block; None if it is in a changed part, or a title."""
        return _shifted(block, self.new_parts, self.parts)


def _shifted(block: int, parts: Sequence[range], others: Sequence[range]) -> int | None:
    above = bisect_right(parts, block, key=attrgetter("start")) - 1
    if block < 0 or (above >= 0 and block in parts[above]):
        return None
    return block + others[above].stop - parts[above].stop if above >= 0 else block


def changed_parts(blocks: Sequence[Block], new_blocks: Sequence[Block]) -> tuple[tuple[range, ...], tuple[range, ...]]:
    """The parts, old and new, in which the blocks of two texts differ, each with `_AROUND` unchanged ones beside it."""
    # Blocks that are the same objects, as most are, need no look into them.
    above = common_start(blocks, new_blocks, is_not)
    below = min(common_start(blocks[::-1], new_blocks[::-1], is_not), len(blocks) - above, len(new_blocks) - above)
    old, new = (_Columns.of(each[above : len(each) - below]) for each in (blocks, new_blocks))
    parts, new_parts = list[range](), list[range]()
    for change, new_change in _changes(old, new):
        part, new_part = (range(above + each.start, above + each.stop) for each in (change, new_change))
        up, down = min(_AROUND, part.start, new_part.start), min(_AROUND, len(blocks) - part.stop)
        parts.append(range(part.start - up, part.stop + down))
        new_parts.append(range(new_part.start - up, new_part.stop + down))
    return tuple(parts), tuple(new_parts)


class _Columns(NamedTuple):
    """Lists that are equal where blocks are; comparing them takes no step in Python for each block."""

    texts: list[str]
    kinds: list[str]

    @classmethod
    def of(cls, blocks: Sequence[Block]) -> _Columns:
        return cls([block.text for block in blocks], [block.kind for block in blocks])

    def slice(self, first: int, end: int) -> _Columns:
        return _Columns(self.texts[first:end], self.kinds[first:end])

    def reversed(self) -> _Columns:
        return _Columns(self.texts[::-1], self.kinds[::-1])

    def alike(self, other: _Columns) -> int:
        """Number of equal blocks at the beginning."""
        return min(common_start(self.texts, other.texts), common_start(self.kinds, other.kinds))


def _changes(old: _Columns, new: _Columns) -> Iterator[tuple[range, range]]:
    """The changed blocks, old and new, between runs of at least `_UNCHANGED` equal ones."""
    end, new_end = len(old.texts), len(new.texts)
    first = new_first = old.alike(new)
    below = min(old.reversed().alike(new.reversed()), end - first, new_end - first)
    end, new_end = end - below, new_end - below
    while (meeting := _meeting(old, new, range(first, end), range(new_first, new_end))) is not None:
        at, new_at = meeting
        yield range(first, at), range(new_first, new_at)
        alike = old.slice(at, end).alike(new.slice(new_at, new_end))
        first, new_first = at + alike, new_at + alike
    yield range(first, end), range(new_first, new_end)


def _meeting(old: _Columns, new: _Columns, part: range, new_part: range) -> tuple[int, int] | None:
    """The next two numbers from which on `_UNCHANGED` blocks are equal; None if none are near."""
    last = min(part.start + _LOST, part.stop - _UNCHANGED + 1)
    new_last = min(new_part.start + _ADDED, new_part.stop - _UNCHANGED + 1)
    for at in range(part.start, last):
        run, new_at = old.slice(at, at + _UNCHANGED), new_part.start - 1
        for _ in range(_COPIES):
            try:
                new_at = new.texts.index(old.texts[at], new_at + 1, new_last)
            except ValueError:
                break
            if new.slice(new_at, new_at + _UNCHANGED) == run:
                return at, new_at
    return None
