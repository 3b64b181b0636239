"""A flat view of a note's episodes for matching: one entry per title and block."""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING

from tui.core.anchoring.likeness.folding import Folded, fold, fold_with_map
from tui.core.anchoring.likeness.words import Word, terms_of, words_of
from tui.core.notes.model import TITLE, Address, Kind

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from tui.core.notes.model import Inline, Note

NO_HEADING = -1
_SCHEME = re.compile(r"^https?://(?:www\.)?|/$")
_DEFINITION = r"""\[[^]^][^]]*\]:\s*[^\s/#]*[/#]\S*(?:\s+["'(][^"'()[]*["')])?"""
_DEFINITIONS = re.compile(rf"{_DEFINITION}(?:\s+{_DEFINITION})*")
_NO_FENCES: Mapping[int, int] = {}
_ALL: Mapping[int, Sequence[range]] = {}


class Page:
    """Titles and blocks of some episodes in document order, stored as columns indexed by entry.

    Columns that are slow to compute are computed on first use.
    """

    def __init__(
        self,
        note: Note,
        episodes: Iterable[int],
        fences: Mapping[int, int] = _NO_FENCES,
        parts: Mapping[int, Sequence[range]] = _ALL,
    ) -> None:
        """Flatten these episodes of a note; those in ``fences`` become a single entry each.

        For an episode in ``parts``, only these blocks and the headings above them are flattened.
        """
        self.addresses: list[Address] = []
        self.texts: list[str] = []
        self.keys: list[str] = []
        "Folded texts; entries with equal keys read the same."
        self.headings: list[int] = []
        "The entry of the heading or title above each entry."
        self.is_heading: list[bool] = []
        self._inlines: list[tuple[Inline, ...]] = []
        for number in episodes:
            episode = note.episodes[number]
            if number in fences:
                self._add(Address(number, TITLE), f"\0{fences[number]}", NO_HEADING, is_heading=True)
                continue
            heading = self._add(Address(number, TITLE), episode.title, NO_HEADING, is_heading=True)
            blocks = episode.blocks
            above = 0
            for part in parts.get(number, (range(len(blocks)),)):
                last = next((at for at in reversed(range(above, part.start)) if blocks[at].kind is Kind.HEADING), None)
                for index in part if last is None else (last, *part):
                    block = blocks[index]
                    is_heading = block.kind is Kind.HEADING
                    entry = self._add(Address(number, index), block.text, heading, block.inlines, is_heading=is_heading)
                    if is_heading:
                        heading = entry
                above = part.stop
        self._folded: dict[int, Folded] = {}
        self._words: dict[int, tuple[Word, ...]] = {}

    def __len__(self) -> int:
        return len(self.keys)

    @cached_property
    def index(self) -> Mapping[Address, int]:
        """Entries by address."""
        return {address: entry for entry, address in enumerate(self.addresses)}

    def folded(self, entry: int) -> Folded:
        """An entry's key with the map back to its text."""
        if entry not in self._folded:
            self._folded[entry] = fold_with_map(self.texts[entry])
        return self._folded[entry]

    def words(self, entry: int) -> tuple[Word, ...]:
        """The words and punctuation of an entry's key."""
        if entry not in self._words:
            self._words[entry] = words_of(self.keys[entry])
        return self._words[entry]

    def terms(self, entry: int) -> list[str]:
        """The terms that distinguish an entry: its words, punctuation and the addresses of its links.

        An address in the text counts as one term rather than as words, just as it does behind a label.
        """
        key, addresses = self.keys[entry], []
        for inline in self._inlines[entry]:
            if inline.target:
                addresses.append(_SCHEME.sub("", inline.target))
                label = self.texts[entry][inline.start : inline.end]
                if _SCHEME.sub("", label) == addresses[-1]:
                    key = key.replace(fold(label), "", 1)
        return [*terms_of(key), *filter(None, addresses)]

    def is_definition(self, entry: int) -> bool:
        """True for an entry of nothing but link definitions, which become text once nothing refers to them."""
        return is_definition(self.texts[entry])

    def name(self, entry: int) -> str:
        """An entry's key, marked if it is a heading: a heading and a bullet with equal text are different things."""
        return f"# {self.keys[entry]}" if self.is_heading[entry] else self.keys[entry]

    def heading_key(self, entry: int) -> str | None:
        """The key of the heading above an entry; None if there is none."""
        heading = self.headings[entry]
        return None if heading == NO_HEADING else self.keys[heading]

    def _add(
        self, address: Address, text: str, heading: int, inlines: tuple[Inline, ...] = (), *, is_heading: bool
    ) -> int:
        self.addresses.append(address)
        self.texts.append(text)
        self.keys.append(fold(text))
        self.headings.append(heading)
        self.is_heading.append(is_heading)
        self._inlines.append(inlines)
        return len(self.keys) - 1


def is_definition(text: str) -> bool:
    """True if a block's text is nothing but link definitions."""
    return text.startswith("[") and _DEFINITIONS.fullmatch(text) is not None
