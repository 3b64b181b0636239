"""Regular expressions compiled on first use, since compiling them all would add 10 ms to the start."""

from __future__ import annotations

import re
from typing import cast


class _Deferred:
    """A stand-in for a compiled expression that takes on the expression's own methods at first use."""

    def __init__(self, pattern: str, flags: int) -> None:
        self._arguments = pattern, flags

    def __getattr__(self, name: str) -> object:
        compiled = re.compile(*self._arguments)
        self.__dict__.update({each: getattr(compiled, each) for each in _METHODS})
        return getattr(compiled, name)


_METHODS = ("match", "fullmatch", "search", "finditer", "findall", "sub", "split")


def deferred(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """Like `re.compile`, but compiled, and checked for syntax errors, only on first use."""
    return cast("re.Pattern[str]", _Deferred(pattern, flags))
