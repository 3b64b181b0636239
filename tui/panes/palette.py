"""The colours of the screen, dark and light: the styles panes draw with and the theme Textual needs."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from rich.style import Style as Ink
from textual.theme import Theme

from tui.core.highlights import Colour
from tui.core.model import Style

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Palette:
    """One set of colours; all are ``#rrggbb``."""

    name: str
    dark: bool
    ground: str
    "Behind the text."
    panel: str
    "Behind the bars and the panes at the sides."
    raised: str
    "Behind the block under the cursor."
    line: str
    "Rules and separators."
    text: str
    faint: str
    accent: str
    heading: str
    code: str
    link: str
    warning: str
    tints: tuple[str, str, str, str, str]
    "Behind highlighted text, in the order of `Colour`."
    signs: tuple[str, str, str, str, str]
    "A highlight's sign in the gutter and in lists, in the order of `Colour`."

    def theme(self) -> Theme:
        """The same colours as a theme of Textual's, for its own widgets."""
        return Theme(
            name=self.name,
            primary=self.accent,
            secondary=self.link,
            accent=self.accent,
            foreground=self.text,
            background=self.ground,
            surface=self.panel,
            panel=self.raised,
            warning=self.warning,
            error=self.warning,
            success=self.code,
            dark=self.dark,
            variables={
                "block-cursor-background": self.raised,
                "block-cursor-foreground": self.text,
                "block-cursor-text-style": "bold",
                "border": self.line,
                "footer-background": self.panel,
                "input-selection-background": self.tints[2],
                "line": self.line,
                "faint": self.faint,
            },
        )


DARK = Palette(
    name="earmark-dark",
    dark=True,
    ground="#191a1d",
    panel="#202226",
    raised="#2a2c32",
    line="#3a3d44",
    text="#d6d3cb",
    faint="#8d8a83",
    accent="#e2a65a",
    heading="#f3ead8",
    code="#b3c48c",
    link="#82b5d1",
    warning="#e58271",
    tints=("#574a1c", "#2c4d31", "#24456a", "#5c3143", "#473468"),
    signs=("#e9c64f", "#86c77c", "#74b2ea", "#ec8fae", "#b79bea"),
)
LIGHT = Palette(
    name="earmark-light",
    dark=False,
    ground="#fbf9f4",
    panel="#f2efe7",
    raised="#e9e5da",
    line="#d3cec1",
    text="#2a2926",
    faint="#757167",
    accent="#a8551a",
    heading="#14130f",
    code="#4c6a1d",
    link="#1f6391",
    warning="#b3372a",
    tints=("#fbe694", "#cdeac3", "#c9e0f7", "#f8d1dd", "#e0d5f7"),
    signs=("#a67c00", "#3d8030", "#2c6fb0", "#b8406a", "#7650b8"),
)
PALETTES: Mapping[str, Palette] = {palette.name: palette for palette in (DARK, LIGHT)}


class Inks:
    """The styles that panes draw with, made once for a palette."""

    def __init__(self, palette: Palette) -> None:
        self.palette = palette
        ground = palette.ground
        self.text = Ink(color=palette.text, bgcolor=ground)
        self.faint = Ink(color=palette.faint, bgcolor=ground)
        self.line = Ink(color=palette.line, bgcolor=ground)
        self.accent = Ink(color=palette.accent, bgcolor=ground)
        self.title = Ink(color=palette.accent, bgcolor=ground, bold=True)
        self.heading = Ink(color=palette.heading, bgcolor=ground, bold=True)
        self.quote = Ink(color=palette.text, bgcolor=ground, italic=True)
        self.code = Ink(color=palette.code, bgcolor=palette.panel)
        self.panel = Ink(color=palette.text, bgcolor=palette.panel)
        self.panel_faint = Ink(color=palette.faint, bgcolor=palette.panel)
        self.panel_title = Ink(color=palette.accent, bgcolor=palette.panel, bold=True)
        self.panel_strong = Ink(color=palette.heading, bgcolor=palette.panel, bold=True)
        self.panel_warning = Ink(color=palette.warning, bgcolor=palette.panel)
        self.panel_accent = Ink(color=palette.accent, bgcolor=palette.panel)
        self.raised = Ink(bgcolor=palette.raised)
        self.select = Ink(color=palette.ground, bgcolor=palette.accent)
        self.caret = Ink(reverse=True)
        self.warning = Ink(color=palette.warning, bgcolor=ground)
        self.edge = Ink(color=palette.line, bgcolor=ground)
        self.bar = Ink(color=palette.text, bgcolor=palette.raised)
        self.bar_strong = Ink(color=palette.heading, bgcolor=palette.raised, bold=True)
        self.bar_faint = Ink(color=palette.faint, bgcolor=palette.raised)
        self.bar_warning = Ink(color=palette.warning, bgcolor=palette.raised, bold=True)
        self.inline = {
            Style.BOLD: Ink(bold=True, color=palette.heading),
            Style.ITALIC: Ink(italic=True),
            Style.CODE: Ink(color=palette.code),
            Style.STRIKE: Ink(strike=True, color=palette.faint),
            Style.LINK: Ink(color=palette.link, underline=True),
            Style.MARKED: Ink(color=palette.accent, underline=True),
            Style.FAINT: Ink(color=palette.faint),
        }
        colours = tuple(Colour)
        self.tint = {
            colour: Ink(color=palette.heading, bgcolor=tint)
            for colour, tint in zip(colours, palette.tints, strict=True)
        }
        self.sign = {colour: Ink(color=sign, bold=True) for colour, sign in zip(colours, palette.signs, strict=True)}
        self.overlap = Ink(underline=True, bold=True)


@lru_cache(maxsize=2)
def inks(name: str) -> Inks:
    """The styles of the palette with that name; the dark one's for a name that is not ours."""
    return Inks(PALETTES.get(name, DARK))
