"""The assignment problem: the best way to give each row a column."""

from __future__ import annotations

from heapq import heappop, heappush
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


class Assignment(NamedTuple):
    """The columns given to rows."""

    given: dict[int, int]
    "Columns by row; none is given twice."
    prices: dict[int, float]
    "Prices by column: how much more than its own gain a row would have to gain for the sum to grow; none is 0."


def assign(gains: Sequence[Mapping[int, float]]) -> Assignment:
    """Pair rows with columns so that the sum of gains is maximal.

    Shortest augmenting paths with prices over sparse gains (Jonker and Volgenant 1987), so that each row examines only
    the columns it names. A row gets no column if another gains more by it.

    Args:
        gains: The gains of each row by column, all greater than 0.
    """
    price: dict[int, float] = {}
    owner: dict[int, int] = {}
    given: dict[int, int] = {}
    for row in range(len(gains)):
        _give(row, gains, price, owner, given)
    return Assignment(given, price)


def _give(
    row: int,
    gains: Sequence[Mapping[int, float]],
    price: dict[int, float],
    owner: dict[int, int],
    given: dict[int, int],
) -> None:
    """Give a row a column along the path that loses the least, on which owners pass their columns on.

    The path ends at a free column, or at an owner that goes without because that loses less.
    """
    reached: dict[int, float] = {}
    giver: dict[int, int] = {}
    settled: dict[int, float] = {}
    heap: list[tuple[float, int]] = []
    free = -1
    current, so_far = row, 0.0
    profit = max((gain - price.get(column, 0.0) for column, gain in gains[row].items()), default=0.0)
    least, loser = max(profit, 0.0), row
    while True:
        for column, gain in gains[current].items():
            lost = so_far + profit - (gain - price.get(column, 0.0))
            if column not in settled and lost < reached.get(column, least):
                reached[column], giver[column] = lost, current
                heappush(heap, (lost, column))
        while heap and heap[0][1] in settled:
            heappop(heap)
        if not heap or heap[0][0] >= least:
            break
        so_far, column = heappop(heap)
        settled[column] = so_far
        if column not in owner:
            free, least = column, so_far
            break
        current = owner[column]
        profit = gains[current][column] - price.get(column, 0.0)
        if so_far + profit < least:
            least, loser = so_far + profit, current
    for column, lost in settled.items():
        if lost < least:
            price[column] = price.get(column, 0.0) + least - lost
    passed = free if free >= 0 else given.pop(loser, -1)
    while passed >= 0:
        taker = giver[passed]
        owner[passed] = taker
        passed, given[taker] = given.get(taker, -1), passed
