"""An index of texts by the words they share."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from tui.core.anchoring.likeness.words import Bag, Weights

_POSTINGS = 128
"Most texts per word: a more common word finds none."
_RAREST = 16
"Number of a text's rarest words to search by."
_FOUND = 25
"Most texts found."


class WordIndex:
    """Numbered texts, indexed by their words."""

    def __init__(self, texts: Iterable[tuple[int, Iterable[str]]], weights: Weights) -> None:
        self._weights = weights
        self._texts: defaultdict[str, list[int]] = defaultdict(list)
        for number, words in texts:
            for word in set(words):
                if word[0].isalnum():
                    self._texts[word].append(number)

    def holding(self, words: Iterable[str]) -> Sequence[int]:
        """The texts that may hold all of some words: those with the one that stands in the fewest."""
        found = [self._texts.get(word, ()) for word in words if word[0].isalnum()]
        return min(found, key=len, default=())

    def sharing(self, words: Bag) -> list[int]:
        """The texts that share most with some words, by weight, best first."""
        shared: defaultdict[int, float] = defaultdict(float)
        known = (word for word in words.counts if word in self._texts)
        for word in sorted(known, key=lambda word: (-self._weights[word], word))[:_RAREST]:
            if len(texts := self._texts[word]) <= _POSTINGS:
                weight = self._weights[word]
                for number in texts:
                    shared[number] += weight
        least = sorted(shared.values())[-_FOUND:][:1]
        best = sorted((-weight, number) for number, weight in shared.items() if weight >= least[0])
        return [number for _, number in best[:_FOUND]]
