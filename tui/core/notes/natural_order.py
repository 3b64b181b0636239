"""Paths in the order that a person would put them in: ``2.md`` before ``10.md``, whatever the case."""

from __future__ import annotations

from tui.core.patterns import deferred


def natural(path: str) -> list[list[str | int]]:
    """What to sort a path by."""
    pieces = (_DIGITS.split(part) for part in path.casefold().split("/"))
    return [[int(piece) if piece.isdecimal() else piece for piece in part] for part in pieces]


_DIGITS = deferred(r"(\d+)")
