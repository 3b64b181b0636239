"""Fuzzy matching: rank the texts that match what was typed."""

from __future__ import annotations

from heapq import nsmallest
from typing import TYPE_CHECKING

from rapidfuzz import fuzz, process

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

MOST = 100
"Most matches shown."
LIKENESS = 70
"Minimum similarity, of 100, between the typed text and one that does not contain it."


def best(typed: str, texts: Sequence[str], most: int = MOST, tiers: Sequence[int] = ()) -> list[int]:
    """The numbers of the best matches, at most ``most`` of them.

    Texts that contain every typed word come first, ranked by matches at word starts, then low tiers, then few other
    words. If there are none, similar texts match, so that typing errors do no harm.

    Args:
        typed: Words, or pieces of words.
        texts: The texts, casefolded.
        most: Most matches returned.
        tiers: The tier of each text; empty if all are equal.
    """
    words = typed.casefold().split()
    if not words:
        return list(range(min(most, len(texts))))
    ranked = nsmallest(most, _holding(words, texts, tiers))
    found = [number for *_, number in ranked]
    if not found and len("".join(words)) > 2:
        # Imported here, since nothing needs it before the first jump.
        like = process.extract(" ".join(words), texts, scorer=fuzz.partial_ratio, score_cutoff=LIKENESS, limit=most)
        found = [number for _, _, number in like]
    return found


def _holding(words: Sequence[str], texts: Sequence[str], tiers: Sequence[int]) -> Iterator[tuple[int, int, int, int]]:
    """Each text that contains every word, with its number and rank; lower ranks are better."""
    numbers: Iterable[int] = range(len(texts))
    for word in words:
        numbers = [number for number in numbers if word in texts[number]]
    for number in numbers:
        padded = " " + texts[number]
        misses = sum(" " + word not in padded for word in words)
        yield misses, tiers[number] if tiers else 0, len(texts[number]), number
