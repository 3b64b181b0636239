"""Superscript and subscript digits, as in x² and H₂O: from HTML to text, and back to plain digits for searches."""

from __future__ import annotations

from tui.core.patterns import deferred

_PLAIN = "0123456789+-=()"
_RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾"
_LOWERED = "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎"
_TABLES: dict[str, dict[int, str]] = {
    name: {**dict(zip(map(ord, _PLAIN), signs, strict=True)), ord("−"): signs[_PLAIN.index("-")]}
    for name, signs in (("sup", _RAISED), ("sub", _LOWERED))
}
_TO_PLAIN = str.maketrans(_RAISED + _LOWERED, _PLAIN * 2)
_SOME = deferred(f"[{_RAISED}{_LOWERED}]")
FIGURES = {
    plain: f"[{plain}{raised}{lowered}]" for plain, raised, lowered in zip(_PLAIN[:10], _RAISED, _LOWERED, strict=False)
}
"A character class for each digit with its superscript and subscript."


def raised_or_lowered(text: str, tag: str) -> str | None:
    """A text as ``sup`` or ``sub`` shows it, with the same length; None if a character has no such form."""
    table = _TABLES[tag]
    return text.translate(table) if text and all(ord(sign) in table for sign in text) else None


def has_raised_or_lowered(text: str) -> bool:
    """True if a text has superscript or subscript digits."""
    return not text.isascii() and _SOME.search(text) is not None


def with_plain_figures(text: str) -> str:
    """The text with plain digits, with the same length."""
    return text.translate(_TO_PLAIN)
