"""The colours of the screen, dark and light: the styles panes draw with and the theme Textual needs."""

from __future__ import annotations

from enum import StrEnum
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from rich.style import Style as Ink
from textual.color import Color
from textual.filter import ANSIToTruecolor
from textual.theme import Theme

from tui.core.highlights import Colour
from tui.core.model import Style

if TYPE_CHECKING:
    from collections.abc import Mapping

    from textual.app import App
    from textual.strip import Strip


class Palette(NamedTuple):
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
    hit: str
    "Behind what a search found, in letters of the ground's colour; unlike any tint."
    hit_here: str
    "Likewise, behind the hit that the search is at."

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
    hit="#58b8b4",
    hit_here="#f6f1e4",
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
    hit="#14716e",
    hit_here="#14130f",
)
PALETTES: Mapping[str, Palette] = {palette.name: palette for palette in (DARK, LIGHT)}


class Depth(StrEnum):
    """How much of colour a terminal shows."""

    FULL = "full"
    FEW = "few"
    "Sixteen colours: tints would be lost in the ground."
    NONE = "none"
    "The reader asked for none with ``NO_COLOR``."


_FEW = ("bright_yellow", "bright_green", "bright_blue", "bright_magenta", "bright_cyan")
"The terminal's own colours that stand for ours, in the order of `Colour`."


class Inks:
    """The styles that panes draw with, made once for a palette."""

    def __init__(self, palette: Palette, depth: Depth) -> None:
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
        if depth is Depth.NONE:
            self.tint = dict.fromkeys(colours, Ink(underline=True))
        elif depth is Depth.FEW:
            self.tint = {colour: Ink(color="black", bgcolor=name) for colour, name in zip(colours, _FEW, strict=True)}
        else:
            self.tint = {
                colour: Ink(color=palette.heading, bgcolor=tint)
                for colour, tint in zip(colours, palette.tints, strict=True)
            }
        self.sign_text = {
            colour: "▎" if depth is Depth.FULL else str(number) for number, colour in enumerate(colours, 1)
        }
        "What stands in the gutter for a highlight: where colours are few, the key of its colour."
        self.sign = {colour: Ink(color=sign, bold=True) for colour, sign in zip(colours, palette.signs, strict=True)}
        self.question = Ink(color=palette.accent)
        self.overlap = Ink(underline=True, bold=True)
        if depth is Depth.FULL:
            self.hit = Ink(color=ground, bgcolor=palette.hit)
            self.hit_here = Ink(color=ground, bgcolor=palette.hit_here, bold=True, underline=True)
        else:
            self.hit = Ink(reverse=True)
            self.hit_here = Ink(reverse=True, bold=True, underline=True)


@lru_cache(maxsize=4)
def _inks(theme: str, depth: Depth) -> Inks:
    return Inks(PALETTES.get(theme, DARK), depth)


def inks(app: App[object]) -> Inks:
    """The styles for the theme of an app and the colours of its terminal."""
    if app.no_color:
        return _inks(app.theme, Depth.NONE)
    return _inks(app.theme, Depth.FULL if app.console.color_system in ("256", "truecolor") else Depth.FEW)


def filtered(strips: list[Strip], app: App[object], ground: str) -> list[Strip]:
    """The strips as `NO_COLOR` and the like want them; our inks have no use for the filter of ANSI colours."""
    for line_filter in app.get_line_filters():
        if not isinstance(line_filter, ANSIToTruecolor):
            strips = [strip.apply_filter(line_filter, Color.parse(ground)) for strip in strips]
    return strips
