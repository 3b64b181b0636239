"""The styles of the panes, derived from a palette and the terminal's colour depth."""

from __future__ import annotations

from enum import StrEnum

from rich.style import Style as Ink

from tui.core.annotations.choices import Colour
from tui.core.notes.model import Style
from tui.ui.drawing.palette import FEW_DARK, FEW_LIGHT, NONE, Palette


class Depth(StrEnum):
    """Colour depth of a terminal."""

    FULL = "full"
    FEW = "few"
    "Sixteen colours, in which tints would not stand out from the background."
    NONE = "none"
    "No colour, as requested by ``NO_COLOR``."


class Inks:
    """The styles of the panes, built once for a palette and depth."""

    def __init__(self, palette: Palette, depth: Depth) -> None:
        if depth is not Depth.FULL:
            palette = NONE if depth is Depth.NONE else FEW_DARK if palette.dark else FEW_LIGHT
        plain = depth is Depth.NONE
        ground, panel, raised = palette.ground, palette.panel, palette.raised
        self.text = Ink(color=palette.text, bgcolor=ground)
        self.faint = Ink(color=palette.faint, bgcolor=ground, dim=plain or None)
        self.line = Ink(color=palette.line, bgcolor=ground, dim=plain or None)
        self.accent = Ink(color=palette.accent, bgcolor=ground)
        self.title = Ink(color=palette.accent, bgcolor=ground, bold=True)
        self.heading = Ink(color=palette.heading, bgcolor=ground, bold=True)
        self.quote = Ink(color=palette.text, bgcolor=ground, italic=True)
        self.code = Ink(color=palette.code, bgcolor=panel)
        self.panel = Ink(color=palette.text, bgcolor=panel)
        self.panel_faint = Ink(color=palette.faint, bgcolor=panel, dim=plain or None)
        self.panel_title = Ink(color=palette.accent, bgcolor=panel, bold=True, reverse=plain or None)
        self.panel_strong = Ink(color=palette.heading, bgcolor=panel, bold=True)
        self.panel_accent = Ink(color=palette.accent, bgcolor=panel)
        self.raised = Ink() if plain else Ink(bgcolor=raised)
        self.select = Ink(reverse=True) if plain else Ink(color=palette.ground, bgcolor=palette.accent)
        if depth is Depth.FEW:
            self.select = Ink(color="black" if palette.dark else "bright_white", bgcolor=palette.accent)
        self.caret = Ink(reverse=True) if depth is Depth.FULL else Ink(reverse=True, underline=True)
        self.warning = Ink(color=palette.warning, bgcolor=ground)
        self.edge = Ink(color=palette.line, bgcolor=ground)
        is_reversed = raised == "default"  # text is not readable on any of its greys everywhere
        bar = Ink(reverse=True) if is_reversed else Ink(bgcolor=raised)
        self.bar = Ink(color=palette.text) + bar
        self.bar_strong = Ink(color=palette.heading, bold=True) + bar
        self.bar_accent = Ink(color=palette.accent, bold=True) + bar
        self.bar_faint = Ink(color=palette.faint) + bar
        self.bar_warning = Ink(color=palette.warning, bold=True) + bar
        self.bar_caret = self.bar + Ink(reverse=not is_reversed)
        "The caret of a line typed on the bar."
        self.inline = {
            Style.BOLD: Ink(bold=True, color=palette.heading),
            Style.ITALIC: Ink(italic=True),
            Style.CODE: Ink(color=palette.code),
            Style.STRIKE: Ink(strike=True, color=palette.faint),
            Style.LINK: Ink(color=palette.link, underline=True),
            Style.MARKED: Ink(color=palette.accent, bold=True, underline=plain or None),
            Style.FAINT: Ink(color=palette.faint, dim=plain or None),
        }
        over = Ink(underline=True) if plain else Ink(color=palette.heading if depth is Depth.FULL else "black")
        self.tint = {
            colour: over if plain else over + Ink(bgcolor=tint)
            for colour, tint in zip(Colour, palette.tints, strict=True)
        }
        self.current = {
            colour: Ink(color=palette.ground, bgcolor=sign) if depth is Depth.FULL else Ink(reverse=True, bold=True)
            for colour, sign in zip(Colour, palette.signs, strict=True)
        }
        "The highlight that keys act on, if a block has several."
        self.sign_text = {
            colour: "▎" if depth is Depth.FULL else str(number) for number, colour in enumerate(Colour, 1)
        }
        "The gutter sign of a highlight; with few colours, the key of its colour."
        self.sign = {colour: Ink(color=sign, bold=True) for colour, sign in zip(Colour, palette.signs, strict=True)}
        self.question = Ink(color=palette.accent)
        self.overlap = Ink(underline=True, bold=True)
        if depth is Depth.FULL:
            self.hit = Ink(color=ground, bgcolor=palette.hit)
            self.hit_here = Ink(color=ground, bgcolor=palette.hit_here, bold=True, underline=True)
        else:
            self.hit = Ink(reverse=True)
            self.hit_here = Ink(reverse=True, bold=True, underline=True)
