"""Regular expressions that are compiled when they are first used: all of them together take 10 ms of the start."""

from __future__ import annotations

import re
from typing import cast


class _Deferred:
    """Stands for a compiled expression; every method is the expression's own once one was asked for."""

    def __init__(self, pattern: str, flags: int) -> None:
        self._arguments = pattern, flags

    def __getattr__(self, name: str) -> object:
        compiled = re.compile(*self._arguments)
        self.__dict__.update({each: getattr(compiled, each) for each in _METHODS})
        return getattr(compiled, name)


_METHODS = ("match", "fullmatch", "search", "finditer", "findall", "sub", "split")


def deferred(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """The expression that `re.compile` gives; whether it is one shows when it is first used."""
    return cast("re.Pattern[str]", _Deferred(pattern, flags))
