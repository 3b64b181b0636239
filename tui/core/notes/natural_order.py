"""Natural order of paths: ``2.md`` before ``10.md``, ignoring case."""

from __future__ import annotations

from tui.core.patterns import deferred


def natural(path: str) -> list[list[str | int]]:
    """The sort key of a path: one list per component."""
    return [natural_name(part) for part in path.split("/")]


def natural_name(name: str) -> list[str | int]:
    """The sort key of a name without slashes: its words and numbers in turn."""
    pieces: list[str | int] = [*_DIGITS.split(name.casefold())]
    pieces[1::2] = map(int, pieces[1::2])
    return pieces


_DIGITS = deferred(r"(\d+)")
