"""Where a phrase of an old block is in the block that it became."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from rapidfuzz import fuzz

from tui.core.anchoring.differences import in_common
from tui.core.model import Span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tui.core.anchoring.words import Weights, Word

_RESPELT = 65
"The ratio, of 100, from which on a word in another's place is the same word, respelt."
_SURVIVES = 0.5
"How much of a phrase's words, by weight, must be left of it."


class Kept(NamedTuple):
    """A phrase in the new text."""

    span: Span
    "In the folded text."
    share: float
    "How much of its words is left, by weight, from 0 to 1."


def follow_phrase(
    key: str, words: Sequence[Word], phrase: Span, new_key: str, new_words: Sequence[Word], weights: Weights
) -> Kept | None:
    """Where a phrase of an old folded text is in a new one; None where too little of it is left."""
    quote = key[phrase.start : phrase.end]
    if key.count(quote) == 1 == new_key.count(quote):
        start = new_key.index(quote)
        return Kept(Span(start, start + len(quote)), 1.0)
    inside = [number for number, word in enumerate(words) if word.start >= phrase.start and word.end <= phrase.end]
    if not inside:
        return None
    kept = _kept_words(words, new_words)
    total = sum(weights[words[number].text] for number in inside)
    left = [number for number in inside if number in kept]
    share = sum(weights[words[number].text] for number in left) / total
    if not left or share < _SURVIVES:
        return None
    first, last = kept[left[0]], kept[left[-1]]
    lost_before, lost_behind = left[0] - inside[0], inside[-1] - left[-1]
    if lost_before:
        before = inside[0] - 1
        if before in kept or before < 0:
            first = max(kept[before] + 1 if before >= 0 else 0, first - 2 * lost_before)
    if lost_behind:
        behind = inside[-1] + 1
        if behind in kept or behind == len(words):
            last = min(kept[behind] - 1 if behind < len(words) else len(new_words) - 1, last + 2 * lost_behind)
    if last < first or last - first + 1 > 3 * len(inside) + 2:
        return None
    return Kept(Span(new_words[first].start, new_words[last].end), share)


def _kept_words(words: Sequence[Word], new_words: Sequence[Word]) -> dict[int, int]:
    """Old words and the new ones they are, both rising: those that are equal, and those respelt in their place."""
    pairs = in_common([word.text for word in words], [word.text for word in new_words])
    kept = dict(pairs)
    last, new_last = -1, -1
    for number, new_number in (*pairs, (len(words), len(new_words))):
        if number - last == new_number - new_last > 1:
            for step in range(1, number - last):
                if fuzz.ratio(words[last + step].text, new_words[new_last + step].text) >= _RESPELT:
                    kept[last + step] = new_last + step
        last, new_last = number, new_number
    return kept
