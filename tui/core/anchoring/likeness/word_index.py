"""An index for finding texts by shared words."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from tui.core.anchoring.likeness.words import Bag, Weights

_POSTINGS = 128
"Most texts per word; more common words find nothing."
_RAREST = 16
"Number of a text's rarest words that are searched."
_FOUND = 25
"Most texts found."
_FEW = 64
"Number of texts that is small enough to examine each."


class WordIndex:
    """Numbered texts, indexed by their words."""

    def __init__(self, texts: Iterable[tuple[int, Iterable[str]]], weights: Weights) -> None:
        self._weights = weights
        self._texts: defaultdict[str, list[int]] = defaultdict(list)
        for number, words in texts:
            for word in set(words):
                if word[0].isalnum():
                    self._texts[word].append(number)
        self._bits: dict[str, int] = {}
        "Texts of common words searched for, as bits of a number: such sets intersect in a microsecond."

    def holding(self, words: Iterable[str], inner: Iterable[str]) -> Sequence[int]:
        """The texts that may contain some words, in order: those that contain the rarest.

        If there are many, only those that also contain all ``inner`` words, which must be whole words wherever the
        words occur in sequence.
        """
        rarest = min((word for word in words if word[0].isalnum()), key=self._count, default="")
        texts = self._texts.get(rarest, ())
        if len(texts) <= _FEW:
            return texts
        in_all = self._as_bits(rarest)
        for word in inner:
            if word[0].isalnum():
                in_all &= self._as_bits(word)
        return _numbers(in_all) if in_all.bit_count() <= _FEW else texts

    def _count(self, word: str) -> int:
        return len(self._texts.get(word, ()))

    def _as_bits(self, word: str) -> int:
        if word not in self._bits:
            texts = self._texts.get(word, ())
            bits = bytearray((max(texts, default=0) >> 3) + 1)
            for number in texts:
                bits[number >> 3] |= 1 << (number & 7)
            self._bits[word] = int.from_bytes(bits, "little")
        return self._bits[word]

    def sharing(self, words: Bag) -> list[int]:
        """The texts that share the most with some words, by weight, best first."""
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


def _numbers(bits: int) -> list[int]:
    """The numbers of the bits that are set, in order."""
    numbers = []
    while bits:
        lowest = bits & -bits
        numbers.append(lowest.bit_length() - 1)
        bits ^= lowest
    return numbers
