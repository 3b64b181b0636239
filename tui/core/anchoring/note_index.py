"""An index of a note's text for finding highlighted text."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from functools import cached_property
from itertools import accumulate
from typing import TYPE_CHECKING

from tui.core.anchoring.likeness.folding import fold
from tui.core.anchoring.likeness.word_index import WordIndex
from tui.core.anchoring.likeness.words import Bag, Weights, bag, terms_of
from tui.core.anchoring.lookalikes import fingerprint
from tui.core.anchoring.matching.page import Page
from tui.core.anchoring.selectors import text_after, text_before
from tui.core.notes.model import TITLE

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tui.core.annotations.highlights import Part
    from tui.core.notes.model import Note

_SAMPLE = 2_000
"Blocks that suffice to weigh words."
_MANY = 1_000
"Most hits of one quote; more prove nothing."
_COPIES = 64
"Most equal blocks that are all examined for a highlight on one of them."
_NEAREST = 3
"Blocks examined above and below the former line, of more that agree in some way."

_Around = tuple[object, object, object]
"A block's heading, and the text before and after it; 0 for a part that does not count."


class NoteIndex:
    """A note's text, indexed for searching."""

    def __init__(self, note: Note) -> None:
        self.note = note
        self.page = Page(note, range(len(note.episodes)))
        self.blocks = [entry for entry, address in enumerate(self.page.addresses) if address.block != TITLE]
        self.by_key: defaultdict[str, list[int]] = defaultdict(list)
        for entry in self.blocks:
            self.by_key[self.page.keys[entry]].append(entry)
        self._bags: dict[int, Bag] = {}
        self._grouped: dict[tuple[str, int, int], defaultdict[_Around, list[int]]] = {}

    @cached_property
    def by_fingerprint(self) -> Mapping[str, list[int]]:
        """The blocks by the fingerprints of their keys."""
        return {fingerprint(key): entries for key, entries in self.by_key.items()}

    @cached_property
    def weights(self) -> Weights:
        """The weights of the note's words."""
        return Weights(terms_of(self.page.keys[entry]) for entry in self.blocks[:: 1 + len(self.blocks) // _SAMPLE])

    def bag(self, entry: int) -> Bag:
        """The words of a block."""
        if entry not in self._bags:
            self._bags[entry] = bag(terms_of(self.page.keys[entry]), self.weights)
        return self._bags[entry]

    def sharing(self, words: Bag) -> list[int]:
        """The blocks that share the most with some words."""
        return self._by_words.sharing(words)

    @cached_property
    def _by_words(self) -> WordIndex:
        return WordIndex(((entry, terms_of(self.page.keys[entry])) for entry in self.blocks), self.weights)

    @cached_property
    def text(self) -> str:
        """All keys, with a line feed before and after each."""
        return "\n".join(("", *self.page.keys, ""))

    @cached_property
    def _starts(self) -> list[int]:
        return list(accumulate((len(key) + 1 for key in self.page.keys), initial=1))

    def position(self, entry: int) -> int:
        """Start of an entry's key in `text`."""
        return self._starts[entry]

    def hits(self, quote: str) -> list[tuple[int, int]]:
        """Hits of a quote in the keys of blocks, at most `_MANY`: entry and position."""
        found: list[tuple[int, int]] = []
        at = self.text.find(quote) if quote else -1
        while at >= 0 and len(found) < _MANY:
            entry = bisect_right(self._starts, at) - 1
            if self.page.addresses[entry].block != TITLE:
                found.append((entry, at - self._starts[entry]))
            at = self.text.find(quote, at + 1)
        return found

    def copies(self, key: str, part: Part, line: int) -> Sequence[int]:
        """The blocks with a key that may contain a part; if there are very many, those nearest to a line.

        Nearest both among all and among those with the part's text before, after or above them: this makes the cost of
        many highlights on many copies their sum rather than their product.
        """
        equal = self.by_key.get(key, [])
        if len(equal) <= _COPIES:
            return equal
        before, behind, heading = fold(part.prefix), fold(part.suffix), (part.episode, part.heading)
        groups = self._groups(key, part.start, len(part.block) - part.start - len(part.exact))
        found: set[int] = set()
        for group in (0, before, 0), (0, 0, behind), (0, before, behind), (heading, 0, 0), (0, 0, 0):
            entries = groups.get(group, [])
            at = bisect_left(entries, line, key=self.line)
            found.update(entries[max(0, at - _NEAREST) : at + _NEAREST])
        return sorted(found)

    def _groups(self, key: str, start: int, rest: int) -> Mapping[_Around, list[int]]:
        """The blocks with a key, by the surroundings of their text without its first ``start`` and last ``rest`` code
        points.
        """
        groups = self._grouped.get((key, start, rest))
        if groups is None:
            groups = defaultdict(list)
            for entry in self.by_key[key]:
                number, index = self.page.addresses[entry]
                episode = self.note.episodes[number]
                before = fold(text_before(episode.blocks, index, start))
                behind = fold(text_after(episode.blocks, index, max(0, len(self.page.texts[entry]) - rest)))
                heading = episode.title, self.heading(entry)
                for group in (0, before, 0), (0, 0, behind), (0, before, behind), (heading, 0, 0), (0, 0, 0):
                    groups[group].append(entry)
            self._grouped[key, start, rest] = groups
        return groups

    def heading(self, entry: int) -> str:
        """The heading above a block in its episode; empty if there is none."""
        heading = self.page.headings[entry]
        return "" if self.page.addresses[heading].block == TITLE else self.page.texts[heading]

    def line(self, entry: int) -> int:
        """The first line of a block in the note, 1-based."""
        number, index = self.page.addresses[entry]
        episode = self.note.episodes[number]
        return episode.lines(episode.blocks[index])[0]
