"""Search queries, and the spans of a text that match them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tui.core.notes.model import Span
from tui.core.notes.sanitise import INVISIBLE, has_invisible, visible
from tui.core.notes.superscripts import FIGURES, has_raised_or_lowered
from tui.core.search import BadQueryError, SlowQueryError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

LONGEST = 0.1
"Seconds that a regular expression may take per block."

_WORD = re.compile(r"[^\W_]+")
_ESCAPE = re.compile(r"\\.", re.DOTALL)
_TOKEN = re.compile(
    r"(?P<odd>\(\?(?![:=!<>P])|\(\*|\\(?![bBdDwWsSAZ])[^\W_]|\[\^?\]?[^\]]*\[)"
    r"|\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|(?P<repeat>[*+?]|\{[^}]*\})|.",
    re.DOTALL,
)
"""The tokens of a regular expression; ``odd`` are verbs, flags, nested sets, and all escapes but character classes and
word boundaries."""
_ALIKE = {"'": "['’‘ʼ]", '"': '["“”„]', "-": "[-‐‑–—]"}
"Typographic variants of characters that keyboards have in one form only."


@dataclass(frozen=True, slots=True)
class Query:
    """A query: plain words, or a regular expression between slashes.

    A query without capital letters ignores case. In plain words a space matches any white space, straight quotes and
    hyphens match their typographic variants, and a digit matches its superscript and subscript; invisible characters in
    the text are ignored.
    """

    typed: str
    "The text as typed."
    ignores_case: bool
    words: tuple[str, ...]
    """Runs of letters and digits that every match contains, longest first; for a regular expression only the obvious
    ones."""
    signs: frozenset[str]
    "Other characters that every match contains."
    matches: Callable[[str], Iterable[tuple[int, int]]]
    "Returns the half-open ranges of a text that match, in order, none of them empty."

    def spans(self, text: str) -> Iterator[Span]:
        """The matching spans of a text, in order; raises SlowQueryError if a regular expression takes too long."""
        return (Span(start, end) for start, end in self.matches(text))


def read_query(typed: str) -> Query | None:
    """Parse a typed query; None if it is empty.

    Text that begins with a slash is a regular expression, which a slash at the end may close. Raises BadQueryError.
    """
    if typed.startswith("/"):
        return _expression(typed)
    typed = visible(typed)
    if not typed.strip():
        return None
    ignores_case = not _has_capital(typed)
    pieces = [r"\s" if sign.isspace() else _ALIKE.get(sign) or re.escape(sign) for sign in typed]
    pattern = re.compile("".join(pieces), re.IGNORECASE if ignores_case else 0)
    words = sorted(_WORD.findall(typed), key=len, reverse=True)
    signs = {sign for sign in typed if not sign.isalnum() and not sign.isspace() and sign not in _ALIKE}

    def matches(text: str) -> Iterator[tuple[int, int]]:
        if has_invisible(text) or has_raised_or_lowered(text):
            over = re.compile(f"[{INVISIBLE}]*".join(FIGURES.get(piece, piece) for piece in pieces), pattern.flags)
            return (found.span() for found in over.finditer(text))
        return (found.span() for found in pattern.finditer(text))

    return Query(typed, ignores_case, tuple(words), frozenset(signs), matches)


def _expression(typed: str) -> Query | None:
    source = typed[1:].removesuffix("/") if typed[1:] != "/" else ""
    if not source:
        return None
    # Imported here, since most searches are for words; `re` has no timeout.
    import regex

    ignores_case = not _has_capital(_ESCAPE.sub("", source))
    try:
        pattern = regex.compile(source, regex.MULTILINE | (regex.IGNORECASE if ignores_case else 0))
    except (regex.error, OverflowError, RecursionError) as error:
        raise BadQueryError(str(error)) from error

    def matches(text: str) -> Iterator[tuple[int, int]]:
        try:
            for found in pattern.finditer(text, timeout=LONGEST):
                if found.end() > found.start():
                    yield found.span()
        except TimeoutError as error:
            raise SlowQueryError from error

    return Query(typed, ignores_case, _needed_by(source), frozenset(), matches)


def _needed_by(source: str) -> tuple[str, ...]:
    """Runs of ASCII letters and digits that every match obviously contains.

    Only those outside of all groups count. Expressions with alternatives, flags or rarer escapes have none.
    """
    words, depth, may_go = [""], 0, False
    for token in _TOKEN.finditer(source):
        sign = token[0]
        if token["odd"] or (sign == "|" and not depth):
            return ()
        depth += (sign == "(") - (sign == ")")
        is_literal = not depth and len(sign) == 1 and sign.isascii() and sign.isalnum()
        if is_literal:
            words[-1] += sign
        else:
            if may_go and token["repeat"] and sign != "+":
                words[-1] = words[-1][:-1]
            words.append("")
        may_go = is_literal
    return tuple(sorted(filter(None, words), key=len, reverse=True))


def _has_capital(text: str) -> bool:
    return any(sign.isupper() or sign.istitle() for sign in text)
