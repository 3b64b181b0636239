"""Possible pairs of unequal entries, which share words or a place, with similarity and score."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from tui.core.anchoring import thresholds
from tui.core.anchoring.likeness.word_index import WordIndex
from tui.core.anchoring.likeness.words import (
    Bag,
    Weights,
    bag,
    containment,
    is_counted_anew,
    is_respelt,
    likeness,
    share_rare,
)
from tui.core.anchoring.matching.rivals import Rivals

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from tui.core.anchoring.matching.pairs import Pairs

_SAMPLE = 2_000
"Entries of a page that suffice to weigh words."
_IN_GAP = 40
"Most entries in a gap for all of them to be candidates for an entry of that gap."
_REACH = 5
"Distance of candidates from an entry's place in a larger gap."
_KEPT = 1_024
"Bags of rows that are kept."

_MOST_AS_A_PART = 0.81
"Maximum similarity of a text that is a part of another."


class Score(NamedTuple):
    """The score of a possible pair, from 0 to 1, and its components."""

    total: float
    likeness: float
    context: float


def weights_of(links: Pairs) -> Weights:
    """The weights of words in both texts, estimated from a sample if they are long."""
    return Weights(
        page.terms(entry) for page in (links.old, links.new) for entry in range(0, len(page), 1 + len(page) // _SAMPLE)
    )


class PossiblePairs:
    """Old entries (rows) and new entries (columns) that may be pairs."""

    def __init__(self, links: Pairs, rows: Sequence[int], columns: Sequence[int]) -> None:
        self._links = links
        self.width = len(links.new)
        "Number of new entries, which all columns are less than."
        self._columns = columns
        self._weights = weights = weights_of(links)
        # A note has a small vocabulary; each word is stored once.
        known: dict[str, str] = {}
        self._bags = {column: bag(_once(links.new.terms(column), known), self._weights) for column in columns}
        self._words = WordIndex(((column, words.counts) for column, words in self._bags.items()), self._weights)
        self._rivals = Rivals(links.new.keys, self._bags, known, self._weights)
        # There may be a hundred thousand, of which those of a few neighbours are needed again and again. Not through
        # `self`: everything here is to be freed without a collection.
        self._bag = lru_cache(_KEPT)(lambda row: bag(links.old.terms(row), weights))
        self._last: tuple[int, Sequence[int]] = -1, ()
        "The row looked at last and the columns near it: a row that is not clear is looked at twice."
        self._definitions = set(filter(links.new.is_definition, columns))
        self._in_gap: defaultdict[tuple[int, int], list[int]] = defaultdict(list)
        for row in rows:
            self._in_gap[links.gap(row)].append(row)

    def pairs(self, row: int) -> dict[int, Score]:
        """The possible columns of a row: those that share words with it or are in its gap."""
        return self._scored(row, self._bag(row), self._near(row))

    def likeliest(self, row: int) -> dict[int, Score]:
        """Like `pairs`, without most columns whose similarity is below `rivals.ALIKE`."""
        words = self._bag(row)
        return self._scored(row, words, self._rivals.of(self._links.old.keys[row], words, self._near(row)))

    def _scored(self, row: int, words: Bag, columns: Iterable[int]) -> dict[int, Score]:
        old, new = self._links.old, self._links.new
        share = thresholds.CONTEXT_SHARE
        pairs: dict[int, Score] = {}
        for column in columns:
            if column in self._definitions and not old.is_definition(row):
                continue
            alike = _alike(old.keys[row], words, new.keys[column], self._bags[column], self._weights)
            if old.is_heading[row] != new.is_heading[column] and not self._may_change_kind(row, column, alike):
                continue
            if alike > thresholds.WORTH_A_LOOK:
                context = self._links.context(row, column)
                pairs[column] = Score(alike * (1 - share) + context * share, alike, context)
        return pairs

    def _may_change_kind(self, row: int, column: int, alike: float) -> bool:
        """True if a heading and a bullet read so much alike that one may have become the other."""
        return alike > thresholds.LIKE_AS_HEADING and self.is_respelt(row, column)

    def sharing(self, row: int) -> list[int]:
        """The columns that share the most words with any old entry."""
        return self._words.sharing(self._bag(row))

    def likeness(self, row: int, column: int) -> float:
        """Similarity of a column to any old entry."""
        old, new = self._links.old, self._links.new
        if old.is_heading[row] != new.is_heading[column]:
            return 0.0
        return _alike(old.keys[row], self._bag(row), new.keys[column], self._bags[column], self._weights)

    def holds(self, row: int, column: int) -> bool:
        """True if a column has most of a row's words."""
        return self.is_respelt(row, column) or self.share_held(row, column) >= thresholds.HOLDS

    def is_respelt(self, row: int, column: int) -> bool:
        """True if a column resembles a row so closely by characters that it clearly has the row's words."""
        return is_respelt(self._links.old.keys[row], self._links.new.keys[column])

    def is_another_of_its_form(self, row: int, column: int) -> bool:
        """True if a column is a row with other numbers, or another text of a form that both texts have many times."""
        key, new_key = self._links.old.keys[row], self._links.new.keys[column]
        return is_counted_anew(key, new_key) and not share_rare(key, new_key, self._weights, 2 * thresholds.FORM)

    def share_held(self, row: int, column: int) -> float:
        """The share of a row's words that a column has."""
        old, new = self._links.old, self._links.new
        return containment(old.keys[row], self._bag(row).counts, new.keys[column], self._bags[column].counts)

    def are_split(self, row: int, column: int, other: int) -> bool:
        """True if a row was split into two columns."""
        return self._are_parts(self._bags[column], self._bags[other], self._bag(row))

    def are_merged(self, row: int, other: int, column: int) -> bool:
        """True if two rows were merged into a column."""
        return self._are_parts(self._bag(row), self._bag(other), self._bags[column])

    def _are_parts(self, one: Bag, other: Bag, whole: Bag) -> bool:
        """True if two texts differ from each other and together make up a third."""
        counts, other_counts = Counter(one.counts), Counter(other.counts)
        shared = self._weight(counts & other_counts)
        held = self._weight((counts + other_counts) & Counter(whole.counts))
        return (
            shared <= thresholds.PARTS_SHARE * min(one.weight, other.weight)
            and held >= thresholds.PARTS_HOLD * whole.weight
        )

    def _weight(self, counts: Counter[str]) -> float:
        return sum(self._weights[word] * count for word, count in counts.items())

    def _near(self, row: int) -> Sequence[int]:
        """The columns that share words with a row or are in its gap."""
        if self._last[0] != row:
            self._last = row, list({*self._words.sharing(self._bag(row)), *self._beside(row)})
        return self._last[1]

    def _beside(self, row: int) -> Sequence[int]:
        """The columns in a row's gap; if there are many, those about as far from either end as the row."""
        low, high = self._links.gap(row)
        first = bisect_right(self._columns, low)
        last = bisect_left(self._columns, high, first)
        if last - first <= _IN_GAP:
            return self._columns[first:last]
        rows = self._in_gap[low, high]
        above = bisect_left(rows, row)
        below = len(rows) - above - 1
        return [
            self._columns[place]
            for middle in (first + above, last - 1 - below)
            for place in range(max(first, middle - _REACH), min(last, middle + _REACH + 1))
        ]


def _once(words: Iterable[str], known: dict[str, str]) -> list[str]:
    """Replace each word by the object already known for it."""
    return [known.setdefault(word, word) for word in words]


def _alike(key: str, words: Bag, new_key: str, new_words: Bag, weights: Weights) -> float:
    """The similarity of two entries, raised if one is a part of the other."""
    whole, contained = likeness(key, words, new_key, new_words, weights)
    if whole > _MOST_AS_A_PART or (whole > thresholds.LIKE_WHEN_CONTINUED and contained <= thresholds.CONTAINED):
        return whole
    if (
        contained > thresholds.CONTAINED
        and min(_extent(words), _extent(new_words)) >= thresholds.PART_LENGTH
        and containment(key, words.counts, new_key, new_words.counts) >= thresholds.HOLDS
    ):
        return max(whole, 0.55 * contained + 0.25)
    if _goes_on(key, new_key) and (len(key) >= thresholds.PART_LENGTH or len(new_key) <= thresholds.GOES_ON * len(key)):
        return max(whole, thresholds.LIKE_WHEN_CONTINUED)
    if _goes_on(new_key, key):
        return max(whole, thresholds.LIKE_WHEN_CUT)
    return whole


def _extent(words: Bag) -> int:
    return sum(len(word) * count for word, count in words.counts.items())


def _goes_on(key: str, longer: str) -> bool:
    """True if a text consists of another with more after or before it."""
    return (longer.startswith(key) and not longer[len(key) : len(key) + 1].isalnum()) or (
        longer.endswith(key) and not longer[-len(key) - 1 : -len(key)].isalnum()
    )
