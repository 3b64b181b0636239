"""Labels: texts of a few words, in which one other word or number makes another label."""

from __future__ import annotations

import re

from rapidfuzz import distance

from tui.core.anchoring.likeness.words import terms_of

_MOST = 4
"Most words of a label."
_LONGEST = 80
"Maximum length of a label in code points."
_SHORT = 3
"Most words of a label that its last word tells apart."
_SENTENCE = 4
"Minimum number of further words in a text that is no longer the label in it."
_TYPO = 4
"Minimum length of a word that a slip leaves the same."
_STEM = 3
"Minimum length of a word that another ending leaves the same."
_DESCRIPTION = re.compile(r" ?: |:$| - | \(| \| ")
_NUMERALS = re.compile(r"\d+|[ivx]+|[一二三四五六七八九十百]")


def is_other_label(key: str, new_key: str, *, is_in_place: bool = False) -> bool:
    """True if two folded texts are labels that differ too much to be one.

    The later lacks half of the words and either the first or the last, ends with another number, or is a sentence with
    the words of the first; or it ends with another word, unless it ``is_in_place``, between the same neighbours.
    """
    if len(key) > _LONGEST:
        return False
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
    is_last_lost = left[-1] == words[-1] and new_left[-1] == new_words[-1]
    is_framed = words[0] == new_words[0] and words[-1] == new_words[-1]
    return (
        (2 * len(left) >= len(words) and not is_framed)
        or (is_last_lost and len(words) <= _SHORT and not is_in_place)
        or (_ends_with(words, left) and all(map(_is_number, (*left, *new_left))))
    )


def is_described(key: str, new_key: str) -> bool:
    """True if a folded text is another, a label, with its description after a dash, colon or bracket."""
    return len(key) >= _TYPO and new_key.startswith(key) and _DESCRIPTION.match(new_key, len(key)) is not None


def _is_in_sentence(words: list[str], new_words: list[str], new_key: str) -> bool:
    """True if a longer text has the words of a label, neither at its start nor set off by punctuation."""
    before = new_key[: min(new_key.find(word) for word in words)].rstrip()
    return new_words[0] not in words and {*words} <= {*new_words} and ":" not in before and before[-1:].isalnum()


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
