"""How like a text is to some stretch of a longer one, and which stretch that is."""

from __future__ import annotations

from typing import NamedTuple

from rapidfuzz import fuzz

_LONG = 1_000
"From how many code points on a text is looked for word for word: the time for likeness goes with its square."
_MOST = 50_000_000
"The same for its length times that of the longer one."


class Fragment(NamedTuple):
    """A stretch of a text."""

    start: int
    end: int
    likeness: float
    "Up to 100."


def fragment(key: str, longer: str, least: float) -> Fragment | None:
    """The stretch of a text that is most like another one, if it is so by ``least``, of 100."""
    if _is_too_long(key, longer):
        start = longer.find(key)
        return Fragment(start, start + len(key), 100.0) if start >= 0 else None
    found = fuzz.partial_ratio_alignment(key, longer, score_cutoff=least)
    return Fragment(found.dest_start, found.dest_end, found.score) if found else None


def likeness_of_fragment(one: str, other: str) -> float:
    """How like the shorter of two texts is to some stretch of the longer one, up to 100."""
    key, longer = sorted((one, other), key=len)
    if _is_too_long(key, longer):
        return 100.0 if key in longer else 0.0
    return float(fuzz.partial_ratio(one, other))


def _is_too_long(key: str, longer: str) -> bool:
    return len(key) > _LONG or len(key) * len(longer) > _MOST
