"""Rivals: the few columns that may be rather similar to a row, found without weighing the words of each."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from itertools import accumulate
from math import log
from operator import mul
from typing import TYPE_CHECKING

from rapidfuzz import distance, fuzz, process

from tui.core.anchoring import thresholds
from tui.core.anchoring.likeness.words import LONG, Extents

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from tui.core.anchoring.likeness.words import Bag, Weights

ALIKE = 0.62
"Similarity that only rivals have."
_BY_CHARACTERS = 0.58
"Minimum character ratio of a rival that is not one by its words."
_BY_WORDS = 0.49
"Maximum share of a row's words, by weight, in common with a text if `ALIKE` is the mean of both similarities."
_COMMON = log(1 + 4)
"Weight of a word in a quarter of all texts; lighter words are assumed to be shared."


class Rivals:
    """Columns with each word encoded as a character, in order: the common words of two texts are a subsequence."""

    def __init__(
        self, keys: Sequence[str], bags: Mapping[int, Bag], vocabulary: Collection[str], weights: Weights
    ) -> None:
        """Spell the words of some columns, all of which are in a vocabulary."""
        self._keys = keys
        self._weights = weights
        self._extents = Extents()
        # The heaviest first, so that a text spelt in order is in order of weight.
        telling = sorted([word for word in vocabulary if weights[word] >= _COMMON], key=weights.__getitem__)[::-1]
        self._signs = {word: _sign(number) for number, word in enumerate(telling)}
        self._sign_weights: dict[str, float] = {}
        self._sign_extents: defaultdict[str, int] = defaultdict(int)
        for word, sign in self._signs.items():
            self._sign_weights.setdefault(sign, weights[word])
            self._sign_extents[sign] = max(self._sign_extents[sign], self._extents[word])
        self._common = {word for word in vocabulary if weights[word] < _COMMON}
        self._spelt: list[str] = [""] * len(keys)
        for column, words in bags.items():
            self._spelt[column] = self._spell(words)
        self._is_any_long = any(len(key) > LONG for key in keys)

    def of(self, key: str, words: Bag, columns: Sequence[int]) -> Sequence[int]:
        """The columns whose similarity to a row may exceed `ALIKE`: those with many characters or words in common with
        it.
        """
        spelt = self._spell(words)
        most = self._most_in_common(words, spelt)
        if most < 0 or len(key) > LONG:
            return columns
        keys: list[str | None] = [self._keys[column] for column in columns]
        long: list[int] = []
        if self._is_any_long:
            long = [column for column in columns if len(self._keys[column]) > LONG]
            keys = [None if other is None or len(other) > LONG else other for other in keys]
        by_letters = process.extract(key, keys, scorer=fuzz.ratio, limit=None, score_cutoff=100 * _BY_CHARACTERS)
        by_words = process.extract(
            spelt,
            [self._spelt[column] for column in columns],
            scorer=distance.LCSseq.similarity,
            limit=None,
            score_cutoff=most + 1,
        )
        found = {columns[place] for *_, place in by_letters}
        found.update(columns[place] for *_, place in by_words)
        found.update(long)
        return list(found)

    def _spell(self, words: Bag) -> str:
        signs = self._signs
        return "".join(sorted([signs[word] * count for word, count in words.counts.items() if word in signs]))

    def _most_in_common(self, words: Bag, spelt: str) -> int:
        """The number of a text's distinctive words that a dissimilar text may share; -1 if any text may be similar.

        That is less than half of the words by weight, and by length, which a text that is a part of it must have.
        """
        counts = words.counts
        limit, limit_of_size = _BY_WORDS * words.weight, thresholds.HOLDS * self._extent(counts) - 1
        if common := {word: counts[word] for word in counts if word in self._common}:
            limit -= sum(map(mul, map(self._weights.__getitem__, common), common.values()))
            limit_of_size -= self._extent(common)
        by_weight = _most(map(self._sign_weights.__getitem__, spelt), limit)
        by_size = _most(sorted(map(self._sign_extents.__getitem__, spelt), reverse=True), limit_of_size)
        return min(by_weight, by_size)

    def _extent(self, counts: Mapping[str, int]) -> int:
        return sum(map(mul, map(self._extents.__getitem__, counts), counts.values()))


def _most(values: Iterable[float], limit: float) -> int:
    """The greatest number of values, largest first, whose sum stays within a limit; -1 if there is none."""
    return bisect_right(list(accumulate(values)), limit) if limit >= 0 else -1


def _sign(number: int) -> str:
    # The lightest of more words than there are characters share one, and seem to be in common: rivals too many, no
    # more.
    return chr(1 + min(number, 0x10FFFE))
