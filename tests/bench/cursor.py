"""Where the product's cursors stand on the screen."""

from __future__ import annotations

CURSOR = "▌"


def held(lines: list[str]) -> list[int]:
    """The rows beside which a cursor stands."""
    return [row for row, line in enumerate(lines) if CURSOR in line]


def has_moved(place: list[int], lines: list[str]) -> bool:
    """Whether a cursor stands beside other rows than these."""
    return held(lines) != place
