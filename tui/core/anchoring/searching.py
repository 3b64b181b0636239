"""Finding marked text in a note by what its selectors say alone, with no earlier text of the note at hand."""

from __future__ import annotations

from collections import defaultdict
from functools import cached_property
from typing import TYPE_CHECKING

from rapidfuzz import fuzz

from tui.core.anchoring.findings import GONE, Finding, Found, Unsure
from tui.core.anchoring.folding import fold, fold_with_map
from tui.core.anchoring.page import Page
from tui.core.anchoring.phrases import follow_phrase
from tui.core.anchoring.selectors import text_before, text_behind
from tui.core.anchoring.words import Bag, Weights, bag, likeness, words_of
from tui.core.flow import TITLE
from tui.core.highlights import How, Place
from tui.core.model import Span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tui.core.highlights import Part
    from tui.core.model import Note

_POSTINGS = 64
_RAREST = 12
_BY_WORDS = 25


def search(note: Note, parts: Sequence[Part]) -> list[Finding]:
    """Find each of some parts of highlights in a note, in their order."""
    searched = _Searched(note)
    return [_find(searched, part) for part in parts]


class _Searched:
    """A note's text, ready to be searched."""

    def __init__(self, note: Note) -> None:
        self.note = note
        self.page = Page(note, range(len(note.episodes)))
        self.by_key: defaultdict[str, list[int]] = defaultdict(list)
        for entry, key in enumerate(self.page.keys):
            if self.page.addresses[entry].block != TITLE:
                self.by_key[key].append(entry)

    @cached_property
    def weights(self) -> Weights:
        return Weights(self.page.terms(entry) for entry in range(len(self.page)))

    @cached_property
    def by_word(self) -> dict[str, list[int]]:
        by_word: defaultdict[str, list[int]] = defaultdict(list)
        for entry in range(len(self.page)):
            if self.page.addresses[entry].block != TITLE:
                for word in {word.text for word in self.page.words(entry)}:
                    if word[0].isalnum():
                        by_word[word].append(entry)
        return by_word

    def like(self, key: str, words: Bag) -> list[tuple[float, int]]:
        """Entries that share words with a text, with how like they are."""
        shared: defaultdict[int, float] = defaultdict(float)
        rarest = sorted((word for word in words.counts if word in self.by_word), key=lambda word: -self.weights[word])
        for word in rarest[:_RAREST]:
            if len(self.by_word[word]) <= _POSTINGS:
                for entry in self.by_word[word]:
                    shared[entry] += self.weights[word]
        best = sorted(shared, key=lambda entry: -shared[entry])[:_BY_WORDS]
        return [
            (
                likeness(
                    key,
                    words,
                    self.page.keys[entry],
                    bag([word.text for word in self.page.words(entry)], self.weights),
                    self.weights,
                ).as_a_whole,
                entry,
            )
            for entry in best
        ]


def _find(searched: _Searched, part: Part) -> Finding:
    key = fold(part.block)
    equal = searched.by_key.get(key)
    if equal:
        return _among_equal(searched, part, key, equal)
    return _among_like(searched, part, key)


def _among_equal(searched: _Searched, part: Part, key: str, equal: Sequence[int]) -> Finding:
    ranked = sorted(((_context(searched, part, entry), entry) for entry in equal), reverse=True)
    context, best = ranked[0]
    place = _place_in_equal(searched, part, best)
    if place is None:
        return GONE
    second = ranked[1][0] if len(ranked) > 1 else 0.0
    certain = context >= 0.5 or len(key) >= 30
    if certain and (len(ranked) == 1 or context - second >= 0.05):
        how = How.EXACT if context >= 0.75 else How.MOVED
        return Found(place, how, 0.5 + context / 2)
    return Unsure(
        tuple((each, context) for context, entry in ranked[:5] if (each := _place_in_equal(searched, part, entry)))
    )


def _place_in_equal(searched: _Searched, part: Part, entry: int) -> Place | None:
    text = searched.page.texts[entry]
    address = searched.page.addresses[entry]
    if part.is_whole:
        return Place(address, Span(0, len(text)))
    if text == part.block and part.block.startswith(part.exact, part.start):
        return Place(address, Span(part.start, part.start + len(part.exact)))
    phrase = fold_with_map(part.block).span(Span(part.start, part.start + len(part.exact)))
    if phrase.start == phrase.end:
        return None
    return Place(address, searched.page.folded(entry).source(phrase))


def _among_like(searched: _Searched, part: Part, key: str) -> Finding:
    words = words_of(key)
    ranked = []
    for alike, entry in searched.like(key, bag([word.text for word in words], searched.weights)):
        if alike >= 0.4:
            context = _context(searched, part, entry)
            ranked.append((0.75 * alike + 0.25 * context, alike, context, entry))
    ranked.sort(reverse=True)
    if not ranked:
        return GONE
    score, alike, context, best = ranked[0]
    margin = score - (ranked[1][0] if len(ranked) > 1 else 0.0)
    place = _place_in_like(searched, part, key, best)
    if place and margin >= 0.08 and (alike >= 0.75 or (alike >= 0.55 and context >= 0.6)):
        return Found(place, How.EDITED, score)
    candidates = tuple(
        (each, score)
        for score, _, _, entry in ranked[:5]
        if score >= 0.45 and (each := _place_in_like(searched, part, key, entry))
    )
    return Unsure(candidates) if candidates else GONE


def _place_in_like(searched: _Searched, part: Part, key: str, entry: int) -> Place | None:
    page = searched.page
    if part.is_whole:
        return Place(page.addresses[entry], Span(0, len(page.texts[entry])))
    phrase = fold_with_map(part.block).span(Span(part.start, part.start + len(part.exact)))
    if phrase.start == phrase.end:
        return None
    kept = follow_phrase(key, words_of(key), phrase, page.keys[entry], page.words(entry), searched.weights)
    return Place(page.addresses[entry], page.folded(entry).source(kept.span)) if kept else None


def _context(searched: _Searched, part: Part, entry: int) -> float:
    """How much of what a selector says of its surroundings is true of an entry, from 0 to 1."""
    page = searched.page
    address = page.addresses[entry]
    episode = searched.note.episodes[address.episode]
    heading = page.headings[entry]
    above = "" if page.addresses[heading].block == TITLE else page.texts[heading]
    start, end = part.start, part.start + len(part.exact)
    if page.texts[entry] != part.block:
        end = len(page.texts[entry]) - (len(part.block) - end)
    before = text_before(episode.blocks, address.block, max(0, start))
    behind = text_behind(episode.blocks, address.block, max(0, end))
    line = episode.lines(episode.blocks[address.block])[0]
    return (
        0.2 * (episode.title == part.episode)
        + 0.2 * (above == part.heading)
        + 0.2 * fuzz.ratio(fold(before), fold(part.prefix)) / 100
        + 0.2 * fuzz.ratio(fold(behind), fold(part.suffix)) / 100
        + 0.2 / (1 + abs(line - part.line) / 40)
    )
