"""Finding highlighted text in a note by selectors alone, without an earlier text of the note."""

from __future__ import annotations

from bisect import bisect_left
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from rapidfuzz import fuzz

from tui.core.anchoring import thresholds
from tui.core.anchoring.findings import GONE, CertainPart, Finding, Unsure, below_title
from tui.core.anchoring.likeness.folding import fold, fold_with_map
from tui.core.anchoring.likeness.formulas import is_other_formula
from tui.core.anchoring.likeness.labels import is_described, is_other_label
from tui.core.anchoring.likeness.words import Bag, bag, is_counted_anew, likeness, terms_of, words_of
from tui.core.anchoring.lookalikes import MOST, fingerprint
from tui.core.anchoring.matching.page import is_definition
from tui.core.anchoring.note_index import NoteIndex
from tui.core.anchoring.phrases import follow_phrase
from tui.core.anchoring.quotes import find_quote
from tui.core.anchoring.selectors import text_after, text_before
from tui.core.annotations.highlights import CONTEXT, MatchKind
from tui.core.notes.model import Place, Span

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from tui.core.annotations.highlights import Part
    from tui.core.notes.model import Note

_TELLS = 8
"Minimum length of context that distinguishes a block or phrase, in code points."
_NEAR = 3
"Most blocks between two that used to be neighbours."
_ON_THE_OTHER_SIDE = -1.0
"Score of a block with its former surroundings on the opposite side."
_PART = 20
"Minimum length of a block's text that is searched as part of another block, in code points."
_QUOTE, _QUOTE_WORDS = 14, 3
"Minimum length of a phrase that is found literally outside its block, in code points and words."
_CANDIDATES = 5
"Most candidates offered to the reader."


def search(note: Note, parts: Sequence[Part]) -> list[Finding]:
    """Find each of some parts of highlights in a note, in order."""
    index = NoteIndex(note)
    keys = [fold(part.block) for part in parts]
    wanted, drifts = set(keys), _drifts(index, parts, keys)
    return [_Search(index, wanted, part, drift).find() for part, drift in zip(parts, drifts, strict=True)]


def _drifts(index: NoteIndex, parts: Sequence[Part], keys: Sequence[str]) -> Iterator[int]:
    """The line drift of each part, which is that of the nearest other part with a long block that occurs once.

    A part's line dates from when its words were written; lines may have been inserted above it since.
    """
    known = sorted(
        (part.line, number, index.line(only[0]) - part.line)
        for number, (part, key) in enumerate(zip(parts, keys, strict=True))
        if part.line and len(key) >= thresholds.EQUAL_BY_LENGTH and len(only := index.by_key.get(key, [])) == 1
    )
    for number, part in enumerate(parts):
        at = bisect_left(known, (part.line, number))
        others = [each for each in known[max(0, at - 1) : at + 2] if each[1] != number]
        yield min(others, key=lambda each: abs(each[0] - part.line))[2] if others else 0


class _Candidate(NamedTuple):
    """A block that may be the one searched."""

    score: float
    entry: int
    alike: float
    around: float | None
    "Share of the text around the block that is unchanged, on the better side; None if nothing is known about it."


class _Search:
    """The search for one part of a highlight."""

    def __init__(self, index: NoteIndex, wanted: set[str], part: Part, drift: int) -> None:
        self._index = index
        self._page = index.page
        self._wanted = wanted
        "The keys of all blocks being searched: a block equal to one of them cannot be another."
        self._part = part
        self._line = part.line + drift
        self._key = fold(part.block)
        end = part.start + len(part.exact)
        above = part.prefix[: max(0, len(part.prefix) - part.start)]
        below = part.suffix[len(part.block) - end :]
        self._above_line = fold(above.strip("\n").rpartition("\n")[2])
        self._below_line = fold(below.strip("\n").partition("\n")[0])

    def find(self) -> Finding:
        """Find the part; uncertain if another block has earlier words of its block, or the words first highlighted."""
        found = self._find()
        if isinstance(found, Unsure) or not (self._part.quoted or self._part.earlier):
            return found
        former = dict.fromkeys((*self._in_earlier_words(), *self._as_first_marked()))
        here = ((found.place, found.confidence),) if isinstance(found, CertainPart) else ()
        others = [(each, 0.5) for each in former if not here or each.address != here[0][0].address]
        return Unsure((*here, *others)[:_CANDIDATES]) if others else found

    def _in_earlier_words(self) -> list[Place]:
        """Blocks that equal an earlier wording of the part's block."""
        page, index = self._page, self._index
        entries = [entry for each in self._part.earlier for entry in index.by_fingerprint.get(each, ())]
        return [Place(page.addresses[entry], Span(0, len(page.texts[entry]))) for entry in entries]

    def _as_first_marked(self) -> list[Place]:
        """Places of the words first highlighted, other than the part's own, as a whole block or literally in one."""
        quote, page = fold(self._part.quoted), self._page
        if not quote:
            return []
        if self._part.is_whole:
            entries = self._index.by_key.get(quote, [])
            return [Place(page.addresses[entry], Span(0, len(page.texts[entry]))) for entry in entries]
        if len(quote) < _QUOTE or len(quote.split()) < _QUOTE_WORDS:
            return []
        return [self._quote_at(entry, start, len(quote)) for entry, start in self._index.hits(quote)]

    def _find(self) -> Finding:
        if not self._part.block.startswith(self._part.exact, self._part.start):
            return find_quote(self._index, self._part)
        equal = self._index.copies(self._key, self._part, self._line)
        if equal:
            return self._among_equal(equal)
        return (
            self._extended()
            or self._split()
            or self._among_like()
            or self._quoted()
            or self._unsure()
            or self._as_title()
        )

    def _among_equal(self, equal: Sequence[int]) -> Finding:
        ranked = sorted(((self._context(entry), entry) for entry in equal), reverse=True)
        context, best = ranked[0]
        place = self._place_in(best)
        if place is None:
            return GONE
        second = ranked[1][0] if len(ranked) > 1 else 0.0
        tells = (
            context >= thresholds.EQUAL_IN_CONTEXT
            or len(self._key) >= thresholds.EQUAL_BY_LENGTH
            or (len(ranked) == 1 and self._is_among_neighbours(best))
        )
        if tells and (len(ranked) == 1 or context - second >= thresholds.EQUAL_MARGIN):
            how = MatchKind.EXACT if context >= thresholds.IN_PLACE else MatchKind.MOVED
            found = CertainPart(place, how, 0.5 + context / 2)
            may_be_copy = how is MatchKind.MOVED or (self._had_copies and not self._is_beside_neighbour(best))
            reworded = self._reworded_in_place() if may_be_copy else None
            return Unsure(((found.place, found.confidence), reworded)) if reworded else found
        return Unsure(tuple((each, score) for score, entry in ranked[:_CANDIDATES] if (each := self._place_in(entry))))

    @cached_property
    def _had_copies(self) -> bool:
        """True if other blocks read the same when the part was marked."""
        return fingerprint(self._key) in (self._part.others or ())

    def _reworded_in_place(self) -> tuple[Place, float] | None:
        """The block next to a former neighbour that reads like this one, which may have been copied and then
        reworded.
        """
        least = thresholds.LIKE_BESIDE_NEIGHBOUR if self._had_copies else thresholds.LIKE_ANYWHERE
        for each in self._ranked:
            if each.alike >= least and self._is_beside_neighbour(each.entry):
                place = self._place_in(each.entry)
                return (place, each.score) if place else None
        return None

    def _among_like(self) -> Finding | None:
        if not self._ranked:
            return None
        best = self._ranked[0]
        margin = best.score - (self._ranked[1].score if len(self._ranked) > 1 else 0.0)
        place = self._place_in(best.entry)
        if place is None or margin < thresholds.MARGIN:
            return None
        if not self._is_new(best) and (best.around == 0 or best.alike < self._floor(best, margin)):
            return None
        if self._may_be_neighbour(best.entry) or self._is_other(best.entry):
            return None
        if self._is_another_of_its_form(best.entry):
            return None
        return CertainPart(self._beside_neighbour(best.entry) or place, MatchKind.EDITED, best.score)

    def _is_another_of_its_form(self, entry: int) -> bool:
        """True if a block is the part's with other numbers, as many were that stood there."""
        is_away = self._had_many and not self._is_between_neighbours(entry)
        return is_away and is_counted_anew(self._key, self._page.keys[entry])

    def _is_other(self, entry: int) -> bool:
        """True if a block is another label or formula, which few words or letters tell apart."""
        key, is_in_place = self._page.keys[entry], self._is_between_neighbours(entry)
        return is_other_label(self._key, key, is_in_place=is_in_place) or is_other_formula(self._key, key)

    def _beside_neighbour(self, entry: int) -> Place | None:
        """The place of the whole block at the start or end of one that has a former neighbour's words too."""
        key = self._page.keys[entry]
        if not self._part.is_whole or key == self._key:
            return None
        for is_there, start in ((key.startswith(self._key), 0), (key.endswith(self._key), len(key) - len(self._key))):
            rest = key[:start] + key[start + len(self._key) :]
            if is_there and any(len(line) >= _TELLS and line in rest for line in (self._above_line, self._below_line)):
                return self._quote_at(entry, start, len(self._key))
        return None

    def _is_new(self, candidate: _Candidate) -> bool:
        """True if a block is so similar that, had it existed, it would be among the part's known lookalikes."""
        return self._knows_lookalikes and candidate.alike >= thresholds.LIKE_ANYWHERE

    @cached_property
    def _knows_lookalikes(self) -> bool:
        """True if all lookalikes that the block had are known and unchanged."""
        others = self._part.others
        return others is not None and len(others) < MOST and not self._is_lookalike_missing

    @property
    def _had_many(self) -> bool:
        """True if the block had more lookalikes than are known."""
        return len(self._part.others or ()) >= MOST

    @cached_property
    def _is_lookalike_missing(self) -> bool:
        """True if a known lookalike is missing, which a block may be after rewording."""
        others = self._part.others or ()
        return not all(each in self._index.by_fingerprint for each in others)

    def _floor(self, best: _Candidate, margin: float) -> float:
        """The similarity that a block needs to be certain, given its other evidence."""
        key = self._page.keys[best.entry]
        is_short = len(self._key) < _QUOTE and self._key not in key
        if (is_short or self._had_many) and not self._is_between_neighbours(best.entry):
            return thresholds.LIKE_AMONG_MANY if self._had_many else thresholds.LIKE_BY_ITSELF
        frame = self._frame(key)
        is_under_heading = self._index.heading(best.entry) == self._part.heading
        if best.around is not None and best.around >= thresholds.AROUND_AGREES:
            begins_alike = self._key[:_PART] == key[:_PART]
            is_in_gap = is_under_heading and begins_alike and self._knows_lookalikes
            return thresholds.LIKE_IN_GAP if is_in_gap else thresholds.LIKE_BESIDE_NEIGHBOUR
        if self._is_lookalike_missing:
            return thresholds.LIKE_BY_ITSELF
        if min(frame) >= thresholds.FRAME_STANDS:
            return thresholds.LIKE_IN_FRAME
        if max(frame) >= thresholds.FRAME_STANDS:
            return thresholds.LIKE_IN_HALF_A_FRAME
        if is_under_heading and (margin >= thresholds.CLEAR_MARGIN or self._knows_lookalikes):
            return thresholds.LIKE_UNDER_HEADING
        return thresholds.LIKE_BY_ITSELF

    def _frame(self, key: str) -> tuple[float, float]:
        """Shares of the text before and after a phrase that surround it in another block."""
        quote = self._key[self._phrase.start : self._phrase.end]
        if self._part.is_whole or key.count(quote) != 1:
            return 0.0, 0.0
        start = key.index(quote)
        before = self._key[: self._phrase.start][-CONTEXT:]
        behind = self._key[self._phrase.end :][:CONTEXT]
        there, behind_there = key[:start][-len(before) :], key[start + len(quote) :][: len(behind)]
        return (
            fuzz.ratio(before, there) / 100 if len(before) >= _TELLS else 0.0,
            fuzz.ratio(behind, behind_there) / 100 if len(behind) >= _TELLS else 0.0,
        )

    def _unsure(self) -> Finding | None:
        candidates = tuple(
            (place, candidate.score)
            for candidate in self._ranked[:_CANDIDATES]
            if candidate.score >= thresholds.SEARCH_WORTH_A_REVIEW and (place := self._place_in(candidate.entry))
        )
        return Unsure(candidates) if candidates else None

    def _as_title(self) -> Finding:
        """The first text below the only title that reads like the block, for review."""
        titles = [number for number, each in enumerate(self._index.note.episodes) if fold(each.title) == self._key]
        return below_title(self._index.note, titles[0]) if len(titles) == 1 else GONE

    @cached_property
    def _words(self) -> Bag:
        return bag(terms_of(self._key), self._index.weights)

    @cached_property
    def _ranked(self) -> list[_Candidate]:
        ranked = []
        for entry in self._sharing:
            key = self._page.keys[entry]
            alike = likeness(self._key, self._words, key, self._index.bag(entry), self._index.weights).as_a_whole
            if self._part.is_whole and is_described(self._key, key):
                alike = max(
                    alike, thresholds.LIKE_UNDER_HEADING if self._is_telling else thresholds.LIKE_WHEN_CONTINUED
                )
            if alike >= thresholds.SEARCH_WORTH_A_LOOK:
                around = self._around(entry)
                context = self._context(entry)
                score = 0.75 * alike + 0.25 * context if around is None else 0.6 * alike + 0.2 * context + 0.2 * around
                ranked.append(_Candidate(score, entry, alike, around))
        return sorted(ranked, reverse=True)

    @cached_property
    def _is_telling(self) -> bool:
        """True if the block's text is too long to recur by chance."""
        return len(self._key) >= _QUOTE and len(self._key.split()) >= _QUOTE_WORDS

    def _extended(self) -> Finding | None:
        """The only block that contains all of the block's text and more, or half of it and nothing else."""
        holding = [entry for entry in self._sharing if self._is_held(entry)]
        if len(holding) != 1:
            return None
        entry = holding[0]
        if any(self._key in line and is_other_label(self._key, line) for line in map(fold, self._lines(entry))):
            return None
        start = self._page.keys[entry].index(self._key)
        rest = self._page.keys[entry][:start], self._page.keys[entry][start + len(self._key) :]
        span = Span(start, start + len(self._key))
        if not self._part.is_whole:
            span = Span(start + self._phrase.start, start + self._phrase.end)
        elif not any(line and line in side for line in (self._above_line, self._below_line) for side in rest):
            return CertainPart(
                Place(self._page.addresses[entry], Span(0, len(self._page.texts[entry]))), MatchKind.EDITED, 0.9
            )
        return CertainPart(
            Place(self._page.addresses[entry], self._page.folded(entry).source(span)), MatchKind.EDITED, 0.9
        )

    def _split(self) -> Finding | None:
        """The larger of the only two blocks, one after the other, that together read as the block searched."""
        if not self._part.is_whole or len(self._key) < _PART:
            return None
        keys, whole = self._page.keys, _joined(self._key)
        firsts = [
            entry
            for entry in self._sharing
            if entry + 1 < len(keys)
            and min(map(len, keys[entry : entry + 2])) >= _TELLS
            and _joined(*keys[entry : entry + 2]) == whole
        ]
        if len(firsts) != 1:
            return None
        entry = max(firsts[0], firsts[0] + 1, key=lambda half: len(keys[half]))
        place = Place(self._page.addresses[entry], Span(0, len(self._page.texts[entry])))
        return CertainPart(place, MatchKind.EDITED, len(keys[entry]) / len(self._key))

    def _quoted(self) -> Finding | None:
        """The only place of the literal phrase with its former text before or after it, or in a piece of its block."""
        quote = self._key[self._phrase.start : self._phrase.end]
        if len(quote) < _QUOTE or len(quote.split()) < _QUOTE_WORDS or self._is_lookalike_missing:
            return None
        hits = self._index.hits(quote)
        if self._part.is_whole or len(hits) != 1 or hits[0][0] not in self._sharing:
            return None
        entry, start = hits[0]
        key = self._page.keys[entry]
        if key not in self._key and max(self._frame(key)) < thresholds.QUOTE_FRAMED:
            return None
        if any(quote in fold(line) and is_definition(line) for line in self._lines(entry)):
            return None
        return CertainPart(self._quote_at(entry, start, len(quote)), MatchKind.EDITED, 0.7)

    def _lines(self, entry: int) -> list[str]:
        return self._page.texts[entry].split("\n")

    def _quote_at(self, entry: int, start: int, length: int) -> Place:
        return Place(self._page.addresses[entry], self._page.folded(entry).source(Span(start, start + length)))

    @cached_property
    def _sharing(self) -> list[int]:
        """Blocks that share words with the one searched and may be it."""
        known = {entry for each in self._part.others or () for entry in self._index.by_fingerprint.get(each, ())}
        return [
            entry
            for entry in self._index.sharing(self._words)
            if self._page.keys[entry] not in self._wanted
            and entry not in known
            and not self._is_neighbour(entry)
            and (is_definition(self._part.block) or not self._page.is_definition(entry))
        ]

    @cached_property
    def _phrase(self) -> Span:
        """The span of the part's text in its block's key."""
        return fold_with_map(self._part.block).span(Span(self._part.start, self._part.start + len(self._part.exact)))

    def _place_in(self, entry: int) -> Place | None:
        """The place of the part in a block, if the block is its own."""
        text, address, part = self._page.texts[entry], self._page.addresses[entry], self._part
        if part.is_whole:
            return Place(address, Span(0, len(text)))
        if text == part.block and part.block.startswith(part.exact, part.start):
            return Place(address, Span(part.start, part.start + len(part.exact)))
        if self._phrase.start == self._phrase.end:
            return None
        if self._page.keys[entry] == self._key:
            return Place(address, self._page.folded(entry).source(self._phrase))
        kept = follow_phrase(
            self._key,
            words_of(self._key),
            self._phrase,
            self._page.keys[entry],
            self._page.words(entry),
            self._index.weights,
        )
        return Place(address, self._page.folded(entry).source(kept.span)) if kept and kept.is_certain else None

    def _is_neighbour(self, entry: int) -> bool:
        """True if a block is the former upper or lower neighbour, and not merged with the one searched."""
        if self._is_held(entry):
            return False
        as_above, as_below = self._reads_as_neighbours(entry)
        return (as_above and not self._key.endswith(self._above_line)) or (
            as_below and not self._key.startswith(self._below_line)
        )

    def _is_held(self, entry: int) -> bool:
        """True if a block contains all of the block's text, which is too long to recur by chance."""
        return len(self._key) >= _PART and self._key in self._page.keys[entry]

    def _may_be_neighbour(self, entry: int) -> bool:
        """True if a block reads like a missing former neighbour: one of the two is gone, but which?"""
        as_above, as_below = self._reads_as_neighbours(entry)
        return (as_above and self._stands(entry, self._above_line, -1, str.endswith) != 1) or (
            as_below and self._stands(entry, self._below_line, 1, str.startswith) != 1
        )

    def _is_between_neighbours(self, entry: int) -> bool:
        """True if a block is directly between its two former neighbours."""
        above, below, keys = self._above_line, self._below_line, self._page.keys
        if min(len(above), len(below)) < _TELLS or not 0 < entry < len(keys) - 1:
            return False
        return keys[entry - 1].endswith(above) and keys[entry + 1].startswith(below)

    def _is_beside_neighbour(self, entry: int) -> bool:
        """True if a block is directly below its former upper neighbour, or directly above its lower one."""
        above, below, keys = self._above_line, self._below_line, self._page.keys
        return (len(above) >= _TELLS and entry > 0 and keys[entry - 1].endswith(above)) or (
            len(below) >= _TELLS and entry + 1 < len(keys) and keys[entry + 1].startswith(below)
        )

    def _is_among_neighbours(self, entry: int) -> bool:
        """True if a former neighbour that occurs once, or reworded its only successor, is within `_NEAR` blocks."""
        near = self._page.keys[max(0, entry - _NEAR) : entry] + self._page.keys[entry + 1 : entry + 1 + _NEAR]
        return any(
            len(line) >= _TELLS and self._index.text.count(line) == 1 and any(map(has, near))
            for line, has in (
                (self._above_line, lambda key: key.endswith(self._above_line)),
                (self._below_line, lambda key: key.startswith(self._below_line)),
            )
        )

    def _reads_as_neighbours(self, entry: int) -> tuple[bool, bool]:
        """For each former neighbour, upper and lower, True if a block reads like it."""
        above, below, key = self._above_line, self._below_line, self._page.keys[entry]
        return len(above) >= _TELLS and key.endswith(above), len(below) >= _TELLS and key.startswith(below)

    def _around(self, entry: int) -> float | None:
        """The agreement of a block's neighbours with the former ones; 0 if those are elsewhere."""
        above = self._stands(entry, self._above_line, -1, str.endswith)
        below = self._stands(entry, self._below_line, 1, str.startswith)
        if _ON_THE_OTHER_SIDE in (above, below):
            return 0.0
        return max((side for side in (above, below) if side is not None), default=None)

    def _stands(self, entry: int, line: str, step: int, has: Callable[[str, str], bool]) -> float | None:
        if len(line) < _TELLS:
            return None
        keys = self._page.keys
        for distance in range(1, _NEAR + 1):
            for side, found in ((step, 1.0), (-step, _ON_THE_OTHER_SIDE)):
                near = entry + side * distance
                if 0 <= near < len(keys) and has(keys[near], line):
                    return found
        if (f"{line}\n" if step < 0 else f"\n{line}") in self._index.text:
            return 0.0
        near = entry + step
        if not 0 <= near < len(keys):
            return None
        beside = keys[near][-len(line) :] if step < 0 else keys[near][: len(line)]
        ratio = float(fuzz.ratio(beside, line)) / 100
        return ratio if ratio >= thresholds.NEIGHBOUR_ALIKE else None

    def _context(self, entry: int) -> float:
        """The share of a selector's context that holds for a block, from 0 to 1."""
        page, part = self._page, self._part
        number, index = page.addresses[entry]
        episode = self._index.note.episodes[number]
        start, end = part.start, part.start + len(part.exact)
        if page.texts[entry] != part.block:
            end = len(page.texts[entry]) - (len(part.block) - end)
        before = text_before(episode.blocks, index, max(0, start))
        behind = text_after(episode.blocks, index, max(0, end))
        return (
            0.2 * (episode.title == part.episode)
            + 0.2 * (self._index.heading(entry) == part.heading)
            + 0.2 * fuzz.ratio(fold(before), fold(part.prefix)) / 100
            + 0.2 * fuzz.ratio(fold(behind), fold(part.suffix)) / 100
            + 0.2 / (1 + abs(self._index.line(entry) - self._line) / 40)
        )


def _joined(*keys: str) -> str:
    """The letters and digits of some texts, one after the other."""
    return "".join(sign for key in keys for sign in key if sign.isalnum())
