"""Mapping of other programs' colours to the five highlight colours."""

from __future__ import annotations

import colorsys
import re

from tui.core.annotations.choices import Colour

NAMES = {
    **dict.fromkeys(
        ("yellow", "gold", "khaki", "amber", "orange", "gelb", "jaune", "amarillo", "giallo"), Colour.YELLOW
    ),
    **dict.fromkeys(("green", "lime", "olive", "teal", "mint", "grün", "vert", "verde"), Colour.GREEN),
    **dict.fromkeys(("blue", "cyan", "aqua", "turquoise", "sky", "navy", "blau", "bleu", "azul", "blu"), Colour.BLUE),
    **dict.fromkeys(("pink", "red", "magenta", "fuchsia", "rose", "crimson", "salmon", "coral"), Colour.PINK),
    **dict.fromkeys(("purple", "violet", "indigo", "lavender", "lila", "mauve", "plum", "orchid"), Colour.PURPLE),
}
"Colours by name, or by part of one."
DOTS = {
    "🟡": Colour.YELLOW,
    "🟠": Colour.YELLOW,
    "🟢": Colour.GREEN,
    "🔵": Colour.BLUE,
    "🔴": Colour.PINK,
    "🟣": Colour.PURPLE,
}
"Colours by the emoji that begins a mark in Bear."
_HUES = (
    (20, Colour.PINK),
    (75, Colour.YELLOW),
    (165, Colour.GREEN),
    (250, Colour.BLUE),
    (295, Colour.PURPLE),
    (360, Colour.PINK),
)
"Colours by their maximum hue, in degrees."
_LEAST = 0.08
"Minimum saturation of a colour, in HSV: white and greys have less."
_HEX = re.compile(r"#([0-9a-f]{3,4}|[0-9a-f]{6}|[0-9a-f]{8})\b", re.IGNORECASE)
_RGB = re.compile(r"rgba?\(\s*(\d{1,3})[\s,]+(\d{1,3})[\s,]+(\d{1,3})(?:[\s,/]+([\d.]+)(%?))?\s*\)", re.IGNORECASE)
_HSL = re.compile(r"hsla?\(\s*(\d{1,3})(?:deg)?[\s,]+(\d{1,3})%", re.IGNORECASE)
_NAME = re.compile(r"[^\W\d_]+")


def colour_of(said: str) -> Colour | None:
    """The nearest colour to a CSS value, class or name; None for white, grey, black, transparent and unknown ones."""
    if found := _RGB.search(said):
        opacity = float(found[4].rstrip(".") or 0) if found[4] and found[4].count(".") < 2 else 1.0
        return _nearest(*(min(int(part), 255) for part in found.groups()[:3])) if opacity else None
    if found := _HSL.search(said):
        return _of_hue(int(found[1]) % 360) if int(found[2]) > 100 * _LEAST else None
    if found := _HEX.search(said):
        digits = found[1]
        digits = "".join(2 * digit for digit in digits) if len(digits) < 6 else digits
        if digits[6:] == "00":
            return None
        return _nearest(*(int(digits[at : at + 2], 16) for at in (0, 2, 4)))
    words = [word.lower() for word in _NAME.findall(said)]
    exact = (NAMES[word] for word in words if word in NAMES)
    within = (colour for word in words for name, colour in NAMES.items() if len(name) > 3 and name in word)
    return next(exact, None) or next(within, None)


def _nearest(red: int, green: int, blue: int) -> Colour | None:
    hue, saturation, _ = colorsys.rgb_to_hsv(red / 255, green / 255, blue / 255)
    return _of_hue(360 * hue) if saturation >= _LEAST and max(red, green, blue) > 60 else None


def _of_hue(degrees: float) -> Colour:
    return next(colour for most, colour in _HUES if degrees <= most)
