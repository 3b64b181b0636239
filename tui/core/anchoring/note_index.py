"""A note's text, ready to be searched for marked text."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from functools import cached_property
from itertools import accumulate
from typing import TYPE_CHECKING

from tui.core.anchoring.likeness.word_index import WordIndex
from tui.core.anchoring.likeness.words import Bag, Weights, bag, terms_of
from tui.core.anchoring.matching.page import Page
from tui.core.notes.model import TITLE

if TYPE_CHECKING:
    from tui.core.notes.model import Note

_SAMPLE = 2_000
"How many blocks are enough to tell what words weigh."
_MANY = 1_000
"After how many hits of one quote no more are looked for: they tell nothing."


class NoteIndex:
    """A note's text, ready to be searched."""

    def __init__(self, note: Note) -> None:
        self.note = note
        self.page = Page(note, range(len(note.episodes)))
        self.blocks = [entry for entry, address in enumerate(self.page.addresses) if address.block != TITLE]
        self.by_key: defaultdict[str, list[int]] = defaultdict(list)
        for entry in self.blocks:
            self.by_key[self.page.keys[entry]].append(entry)
        self._bags: dict[int, Bag] = {}

    @cached_property
    def weights(self) -> Weights:
        """What the note's words weigh."""
        return Weights(terms_of(self.page.keys[entry]) for entry in self.blocks[:: 1 + len(self.blocks) // _SAMPLE])

    def bag(self, entry: int) -> Bag:
        """The words of a block."""
        if entry not in self._bags:
            self._bags[entry] = bag(terms_of(self.page.keys[entry]), self.weights)
        return self._bags[entry]

    def sharing(self, words: Bag) -> list[int]:
        """The blocks that share most with some words."""
        return self._by_words.sharing(words)

    @cached_property
    def _by_words(self) -> WordIndex:
        return WordIndex(((entry, terms_of(self.page.keys[entry])) for entry in self.blocks), self.weights)

    @cached_property
    def text(self) -> str:
        """All keys, a line feed before and behind each."""
        return "\n".join(("", *self.page.keys, ""))

    @cached_property
    def _starts(self) -> list[int]:
        return list(accumulate((len(key) + 1 for key in self.page.keys), initial=1))

    def position(self, entry: int) -> int:
        """Where an entry's key begins in `text`."""
        return self._starts[entry]

    def hits(self, quote: str) -> list[tuple[int, int]]:
        """Where a quote stands in the keys of blocks, at most `_MANY` times: entry and position."""
        found: list[tuple[int, int]] = []
        at = self.text.find(quote) if quote else -1
        while at >= 0 and len(found) < _MANY:
            entry = bisect_right(self._starts, at) - 1
            if self.page.addresses[entry].block != TITLE:
                found.append((entry, at - self._starts[entry]))
            at = self.text.find(quote, at + 1)
        return found

    def heading(self, entry: int) -> str:
        """The heading above a block in its episode; empty where there is none."""
        heading = self.page.headings[entry]
        return "" if self.page.addresses[heading].block == TITLE else self.page.texts[heading]

    def line(self, entry: int) -> int:
        """The first line of a block in the note, 1-based."""
        number, index = self.page.addresses[entry]
        episode = self.note.episodes[number]
        return episode.lines(episode.blocks[index])[0]
