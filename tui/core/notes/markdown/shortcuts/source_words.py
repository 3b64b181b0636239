"""Detecting, from the source alone, words and characters that a Markdown episode shows but its source lacks."""

from __future__ import annotations

import re

from tui.core.notes.sanitise import INVISIBLE_CODES
from tui.core.notes.superscripts import FIGURES

_CLASSES = bytes(
    ord("a") if chr(code).isalnum() or code >= 0x80 else ord("*") if chr(code) in "*_`~=^\\[]!<>" else ord(" ")
    for code in range(256)
)
"Table that maps each byte to a letter, markup or anything else."
_INSIDE_WORDS = (*(b"a" + b"*" * count + b"a" for count in range(1, 7)), b"*" * 7)
_LINK = re.compile(rb"\]\((?:[^)\n]++|\)(?![^\s!-/:-@\[-`{-~]))*(?P<joining>\))?")
"The rest of a line after a link, up to a link that ends inside a word."
_INVISIBLE = tuple(chr(code).encode() for code in INVISIBLE_CODES)
_MOVED = tuple(sign.encode() for figures in FIGURES.values() for sign in figures[2:-1])
"Superscript and subscript digits, which words contain as plain ones."
_JOINING = re.compile(rb"&[^\s<&#;]{1,32};|&#|\[\s*\][(\[]|%%|\[!")
"Comments that end in a word, entities, links without text of their own, callouts named by their kind."
_OF_LETTERS = frozenset(b"&amp; &lt; &gt; &quot; &nbsp; &apos;".split())
"Entities that do not stand for letters."
_SIGNS_OF = (b"](", b"&", b"[]", b"[ ", b"[\t", b"[\n", b"%%", b"[!")
_CRITIC = (b"{++", b"{--", b"{~~", b"{==", b"{>>", b"</b>")
"Openings of CriticMarkup changes, and the end of bold words from Snipd, after which words may be joined."
_MADE_SIGNS = frozenset("\N{REPLACEMENT CHARACTER}%→,:;()^_⁺⁻⁼⁽⁾₊₋₌₍₎") | {chr(code) for code in range(0x2400, 0x2427)}
"Characters that the parser inserts: for replaced ones, in quoted addresses, and between values of metadata."


def may_join(utf8: bytes) -> bool:
    """True if the text may lack characters that the source has between two letters of a word."""
    if any(sign in utf8 for sign in _CRITIC) or (not utf8.isascii() and any(sign in utf8 for sign in _INVISIBLE)):
        return True
    if b"<su" in utf8 or (not utf8.isascii() and any(sign in utf8 for sign in _MOVED)):
        return True
    classes = utf8.translate(_CLASSES)
    if any(inside in classes for inside in _INSIDE_WORDS):
        return True
    if not any(sign in utf8 for sign in _SIGNS_OF):
        return False
    if any(found["joining"] for found in _LINK.finditer(utf8)):
        return True
    return any(found[0] not in _OF_LETTERS for found in _JOINING.finditer(utf8))


def may_make(sign: str, utf8: bytes) -> bool:
    """True if the text may have a character that the source lacks."""
    return sign in _MADE_SIGNS or b"&" in utf8
