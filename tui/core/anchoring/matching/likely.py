"""Pairing the entries of two pages that do not read the same: by likeness and context, all in one assignment."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from tui.core.anchoring import thresholds
from tui.core.anchoring.likeness.word_index import WordIndex
from tui.core.anchoring.likeness.words import Bag, Weights, bag, likeness
from tui.core.anchoring.matching.assignment import assign
from tui.core.annotations.highlights import How

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tui.core.anchoring.matching.page import Page
    from tui.core.anchoring.matching.pairs import Links

_SAMPLE = 2_000
"How many entries of a page are enough to tell what words weigh."
_IN_GAP = 40
"Up to how many entries of the gap that an entry stood in are all candidates."
_REACH = 5
"How far around its place in a larger gap they are."
_CONTAINED = 0.8
"How much of the shorter text must be in the longer for one to be a part of the other."
_PART = 20
"From how many code points on a text is long enough to be told as a part."


class _Pair(NamedTuple):
    likeness: float
    context: float

    @property
    def score(self) -> float:
        share = thresholds.CONTEXT_SHARE
        return self.likeness * (1 - share) + self.context * share


def weights_of(links: Links) -> Weights:
    """What the words of both texts weigh; of long texts a sample tells it."""
    return Weights(
        page.terms(entry) for page in (links.old, links.new) for entry in range(0, len(page), 1 + len(page) // _SAMPLE)
    )


def pair_likely(links: Links) -> None:
    """Pair what has no partner yet where it is certain; keep what else it may be as candidates."""
    rows = [entry for entry, partner in enumerate(links.partner) if partner is None and links.old.keys[entry]]
    columns = [entry for entry, owner in enumerate(links.owner) if owner is None and links.new.keys[entry]]
    if not rows or not columns:
        return
    # Where nothing is as it was, not even a title, this may be another text: what stands where is no sign then.
    is_of_one_text = any(partner is not None for partner in links.partner)
    pairs = _scored(links, rows, columns)
    gains = [{column: pair.score for column, pair in row.items()} for row in pairs]
    best_of_column = _two_best(gains)
    in_gap = Counter(links.gap(row) for row in rows)
    given = assign(gains)
    joined = []
    for number, row in enumerate(rows):
        column = given.get(number)
        if column is not None:
            pair = pairs[number][column]
            score = gains[number][column]
            rival = max((gain for other, gain in gains[number].items() if other != column), default=0.0)
            first, second = best_of_column[column]
            margin = score - max(rival, second if first == score else first)
            low, high = links.gap(row)
            alone = in_gap[low, high] == 1 and bisect_left(columns, high) - bisect_right(columns, low) == 1
            if _is_certain(pair, margin, is_of_one_text and low < column < high, alone):
                joined.append((row, column, score))
                continue
        ranked = sorted(((gain, other) for other, gain in gains[number].items()), reverse=True)
        links.candidates[row] = ranked[:5]
    for row, column, score in joined:
        links.join(row, column, How.EDITED, score)


def _is_certain(pair: _Pair, margin: float, in_gap: bool, alone: bool) -> bool:
    if pair.likeness >= thresholds.LIKE_ANYWHERE and (in_gap or margin >= thresholds.MARGIN):
        return True
    if in_gap and pair.likeness >= thresholds.LIKE_IN_GAP and margin >= 0:
        return True
    if in_gap and alone and pair.likeness >= thresholds.LIKE_ALONE_IN_GAP:
        return True
    return (
        pair.likeness >= thresholds.LIKE_IN_CONTEXT
        and pair.context >= thresholds.CONTEXT_AGREES
        and margin >= thresholds.MARGIN
    )


def _two_best(gains: Sequence[dict[int, float]]) -> dict[int, tuple[float, float]]:
    best: dict[int, tuple[float, float]] = {}
    for row in gains:
        for column, gain in row.items():
            first, second = best.get(column, (0.0, 0.0))
            if gain > first:
                best[column] = gain, first
            elif gain > second:
                best[column] = first, gain
    return best


def _scored(links: Links, rows: Sequence[int], columns: Sequence[int]) -> list[dict[int, _Pair]]:
    """For each row the columns it may be, with how like they are."""
    old, new = links.old, links.new
    among = _Columns(links, rows, columns)
    scored: list[dict[int, _Pair]] = []
    for row in rows:
        words = bag(old.terms(row), among.weights)
        pairs: dict[int, _Pair] = {}
        for column in among.candidates(row, words):
            if old.is_heading[row] != new.is_heading[column] and old.keys[row] != new.keys[column]:
                continue
            alike = _alike(old, row, words, new, column, among.bags[column], among.weights)
            if alike > thresholds.WORTH_A_LOOK:
                pairs[column] = _Pair(alike, links.context(row, column))
        scored.append(pairs)
    return scored


class _Columns:
    """The new entries that are to be had, found by what they say and by where they stand."""

    def __init__(self, links: Links, rows: Sequence[int], columns: Sequence[int]) -> None:
        self._links = links
        self._columns = columns
        self.weights = weights_of(links)
        self.bags = {column: bag(links.new.terms(column), self.weights) for column in columns}
        self._words = WordIndex(((column, words.counts) for column, words in self.bags.items()), self.weights)
        in_gap = Counter(links.gap(row) for row in rows)
        passed: Counter[tuple[int, int]] = Counter()
        self._standing: dict[int, tuple[int, int]] = {}
        "How many rows stand above and below each row in its gap."
        for row in rows:
            gap = links.gap(row)
            self._standing[row] = passed[gap], in_gap[gap] - passed[gap] - 1
            passed[gap] += 1

    def candidates(self, row: int, words: Bag) -> set[int]:
        """The columns that share words with a row, and those that stand where it stood."""
        return {*self._words.sharing(words), *self._beside(row)}

    def _beside(self, row: int) -> Sequence[int]:
        """The columns in a row's gap; of many those about as far from its upper or its lower end as the row is."""
        low, high = self._links.gap(row)
        first = bisect_right(self._columns, low)
        last = bisect_left(self._columns, high, first)
        if last - first <= _IN_GAP:
            return self._columns[first:last]
        above, below = self._standing[row]
        return [
            self._columns[place]
            for middle in (first + above, last - 1 - below)
            for place in range(max(first, middle - _REACH), min(last, middle + _REACH + 1))
        ]


def _alike(old: Page, row: int, words: Bag, new: Page, column: int, new_words: Bag, weights: Weights) -> float:
    """How like two entries are; of one that is a part of the other more than by their lengths."""
    key, new_key = old.keys[row], new.keys[column]
    whole, contained = likeness(key, words, new_key, new_words, weights)
    if contained > _CONTAINED and min(_extent(words), _extent(new_words)) >= _PART:
        return max(whole, 0.55 * contained + 0.25)
    if _goes_on(key, new_key):
        return max(whole, thresholds.LIKE_WHEN_CONTINUED)
    if _goes_on(new_key, key):
        return max(whole, thresholds.LIKE_WHEN_CUT)
    return whole


def _extent(words: Bag) -> int:
    return sum(len(word) * count for word, count in words.counts.items())


def _goes_on(key: str, longer: str) -> bool:
    """Whether a text is another with more behind it or before it."""
    return (longer.startswith(key) and not longer[len(key) : len(key) + 1].isalnum()) or (
        longer.endswith(key) and not longer[-len(key) - 1 : -len(key)].isalnum()
    )
