"""Natural order of paths: ``2.md`` before ``10.md``, case ignored."""

from __future__ import annotations

from tui.core.patterns import deferred


def natural(path: str) -> list[list[str | int]]:
    """The sort key of a path."""
    pieces = (_DIGITS.split(part) for part in path.casefold().split("/"))
    return [[int(piece) if piece.isdecimal() else piece for piece in part] for part in pieces]


_DIGITS = deferred(r"(\d+)")
