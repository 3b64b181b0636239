"""Words of folded text, their weights, and the similarity of texts by them."""

from __future__ import annotations

import re
from collections import Counter
from math import log
from operator import mul
from typing import TYPE_CHECKING, NamedTuple

from rapidfuzz import fuzz

from tui.core.anchoring.likeness.formulas import without_layout

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

_UNSPACED = r"\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_WORD = re.compile(rf"[{_UNSPACED}]|[^\W{_UNSPACED}]+|[^\w\s]")
"A word, a punctuation mark, or one character of a script without spaces between words."
_ASCII_WORD = re.compile(r"\w+|[^\w\s\x1c-\x1f]", re.ASCII)
"The same in ASCII, found in two thirds of the time."

_NUMBER = re.compile(r"\d+")

_RESPELT = 0.7
"Minimum character ratio at which a text counts as a respelling of another, even with few words in common."
_SIGN_WEIGHT = 0.1
LONG = 4_000
"Length in code points from which texts are compared by words only, since comparing characters is quadratic."


class Word(NamedTuple):
    """A word or punctuation mark and its position in the text."""

    start: int
    end: int
    text: str


def words_of(key: str) -> tuple[Word, ...]:
    """The words and punctuation of a folded text, in order."""
    return tuple(Word(match.start(), match.end(), match[0]) for match in _WORD.finditer(without_layout(key)))


def terms_of(key: str) -> list[str]:
    """The words and punctuation of a folded text, in order, without their positions."""
    return (_ASCII_WORD if key.isascii() else _WORD).findall(without_layout(key))


class Weights(dict[str, float]):
    """Inverse document frequencies: the rarer a word is among some texts, the higher its weight.

    A dictionary that fills itself: with millions of lookups, a function would take three times as long.
    """

    def __init__(self, texts: Iterable[Iterable[str]]) -> None:
        super().__init__()
        self._in_texts: Counter[str] = Counter()
        self._texts = 1
        for words in texts:
            self._in_texts.update(set(words))
            self._texts += 1

    def is_rare(self, word: str, texts: int) -> bool:
        """True if a word is in so many texts at most."""
        return self._in_texts[word] <= texts

    def __missing__(self, word: str) -> float:
        weight = log(1 + self._texts / (0.5 + self._in_texts[word])) if word[0].isalnum() else _SIGN_WEIGHT
        self[word] = weight
        return weight


class Bag(NamedTuple):
    """The words of a text, without order."""

    counts: Mapping[str, int]
    weight: float


def bag(words: Collection[str], weights: Weights) -> Bag:
    """Make a bag of words."""
    counts = dict.fromkeys(words, 1)
    if len(counts) < len(words):
        counts = dict.fromkeys(words, 0)  # a Counter would take three times as long
        for word in words:
            counts[word] += 1
    return Bag(counts, sum(map(mul, map(weights.__getitem__, counts), counts.values())))


class Likeness(NamedTuple):
    """Similarity of two texts, from 0 to 1."""

    as_a_whole: float
    "The mean of similarity by characters (Indel ratio) and by words (Dice, weighted)."
    contained: float
    "Share of the smaller text's words that are in the other, by weight."


def likeness(key: str, words: Bag, other_key: str, other: Bag, weights: Weights) -> Likeness:
    """The similarity of two folded texts."""
    small, large = (words, other) if len(words.counts) <= len(other.counts) else (other, words)
    few, many = small.counts, large.counts
    shared = sum(
        [
            weights[word] if count == 1 else weights[word] * min(count, many[word])
            for word, count in few.items()
            if word in many
        ]
    )
    both = words.weight + other.weight
    by_words = 2 * shared / both if both else 0.0
    less = min(words.weight, other.weight)
    contained = shared / less if less else 0.0
    if max(len(key), len(other_key)) > LONG:
        return Likeness(by_words, contained)
    return Likeness((fuzz.ratio(key, other_key) / 100 + by_words) / 2, contained)


def containment(key: str, words: Mapping[str, int], other_key: str, other: Mapping[str, int]) -> float:
    """The share of a folded text that is in another, by length of words; for respelt texts, by characters.

    If a text consists of nothing but link addresses, the share of these.
    """
    whole = extent(words)
    shared = {word: min(words[word], other[word]) for word in words if word in other}
    share = extent(shared) / whole if whole else sum(shared.values()) / (sum(words.values()) or 1)
    return max(share, _respelt(key, other_key))


def is_respelt(key: str, other_key: str) -> bool:
    """True if a folded text is a respelling of another, and so has most of it even if they have few words in common."""
    return _respelt(key, other_key) > 0


def _respelt(key: str, other_key: str) -> float:
    """The character similarity of two texts; 0 if it is too low for a respelling, or the texts are long."""
    if max(len(key), len(other_key)) > LONG:
        return 0.0
    return fuzz.ratio(key, other_key, score_cutoff=100 * _RESPELT) / 100


class Extents(dict[str, int]):
    """Number of code points of each word, not counting link addresses; fills itself like `Weights`."""

    def __missing__(self, word: str) -> int:
        self[word] = found = extent({word: 1})
        return found


def extent(counts: Mapping[str, int]) -> int:
    """Number of code points in some words, not counting link addresses."""
    return sum(
        [len(word) * count for word, count in counts.items() if len(word) == 1 or not ("." in word or "/" in word)]
    )


def is_filled_anew(text: str, new_text: str) -> bool:
    """True if two texts are one form filled in twice: most numbers and names of the first were replaced."""
    facts, new_facts = _facts(text), _facts(new_text)
    lost = facts - new_facts
    return bool(lost) and 2 * len(lost) >= len(facts) and 2 * len(new_facts - facts) >= len(lost)


def is_counted_anew(key: str, new_key: str) -> bool:
    """True if most numbers of a folded text were replaced."""
    numbers, new_numbers = _NUMBER.findall(key), _NUMBER.findall(new_key)
    if len(numbers) == len(new_numbers):
        lost = [one for one, other in zip(numbers, new_numbers, strict=True) if one != other]
        return 0 < len(numbers) <= 2 * len(lost)
    gone, new = set(numbers) - set(new_numbers), set(new_numbers) - set(numbers)
    return bool(gone) and 2 * len(gone) >= len(set(numbers)) and 2 * len(new) >= len(gone)


def share_rare(key: str, new_key: str, weights: Weights, texts: int) -> bool:
    """True if two folded texts share a word that is in so few of the weighed texts."""
    shared = {*terms_of(key)} & {*terms_of(new_key)}
    return any(word.isalpha() and weights.is_rare(word, texts) for word in shared)


def _facts(text: str) -> set[str]:
    """The numbers in a text, and its capitalised words except the first."""
    words = terms_of(text)
    return {word for word in words if word[0].isdigit()} | {word for word in words[1:] if word[0].isupper()}
