"""Pairing the unequal entries of two pages by similarity and context, in one assignment."""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections import Counter, defaultdict
from itertools import islice, takewhile
from operator import eq
from typing import TYPE_CHECKING, NamedTuple

from tui.core.anchoring import thresholds
from tui.core.anchoring.likeness.formulas import is_other_formula
from tui.core.anchoring.likeness.labels import is_other_label
from tui.core.anchoring.likeness.words import is_filled_anew, terms_of
from tui.core.anchoring.matching.assignment import Assignment, assign
from tui.core.anchoring.matching.clear import sift
from tui.core.anchoring.matching.possible import PossiblePairs
from tui.core.annotations.highlights import MatchKind
from tui.core.common_start import common_start
from tui.core.notes.model import TITLE

if TYPE_CHECKING:
    from collections.abc import Collection, Container, Iterable, Mapping, Sequence

    from tui.core.anchoring.matching.pairs import Pairs

_COPIES = 64
"Number of equal entries in one gap above which each of them is in doubt."
_ROUNDS = 8
"""Most rounds of rejecting an assignment's losers and assigning the rest again; entries still open then are in
doubt."""
_CANDIDATES = 5
"Most candidates kept for an entry without a partner."
_END = 8
"Code points in common at an end of two texts that begin or end alike."
_NEAR_MOST = 4
"Most entries with nearly equal scores among which one can be clear."


def pair_likely(links: Pairs, *, is_sifted: bool = True) -> None:
    """Pair entries that have no partner if that is certain; keep other possibilities as candidates.

    With ``is_sifted``, clear pairs are joined first, which is faster and gives the same result.
    """
    rows = [entry for entry, partner in enumerate(links.partner) if partner is None and links.old.keys[entry]]
    columns = [entry for entry, owner in enumerate(links.owner) if owner is None and links.new.keys[entry]]
    if columns:
        contest = _Contest(links, rows, columns, is_sifted=is_sifted)
        contest.settle()
        contest.doubt_copies()
        contest.doubt_others()
    for row, copy in links.ties.items():
        partner = links.partner[row]
        if partner is None:
            links.candidates[row] = [(thresholds.TIE, copy), *links.candidates.get(row, ())]
        else:
            links.doubts[row] = [(links.score[row], partner), (thresholds.TIE, copy)]


class _Connected(NamedTuple):
    """Rows and columns that compete with no others."""

    rows: set[int]
    columns: set[int]


class _Contest:
    """Old entries competing for new ones, settled by one assignment after certain losers are excluded."""

    def __init__(self, links: Pairs, rows: Sequence[int], columns: Sequence[int], *, is_sifted: bool) -> None:
        self._links = links
        # A definition that became text was not in a bullet's place.
        self._bullets = [column for column in columns if not links.new.is_definition(column)]
        self._among = PossiblePairs(links, rows, columns)
        self._in_gap = Counter(links.gap(row) for row in rows)
        self._contending = _without_many_copies(links, rows)
        # If nothing is unchanged, not even a title, this may be a different text, in which positions prove nothing.
        self._is_of_one_text = any(partner is not None for partner in links.partner)
        self._clear, self._pairs = sift(self._among, rows, set(self._contending) if is_sifted else ())
        self._by_row: defaultdict[int, list[tuple[float, int]]] = defaultdict(list)
        "The columns of each contested row by score, best last; taken ones are removed when encountered."
        self._by_column: defaultdict[int, list[tuple[float, int]]] = defaultdict(list)
        for row, pairs in self._pairs.items():
            self._by_row[row] = sorted((pair.total, column) for column, pair in pairs.items())
            for score, column in self._by_row[row]:
                self._by_column[column].append((score, row))
        for wanting in self._by_column.values():
            wanting.sort()
        self._refused: set[tuple[int, int]] = set()

    def settle(self) -> None:
        """Join certain pairs, reject losers, and assign the rest again until nothing changes."""
        given = self._without_clear()
        unsettled: Collection[int] = given
        for _ in range(_ROUNDS):
            # A lead only grows as others are joined, so what was not a loser has not become one.
            losers = self._join_certain(given, unsettled)
            if not losers:
                break
            again = self._connected(losers)
            self._refused |= {(row, given[row]) for row in losers}
            changed = self._assigned(again.rows).given
            unsettled = [row for row, column in changed.items() if given.get(row) != column]
            given = {row: column for row, column in given.items() if row not in again.rows} | changed
        for row, ranked in self._by_row.items():
            if self._is_open(row):
                free = (each for each in reversed(ranked) if self._is_free(each[1]))
                self._links.candidates[row] = list(islice(free, _CANDIDATES))

    def doubt_copies(self) -> None:
        """Put copies in doubt if something similar and new is in their former place.

        Either the entry moved and another was written in its place, or it was copied and then reworded.
        """
        for row, column in enumerate(self._links.partner):
            if column is None or self._links.how[row] is not MatchKind.MOVED:
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

    def doubt_others(self) -> None:
        """Put reworded entries in doubt that are another label or formula, or a text that only mentions the first."""
        for row, column in enumerate(self._links.partner):
            if column is None or self._links.how[row] is not MatchKind.EDITED:
                continue
            if self._links.old.addresses[row].block != TITLE and self._is_other(row, column):
                self._links.doubts[row] = [(self._links.score[row], column)]

    def _is_other(self, row: int, column: int) -> bool:
        key, new_key = self._links.old.keys[row], self._links.new.keys[column]
        low, high = self._links.gap(row)
        is_in_place = low < column < high and self._is_alone(row)
        return (
            is_other_label(key, new_key, is_in_place=is_in_place)
            or is_other_formula(key, new_key)
            or (len(new_key) > thresholds.MENTIONS * len(key) and not _share_an_end(key, new_key))
        )

    def _is_open(self, row: int) -> bool:
        return self._links.partner[row] is None

    def _is_free(self, column: int) -> bool:
        return self._links.owner[column] is None

    def _without_clear(self) -> dict[int, int]:
        """Join the clear pairs and assign the rest.

        Each clear pair belongs to every best overall assignment, provided no other row would gain more by its column
        than the pair leads by: in the dual, its row keeps its price, and no other pair of the row is tight.
        """
        for row, (column, score, _) in list(self._clear.items()):
            self._pairs[row] = {column: score}
            if self._is_certain(row, column, self._margin(row, column)):
                del self._pairs[row]
            else:
                self._contest(row)
        given, prices = self._assigned(self._pairs)
        while envied := self._envied(given, prices):
            for row in envied:
                self._contest(row)
            again = self._connected(envied)
            changed = self._assigned(again.rows)
            given = {row: column for row, column in given.items() if row not in again.rows} | changed.given
            prices = {column: price for column, price in prices.items() if column not in again.columns} | changed.prices
        for row, (column, score, _) in self._clear.items():
            self._links.join(row, column, MatchKind.EDITED, score.total)
        return given

    def _envied(self, given: Mapping[int, int], prices: Mapping[int, float]) -> list[int]:
        """Clear rows whose column would give another row a gain, beyond what that row has, greater than their lead."""
        owners = {column: (row, lead) for row, (column, _, lead) in self._clear.items()}
        envied = set()
        for row in self._contending:
            pairs = self._pairs.get(row, {})
            column = given.get(row)
            profit = 0.0 if column is None else pairs[column].total - prices.get(column, 0.0)
            for column, score in pairs.items():
                if column in owners and score.total - profit >= owners[column][1]:
                    envied.add(owners[column][0])
        return sorted(envied)

    def _contest(self, row: int) -> None:
        """Let a row that seemed clear compete with the others."""
        del self._clear[row]
        self._pairs[row] = self._among.pairs(row)
        self._by_row[row] = sorted((score.total, column) for column, score in self._pairs[row].items())
        for total, column in self._by_row[row]:
            insort(self._by_column[column], (total, row))

    def _assigned(self, among: Container[int]) -> Assignment:
        """Assign those of some rows that are open."""
        rows = [row for row in self._contending if row in among and self._is_open(row) and row not in self._clear]
        clear = {column for column, *_ in self._clear.values()}
        owner, refused = self._links.owner, self._refused
        gains = [
            {
                column: total
                for total, column in self._by_row[row]
                if owner[column] is None and column not in clear and (row, column) not in refused
            }
            for row in rows
        ]
        given, prices = assign(gains)
        return Assignment({rows[number]: column for number, column in given.items()}, prices)

    def _connected(self, rows: Iterable[int]) -> _Connected:
        """The rows and columns whose assignment depends on some rows, by possible pairs."""
        connected = _Connected(set(rows), set())
        pending = list(connected.rows)
        while pending:
            row = pending.pop()
            for column in self._pairs[row]:
                if column in connected.columns or not self._is_free(column) or (row, column) in self._refused:
                    continue
                connected.columns.add(column)
                for _, other in self._by_column[column]:
                    if other not in connected.rows and self._is_open(other):
                        connected.rows.add(other)
                        pending.append(other)
        return connected

    def _join_certain(self, given: Mapping[int, int], unsettled: Iterable[int]) -> Collection[int]:
        """Join certain pairs; each may make others certain, since it no longer rivals them. Return the losers' rows.

        None of the others was certain before, and their order does not matter: a pair only gains by what is joined.
        """
        taker = {column: row for row, column in given.items()}
        pending = dict.fromkeys(unsettled)
        losers: dict[int, None] = {}
        while pending:
            row, _ = pending.popitem()
            column = given[row]
            if not self._is_open(row):
                continue
            losers.pop(row, None)
            if (margin := self._margin(row, column)) < 0:
                losers[row] = None
                continue
            if not self._is_certain(row, column, margin):
                continue
            self._links.join(row, column, MatchKind.EDITED, self._pairs[row][column].total)
            for _, other in self._by_column[column]:
                if other in given and self._is_open(other):
                    pending[other] = None
            for _, other in self._by_row[row]:
                if other in taker and self._is_open(taker[other]):
                    pending[taker[other]] = None
        return losers

    def _margin(self, row: int, column: int) -> float:
        """The lead of a pair over the alternatives in its row and column."""
        score = self._pairs[row][column].total
        return score - max(
            _best_but(self._by_row.get(row, []), column, self._links.owner),
            _best_but(self._by_column.get(column, []), row, self._links.partner),
        )

    def _is_certain(self, row: int, column: int, margin: float) -> bool:
        """True if a pair with this lead is certain."""
        pair = self._pairs[row][column]
        if margin < 0 or self._is_less_like(row, column):
            return False
        low, high = self._links.gap(row)
        in_gap = self._is_of_one_text and low < column < high
        if not (in_gap and self._is_alone(row)) and self._among.is_another_of_its_form(row, column):
            return False
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
        """True if a pair beats the alternatives in its row and column by a margin, ignoring parts of one split or
        merge.
        """
        if self._margin(row, column) >= margin:
            return True
        low = self._pairs[row][column].total - margin
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
            and all(self._among.are_split(row, column, other) for other in columns)
            and all(self._among.are_merged(row, other, column) for other in rows)
        )

    def _is_less_like(self, row: int, column: int) -> bool:
        """True if another free entry is more similar to a row and merely in a different place."""
        most = self._pairs[row][column].likeness
        return any(pair.likeness > most and self._is_free(other) for other, pair in self._pairs[row].items())

    def _is_torn(self, row: int, column: int) -> bool:
        """True if a column has about half of a row's words, and another column, which has other words too, about as
        many.
        """
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
        """True if a column has words that a row lacks, not counting punctuation."""
        new = Counter(terms_of(self._links.new.keys[column])) - Counter(terms_of(self._links.old.keys[row]))
        return any(word[0].isalnum() for word in new)

    def _is_cut_down(self, row: int, column: int) -> bool:
        """True if a column is a shortened version of a row's text, or begins, and perhaps ends, like it."""
        key, new_key = self._links.old.keys[row], self._links.new.keys[column]
        begins = common_start(key, new_key)
        framed = begins + common_start(key[::-1], new_key[::-1])
        least = max(thresholds.FRAMED, min(len(new_key) / 3, thresholds.FRAMED_MOST))
        if (begins < thresholds.BEGINS or framed < least) and not Counter(terms_of(new_key)) <= Counter(terms_of(key)):
            return False
        others = [other for other in self._pairs[row] if other != column]
        if any(self._among.holds(row, other) for other in others):
            return False  # it may be there, merged with another
        # Only its end is left: its beginning may have become something elsewhere.
        return begins >= thresholds.BEGINS or not any(
            self._is_free(other) and self._among.share_held(row, other) >= thresholds.KEEPS_SHARE for other in others
        )

    def _is_replaced(self, row: int, column: int) -> bool:
        """True if words in the middle of a row were replaced, or a little more than half of its words anywhere."""
        key, new_key = self._links.old.keys[row], self._links.new.keys[column]
        if _common_words(key, new_key) >= max(thresholds.KEEPS_ENDS, len(key) * thresholds.KEEPS_SHARE):
            return True
        is_like = self._pairs[row][column].likeness >= thresholds.LIKE_IN_GAP
        return is_like and self._among.share_held(row, column) >= thresholds.KEEPS_WORDS

    def _is_alone(self, row: int) -> bool:
        """True if a row and one column are alone in their gap, ignoring definitions that became text."""
        low, high = self._links.gap(row)
        return self._in_gap[low, high] == 1 and bisect_left(self._bullets, high) - bisect_right(self._bullets, low) == 1


def _without_many_copies(links: Pairs, rows: Sequence[int]) -> list[int]:
    """The rows without many equal ones in their gap, which nothing tells apart and whose ties take quadratic time."""
    copies = Counter((links.gap(row), links.old.keys[row]) for row in rows)
    return [row for row in rows if copies[links.gap(row), links.old.keys[row]] <= _COPIES]


def _best_but(ranked: list[tuple[float, int]], but: int, taken: Sequence[int | None]) -> float:
    """The best score among those in a ranking that are not taken, except one; drops the others from its end."""
    while ranked and taken[ranked[-1][1]] is not None:
        ranked.pop()
    if not ranked:
        return 0.0
    if ranked[-1][1] != but:
        return ranked[-1][0]
    while len(ranked) > 1 and taken[ranked[-2][1]] is not None:
        del ranked[-2]
    return ranked[-2][0] if len(ranked) > 1 else 0.0


def _share_an_end(one: str, other: str) -> bool:
    """True if two texts begin or end alike."""
    begins = common_start(one, other)
    return max(begins, common_start(one[::-1], other[::-1])) >= min(_END, len(one), len(other))


def _common_words(one: str, other: str) -> int:
    """The code points of whole words in common at both ends of two texts; 0 if they begin differently."""
    words, others = one.split(), other.split()
    first = sum(1 for _ in takewhile(bool, map(eq, words, others)))
    if not first:
        return 0
    rest, other_rest = words[first:], others[first:]
    last = sum(1 for _ in takewhile(bool, map(eq, reversed(rest), reversed(other_rest))))
    return len(" ".join(words[:first])) + len(" ".join(rest[len(rest) - last :]))
