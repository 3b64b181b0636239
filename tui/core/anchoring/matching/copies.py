"""Pairing the equal entries of two pages: unmoved ones, moved ones, and copies of one text."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from rapidfuzz import fuzz

from tui.core.anchoring.likeness.words import LONG
from tui.core.anchoring.matching.assignment import assign
from tui.core.anchoring.matching.differences import in_common, longest_rising
from tui.core.anchoring.matching.pairs import Pairs
from tui.core.annotations.highlights import MatchKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tui.core.anchoring.matching.page import Page

_NEIGHBOURS = ((1, 1.0), (2, 0.6), (3, 0.4))
"Weights of equal neighbours, by distance."
_LIKE_NEIGHBOUR = 0.6
"Share of that weight for neighbours that are only similar."
_ALIKE = 75
"Minimum ratio of similar neighbours, of 100."
_SAME_EDGE = 0.1
"""Weight if both are at an end; less than `_IN_PLACE` in total, since a list repeated at a note's end is at its end
too."""
_SAME_HEADING = 0.7
_IN_PLACE = 0.3
"Weight of being paired by the diff."
_AT_LEAST = 0.01
_TIE = 0.5
"Lead of one copy's surroundings over another's below which either may be the one that remains."
_MANY = 400
"Number of pairs of copies above which the diff decides, since nothing tells them apart."


def pair_equals(old: Page, new: Page) -> Pairs:
    """Pair equal entries, each at most once."""
    links = Pairs(old, new)
    partner = _in_place_or_moved(old, new, links.ties)
    in_place = set(longest_rising(sorted(partner.items())))
    for entry, new_entry in partner.items():
        how = MatchKind.EXACT if (entry, new_entry) in in_place else MatchKind.MOVED
        links.join(entry, new_entry, how, 1.0)
    links.fix_gaps()
    return links


def _in_place_or_moved(old: Page, new: Page, ties: dict[int, int]) -> dict[int, int]:
    """The new entries of equal old ones; ``ties`` receives those to which another copy has an equal claim."""
    names = [old.name(entry) for entry in range(len(old))]
    new_names = [new.name(entry) for entry in range(len(new))]
    partner = dict(in_common(names, new_names))
    copies, new_copies = _by_name(names), _by_name(new_names)
    for name, entries in copies.items():
        new_entries = new_copies.get(name)
        if not new_entries or (len(entries) == len(new_entries) and all(entry in partner for entry in entries)):
            continue
        if len(entries) == len(new_entries) == 1:
            partner[entries[0]] = new_entries[0]
        elif len(entries) * len(new_entries) <= _MANY:
            gains = [
                {
                    new_entry: _agreement(old, new, entry, new_entry)
                    + (_IN_PLACE if partner.get(entry) == new_entry else _AT_LEAST)
                    for new_entry in new_entries
                }
                for entry in entries
            ]
            for entry in entries:
                partner.pop(entry, None)
            given = assign(gains).given
            partner |= {entries[row]: new_entry for row, new_entry in given.items()}
            for row, entry in enumerate(entries):
                rivals = [
                    (gains[row][new_entry], new_entry)
                    for other, new_entry in given.items()
                    if row not in given and gains[row][new_entry] > gains[other][new_entry] - _TIE
                ]
                if rivals:
                    ties[entry] = max(rivals)[1]
    return partner


def _by_name(names: Sequence[str]) -> dict[str, list[int]]:
    entries: defaultdict[str, list[int]] = defaultdict(list)
    for entry, name in enumerate(names):
        entries[name].append(entry)
    return entries


def _agreement(old: Page, new: Page, entry: int, new_entry: int) -> float:
    """The share of two copies' surroundings that is equal."""
    agreed = 0.0
    for distance, share in _NEIGHBOURS:
        for step in (-distance, distance):
            near, new_near = entry + step, new_entry + step
            if 0 <= near < len(old) and 0 <= new_near < len(new):
                key, new_key = old.keys[near], new.keys[new_near]
                if key == new_key and key != old.keys[entry]:
                    agreed += share
                elif max(len(key), len(new_key)) <= LONG and fuzz.ratio(key, new_key) >= _ALIKE:
                    agreed += _LIKE_NEIGHBOUR * share
            elif (near < 0) == (new_near < 0) and (near >= len(old)) == (new_near >= len(new)):
                agreed += _SAME_EDGE * share
    heading, new_heading = old.heading_key(entry), new.heading_key(new_entry)
    return agreed + (_SAME_HEADING if heading is not None and heading == new_heading else 0.0)
