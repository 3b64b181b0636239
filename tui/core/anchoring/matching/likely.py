"""Pairing the unequal entries of two pages: by likeness and context, all in one assignment."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from itertools import takewhile
from operator import eq
from typing import TYPE_CHECKING, NamedTuple

from tui.core.anchoring import thresholds
from tui.core.anchoring.likeness.word_index import WordIndex
from tui.core.anchoring.likeness.words import (
    Bag,
    Weights,
    bag,
    held,
    is_filled_anew,
    is_respelt,
    likeness,
    terms_of,
)
from tui.core.anchoring.matching.assignment import assign
from tui.core.annotations.highlights import How

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from tui.core.anchoring.matching.pairs import Pairs

_SAMPLE = 2_000
"Entries of a page that suffice to weigh words."
_IN_GAP = 40
"Most entries of a gap that are all candidates for an entry that was in it."
_REACH = 5
"Distance of candidates from an entry's place in a larger gap."
_COPIES = 64
"Equal entries in one gap above which each of them is in doubt."
_ROUNDS = 8
"Rounds of refusing the losers of an assignment and assigning the rest anew; entries still open then are in doubt."
_NEAR_MOST = 4
"Most entries with nearly equal scores among which one can be clear."


class _Pair(NamedTuple):
    score: float
    likeness: float
    context: float


def weights_of(links: Pairs) -> Weights:
    """The weights of words in both texts; of long texts, from a sample."""
    return Weights(
        page.terms(entry) for page in (links.old, links.new) for entry in range(0, len(page), 1 + len(page) // _SAMPLE)
    )


def pair_likely(links: Pairs) -> None:
    """Pair the entries without a partner if that is certain; keep other possibilities as candidates."""
    rows = [entry for entry, partner in enumerate(links.partner) if partner is None and links.old.keys[entry]]
    columns = [entry for entry, owner in enumerate(links.owner) if owner is None and links.new.keys[entry]]
    if columns:
        contest = _Contest(links, rows, columns)
        contest.settle()
        contest.doubt_copies()
    for row, copy in links.ties.items():
        partner = links.partner[row]
        if partner is None:
            links.candidates[row] = [(thresholds.TIE, copy), *links.candidates.get(row, ())]
        else:
            links.doubts[row] = [(links.score[row], partner), (thresholds.TIE, copy)]


class _Contest:
    """Old entries competing for new ones, decided by one assignment without certain losers."""

    def __init__(self, links: Pairs, rows: Sequence[int], columns: Sequence[int]) -> None:
        self._links = links
        # A definition that became text was in no bullet's place.
        self._bullets = [column for column in columns if not links.new.is_definition(column)]
        self._among = _Columns(links, rows, columns)
        self._pairs = {row: self._among.pairs(row) for row in rows}
        self._in_gap = Counter(links.gap(row) for row in rows)
        copies = Counter((links.gap(row), links.old.keys[row]) for row in rows)
        # Nothing tells these apart, and an assignment takes quadratic time over ties.
        self._contending = [row for row in rows if copies[links.gap(row), links.old.keys[row]] <= _COPIES]
        # If nothing is unchanged, not even a title, this may be another text: places prove nothing then.
        self._is_of_one_text = any(partner is not None for partner in links.partner)
        wanted: defaultdict[int, list[tuple[float, int]]] = defaultdict(list)
        self._by_row: dict[int, list[tuple[float, int]]] = {}
        "The columns of each row by score, the best last; taken ones are removed when met."
        for row, pairs in self._pairs.items():
            self._by_row[row] = sorted((pair.score, column) for column, pair in pairs.items())
            for score, column in self._by_row[row]:
                wanted[column].append((score, row))
        self._by_column = {column: sorted(wanting) for column, wanting in wanted.items()}
        self._refused: set[tuple[int, int]] = set()

    def settle(self) -> None:
        """Join certain pairs, refuse losers, and assign the rest anew until nothing changes."""
        for _ in range(_ROUNDS):
            given = self._assigned()
            self._join_certain(given)
            losers = {
                (row, column) for row, column in given.items() if self._is_open(row) and self._margin(row, column) < 0
            }
            if not losers:
                break
            self._refused |= losers
        for row, pairs in self._pairs.items():
            if self._is_open(row):
                ranked = sorted(
                    ((pair.score, column) for column, pair in pairs.items() if self._is_free(column)), reverse=True
                )
                self._links.candidates[row] = ranked[:5]

    def doubt_copies(self) -> None:
        """Put copies in doubt whose former place has something similar and new.

        Either the entry moved, and another was written in its place, or it was copied, and then reworded.
        """
        for row, column in enumerate(self._links.partner):
            if column is None or self._links.how[row] is not How.MOVED:
                continue
            low, high = self._links.gap(row)
            likes = [
                (self._among.likeness(row, other), other)
                for other in self._among.sharing(row)
                if low < other < high and self._is_free(other)
            ]
            likes = [(alike, other) for alike, other in likes if alike >= thresholds.LIKE_ANYWHERE]
            if likes:
                self._links.doubts[row] = [(1.0, column), *sorted(likes, reverse=True)]

    def _is_open(self, row: int) -> bool:
        return self._links.partner[row] is None

    def _is_free(self, column: int) -> bool:
        return self._links.owner[column] is None

    def _assigned(self) -> dict[int, int]:
        rows = [row for row in self._contending if self._is_open(row)]
        gains = [
            {
                column: pair.score
                for column, pair in self._pairs[row].items()
                if self._is_free(column) and (row, column) not in self._refused
            }
            for row in rows
        ]
        return {rows[number]: column for number, column in assign(gains).items()}

    def _join_certain(self, given: Mapping[int, int]) -> None:
        """Join certain pairs; each may make others certain, as it rivals them no more."""
        taker = {column: row for row, column in given.items()}
        pending = list(given)
        while pending:
            row = pending.pop()
            column = given[row]
            if not self._is_open(row) or not self._is_certain(row, column):
                continue
            self._links.join(row, column, How.EDITED, self._pairs[row][column].score)
            pending += (other for _, other in self._by_column[column] if other in given and self._is_open(other))
            pending += (
                taker[other] for _, other in self._by_row[row] if other in taker and self._is_open(taker[other])
            )

    def _margin(self, row: int, column: int) -> float:
        """The lead of a pair over the alternatives of its row and its column."""
        score = self._pairs[row][column].score
        return score - max(
            _best_but(self._by_row[row], column, self._is_free), _best_but(self._by_column[column], row, self._is_open)
        )

    def _is_certain(self, row: int, column: int) -> bool:
        pair, margin = self._pairs[row][column], self._margin(row, column)
        if margin < 0 or self._is_less_like(row, column):
            return False
        low, high = self._links.gap(row)
        in_gap = self._is_of_one_text and low < column < high
        is_held = self._among.holds(row, column)
        is_whole = is_held and not self._is_torn(row, column)
        if (
            in_gap
            and is_whole
            and pair.likeness >= thresholds.LIKE_IN_GAP
            and self._is_clear(row, column, thresholds.MARGIN_IN_GAP)
        ):
            return True
        if in_gap and pair.likeness >= thresholds.LIKE_ALONE_IN_GAP:
            is_alone = self._is_alone(row)
            if (is_alone and (is_held or self._is_replaced(row, column))) or (
                (is_alone or margin >= thresholds.CLEAR_MARGIN) and self._is_cut_down(row, column)
            ):
                return True
        if not is_whole:
            return False
        if pair.likeness < thresholds.LIKE_ANYWHERE and (
            pair.likeness < thresholds.LIKE_IN_CONTEXT or pair.context < thresholds.CONTEXT_AGREES
        ):
            return False
        if pair.context < thresholds.FAR and is_filled_anew(self._links.old.texts[row], self._links.new.texts[column]):
            return False
        return self._is_clear(row, column, thresholds.MARGIN)

    def _is_clear(self, row: int, column: int, margin: float) -> bool:
        """True if a pair beats its row's and column's alternatives by a margin, parts of one split or merge aside."""
        if self._margin(row, column) >= margin:
            return True
        low = self._pairs[row][column].score - margin
        words, new_words = self._among.row_bags[row], self._among.bags[column]
        columns = [
            other for score, other in self._by_row[row] if score > low and other != column and self._is_free(other)
        ]
        rows = [
            other
            for score, other in self._by_column[column][-_NEAR_MOST:]
            if score > low and other != row and self._is_open(other)
        ]
        return (
            len(columns) + len(rows) < _NEAR_MOST
            and all(self._among.are_parts(new_words, self._among.bags[other], words) for other in columns)
            and all(self._among.are_parts(words, self._among.row_bags[other], new_words) for other in rows)
        )

    def _is_less_like(self, row: int, column: int) -> bool:
        """True if another free entry is more like a row, and is only in another place."""
        most = self._pairs[row][column].likeness
        return any(pair.likeness > most and self._is_free(other) for other, pair in self._pairs[row].items())

    def _is_torn(self, row: int, column: int) -> bool:
        """True if a column holds about half of a row's words, and another, not of these alone, about as many."""
        if self._among.is_respelt(row, column):
            return False
        share = self._among.share_held(row, column)
        return share < thresholds.HOLDS_CLEARLY and any(
            other != column
            and self._is_free(other)
            and self._has_new_words(row, other)
            and self._among.share_held(row, other) > share - thresholds.HOLDS_LEAD
            for other in self._pairs[row]
        )

    def _has_new_words(self, row: int, column: int) -> bool:
        """True if a column has words that a row has not, signs aside."""
        new = Counter(terms_of(self._links.new.keys[column])) - Counter(terms_of(self._links.old.keys[row]))
        return any(word[0].isalnum() for word in new)

    def _is_cut_down(self, row: int, column: int) -> bool:
        """True if a column is a row's text cut down, or begins, and perhaps ends, like it."""
        key, new_key = self._links.old.keys[row], self._links.new.keys[column]
        begins = _alike_from_start(key, new_key)
        framed = begins + _alike_from_start(reversed(key), reversed(new_key))
        least = max(thresholds.FRAMED, min(len(new_key) / 3, thresholds.FRAMED_MOST))
        if (begins < thresholds.BEGINS or framed < least) and not Counter(terms_of(new_key)) <= Counter(terms_of(key)):
            return False
        # Merged with another, it may be there.
        return not any(other != column and self._among.holds(row, other) for other in self._pairs[row])

    def _is_replaced(self, row: int, column: int) -> bool:
        """True if words of a row were replaced between those at its ends, or a little over half of them anywhere."""
        key, new_key = self._links.old.keys[row], self._links.new.keys[column]
        if _common_words(key, new_key) >= max(thresholds.KEEPS_ENDS, len(key) * thresholds.KEEPS_SHARE):
            return True
        is_like = self._pairs[row][column].likeness >= thresholds.LIKE_IN_GAP
        return is_like and self._among.share_held(row, column) >= thresholds.KEEPS_WORDS

    def _is_alone(self, row: int) -> bool:
        """True if a row and one column are alone in their gap, definitions that became text aside."""
        low, high = self._links.gap(row)
        return self._in_gap[low, high] == 1 and bisect_left(self._bullets, high) - bisect_right(self._bullets, low) == 1


def _best_but(ranked: list[tuple[float, int]], but: int, is_had: Callable[[int], bool]) -> float:
    """The best score in a ranking of the free ones, one aside; drops the others from its end."""
    while ranked and not is_had(ranked[-1][1]):
        ranked.pop()
    if not ranked:
        return 0.0
    if ranked[-1][1] != but:
        return ranked[-1][0]
    while len(ranked) > 1 and not is_had(ranked[-2][1]):
        del ranked[-2]
    return ranked[-2][0] if len(ranked) > 1 else 0.0


class _Columns:
    """The free new entries, found by their words and by their places."""

    def __init__(self, links: Pairs, rows: Sequence[int], columns: Sequence[int]) -> None:
        self._links = links
        self._columns = columns
        self.weights = weights_of(links)
        self.bags = {column: bag(links.new.terms(column), self.weights) for column in columns}
        self.row_bags = {row: bag(links.old.terms(row), self.weights) for row in rows}
        self._words = WordIndex(((column, words.counts) for column, words in self.bags.items()), self.weights)
        self._definitions = set(filter(links.new.is_definition, columns))
        in_gap = Counter(links.gap(row) for row in rows)
        passed: Counter[tuple[int, int]] = Counter()
        self._standing: dict[int, tuple[int, int]] = {}
        "Number of rows above and below each row in its gap."
        for row in rows:
            gap = links.gap(row)
            self._standing[row] = passed[gap], in_gap[gap] - passed[gap] - 1
            passed[gap] += 1

    def pairs(self, row: int) -> dict[int, _Pair]:
        """The columns that a row may be: those that share words with it, or are in its gap."""
        old, new, words = self._links.old, self._links.new, self.row_bags[row]
        share = thresholds.CONTEXT_SHARE
        pairs: dict[int, _Pair] = {}
        for column in {*self._words.sharing(words), *self._beside(row)}:
            if old.is_heading[row] != new.is_heading[column] and old.keys[row] != new.keys[column]:
                continue
            if column in self._definitions and not old.is_definition(row):
                continue
            alike = _alike(old.keys[row], words, new.keys[column], self.bags[column], self.weights)
            if alike > thresholds.WORTH_A_LOOK:
                context = self._links.context(row, column)
                pairs[column] = _Pair(alike * (1 - share) + context * share, alike, context)
        return pairs

    def sharing(self, row: int) -> list[int]:
        """The columns that share most words with any old entry."""
        return self._words.sharing(self._bag(row))

    def likeness(self, row: int, column: int) -> float:
        """Likeness of a column to any old entry."""
        old, new = self._links.old, self._links.new
        if old.is_heading[row] != new.is_heading[column]:
            return 0.0
        return _alike(old.keys[row], self._bag(row), new.keys[column], self.bags[column], self.weights)

    def holds(self, row: int, column: int) -> bool:
        """True if a column holds most of a row's words."""
        return self.is_respelt(row, column) or self.share_held(row, column) >= thresholds.HOLDS

    def is_respelt(self, row: int, column: int) -> bool:
        """True if a column is so much like a row by its characters that it clearly holds the row's words."""
        return is_respelt(self._links.old.keys[row], self._links.new.keys[column])

    def share_held(self, row: int, column: int) -> float:
        """The share of a row's words that a column holds."""
        old, new = self._links.old, self._links.new
        return held(old.keys[row], self._bag(row).counts, new.keys[column], self.bags[column].counts)

    def _bag(self, row: int) -> Bag:
        return self.row_bags.get(row) or bag(self._links.old.terms(row), self.weights)

    def are_parts(self, one: Bag, other: Bag, whole: Bag) -> bool:
        """True if two texts differ from each other and make up a third, split in two or merged from them."""
        shared = self._weight(one.counts & other.counts)
        held = self._weight((one.counts + other.counts) & whole.counts)
        return (
            shared <= thresholds.PARTS_SHARE * min(one.weight, other.weight)
            and held >= thresholds.PARTS_HOLD * whole.weight
        )

    def _weight(self, counts: Counter[str]) -> float:
        return sum(self.weights[word] * count for word, count in counts.items())

    def _beside(self, row: int) -> Sequence[int]:
        """The columns in a row's gap; of many, those about as far from its upper or its lower end as the row."""
        low, high = self._links.gap(row)
        first = bisect_right(self._columns, low)
        last = bisect_left(self._columns, high, first)
        if last - first <= _IN_GAP:
            return self._columns[first:last]
        above, below = self._standing[row]
        return [
            self._columns[place]
            for middle in (first + above, last - 1 - below)
            for place in range(max(first, middle - _REACH), min(last, middle + _REACH + 1))
        ]


def _alike(key: str, words: Bag, new_key: str, new_words: Bag, weights: Weights) -> float:
    """The likeness of two entries, raised for a part of the other."""
    whole, contained = likeness(key, words, new_key, new_words, weights)
    if whole > thresholds.LIKE_WHEN_CONTINUED and contained <= thresholds.CONTAINED:
        return whole
    if (
        contained > thresholds.CONTAINED
        and min(_extent(words), _extent(new_words)) >= thresholds.PART_LENGTH
        and held(key, words.counts, new_key, new_words.counts) >= thresholds.HOLDS
    ):
        return max(whole, 0.55 * contained + 0.25)
    if _goes_on(key, new_key) and (len(key) >= thresholds.PART_LENGTH or len(new_key) <= thresholds.GOES_ON * len(key)):
        return max(whole, thresholds.LIKE_WHEN_CONTINUED)
    if _goes_on(new_key, key):
        return max(whole, thresholds.LIKE_WHEN_CUT)
    return whole


def _extent(words: Bag) -> int:
    return sum(len(word) * count for word, count in words.counts.items())


def _alike_from_start(one: Iterable[str], other: Iterable[str]) -> int:
    """Length in code points of the common start of two texts."""
    return sum(1 for _ in takewhile(bool, map(eq, one, other)))


def _common_words(one: str, other: str) -> int:
    """The code points of the whole words in common at both ends of two texts; 0 where they begin differently."""
    words, others = one.split(), other.split()
    first = sum(1 for _ in takewhile(bool, map(eq, words, others)))
    if not first:
        return 0
    rest, other_rest = words[first:], others[first:]
    last = sum(1 for _ in takewhile(bool, map(eq, reversed(rest), reversed(other_rest))))
    return len(" ".join(words[:first])) + len(" ".join(rest[len(rest) - last :]))


def _goes_on(key: str, longer: str) -> bool:
    """True if a text is another with more behind it or before it."""
    return (longer.startswith(key) and not longer[len(key) : len(key) + 1].isalnum()) or (
        longer.endswith(key) and not longer[-len(key) - 1 : -len(key)].isalnum()
    )
