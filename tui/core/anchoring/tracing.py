"""Tracing: following a highlighted place from an old text of a note into its new text."""

from __future__ import annotations

import re
from collections import Counter
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from tui.core.anchoring import thresholds
from tui.core.anchoring.findings import GONE, CertainPart, Finding, Unsure, below_title
from tui.core.anchoring.likeness.folding import fold
from tui.core.anchoring.likeness.fragments import fragment, likeness_of_fragment, likeness_to
from tui.core.anchoring.likeness.labels import is_other_label
from tui.core.anchoring.likeness.word_index import WordIndex
from tui.core.anchoring.likeness.words import bag, extent, is_filled_anew, terms_of
from tui.core.anchoring.matching.blocks import match
from tui.core.anchoring.matching.possible import weights_of
from tui.core.anchoring.phrases import Kept, follow_phrase
from tui.core.annotations.highlights import MatchKind
from tui.core.notes.model import TITLE, Address, Place, Span

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Self

    from tui.core.anchoring.likeness.words import Weights
    from tui.core.anchoring.matching.blocks import Matching
    from tui.core.notes.model import Note

_PART = 15
"Minimum length of a block's text that is searched as part of another block, in code points."
_PART_ALIKE = 82
"Ratio, of 100, at which part of a block is another block's former text."
_PART_WORDS = 2 / 3
"Minimum share of a lost block's words, by length, in such a part, since letters alone may be similar by chance."
_MERGED_ALIKE = 85
"Ratio, of 100, if the block is known, and so is another that became part of it."
_NEAR = 6
"Most blocks between two that were merged."
_SPLIT_KEEPS = 0.9
"Minimum share of a phrase, by weight, in a new block next to its own for it to have been split off."
_OWNER_LEADS = 15
"Minimum lead of a part's similarity to the block searched over that to the owner's old self."
_QUOTE = 14
"Minimum length of a literal phrase that does not occur by chance, in code points; see `_QUOTE_WORDS`."
_QUOTE_WORDS = 3
_LINE = re.compile(r"[^\n]+")
_CELL = re.compile(r"(?:(?! \| |(?<= )\| ).)+")
_MARKER = re.compile(r"\s*(?:[-*+•]|\d{1,9}[.)])?\s+")


class _Region(NamedTuple):
    """A part of a new entry."""

    entry: int
    span: Span
    "Position in its key."
    confidence: float


class Trace:
    """Follows places of an old text into a new one."""

    def __init__(self, matching: Matching) -> None:
        self._matching = matching
        self._links = matching.links
        self._regions: dict[int, _Region | None] = {}

    @classmethod
    def between(cls, old: Note, new: Note) -> Self:
        """Match two texts of a note, to follow places of one into the other."""
        return cls(match(old, new))

    def follow(self, place: Place) -> Finding:
        """Follow a place of the old text into the new one."""
        link = self._matching.follow(place.address)
        doubted = self._links.old.index.get(place.address, -1)
        if doubted in self._links.doubts:
            phrase = None if self._is_whole(doubted, place) else self._links.old.folded(doubted).span(place.span)
            return self._offered(doubted, self._links.doubts[doubted], phrase)
        if link and link.how is not MatchKind.EDITED and self._is_same(place.address, link.address):
            there = place if link.address == place.address else Place(link.address, place.span)
            return CertainPart(there, link.how, link.confidence)
        entry = self._links.old.index[place.address]
        region = self._region(entry)
        phrase = None if self._is_whole(entry, place) else self._links.old.folded(entry).span(place.span)
        if phrase is None:
            found = self._found(region, region.span) if region else self._candidates(entry)
        elif phrase.start < phrase.end:
            found = self._follow_phrase(entry, phrase, region)
        else:
            return GONE
        if region and isinstance(found, CertainPart) and (others := self._others(entry, region, phrase)):
            return Unsure(((found.place, found.confidence), *others))
        return found

    def _is_whole(self, entry: int, place: Place) -> bool:
        return place.span == (0, len(self._links.old.texts[entry]))

    def _is_same(self, address: Address, new: Address) -> bool:
        if new.block == TITLE:
            return False
        entry = self._links.old.index.get(address)
        return entry is None or self._links.old.texts[entry] == self._links.new.texts[self._links.new.index[new]]

    def _follow_phrase(self, entry: int, phrase: Span, region: _Region | None) -> Finding:
        old, new = self._links.old, self._links.new
        if region is None:
            return self._quoted_elsewhere(entry, phrase) or self._candidates(entry, phrase)
        if old.keys[entry] == new.keys[region.entry]:
            return self._found(region, phrase)
        kept = self._kept(entry, phrase, region.entry, region.span)
        if kept is None or kept.share < 1:
            elsewhere = self._quoted_elsewhere(entry, phrase)
            if elsewhere:
                if kept is None or not kept.is_certain:
                    return elsewhere
                found = self._found(region, kept.span, kept.share)
                return Unsure(((found.place, found.confidence), (elsewhere.place, elsewhere.confidence)))
        if kept is None or kept.share < thresholds.PHRASE_WORTH_A_REVIEW:
            return GONE
        found = self._found(region, kept.span, kept.share)
        return found if kept.is_certain else Unsure(((found.place, found.confidence),))

    def _kept(self, entry: int, phrase: Span, new: int, span: Span | None = None) -> Kept | None:
        """The remains of an old entry's phrase in a new entry, or in a span of its key."""
        page, words = self._links.old, self._links.new.words(new)
        if span is not None:
            words = tuple(word for word in words if span.start <= word.start < span.end)
        key, new_key = page.keys[entry], self._links.new.keys[new]
        return follow_phrase(key, page.words(entry), phrase, new_key, words, self._weights)

    def _region(self, entry: int) -> _Region | None:
        """The new entry that an old block is all or part of."""
        if entry not in self._regions:
            self._regions[entry] = self._find_region(entry)
        return self._regions[entry]

    def _find_region(self, entry: int) -> _Region | None:
        partner = self._links.partner[entry]
        if partner is None:
            return self._joined(entry) or self._absorbed(entry)
        if self._links.new.addresses[partner].block == TITLE:
            return None
        key = self._links.new.keys[partner]
        span = self._part_of_merged(entry, partner) or Span(0, len(key))
        return _Region(partner, span, self._links.score[entry])

    def _found(self, region: _Region, span: Span, share: float = 1.0) -> CertainPart:
        """Text in a region of an entry, given the span in its key."""
        page = self._links.new
        if span == (0, len(page.keys[region.entry])):
            there = Span(0, len(page.texts[region.entry]))
        else:
            there = page.folded(region.entry).source(span)
        return CertainPart(Place(page.addresses[region.entry], there), MatchKind.EDITED, region.confidence * share)

    @cached_property
    def _weights(self) -> Weights:
        return weights_of(self._links)

    @cached_property
    def _open(self) -> list[int]:
        return [
            entry
            for entry, address in enumerate(self._links.new.addresses)
            if self._links.is_open(entry) and address.block != TITLE and not self._links.new.is_definition(entry)
        ]

    @cached_property
    def _open_by_words(self) -> WordIndex:
        return WordIndex(((entry, terms_of(self._links.new.keys[entry])) for entry in self._open), self._weights)

    @cached_property
    def _lost_by_words(self) -> WordIndex:
        page, partners = self._links.old, self._links.partner
        lost = (entry for entry in range(len(page)) if partners[entry] is None)
        return WordIndex(((entry, page.terms(entry)) for entry in lost), self._weights)

    def _candidates(self, entry: int, phrase: Span | None = None) -> Finding:
        """The candidates for a block, or for a phrase in it; for one that became a title, what is below that."""
        partner = self._links.partner[entry]
        if partner is not None and self._links.new.addresses[partner].block == TITLE:
            return below_title(self._matching.new, self._links.new.addresses[partner].episode)
        return self._offered(entry, self._links.candidates.get(entry, ()), phrase)

    def _offered(self, entry: int, ranked: Sequence[tuple[float, int]], phrase: Span | None) -> Finding:
        page = self._links.new
        candidates = []
        for score, new in ranked:
            if score < thresholds.WORTH_A_REVIEW or page.addresses[new].block == TITLE:
                continue
            kept = self._kept(entry, phrase, new) if phrase else None
            span = kept.span if kept and kept.is_certain else Span(0, len(page.keys[new]))
            candidates.append((self._found(_Region(new, span, score), span).place, score))
        return Unsure(tuple(candidates)) if candidates else GONE

    def _others(self, entry: int, region: _Region, phrase: Span | None) -> Sequence[tuple[Place, float]]:
        """The places of a block, or of a phrase in it, in other blocks that may well be it."""
        if self._links.partner[entry] is None:
            ranked = self._links.candidates.get(entry, ())
            alike = [each for each in ranked if each[0] >= thresholds.LIKE_ANYWHERE and each[1] != region.entry]
            offered = self._offered(entry, alike, phrase)
            if isinstance(offered, Unsure):
                return offered.candidates
        twin = self._verbatim_elsewhere(entry, region.entry, phrase)
        return [(twin, region.confidence)] if twin else ()

    def _verbatim_elsewhere(self, entry: int, partner: int, phrase: Span | None) -> Place | None:
        """The place of a reworded block's unchanged words, or of a phrase of them, in new text of another block."""
        old, new = self._links.old, self._links.new
        key = old.keys[entry]
        if key == new.keys[partner]:
            return None
        is_held = key in new.keys[partner]
        if len(key) < _PART and not (is_held and " " in key):
            return None
        words, keys = terms_of(key), new.keys
        for other in [each for each in self._open_by_words.holding(words, words[1:-1]) if key in keys[each]]:
            owner = self._links.owner[other]
            # A block that quotes one with additions is another; of two that were joined with it, each may be the block.
            may_be = not is_held if owner is None else key not in old.keys[owner]
            if other != partner and may_be:
                first, last = phrase or (0, len(key))
                start = new.keys[other].index(key)
                return self._found(_Region(other, Span(0, 0), 1.0), Span(start + first, start + last)).place
        return None

    def _joined(self, entry: int) -> _Region | None:
        """The words of a block before or after those of its neighbour, which it was joined with."""
        old, new, key = self._links.old, self._links.new, self._links.old.keys[entry]
        for near in (entry + 1, entry - 1):
            partner = self._links.partner[near] if 0 <= near < len(old) else None
            if partner is None or new.addresses[partner].block == TITLE:
                continue
            new_key = new.keys[partner]
            start = 0 if near > entry else len(new_key) - len(key)
            rest = new_key[len(key) :] if near > entry else new_key[:start]
            is_there = bool(rest) and new_key.startswith(key, start) and not rest[0 if near > entry else -1].isalnum()
            if is_there and likeness_to(rest, old.keys[near]) >= _MERGED_ALIKE:
                return _Region(partner, Span(start, start + len(key)), _MERGED_ALIKE / 100)
        return None

    def _absorbed(self, entry: int) -> _Region | None:
        """The part of a new or edited block that is the whole old one, after a merge or split."""
        key = self._links.old.keys[entry]
        if len(key) < _PART:
            return None
        best: _Region | None = None
        for new in self._open_by_words.sharing(bag(terms_of(key), self._weights)):
            new_key = self._links.new.keys[new]
            if len(new_key) < len(key) or is_other_label(key, new_key):
                continue
            part = fragment(key, new_key, _PART_ALIKE)
            if part is None or part.start == part.end or (best and part.likeness / 100 <= best.confidence):
                continue
            if not self._is_of(entry, new_key[part.start : part.end], part.likeness, new_key):
                continue
            owner = self._links.owner[new]
            if owner is not None:
                explained = likeness_of_fragment(self._links.old.keys[owner], new_key[part.start : part.end])
                if explained > part.likeness - _OWNER_LEADS:
                    continue
            there = self._links.new.folded(new).source(Span(part.start, part.end))
            if is_filled_anew(self._links.old.texts[entry], self._links.new.texts[new][slice(*there)]):
                continue
            best = _Region(new, Span(part.start, part.end), part.likeness / 100)
        return best and best._replace(span=self._whole_words(best.entry, best.span))

    def _whole_words(self, new: int, part: Span) -> Span:
        """The words of a new block that are mostly inside a span of its key."""
        words = [
            word
            for word in self._links.new.words(new)
            if 2 * (min(word.end, part.end) - max(word.start, part.start)) >= word.end - word.start
        ]
        return Span(words[0].start, words[-1].end) if words else part

    def _is_of(self, entry: int, words: str, likeness: float, new_key: str) -> bool:
        """True if a part of a new block has most words of a lost old block, and is no other lost one or part of it."""
        keys = self._links.old.keys
        own, terms = Counter(terms_of(keys[entry])), terms_of(words)
        if extent(own & Counter(terms)) < _PART_WORDS * extent(own):
            return False
        others = (keys[other] for other in self._lost_by_words.sharing(bag(terms, self._weights)) if other != entry)
        return all(
            likeness_to(words, other) <= likeness
            and not (words in other and likeness_of_fragment(other, new_key) >= _MERGED_ALIKE)
            for other in others
        )

    def _part_of_merged(self, entry: int, partner: int) -> Span | None:
        """The part of a block that is the old one, if the rest contains another old block that is gone."""
        old, new = self._links.old, self._links.new
        key, new_key = old.keys[entry], new.keys[partner]
        if len(key) < _PART:
            return None
        if line := self._line(key, partner):
            return line
        if len(new_key) <= 1.5 * len(key):
            return None
        part = fragment(key, new_key, _MERGED_ALIKE)
        if part is None:
            return None
        for near in range(max(0, entry - _NEAR), min(len(old), entry + _NEAR + 1)):
            other = old.keys[near]
            if near == entry or self._links.partner[near] is not None or len(other) < _PART:
                continue
            if any(
                len(rest) >= len(other) / 2 and likeness_of_fragment(other, rest) >= _MERGED_ALIKE
                for rest in (new_key[: part.start], new_key[part.end :])
            ):
                return self._whole_words(partner, Span(part.start, part.end))
        return None

    def _line(self, key: str, new: int) -> Span | None:
        """The only line, or cell, of a multi-line block that is an old block's text without its marker.

        This happens when indented bullets become code, or a bullet becomes a row of a table.
        """
        text = self._links.new.texts[new]
        if "\n" not in text:
            return None
        spans = []
        for line in _LINE.finditer(text):
            for cell in _CELL.finditer(text, *line.span()):
                marker = _MARKER.match(text, *cell.span())
                behind = marker.end() if marker else cell.start()
                if fold(text[behind : cell.end()]) == key:
                    spans.append(Span(behind, cell.end()))
        return self._links.new.folded(new).span(spans[0]) if len(spans) == 1 else None

    def _quoted_elsewhere(self, entry: int, phrase: Span) -> CertainPart | None:
        """A literal phrase in new text of another block, after its block was split or gave it away."""
        old, new = self._links.old, self._links.new
        key, partner = old.keys[entry], self._links.partner[entry]
        quote = key[phrase.start : phrase.end]
        if partner is not None:
            split = [
                (near, kept)
                for near in range(max(0, partner - 2), min(len(new), partner + 3))
                if self._links.owner[near] is None
                and new.addresses[near].block != TITLE
                and len(quote) <= len(new.keys[near]) <= len(key) + 10
                and likeness_of_fragment(new.keys[near], key) >= 80
                and (kept := self._kept(entry, phrase, near)) is not None
                and kept.is_certain
                and kept.share >= _SPLIT_KEEPS
            ]
            if len(split) == 1:
                near, kept = split[0]
                return self._found(_Region(near, kept.span, 0.9), kept.span, kept.share)
        if len(quote) < _QUOTE or len(quote.split()) < _QUOTE_WORDS:
            return None
        inner = terms_of(quote)[1:-1]
        is_indexed = any(word[0].isalnum() for word in inner)
        may_hold = self._open_by_words.holding(inner, inner) if is_indexed else self._open
        hits = [near for near in may_hold if quote in new.keys[near]]
        if len(hits) != 1 or new.keys[hits[0]].count(quote) != 1:
            return None
        owner = self._links.owner[hits[0]]
        if owner is not None and quote in old.keys[owner]:
            return None
        return self._quote_in(hits[0], quote, 0.8)

    def _quote_in(self, entry: int, quote: str, confidence: float) -> CertainPart:
        start = self._links.new.keys[entry].index(quote)
        span = Span(start, start + len(quote))
        return self._found(_Region(entry, span, confidence), span)
