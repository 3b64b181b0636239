"""An index for finding texts by shared words."""

from __future__ import annotations

from collections import defaultdict
from functools import cached_property
from itertools import islice, takewhile
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

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
                self._texts[word].append(number)
        for sign in [word for word in self._texts if not word[0].isalnum()]:
            del self._texts[sign]
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
        weights, rare = self._weights, self._rare
        found: dict[int, float] = {}
        again: set[int] = set()
        for lighter, word in sorted([(-weights[word], word) for word in words.counts if word in rare])[:_RAREST]:
            for number in rare[word]:
                if number in found:
                    found[number] += lighter
                    again.add(number)
                else:
                    found[number] = lighter
        best = [(found.pop(number), number) for number in again]
        # Texts with one of the words are in order of its weight, since they came with the heaviest first.
        last = next(islice(found.values(), _FOUND - 1, None), 0.0)
        best += [(lighter, number) for number, lighter in takewhile(lambda each: each[1] <= last, found.items())]
        best.sort()
        return [number for _, number in best[:_FOUND]]

    @cached_property
    def _rare(self) -> Mapping[str, Sequence[int]]:
        return {word: texts for word, texts in self._texts.items() if len(texts) <= _POSTINGS}


def _numbers(bits: int) -> list[int]:
    """The numbers of the bits that are set, in order."""
    numbers = []
    while bits:
        lowest = bits & -bits
        numbers.append(lowest.bit_length() - 1)
        bits ^= lowest
    return numbers
