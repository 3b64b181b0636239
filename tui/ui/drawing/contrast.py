"""Contrast between colours, and the nearest readable colour.

Contrast is defined as in WCAG 2.2, the ratio of relative luminances, from 1 (equal) to 21 (black on white). Colours are
``#rrggbb``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

TEXT = 4.5
"Minimum contrast of text."
SIGN = 3.0
"Minimum contrast of a symbol, which can also be recognised by its shape and place."
STEPS = 50
"Steps from a colour towards black or white, tried in turn."


def contrast(one: str, other: str) -> float:
    """The contrast between two colours, in any order."""
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def blended(one: str, other: str, share: float) -> str:
    """A mix of two colours: share 0 is the first, 1 the second."""
    pairs = zip(_channels(one), _channels(other), strict=True)
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in pairs)


def readable(colour: str, grounds: Iterable[str], least: float = TEXT) -> str:
    """Move a colour towards black or white until it is readable on all of these similar backgrounds."""
    behind = tuple(grounds)
    found = [
        (share, mixed)
        for end in ("#000000", "#ffffff")
        if (pair := _nearest(colour, end, behind, least)) is not None
        for share, mixed in [pair]
    ]
    if found:
        return min(found)[1]
    return max(("#000000", "#ffffff"), key=lambda end: min(contrast(end, ground) for ground in behind))


def _nearest(colour: str, end: str, grounds: tuple[str, ...], least: float) -> tuple[int, str] | None:
    """The first readable colour towards an end, and the number of steps to it."""
    for step in range(STEPS + 1):
        mixed = blended(colour, end, step / STEPS)
        if all(contrast(mixed, ground) >= least for ground in grounds):
            return step, mixed
    return None


def _channels(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _luminance(colour: str) -> float:
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in (channel / 255 for channel in _channels(colour))
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
