"""Textual's themes as palettes of ours, each colour moved as far as readability needs."""

from __future__ import annotations

from functools import lru_cache

from textual.theme import BUILTIN_THEMES

from tui.ui.drawing.contrast import SIGN, TEXT, blended, contrast, readable
from tui.ui.drawing.palette import DARK, LIGHT, Palette

NAMES: tuple[str, ...] = (
    DARK.name,
    LIGHT.name,
    *sorted(name for name, theme in BUILTIN_THEMES.items() if not theme.ansi),
)
"Every theme, ours first."
TINT = 0.34
"Share of a highlight's colour in the background of its text."


@lru_cache(maxsize=64)
def palette_like(name: str) -> Palette:
    """The palette of a Textual theme; our dark one if there is none of that name."""
    theme = BUILTIN_THEMES.get(name)
    if theme is None or theme.ansi:
        return LIGHT if name == LIGHT.name else DARK
    colours = {key: value[:7].lower() for key, value in theme.to_color_system().generate().items()}
    ours = DARK if theme.dark else LIGHT
    ground, fore = colours["background"], colours["foreground"]
    panel, raised = (blended(ground, fore, share) for share in (0.035, 0.1))
    grounds = (ground, panel, raised)
    heading = readable(blended(fore, "#ffffff" if theme.dark else "#000000", 0.5), grounds, 7)
    return Palette(
        name=name,
        dark=theme.dark,
        ground=ground,
        panel=panel,
        raised=raised,
        line=blended(ground, fore, 0.22),
        text=readable(fore, grounds),
        faint=readable(blended(ground, fore, 0.6), grounds),
        accent=readable(colours["accent"], grounds),
        heading=heading,
        code=readable(colours["success"], grounds),
        link=readable(colours["primary"], grounds),
        warning=readable(colours["error"], grounds),
        tints=tuple(_tint(ground, heading, sign) for sign in ours.signs),
        signs=tuple(readable(sign, grounds, SIGN) for sign in ours.signs),
        hit=readable(ours.hit, (ground,)),
        hit_here=heading,
    )


def is_dark(name: str) -> bool:
    """True for a dark theme; found without mixing its colours, which takes a few milliseconds per theme."""
    return DARK.name == name or (name in BUILTIN_THEMES and BUILTIN_THEMES[name].dark)


def other_half(name: str) -> str:
    """The light counterpart of a dark theme, or the other way round; ours if it has none."""
    dark = is_dark(name)
    other = name.replace("dark", "light") if dark else name.replace("light", "dark")
    return other if other != name and other in NAMES else (LIGHT if dark else DARK).name


def _tint(ground: str, text: str, colour: str) -> str:
    """A highlight's colour as a background, weak enough for the text to be read."""
    share = TINT
    while contrast(text, blended(ground, colour, share)) < TEXT and share > 0.1:
        share -= 0.02
    return blended(ground, colour, share)
