"""Rivals: the few columns that may be rather similar to a row, found without weighing the words of each."""

from __future__ import annotations

from math import log
from typing import TYPE_CHECKING

from rapidfuzz import distance, fuzz, process

from tui.core.anchoring import thresholds
from tui.core.anchoring.likeness.words import LONG, extent

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

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

    def __init__(self, keys: Sequence[str], bags: Iterable[tuple[int, Bag]], weights: Weights) -> None:
        self._keys = keys
        self._weights = weights
        self._signs: dict[str, str] = {}
        self._spelt: list[str] = [""] * len(keys)
        for column, words in bags:
            telling = [(word, count) for word, count in words.counts.items() if weights[word] >= _COMMON]
            signs = [self._signs.setdefault(word, _sign(len(self._signs))) * count for word, count in telling]
            self._spelt[column] = "".join(sorted(signs))
        self._is_any_long = any(len(key) > LONG for key in keys)

    def of(self, key: str, words: Bag, columns: Sequence[int]) -> Sequence[int]:
        """The columns whose similarity to a row may exceed `ALIKE`: those with many characters or words in common with
        it.
        """
        most, spelt = self._most_in_common(words)
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

    def _most_in_common(self, words: Bag) -> tuple[int, str]:
        """The distinctive words, encoded, and how many of them a dissimilar text may share; -1 if any text may be
        similar.

        That is less than half of the words by weight, and by length, which a text that is a part of it must have.
        """
        telling = [(word, count) for word, count in words.counts.items() if self._weights[word] >= _COMMON]
        heavy = [self._weights[word] for word, count in telling for _ in range(count)]
        sizes = [len(word) for word, count in telling for _ in range(count)]
        whole = extent(words.counts)
        by_weight = _most(heavy, _BY_WORDS * words.weight - (words.weight - sum(heavy)))
        by_size = _most(sizes, (thresholds.HOLDS * whole - 1) - (whole - sum(sizes)))
        signs = [self._signs[word] * count for word, count in telling if word in self._signs]
        return min(by_weight, by_size), "".join(sorted(signs))


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
