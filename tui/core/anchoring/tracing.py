"""Following a marked place from an old text of a note into its new text."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from rapidfuzz import fuzz

from tui.core.anchoring import thresholds
from tui.core.anchoring.findings import GONE, Finding, Found, Unsure
from tui.core.anchoring.matching import Matching, match
from tui.core.anchoring.phrases import follow_phrase
from tui.core.anchoring.words import Weights
from tui.core.flow import TITLE
from tui.core.highlights import How, Place
from tui.core.model import Address, Span

if TYPE_CHECKING:
    from tui.core.model import Note

_PART = 15
"From how many code points on a block's text is looked for as a part of another block."
_PART_ALIKE = 82
"The ratio, of 100, at which a part of a block is what another block was."
_OWNER_LEADS = 15
"By how much a part must be more like the block looked for than like anything of the block's own old self."
_QUOTE = 14
"From how many code points, and from `_QUOTE_WORDS` on, a phrase that is found word for word is no chance."
_QUOTE_WORDS = 3


class _Region(NamedTuple):
    """A part of a new entry."""

    entry: int
    span: Span
    "In its key."
    confidence: float


class Trace:
    """Follows places of an old text into a new one."""

    def __init__(self, old: Note, new: Note) -> None:
        self._note = old
        self._matching: Matching = match(old, new)
        self._links = self._matching.links

    def follow(self, place: Place) -> Finding:
        """Where a place of the old text is in the new one."""
        link = self._matching.follow(place.address)
        if (
            link
            and link.address.block != TITLE
            and link.how is not How.EDITED
            and self._is_same(place.address, link.address)
        ):
            return Found(Place(link.address, place.span), link.how, link.confidence)
        entry = self._links.old.index[place.address]
        if place.span == (0, len(self._links.old.texts[entry])):
            return self._follow_block(entry)
        return self._follow_phrase(entry, place.span)

    def _is_same(self, address: Address, new: Address) -> bool:
        if new.block == TITLE:
            return False
        entry = self._links.old.index.get(address)
        return entry is None or self._links.old.texts[entry] == self._links.new.texts[self._links.new.index[new]]

    def _follow_block(self, entry: int) -> Finding:
        partner = self._partner(entry)
        if partner is not None:
            merged = self._part_of_merged(entry, partner)
            span = merged or Span(0, len(self._links.new.texts[partner]))
            return Found(self._place(partner, span), How.EDITED, self._links.score[entry])
        region = self._absorbed(entry)
        if region:
            span = self._links.new.folded(region.entry).source(region.span)
            return Found(self._place(region.entry, span), How.EDITED, region.confidence)
        return self._candidates(entry)

    def _follow_phrase(self, entry: int, span: Span) -> Finding:
        old, new = self._links.old, self._links.new
        phrase = old.folded(entry).span(span)
        if phrase.start == phrase.end:
            return GONE
        partner = self._partner(entry)
        if partner is not None:
            if old.keys[entry] == new.keys[partner]:
                there = new.folded(partner).source(phrase)
                return Found(self._place(partner, there), How.EDITED, self._links.score[entry])
            kept = follow_phrase(
                old.keys[entry], old.words(entry), phrase, new.keys[partner], new.words(partner), self._weights
            )
            if kept:
                there = new.folded(partner).source(kept.span)
                return Found(self._place(partner, there), How.EDITED, self._links.score[entry] * kept.share)
        return self._elsewhere(entry, phrase) or (GONE if partner is not None else self._candidates(entry))

    def _partner(self, entry: int) -> int | None:
        """The block that an old one became; none where it is an episode's title now, which cannot be marked."""
        partner = self._links.partner[entry]
        return None if partner is not None and self._links.new.addresses[partner].block == TITLE else partner

    @cached_property
    def _weights(self) -> Weights:
        pages = (self._links.old, self._links.new)
        return Weights(page.words(entry) for page in pages for entry in range(len(page)))

    @cached_property
    def _open(self) -> list[int]:
        return [
            entry
            for entry, address in enumerate(self._links.new.addresses)
            if self._links.is_open(entry) and address.block != TITLE
        ]

    def _place(self, entry: int, span: Span) -> Place:
        return Place(self._links.new.addresses[entry], span)

    def _candidates(self, entry: int) -> Finding:
        candidates = tuple(
            (self._place(new, Span(0, len(self._links.new.texts[new]))), score)
            for score, new in self._links.candidates.get(entry, ())
            if score >= thresholds.WORTH_A_REVIEW and self._links.new.addresses[new].block != TITLE
        )
        return Unsure(candidates) if candidates else GONE

    def _absorbed(self, entry: int) -> _Region | None:
        """The part of a new or edited block that is the whole old one, joined with others or split off."""
        key = self._links.old.keys[entry]
        if len(key) < _PART:
            return None
        best: _Region | None = None
        for new in self._open:
            new_key = self._links.new.keys[new]
            if len(new_key) < len(key):
                continue
            part = fuzz.partial_ratio_alignment(key, new_key, score_cutoff=_PART_ALIKE)
            if part is None or part.dest_start == part.dest_end or (best and part.score / 100 <= best.confidence):
                continue
            owner = self._links.owner[new]
            if owner is not None:
                explained = fuzz.partial_ratio(self._links.old.keys[owner], new_key[part.dest_start : part.dest_end])
                if explained > part.score - _OWNER_LEADS:
                    continue
            best = _Region(new, Span(part.dest_start, part.dest_end), part.score / 100)
        return best

    def _part_of_merged(self, entry: int, partner: int) -> Span | None:
        """The part of a block that is the old one, where the rest of it is another old block that is gone."""
        old, new = self._links.old, self._links.new
        key, new_key = old.keys[entry], new.keys[partner]
        if len(key) < _PART or len(new_key) <= 1.5 * len(key):
            return None
        part = fuzz.partial_ratio_alignment(key, new_key, score_cutoff=85)
        if part is None:
            return None
        rest = f"{new_key[: part.dest_start]} {new_key[part.dest_end :]}".strip()
        if len(rest) < _PART:
            return None
        for near in range(max(0, entry - 6), min(len(old), entry + 7)):
            if near != entry and self._links.partner[near] is None and fuzz.ratio(old.keys[near], rest) >= 80:
                return new.folded(partner).source(Span(part.dest_start, part.dest_end))
        return None

    def _elsewhere(self, entry: int, phrase: Span) -> Finding | None:
        """A phrase in new text of another block, word for word."""
        old, new = self._links.old, self._links.new
        key, partner = old.keys[entry], self._links.partner[entry]
        quote = key[phrase.start : phrase.end]
        if partner is not None and len(quote) >= 8:
            split = [
                near
                for near in range(max(0, partner - 2), min(len(new), partner + 3))
                if self._links.owner[near] is None
                and len(quote) <= len(new.keys[near]) <= len(key) + 10
                and new.keys[near].count(quote) == 1
                and fuzz.partial_ratio(new.keys[near], key) >= 80
            ]
            if len(split) == 1:
                return self._quote_in(split[0], quote, 0.9)
        if len(quote) < _QUOTE or len(quote.split()) < _QUOTE_WORDS:
            return None
        hits = [near for near in self._open if quote in new.keys[near]]
        if len(hits) != 1 or new.keys[hits[0]].count(quote) != 1:
            return None
        owner = self._links.owner[hits[0]]
        if owner is not None and quote in old.keys[owner]:
            return None
        return self._quote_in(hits[0], quote, 0.8)

    def _quote_in(self, entry: int, quote: str, confidence: float) -> Found:
        start = self._links.new.keys[entry].index(quote)
        span = self._links.new.folded(entry).source(Span(start, start + len(quote)))
        return Found(self._place(entry, span), How.EDITED, confidence)
