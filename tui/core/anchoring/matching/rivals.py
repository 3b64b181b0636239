"""Rivals: the few columns that may be rather similar to a row, found without weighing the words of each."""

from __future__ import annotations

from math import log
from typing import TYPE_CHECKING

from rapidfuzz import distance, fuzz, process

from tui.core.anchoring import thresholds
from tui.core.anchoring.likeness.words import LONG, extent

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

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
        self, keys: Sequence[str], bags: Mapping[int, Bag], vocabulary: Iterable[str], weights: Weights
    ) -> None:
        """Spell the words of some columns, all of which are in a vocabulary."""
        self._keys = keys
        weighed = [(word, weights[word]) for word in vocabulary]
        self._signs = {word: _sign(number) for number, (word, weight) in enumerate(weighed) if weight >= _COMMON}
        self._telling = {word: (weight, extent({word: 1})) for word, weight in weighed if weight >= _COMMON}
        "Weight and extent of the words that have a sign."
        self._common = {word: (weight, extent({word: 1})) for word, weight in weighed if weight < _COMMON}
        self._spelt: list[str] = [""] * len(keys)
        for column, words in bags.items():
            self._spelt[column] = self._spell(words)
        self._is_any_long = any(len(key) > LONG for key in keys)

    def of(self, key: str, words: Bag, columns: Sequence[int]) -> Sequence[int]:
        """The columns whose similarity to a row may exceed `ALIKE`: those with many characters or words in common with
        it.
        """
        most = self._most_in_common(words)
        if most < 0 or len(key) > LONG:
            return columns
        keys: list[str | None] = [self._keys[column] for column in columns]
        long: list[int] = []
        if self._is_any_long:
            long = [column for column in columns if len(self._keys[column]) > LONG]
            keys = [None if other is None or len(other) > LONG else other for other in keys]
        by_letters = process.extract(key, keys, scorer=fuzz.ratio, limit=None, score_cutoff=100 * _BY_CHARACTERS)
        by_words = process.extract(
            self._spell(words),
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

    def _most_in_common(self, words: Bag) -> int:
        """The number of a text's distinctive words that a dissimilar text may share; -1 if any text may be similar.

        That is less than half of the words by weight, and by length, which a text that is a part of it must have.
        """
        counts = words.counts
        telling = [self._telling[word] for word in counts if word in self._telling for _ in range(counts[word])]
        common = [self._common[word] for word in counts if word in self._common for _ in range(counts[word])]
        light, small = sum([each[0] for each in common]), sum([each[1] for each in common])
        by_weight = _most([each[0] for each in telling], _BY_WORDS * words.weight - light)
        by_size = _most([each[1] for each in telling], thresholds.HOLDS * extent(counts) - 1 - small)
        return min(by_weight, by_size)


def _most(values: list[float] | list[int], limit: float) -> int:
    """The greatest number of values, whichever they are, whose sum stays within a limit; -1 if there is none."""
    if limit < 0:
        return -1
    values.sort(reverse=True)
    for number, value in enumerate(values):
        limit -= value
        if limit < 0:
            return number
    return len(values)


def _sign(number: int) -> str:
    # Two words with the same character seem to be in common, which only makes one rival too many.
    return chr(1 + number % 0x10FFFF)
