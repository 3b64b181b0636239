"""Fuzzy matching: the offers that match the typed text, best first."""

from __future__ import annotations

from heapq import nsmallest
from typing import TYPE_CHECKING

from rapidfuzz import fuzz, process

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

MOST = 100
"Most matches offered."
LIKENESS = 70
"Least likeness, of 100, between the typed text and an offer that does not contain it."


def best(typed: str, texts: Sequence[str], most: int = MOST, tiers: Sequence[int] = ()) -> list[int]:
    """The texts that match the typed text, by number, at most ``most``.

    First those that contain every word typed, preferring matches at word starts, then low tiers, then few other words.
    If there is none, similar texts, typing errors included.

    Args:
        typed: Some words, or pieces of words.
        texts: The texts, casefolded.
        most: Most matches given.
        tiers: The tier of each text; empty if they are alike.
    """
    words = typed.casefold().split()
    if not words:
        return list(range(min(most, len(texts))))
    ranked = nsmallest(most, _holding(words, texts, tiers))
    found = [number for *_, number in ranked]
    if not found and len("".join(words)) > 2:
        # Imported here, since no frame needs it before the first jump.
        like = process.extract(" ".join(words), texts, scorer=fuzz.partial_ratio, score_cutoff=LIKENESS, limit=most)
        found = [number for _, _, number in like]
    return found


def _holding(words: Sequence[str], texts: Sequence[str], tiers: Sequence[int]) -> Iterator[tuple[int, int, int, int]]:
    """Each text that contains every word, with its number and its rank: less is better."""
    numbers: Iterable[int] = range(len(texts))
    for word in words:
        numbers = [number for number in numbers if word in texts[number]]
    for number in numbers:
        padded = " " + texts[number]
        misses = sum(" " + word not in padded for word in words)
        yield misses, tiers[number] if tiers else 0, len(texts[number]), number
