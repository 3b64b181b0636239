"""The diff of two sequences: their common items, in order."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from typing import TYPE_CHECKING, TypeVar

from rapidfuzz import distance

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterator, Sequence

Item = TypeVar("Item", bound="Hashable")

_TABLE = 64_000_000
"Most cells in the table for a longest common subsequence: 8 MB at one bit each."


def in_common(old: Sequence[Item], new: Sequence[Item]) -> list[tuple[int, int]]:
    """Index pairs of equal items, both ascending: the items that an edit left in place.

    Equal ends are removed first; items that occur once on both sides divide the rest (patience diff by Bram Cohen, as
    in git), and parts without such items are compared as a longest common subsequence.
    """
    pairs: list[tuple[int, int]] = []
    pending = [(0, len(old), 0, len(new))]
    while pending:
        start, end, new_start, new_end = pending.pop()
        while start < end and new_start < new_end and old[start] == new[new_start]:
            pairs.append((start, new_start))
            start, new_start = start + 1, new_start + 1
        while start < end and new_start < new_end and old[end - 1] == new[new_end - 1]:
            end, new_end = end - 1, new_end - 1
            pairs.append((end, new_end))
        if start == end or new_start == new_end:
            continue
        parting = _once_on_both_sides(old, new, start, end, new_start, new_end)
        if parting:
            for index, partner in parting:
                pending.append((start, index, new_start, partner))
                start, new_start = index, partner
            pending.append((start, end, new_start, new_end))
        elif (end - start) * (new_end - new_start) <= _TABLE:
            for block in distance.LCSseq.opcodes(old[start:end], new[new_start:new_end]):
                if block.tag == "equal":
                    length = block.src_end - block.src_start
                    pairs += ((start + block.src_start + i, new_start + block.dest_start + i) for i in range(length))
        else:
            pairs += _nth_with_nth(old, new, start, end, new_start, new_end)
    pairs.sort()
    return pairs


def _once_on_both_sides(
    old: Sequence[Item], new: Sequence[Item], start: int, end: int, new_start: int, new_end: int
) -> list[tuple[int, int]]:
    count, new_count = Counter(old[start:end]), Counter(new[new_start:new_end])
    where = {new[index]: index for index in range(new_start, new_end) if new_count[new[index]] == 1}
    return longest_rising(
        [(index, where[old[index]]) for index in range(start, end) if count[old[index]] == 1 and old[index] in where]
    )


def _nth_with_nth(
    old: Sequence[Item], new: Sequence[Item], start: int, end: int, new_start: int, new_end: int
) -> list[tuple[int, int]]:
    left: defaultdict[Item, Iterator[int]]
    places: dict[Item, list[int]] = defaultdict(list)
    for index in range(new_start, new_end):
        places[new[index]].append(index)
    left = defaultdict(lambda: iter(()), {item: iter(indexes) for item, indexes in places.items()})
    pairs = [(index, next(left[old[index]], -1)) for index in range(start, end)]
    return longest_rising([pair for pair in pairs if pair[1] >= 0])


def longest_rising(pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest subsequence of pairs, given in ascending order of their first numbers, in which the second ascend
    too.
    """
    ends: list[int] = []
    piles: list[int] = []
    before: list[int] = []
    for number, (_, partner) in enumerate(pairs):
        pile = bisect_left(ends, partner)
        before.append(piles[pile - 1] if pile else -1)
        if pile == len(ends):
            ends.append(partner)
            piles.append(number)
        else:
            ends[pile], piles[pile] = partner, number
    rising: list[tuple[int, int]] = []
    number = piles[-1] if piles else -1
    while number >= 0:
        rising.append(pairs[number])
        number = before[number]
    return rising[::-1]
