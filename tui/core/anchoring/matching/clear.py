"""Clear pairs: an old and a new entry that are far more similar to each other than to anything else.

In a text that was reworded throughout, nearly all pairs are clear. They are found one entry at a time and need no
assignment, so the scores of all their other possible pairs need not be kept.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tui.core.anchoring import thresholds
from tui.core.anchoring.matching.rivals import ALIKE

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Mapping

    from tui.core.anchoring.matching.possible import PossiblePairs, Score


UNSEEN = ALIKE * (1 - thresholds.CONTEXT_SHARE) + thresholds.CONTEXT_SHARE
"Maximum score of a pair that was not examined."


class ClearPair(NamedTuple):
    """The new entry that clearly belongs to an old one."""

    column: int
    score: Score
    lead: float
    "Lead of its score over the next best in its row."


class Sifted(NamedTuple):
    """Rows, split into clear and contested ones."""

    clear: dict[int, ClearPair]
    contested: dict[int, dict[int, Score]]
    "All possible pairs of the contested rows."


def sift(among: PossiblePairs, rows: Iterable[int], contending: Container[int]) -> Sifted:
    """Separate clear rows from the others; only contending ones can be clear."""
    clear: dict[int, ClearPair] = {}
    contested: dict[int, dict[int, Score]] = {}
    best = [UNSEEN] * among.width
    next_best = [UNSEEN] * among.width
    for row in rows:
        pairs = among.likeliest(row) if row in contending else among.pairs(row)
        for column, score in pairs.items():
            total = score.total
            if total > best[column]:
                best[column], next_best[column] = total, best[column]
            elif total > next_best[column]:
                next_best[column] = total
        found = _leader(pairs) if row in contending else None
        if found and among.is_respelt(row, found.column):
            clear[row] = found
        else:
            contested[row] = among.pairs(row) if row in contending else pairs
    lost = [
        row
        for row, (column, score, _) in clear.items()
        if best[column] > score.total or next_best[column] > score.total - thresholds.MARGIN
    ]
    for row in lost:
        del clear[row]
        contested[row] = among.pairs(row)
    return Sifted(clear, contested)


def _leader(pairs: Mapping[int, Score]) -> ClearPair | None:
    """The pair that leads all others in its row by a margin, both in score and in similarity; None if there is none."""
    if not pairs:
        return None
    column, score = max(pairs.items(), key=_by_total)
    others = [other for other in pairs.values() if other is not score]
    lead = score.total - max([UNSEEN, *(other.total for other in others)])
    if lead < thresholds.MARGIN or score.likeness < max([ALIKE, *(other.likeness for other in others)]):
        return None
    return ClearPair(column, score, lead)


def _by_total(pair: tuple[int, Score]) -> float:
    return pair[1].total
