"""The prefilter of searches: tells from an episode's source if it may hold a query, so that most need no parsing.

A block's text differs from its source: markup is gone, entities are decoded, lines are joined. But source characters
that vanish between two letters of a word are rare and easily seen. If there are any, the episode is parsed once, and
its words that the source lacks are kept. So no hit is ever missed.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tui.core.notes.sanitise import INVISIBLE_CODES, visible

if TYPE_CHECKING:
    from tui.core.notes.model import Body
    from tui.core.search.query import Query

_WORD = re.compile(r"[^\W_]+")
_CLASSES = bytes(
    ord("a") if chr(code).isalnum() or code >= 0x80 else ord("*") if chr(code) in "*_`~=^\\[]!<>" else ord(" ")
    for code in range(256)
)
"Table that maps each byte to a letter, markup or anything else."
_INSIDE_WORDS = (*(b"a" + b"*" * count + b"a" for count in range(1, 7)), b"*" * 7)
_LINK = re.compile(rb"\]\((?:[^)\n]++|\)(?![^\s!-/:-@\[-`{-~]))*(?P<joining>\))?")
"The rest of a line from a link on, up to a link that ends in a word."
_INVISIBLE = tuple(chr(code).encode() for code in INVISIBLE_CODES)
_JOINING = re.compile(rb"&[^\s<&#;]{1,32};|&#|\[\s*\][(\[]|%%|\[!")
"Comments that end in a word, entities, links without a text of their own, callouts named by their kind."
_OF_LETTERS = frozenset(b"&amp; &lt; &gt; &quot; &nbsp; &apos;".split())
"Entities that stand for no letter."
_SIGNS_OF = (b"](", b"&", b"[]", b"[ ", b"[\t", b"[\n", b"%%", b"[!")
_CRITIC = (b"{++", b"{--", b"{~~", b"{==", b"{>>", b"</b>")
"Openings of CriticMarkup changes, and the end of bold words from Snipd: words may be joined behind them."
_ODD_CASE = ("İ", "ı", "ſ", "\N{KELVIN SIGN}")
"Letters that match an ASCII letter when case is ignored, though none is its capital."
_MADE_SIGNS = frozenset("\N{REPLACEMENT CHARACTER}%→,:;()") | {chr(code) for code in range(0x2400, 0x2427)}
"Signs that the parser inserts: for replaced characters, in the quoting of an address, and between values of metadata."


class RawText:
    """An episode's source as searches see it; slow answers are cached."""

    __slots__ = ("_body", "_has_odd_case", "_made")

    def __init__(self, body: Body) -> None:
        self._body = body
        self._made: str | None = None
        self._has_odd_case: bool | None = None

    def holds(self, query: Query) -> bool:
        """True if the source itself has every word of a query; a quick test."""
        return all(self._has(word, query) for word in query.words) and all(map(self._has_sign, query.signs))

    def may_hold(self, query: Query) -> bool:
        """True if a block of the episode may match; False means that certainly none does."""
        return all(self._has(word, query) or self._makes(word, query) for word in query.words) and all(
            map(self._has_sign, query.signs)
        )

    def _has(self, word: str, query: Query) -> bool:
        """True if the source has a word; may miss words with unusual capitals."""
        if query.ignores_case and word.isascii():
            return word.lower().encode() in self._body.utf8.lower()
        if query.ignores_case and word.lower() != word.upper():
            return re.search(re.escape(word), self._body.source, re.IGNORECASE) is not None
        return word.encode("utf-8", "surrogatepass") in self._body.utf8

    def _makes(self, word: str, query: Query) -> bool:
        """True if a block may have a word that was not found in the source."""
        if self._made is None:
            utf8 = self._body.utf8
            self._has_odd_case = not utf8.isascii() and any(letter.encode() in utf8 for letter in _ODD_CASE)
            self._made = _made_words(self._body) if _may_join(utf8) else ""
        case = re.IGNORECASE if query.ignores_case else re.NOFLAG
        if self._made and re.search(re.escape(word), self._made, case):
            return True
        odd = self._has_odd_case and query.ignores_case and word.isascii()
        return bool(odd) and re.search(re.escape(word), self._body.source, case) is not None

    def _has_sign(self, sign: str) -> bool:
        utf8 = self._body.utf8
        return sign in _MADE_SIGNS or sign.encode("utf-8", "surrogatepass") in utf8 or b"&" in utf8


def _may_join(utf8: bytes) -> bool:
    """True if the text may lack characters that the source has between two letters of a word."""
    if any(sign in utf8 for sign in _CRITIC) or (not utf8.isascii() and any(sign in utf8 for sign in _INVISIBLE)):
        return True
    classes = utf8.translate(_CLASSES)
    if any(inside in classes for inside in _INSIDE_WORDS):
        return True
    if not any(sign in utf8 for sign in _SIGNS_OF):
        return False
    if any(found["joining"] for found in _LINK.finditer(utf8)):
        return True
    return any(found[0] not in _OF_LETTERS for found in _JOINING.finditer(utf8))


def _made_words(body: Body) -> str:
    """The words of the blocks that the source lacks, separated by spaces."""
    words = {word for block in body.read() for word in _WORD.findall(visible(block.text))}
    return " ".join(sorted(words.difference(_WORD.findall(body.source))))
