"""Following a phrase of an old block into the block's new text."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from rapidfuzz import fuzz

from tui.core.anchoring.matching.differences import in_common
from tui.core.notes.model import Span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tui.core.anchoring.likeness.words import Weights, Word

_RESPELT = 65
"Minimum ratio, of 100, at which a word in the place of another is the same word respelt."
_SURVIVES = 0.5
"Minimum share of a phrase's words, by weight, that must be left."
_SURVIVES_FRAMED = 0.25
"Minimum share if the words before and after still frame the rest."
_REPLACED = 2
"Most words at an end of a phrase that may replace one that was there."


class Kept(NamedTuple):
    """A phrase in the new text."""

    span: Span
    "Position in the folded text."
    share: float
    "Share of its words that are left, by weight, from 0 to 1."
    is_certain: bool
    "True if that is enough to be the same phrase."


def follow_phrase(
    key: str, words: Sequence[Word], phrase: Span, new_key: str, new_words: Sequence[Word], weights: Weights
) -> Kept | None:
    """Find the phrase of an old folded text in a new one; None if nothing is left of it or it was torn apart."""
    quote = key[phrase.start : phrase.end]
    if key.count(quote) == 1 == new_key.count(quote):
        start = new_key.index(quote)
        return Kept(Span(start, start + len(quote)), 1.0, is_certain=True)
    inside = [number for number, word in enumerate(words) if word.end > phrase.start and word.start < phrase.end]
    if not inside:
        return None
    kept = _kept_words(words, new_words)
    left = [number for number in inside if number in kept]
    if not left:
        return None
    share = sum(weights[words[number].text] for number in left) / sum(weights[words[number].text] for number in inside)
    first, last = kept[left[0]], kept[left[-1]]
    before, behind = kept.get(inside[0] - 1), kept.get(inside[-1] + 1)
    if inside[0] == 0:
        before = -1
    if inside[-1] == len(words) - 1:
        behind = len(new_words)
    if before is not None and left[0] > inside[0]:
        first = max(before + 1, first - _REPLACED * (left[0] - inside[0]))
    if behind is not None and left[-1] < inside[-1]:
        last = min(behind - 1, last + _REPLACED * (inside[-1] - left[-1]))
    framed = before is not None and behind is not None and first == before + 1 and last == behind - 1
    if last - first + 1 > 3 * len(inside) + 2:
        return None
    is_certain = share >= (_SURVIVES_FRAMED if framed else _SURVIVES)
    return Kept(_span(words, inside, phrase, new_words, first, last), share, is_certain)


def _span(
    words: Sequence[Word], inside: Sequence[int], phrase: Span, new_words: Sequence[Word], first: int, last: int
) -> Span:
    """The span from one new word to another; it begins or ends inside a word if the phrase did."""
    start, end = new_words[first].start, new_words[last].end
    if words[inside[0]].text == new_words[first].text:
        start += max(0, phrase.start - words[inside[0]].start)
    if words[inside[-1]].text == new_words[last].text:
        end -= max(0, words[inside[-1]].end - phrase.end)
    return Span(start, max(end, start + 1))


def _kept_words(words: Sequence[Word], new_words: Sequence[Word]) -> dict[int, int]:
    """Map old words to new ones, both ascending: equal words, and those respelt in the same place."""
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
