"""Similarity of a text to the best fragment of a longer one."""

from __future__ import annotations

from typing import NamedTuple

from rapidfuzz import fuzz

_LONG = 1_000
"Length in code points above which texts are compared literally, since similarity takes quadratic time."
_MOST = 50_000_000
"Likewise for the product of both lengths."


class Fragment(NamedTuple):
    """A fragment of a text."""

    start: int
    end: int
    likeness: float
    "Up to 100."


def fragment(key: str, longer: str, least: float) -> Fragment | None:
    """The fragment of a text most similar to another, if its similarity is at least ``least``, of 100."""
    if _is_too_long(key, longer):
        start = longer.find(key)
        return Fragment(start, start + len(key), 100.0) if start >= 0 else None
    found = fuzz.partial_ratio_alignment(key, longer, score_cutoff=least)
    return Fragment(found.dest_start, found.dest_end, found.score) if found else None


def likeness_of_fragment(one: str, other: str) -> float:
    """Similarity of the shorter of two texts to the best fragment of the longer one, up to 100."""
    key, longer = sorted((one, other), key=len)
    if _is_too_long(key, longer):
        return 100.0 if key in longer else 0.0
    return float(fuzz.partial_ratio(one, other))


def likeness_to(one: str, other: str) -> float:
    """Similarity of two whole texts, up to 100."""
    if max(len(one), len(other)) > _LONG:
        return 100.0 if one == other else 0.0
    return float(fuzz.ratio(one, other))


def _is_too_long(key: str, longer: str) -> bool:
    return len(key) > _LONG or len(key) * len(longer) > _MOST
