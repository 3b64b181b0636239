"""The positions of the product's cursors on screen."""

from __future__ import annotations

CURSOR = "▌"


def held(lines: list[str]) -> list[int]:
    """The rows next to which a cursor is."""
    return [row for row, line in enumerate(lines) if CURSOR in line]


def has_moved(place: list[int], lines: list[str]) -> bool:
    """True if a cursor is next to other rows than these."""
    return held(lines) != place
