"""Textual's themes as palettes, with colours adjusted for readability.

The few colours needed are listed here, since the first frame is drawn before Textual is imported.
"""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from tui.ui.drawing.contrast import SIGN, TEXT, blended, contrast, readable
from tui.ui.drawing.palette import DARK, LIGHT, Palette


class ThemeColours(NamedTuple):
    """The colours of a theme that a palette is mixed from."""

    is_dark: bool
    background: str
    foreground: str
    accent: str
    success: str
    primary: str
    error: str


THEMES = {
    "atom-one-dark": ThemeColours(True, "#282c34", "#abb2bf", "#a378c2", "#62f062", "#61afef", "#ef6262"),
    "atom-one-light": ThemeColours(False, "#fafafa", "#383a42", "#be9232", "#6bf23f", "#4078f2", "#f13f3f"),
    "catppuccin-frappe": ThemeColours(True, "#303446", "#c6d0f5", "#f4b8e4", "#a6d189", "#ca9ee6", "#e68284"),
    "catppuccin-latte": ThemeColours(False, "#eff1f5", "#4c4f69", "#fd640b", "#40a02b", "#8839ef", "#d10f39"),
    "catppuccin-macchiato": ThemeColours(True, "#24273a", "#cad3f5", "#f5bde6", "#a6da95", "#c6a0f6", "#ed8796"),
    "catppuccin-mocha": ThemeColours(True, "#181825", "#cdd6f4", "#f9b387", "#abe9b3", "#f5c2e7", "#f28fad"),
    "dracula": ThemeColours(True, "#282a36", "#f8f8f2", "#ff79c6", "#50fa7b", "#bd93f9", "#fe5555"),
    "flexoki": ThemeColours(True, "#100f0f", "#fffcf0", "#9b76c8", "#65800b", "#205ea6", "#ae3029"),
    "gruvbox": ThemeColours(True, "#282828", "#fbf1c7", "#f9bd2f", "#b7bb26", "#85a598", "#fa4934"),
    "monokai": ThemeColours(True, "#272822", "#d6d6d6", "#66d9ef", "#a5e22e", "#ae81ff", "#f82672"),
    "nord": ThemeColours(True, "#2e3440", "#d8dee9", "#b48ead", "#a3be8c", "#88c0d0", "#be616a"),
    "rose-pine": ThemeColours(True, "#191724", "#e0def4", "#ebbcba", "#9ccfd8", "#c4a7e7", "#ea6f92"),
    "rose-pine-dawn": ThemeColours(False, "#faf4ed", "#575279", "#d6827e", "#56949f", "#907aa9", "#b4637a"),
    "rose-pine-moon": ThemeColours(True, "#232136", "#e0def4", "#ea9a97", "#9ccfd8", "#c4a7e7", "#ea6f92"),
    "solarized-dark": ThemeColours(True, "#002b36", "#839496", "#6c71c4", "#849900", "#268bd2", "#db322f"),
    "solarized-light": ThemeColours(False, "#fdf6e3", "#586e75", "#6c71c4", "#849900", "#268bd2", "#db322f"),
    "textual-dark": ThemeColours(True, "#121212", "#e0e0e0", "#fea62b", "#4ebf71", "#0178d4", "#b93c5b"),
    "textual-light": ThemeColours(False, "#e0e0e0", "#1f1f1f", "#fea62b", "#4ebf71", "#004578", "#b93c5b"),
    "tokyo-night": ThemeColours(True, "#1a1b26", "#a9b1d6", "#fe9e64", "#9ece6a", "#bb9af7", "#f6768e"),
}
"Textual's themes by name, except those made of the terminal's own colours."
NAMES: tuple[str, ...] = (DARK.name, LIGHT.name, *THEMES)
"All themes, our own first."
TINT = 0.34
"Share of a highlight's colour in the background of its text."


def palette_named(name: str) -> Palette:
    """The palette of a theme, with ``dark`` and ``light`` for our own; our dark one for unknown names."""
    if name in ("light", LIGHT.name):
        return LIGHT
    return _mixed(name) if name in THEMES else DARK


@lru_cache(maxsize=64)
def _mixed(name: str) -> Palette:
    """Mix the palette of one of Textual's themes, which takes a few milliseconds."""
    theme = THEMES[name]
    ours = DARK if theme.is_dark else LIGHT
    ground, fore = theme.background, theme.foreground
    panel, raised = (blended(ground, fore, share) for share in (0.035, 0.1))
    grounds = (ground, panel, raised)
    heading = readable(blended(fore, "#ffffff" if theme.is_dark else "#000000", 0.5), grounds, 7)
    return Palette(
        name=name,
        dark=theme.is_dark,
        ground=ground,
        panel=panel,
        raised=raised,
        line=blended(ground, fore, 0.22),
        text=readable(fore, grounds),
        faint=readable(blended(ground, fore, 0.6), grounds),
        accent=readable(theme.accent, grounds),
        heading=heading,
        code=readable(theme.success, grounds),
        link=readable(theme.primary, grounds),
        warning=readable(theme.error, grounds),
        tints=tuple(_tint(ground, heading, sign) for sign in ours.signs),
        signs=tuple(readable(sign, grounds, SIGN) for sign in ours.signs),
        hit=readable(ours.hit, (ground,)),
        hit_here=heading,
    )


def is_dark(name: str) -> bool:
    """True for a dark theme; does not mix its palette."""
    return DARK.name == name or (name in THEMES and THEMES[name].is_dark)


def other_half(name: str) -> str:
    """The light counterpart of a dark theme, or vice versa; our own if there is none."""
    dark = is_dark(name)
    other = name.replace("dark", "light") if dark else name.replace("light", "dark")
    return other if other != name and other in NAMES else (LIGHT if dark else DARK).name


def _tint(ground: str, text: str, colour: str) -> str:
    """A highlight's colour as a background, weak enough to keep the text readable."""
    share = TINT
    while contrast(text, blended(ground, colour, share)) < TEXT and share > 0.1:
        share -= 0.02
    return blended(ground, colour, share)
