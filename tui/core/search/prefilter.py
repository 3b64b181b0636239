"""The prefilter of searches: rules out episodes by their source, so that most need no parsing.

A block's text differs from its source: markup is gone, entities are decoded, lines are joined. But source characters
that vanish between two letters of a word are rare and easy to detect. Where they occur, the episode is parsed once, and
the words that its source lacks are kept. So no hit is ever missed.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tui.core.notes.format import format_of
from tui.core.notes.sanitise import visible
from tui.core.notes.superscripts import with_plain_figures

if TYPE_CHECKING:
    from tui.core.notes.model import Body
    from tui.core.search.query import Query

_WORD = re.compile(r"[^\W_]+")
_ODD_CASE = ("İ", "ı", "ſ", "\N{KELVIN SIGN}")
"Letters that match an ASCII letter when case is ignored, without being its capital."


class Prefilter:
    """The source of an episode as a search sees it; slow answers are cached."""

    __slots__ = ("_body", "_has_odd_case", "_made")

    def __init__(self, body: Body) -> None:
        self._body = body
        self._made: str | None = None
        self._has_odd_case: bool | None = None

    def holds(self, query: Query) -> bool:
        """True if the source contains every word of a query; a quick test."""
        return all(self._has(word, query) for word in query.words) and all(map(self._has_sign, query.signs))

    def may_hold(self, query: Query) -> bool:
        """True if a block of the episode may match; False guarantees that none does."""
        return all(self._has(word, query) or self._makes(word, query) for word in query.words) and all(
            map(self._has_sign, query.signs)
        )

    def _has(self, word: str, query: Query) -> bool:
        """True if the source contains a word; misses some words with unusual capitals."""
        if query.ignores_case and word.isascii():
            return word.lower().encode() in self._body.utf8.lower()
        if query.ignores_case and word.lower() != word.upper():
            return re.search(re.escape(word), self._body.source, re.IGNORECASE) is not None
        return word.encode("utf-8", "surrogatepass") in self._body.utf8

    def _makes(self, word: str, query: Query) -> bool:
        """True if a block may contain a word that was not found in the source."""
        if self._made is None:
            utf8 = self._body.utf8
            self._has_odd_case = not utf8.isascii() and any(letter.encode() in utf8 for letter in _ODD_CASE)
            self._made = _words_of_blocks(self._body) if self._may_join() else ""
        case = re.IGNORECASE if query.ignores_case else re.NOFLAG
        if self._made and re.search(re.escape(with_plain_figures(word)), self._made, case):
            return True
        odd = self._has_odd_case and query.ignores_case and word.isascii()
        return bool(odd) and re.search(re.escape(word), self._body.source, case) is not None

    def _may_join(self) -> bool:
        form = format_of(self._body)
        return form is None or form.may_join(self._body.utf8)

    def _has_sign(self, sign: str) -> bool:
        if sign.encode("utf-8", "surrogatepass") in self._body.utf8:
            return True
        form = format_of(self._body)
        return form is None or form.may_make(sign, self._body.utf8)


def _words_of_blocks(body: Body) -> str:
    """The words of the blocks that the source lacks, separated by spaces."""
    words = {word for block in body.read() for word in _WORD.findall(with_plain_figures(visible(block.text)))}
    return " ".join(sorted(words.difference(_WORD.findall(body.source))))
