"""Finding texts by the words they share."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tui.core.anchoring.likeness.words import Bag, Weights

_POSTINGS = 128
"A word that stands in more texts than this finds none."
_RAREST = 16
"By how many of its words, the rarest, a text is looked for."
_FOUND = 25
"How many texts are found at most."


class WordIndex:
    """Texts, known by a number each, by the words that stand in them."""

    def __init__(self, texts: Iterable[tuple[int, Iterable[str]]], weights: Weights) -> None:
        self._weights = weights
        self._texts: defaultdict[str, list[int]] = defaultdict(list)
        for number, words in texts:
            for word in set(words):
                if word[0].isalnum():
                    self._texts[word].append(number)

    def sharing(self, words: Bag) -> list[int]:
        """The texts that share most with some words, by weight, best first."""
        shared: defaultdict[int, float] = defaultdict(float)
        known = (word for word in words.counts if word in self._texts)
        for word in sorted(known, key=lambda word: (-self._weights[word], word))[:_RAREST]:
            if len(self._texts[word]) <= _POSTINGS:
                for number in self._texts[word]:
                    shared[number] += self._weights[word]
        return sorted(shared, key=lambda number: (-shared[number], number))[:_FOUND]
