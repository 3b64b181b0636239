"""Pairs of old and new entries of two pages, both while they are being found and afterwards."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.core.anchoring.matching.page import NO_HEADING
from tui.core.annotations.highlights import MatchKind

if TYPE_CHECKING:
    from tui.core.anchoring.matching.page import Page

_NEIGHBOURS = ((-1, 0.25), (1, 0.25), (-2, 0.10), (2, 0.10))
"Weights of a neighbour's agreement, by distance."
_SAME_EDGE = 0.10
_SAME_HEADING = 0.20
_SAME_GAP = 0.30
_END_OF_GAP = 0.25


class Pairs:
    """A one-to-one relation between the entries of two pages."""

    def __init__(self, old: Page, new: Page) -> None:
        self.old = old
        self.new = new
        self.partner: list[int | None] = [None] * len(old)
        "The new entry of each old one."
        self.owner: list[int | None] = [None] * len(new)
        "The old entry of each new one."
        self.how: list[MatchKind] = [MatchKind.EXACT] * len(old)
        "The way in which each old entry found its partner."
        self.score: list[float] = [0.0] * len(old)
        "Certainty of the pair, from 0 to 1."
        self.candidates: dict[int, list[tuple[float, int]]] = {}
        "Score and new entry, best first, for old entries that may be there or gone."
        self.doubts: dict[int, list[tuple[float, int]]] = {}
        "Score and new entry, best first, for old entries that have a partner but may be something else."
        self.ties: dict[int, int] = {}
        "New entries to which unpaired old copies have as good a claim as their owners."
        self._gaps: list[tuple[int, int]] = []

    def join(self, old: int, new: int, how: MatchKind, score: float) -> None:
        """Pair two entries without partners."""
        self.partner[old], self.owner[new] = new, old
        self.how[old], self.score[old] = how, score

    def is_open(self, new: int) -> bool:
        """True if a new entry has text that its old self lacks: it is new or was edited."""
        owner = self.owner[new]
        return owner is None or self.how[owner] is MatchKind.EDITED

    def fix_gaps(self) -> None:
        """Take the present pairs as those that stayed in place, which `gap` is based on."""
        lows, last = [], -1
        for entry, partner in enumerate(self.partner):
            lows.append(last)
            if partner is not None and self.how[entry] is MatchKind.EXACT:
                last = partner
        highs, last = [], len(self.new)
        for entry in range(len(self.old) - 1, -1, -1):
            highs.append(last)
            partner = self.partner[entry]
            if partner is not None and self.how[entry] is MatchKind.EXACT:
                last = partner
        gaps = list(zip(lows, reversed(highs), strict=True))
        for entry in range(1, len(gaps)):
            if gaps[entry] == gaps[entry - 1]:
                gaps[entry] = gaps[entry - 1]  # one object for all entries of a gap
        self._gaps = gaps

    def gap(self, old: int) -> tuple[int, int]:
        """The new entries, both exclusive, between which an unmoved old one would be."""
        return self._gaps[old]

    def context(self, old: int, new: int) -> float:
        """The share of the surroundings on which an old and a new entry agree, from 0 to 1."""
        agreed = _SAME_HEADING if self.under_same_heading(old, new) else 0.0
        low, high = self.gap(old)
        if low < new < high:
            # The order within a gap proves nothing, since adding or removing another block changes it.
            ends = (low >= 0) + (high < len(self.new))
            return min(1.0, agreed + _SAME_GAP + ends * _END_OF_GAP + (2 - ends) * _SAME_EDGE)
        partner, end, new_end = self.partner, len(self.partner), len(self.owner)
        for step, share in _NEIGHBOURS:
            near, near_new = old + step, new + step
            if 0 <= near < end and 0 <= near_new < new_end:
                if partner[near] == near_new:
                    agreed += share
            elif (near < 0 and near_new < 0) or (near >= end and near_new >= new_end):
                agreed += _SAME_EDGE
        return min(1.0, agreed)

    def under_same_heading(self, old: int, new: int) -> bool:
        """True if the headings above an old and a new entry are partners or read the same."""
        heading, new_heading = self.old.headings[old], self.new.headings[new]
        if NO_HEADING in (heading, new_heading):
            return False
        return self.partner[heading] == new_heading or self.old.keys[heading] == self.new.keys[new_heading]
