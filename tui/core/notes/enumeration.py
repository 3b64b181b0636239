"""List markers other than ``1.``: letters, Roman and Chinese numerals, circled numbers, numbered posts of a thread.

Most of these also occur in prose, as initials do. So a marker counts only if the next one of its list follows.
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from tui.core.patterns import deferred

if TYPE_CHECKING:
    from collections.abc import Sequence


class Ordinal(NamedTuple):
    """A list marker that counts."""

    text: str
    "The marker as written."
    style: str
    "Equal for all markers of one list, for example ``a.``, ``I)`` or ``1/``."
    number: int

    @property
    def is_certain(self) -> bool:
        """True for a marker that occurs only in lists."""
        return self.style in ("①", "（1）", "（一）")

    @property
    def may_be_alone(self) -> bool:
        """True if one such marker below a bullet is enough; initials and one-letter words are written in other ways."""
        return self.style in ("a.", "a)", "i.", "i)", "(a)", "(i)", "(1)", "A)")


def ordinals(line: str, start: int) -> tuple[Ordinal, ...]:
    """All readings of the marker at a position in a line: ``i.`` is both the ninth letter and the first Roman
    numeral.
    """
    if not _may_begin(line[start : start + 4]) or not (found := _MARK.match(line, start)):
        return ()
    text = found[0].rstrip()
    kind = found.lastgroup
    if kind == "circle":
        return (Ordinal(text, "①", _circled(text)),)
    bare = text.strip("().、．/（）-")
    before, after = text[: text.index(bare)], text[text.index(bare) + len(bare) :]
    if bare.isdecimal():
        return (Ordinal(text, f"{before}1{after}", int(bare)),)
    if kind == "chinese":
        number = _chinese(bare)
        return (Ordinal(text, f"{before}一{after}", number),) if number else ()
    found_ways = []
    lower, upper = bare.lower(), bare.isupper()
    if number := _ROMAN.get(lower, 0):
        found_ways.append(Ordinal(text, f"{before}{'I' if upper else 'i'}{after}", number))
    if alphabet := _ALPHABET_OF.get(lower):
        first = alphabet[0].upper() if upper else alphabet[0]
        found_ways.append(Ordinal(text, f"{before}{first}{after}", alphabet.index(lower) + 1))
    return tuple(found_ways)


def _may_begin(text: str) -> bool:
    """Rule out most prose cheaply: compiling the pattern takes longer than reading a note."""
    first, second = text[:1], text[1:2]
    if first.isascii() and first.isalpha():
        return second in _BEHIND_LETTERS or (first in _ROMAN_DIGITS and second in _ROMAN_DIGITS)
    return first in _FIRST and (not first.isdecimal() or any(sign in text for sign in _BEHIND_FIGURES))


def is_followed(ordinal: Ordinal, lines: Sequence[str], at: int) -> bool:
    """True if the next marker of the same list begins a line below ``at``, with the same indentation.

    Capitals at the margin, each a paragraph of its own with nothing nested in between, are initials.
    """
    indent = _indent(lines[at])
    are_initials = has_nested = False
    for line in islice(lines, at + 1, at + 1 + FAR):
        text = line.lstrip(" \t")
        if text.startswith("#"):
            return False
        if not text:
            are_initials = ordinal.style == "A." and not indent and not has_nested
        elif _indent(line) > indent:
            are_initials, has_nested = False, True
        for other in ordinals(text, 0):
            if other.style == ordinal.style and abs(_indent(line) - indent) <= 1:
                # Another list begins where the same marker recurs; so no line is examined for many markers above it.
                return other.number == ordinal.number + 1 and not are_initials
    return False


FAR = 30
"Lines to search for the next marker."
_TAB = 4


def _indent(line: str) -> int:
    prefix = line[: len(line) - len(line.lstrip(" \t-*+>"))]
    return len(prefix.expandtabs(_TAB))


_ALPHABETS = (
    "abcdefghijklmnopqrstuvwxyz",
    "абвгдежзиклмнопрстуфхцчшщэюя",
    "αβγδεζηθικλμνξοπρστυφχψω",
    "אבגדהוזחטיכלמנסעפצקרשת",
    "アイウエオカキクケコサシスセソ",
    "가나다라마바사아자차카타파하",
)
"Letters in the order in which lists use them."
_ALPHABET_OF = {letter: alphabet for alphabet in _ALPHABETS for letter in alphabet}
_LETTERS = "".join(_ALPHABETS)
_DIGITS = "一二三四五六七八九十"
_CIRCLES = (("①", "⑳"), ("❶", "❿"), ("➀", "➉"), ("➊", "➓"), ("⓵", "⓾"), ("㉑", "㉟"), ("㊱", "㊿"))
_CIRCLED = "".join(f"{first}-{last}" for first, last in _CIRCLES)
_FIRST = frozenset(
    _LETTERS
    + _LETTERS.upper()
    + "0123456789０１２３４５６７８９(（"
    + _DIGITS
    + "".join(chr(code) for first, last in _CIRCLES for code in range(ord(first), ord(last) + 1))
)
_BEHIND_LETTERS = frozenset(".)-")
_BEHIND_FIGURES = tuple("/-、．")
_ROMAN_DIGITS = frozenset("ivxIVX")
_MARK = deferred(
    rf"(?P<circle>[{_CIRCLED}])[ \t\u3000]*(?=[^\s{_CIRCLED}])"
    rf"|(?P<chinese>（[{_DIGITS}]{{1,3}}）|[{_DIGITS}]{{1,3}}、)[ \t\u3000]*(?=\S)"
    r"|(?P<wide>（\d{1,3}）|\d{1,3}[、．]|[ア-ソ]．)[ \t\u3000]*(?=\S)"
    r"|(?P<narrow>(?:[A-Za-z]|[ivx]{2,5}|[IVX]{2,5})[.)]|\((?:\d{1,3}|[a-z]|[ivx]{2,5})\)|\d{1,3}/"
    rf"|(?:[A-Za-z]|\d{{1,3}})-|(?:[{_LETTERS[26:]}]|[А-ЯΑ-Ω])[.)])[ \t]+(?=\S)"
)
_ROMAN = {
    "x" * tens + ones: 10 * tens + number
    for tens in range(3)
    for number, ones in enumerate(("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix"))
}


def _circled(text: str) -> int:
    first = next(first for first, last in _CIRCLES if first <= text <= last)
    above = {"㉑": 20, "㊱": 35}.get(first, 0)
    return ord(text) - ord(first) + 1 + above


def _chinese(text: str) -> int:
    tens, ten, ones = text.rpartition("十") if "十" in text else ("", "", text)
    if len(tens) > 1 or len(ones) > 1:
        return 0
    count = (_DIGITS.index(tens) + 1 if tens else 1) * 10 if ten else 0
    return count + (_DIGITS.index(ones) + 1 if ones else 0)
