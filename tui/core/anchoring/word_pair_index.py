"""An index by word pairs of texts that may contain records, which parses neither notes nor episodes."""

from __future__ import annotations

import re
from functools import cached_property
from itertools import chain, pairwise
from typing import TYPE_CHECKING

from tui.core.anchoring.likeness.word_index import WordIndex
from tui.core.anchoring.likeness.words import Weights, bag, terms_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from tui.core.annotations.highlights import Part

HOLDS = 0.3
"Minimum share of a block's word pairs in a text that may contain the block: each new word costs two of them."
_RUN = re.compile(r"[0-9A-Za-z\x80-\U0010ffff]+")


class WordPairIndex:
    """Numbered source texts, indexed by those of their word pairs that occur in some parts of records.

    Single words do not distinguish texts that are all about the same few things.
    """

    def __init__(self, parts: Iterable[Part]) -> None:
        self._wanted = frozenset[str]().union(*map(_pairs_of, parts))
        self._texts: list[tuple[int, frozenset[str]]] = []

    def add(self, number: int, pieces: Iterable[bytes]) -> None:
        """Add a text as pieces of UTF-8; must not follow a search."""
        if found := self._wanted.intersection(chain.from_iterable(map(word_pairs, pieces))):
            self._texts.append((number, found))

    def likely(self, part: Part) -> Sequence[int]:
        """The texts that share the most with a part's block and have enough of it, best first."""
        pairs = _pairs_of(part)
        found = self._index.sharing(bag(pairs, self._weights))
        return [number for number in found if len(pairs & self._pairs[number]) >= HOLDS * len(pairs)]

    @cached_property
    def _weights(self) -> Weights:
        return Weights(pairs for _, pairs in self._texts)

    @cached_property
    def _index(self) -> WordIndex:
        return WordIndex(self._texts, self._weights)

    @cached_property
    def _pairs(self) -> dict[int, frozenset[str]]:
        return dict(self._texts)


def word_pairs(utf8: bytes) -> Iterator[str]:
    """The words of a text in UTF-8, one by one and as pairs of neighbours; characters in scripts without spaces."""
    words = _RUN.findall(utf8.decode("utf-8", "replace").lower())
    if not utf8.isascii():
        words = [word for run in words for word in ((run,) if run.isascii() else _words_in(run))]
    yield from words
    yield from map(" ".join, pairwise(words))


def _words_in(run: str) -> Iterator[str]:
    return (word for word in terms_of(run.casefold()) if word[0].isalnum())


def _pairs_of(part: Part) -> frozenset[str]:
    """The word pairs of a part's block, or its single word; parts by other programs have no block."""
    found = frozenset(word_pairs((part.block or part.exact).encode("utf-8", "surrogatepass")))
    return frozenset(each for each in found if " " in each) or found
