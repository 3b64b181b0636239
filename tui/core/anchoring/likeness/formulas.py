"""Formulas in folded text: a few symbols recur in all of them, so only their order tells one from another."""

from __future__ import annotations

import re

from rapidfuzz import distance

_LAYOUT = re.compile(
    r"\\(?:(?:left|right|bigg?[lr]?|displaystyle|(?:no)?limits|q?quad)(?![a-z])|(?:begin|end)\s*\{[a-z]+\*?\}|[,;:!>\\])"
)
"LaTeX that places symbols and is none."
_FORMULA = re.compile(r"\$\$.+?\$\$|\$(?!\s)[^$\n]+?(?<!\s)\$(?!\d)|\\\(.+?\\\)|\\\[.+?\\\]", re.DOTALL)
_SYMBOL = re.compile(r"\\[a-z]+|\d+|[^\s{}_^&$\\]")
_WORD = re.compile(r"\w+")
_VARIANTS = (
    (re.compile(r"\\var(?=epsilon|phi|theta|rho|kappa|sigma|pi)"), "\\\\"),
    (re.compile(r"\\(?:parallel|[lr]?vert|\|)(?![a-z])"), "|"),
    (re.compile(r"\\coloneqq(?![a-z])"), ":="),
    (re.compile(r"\\([lg])eq(?![a-z])"), r"\\\1e"),
)
"Spellings of one symbol, and the one that they are compared by."
_SAME = 0.75
"Minimum share of symbols, of both formulas together, that are in the same order in an edited formula."
_HELD, _HELD_LEAST = 0.90, 8
"Minimum share of a formula's symbols in a longer version of it, and their minimum number."
_LONG = 4_000
"Length in code points from which formulas are not compared."


def without_layout(key: str) -> str:
    """A text with spaces in place of LaTeX that only places symbols; positions stay as they are."""
    return _LAYOUT.sub(lambda layout: " " * len(layout[0]), key) if "\\" in key else key


def is_other_formula(key: str, new_key: str) -> bool:
    """True if two texts are mostly formulas, and neither is the other edited, continued or cut."""
    if not (symbols := _symbols(key)) or not (new_symbols := _symbols(new_key)):
        return False
    few, many = sorted((symbols, new_symbols), key=len)
    if many[: len(few)] == few or many[len(many) - len(few) :] == few:
        return False
    shared = distance.LCSseq.similarity(few, many)
    is_held = len(few) >= _HELD_LEAST and shared >= _HELD * len(few)
    return not is_held and 2 * shared < _SAME * (len(few) + len(many))


def _symbols(key: str) -> list[str]:
    """The words and symbols of a text that is mostly formulas; none for any other."""
    if ("$" not in key and "\\" not in key) or len(key) > _LONG:
        return []
    symbols: list[str] = []
    words: list[str] = []
    at, count = 0, 0
    for formula in _FORMULA.finditer(key):
        words += (before := _WORD.findall(key[at : formula.start()]))
        inside = _SYMBOL.findall(_respelt(without_layout(formula[0])))
        count += len(inside)
        symbols += before + inside
        at = formula.end()
    words += (rest := _WORD.findall(key[at:]))
    return symbols + rest if count > sum(map(len, words)) else []


def _respelt(formula: str) -> str:
    """A formula with one spelling of each symbol."""
    for variant, symbol in _VARIANTS:
        formula = variant.sub(symbol, formula)
    return formula
