"""Labels: texts of a few words, in which one other word or number makes another label."""

from __future__ import annotations

import re

from rapidfuzz import distance

from tui.core.anchoring.likeness.words import terms_of

_MOST = 4
"Most words of a label."
_SENTENCE = 4
"Minimum number of further words in a text that is no longer the label in it."
_TYPO = 4
"Minimum length of a word that a slip leaves the same."
_STEM = 3
"Minimum length of a word that another ending leaves the same."
_NUMERALS = re.compile(r"\d+|[ivx]+|[一二三四五六七八九十百]")


def is_other_label(key: str, new_key: str) -> bool:
    """True if two folded texts are labels and the later lacks half of the words, or has another number at its end,
    or if the first is a label and the later a sentence with its words.
    """
    words, new_words = _words(key), _words(new_key)
    if not words or not new_words or len(words) > _MOST:
        return False
    if len(new_words) > _MOST:
        return len(new_words) - len(words) >= _SENTENCE and _is_in_sentence(words, new_words, new_key)
    left, new_left = list(words), list(new_words)
    for word in words:
        if same := next((each for each in new_left if _is_same(word, each)), None):
            left.remove(word)
            new_left.remove(same)
    if not left or not new_left:
        return False
    return 2 * len(left) >= len(words) or (_ends_with(words, left) and all(map(_is_number, (*left, *new_left))))


def _is_in_sentence(words: list[str], new_words: list[str], new_key: str) -> bool:
    """True if a longer text has the words of a label, neither at its start nor set off by punctuation."""
    label = " ".join(words)
    before = new_key[: new_key.find(words[0])].rstrip()
    return (
        new_words[0] != words[0]
        and f" {label} " in f" {' '.join(new_words)} "
        and ":" not in before
        and before[-1:].isalnum()
    )


def _words(key: str) -> list[str]:
    """The words of a text, without numbers that lead others, such as a time."""
    words = [word for word in terms_of(key) if word[0].isalnum()]
    while len(words) > 1 and words[0].isdecimal():
        del words[0]
    return words


def _is_same(word: str, other: str) -> bool:
    """True if a word is another, with a slip or another ending."""
    if word == other:
        return True
    if not (word.isalpha() and other.isalpha()):
        return False
    short, long = sorted((word, other), key=len)
    is_inflected = len(short) >= _STEM and long.startswith(short)
    return is_inflected or (len(short) >= _TYPO and distance.OSA.distance(word, other, score_cutoff=1) <= 1)


def _ends_with(words: list[str], last: list[str]) -> bool:
    """True if a label ends with a word, apart from a single character such as the Chinese for "chapter"."""
    return last[-1] == words[-1] or (len(words[-1]) == 1 and last[-1] == words[-2])


def _is_number(word: str) -> bool:
    return _NUMERALS.fullmatch(word) is not None
