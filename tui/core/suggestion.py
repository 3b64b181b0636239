"""Suggestions for misspelt words."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

LIKENESS, SETTING_LIKENESS = 0.6, 0.5
"Least likeness of a word to the one suggested for it, from 0 to 1; settings are less alike than commands and formats."


def nearest(word: str, known: Iterable[str], likeness: float = LIKENESS) -> str:
    """The known word most like a misspelt one; empty if none is like it."""
    # Imported here, since only mistakes need it.
    from difflib import get_close_matches

    return next(iter(get_close_matches(word, list(known), n=1, cutoff=likeness)), "")
