"""The styles for an app's theme and terminal, and the filters it draws through."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.color import Color
from textual.filter import ANSIToTruecolor

from tui.ui.drawing.look import depth, inks_of
from tui.ui.drawing.themes import palette_named

if TYPE_CHECKING:
    from textual.app import App
    from textual.strip import Strip

    from tui.ui.drawing.styles import Inks


def inks(app: App[object]) -> Inks:
    """The styles for an app's theme and its terminal's colours."""
    has_many = app.console.color_system in ("256", "truecolor")
    return inks_of(app.theme, depth(has_colour=not app.no_color, has_many=has_many))


def filtered(strips: list[Strip], app: App[object]) -> list[Strip]:
    """Pass strips through an app's filters, except that for ANSI colours, which our styles do not need."""
    for line_filter in app.get_line_filters():
        if not isinstance(line_filter, ANSIToTruecolor):
            strips = [strip.apply_filter(line_filter, Color.parse(palette_named(app.theme).ground)) for strip in strips]
    return strips
