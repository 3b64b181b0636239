"""Which of the things that a reader can choose from fit what was typed, the best first."""

from __future__ import annotations

from heapq import nsmallest
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

MOST = 100
"How many are offered."
LIKENESS = 70
"How like its words are to what was typed where they do not hold it, of 100."


def best(typed: str, texts: Sequence[str]) -> list[int]:
    """Which texts fit what was typed, by number, at most `MOST`.

    First those that hold all words typed, of these the ones in which they begin words and which have few words
    besides. Where there is none, those that are like it, slips of the finger included.

    Args:
        typed: Some words, or pieces of words.
        texts: The texts, casefolded.
    """
    words = typed.casefold().split()
    if not words:
        return list(range(min(MOST, len(texts))))
    ranked = nsmallest(MOST, _holding(words, texts))
    found = [number for _, _, number in ranked]
    if not found and len("".join(words)) > 2:
        # Imported here, as no frame needs it before somebody jumps.
        from rapidfuzz import fuzz, process

        like = process.extract(" ".join(words), texts, scorer=fuzz.partial_ratio, score_cutoff=LIKENESS, limit=MOST)
        found = [number for _, _, number in like]
    return found


def _holding(words: Sequence[str], texts: Sequence[str]) -> Iterator[tuple[int, int, int]]:
    """How well each text that holds all words fits, less being better, with its number."""
    numbers: Iterable[int] = range(len(texts))
    for word in words:
        numbers = [number for number in numbers if word in texts[number]]
    for number in numbers:
        padded = " " + texts[number]
        yield sum(" " + word not in padded for word in words), len(texts[number]), number
