"""The styles of an app's theme and terminal, and the filters it draws through."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from textual.color import Color
from textual.filter import ANSIToTruecolor

from tui.ui.drawing.styles import Depth, Inks
from tui.ui.terminal.theme import palette_named

if TYPE_CHECKING:
    from textual.app import App
    from textual.strip import Strip


@lru_cache(maxsize=64)
def _inks(theme: str, depth: Depth) -> Inks:
    return Inks(palette_named(theme), depth)


def inks(app: App[object]) -> Inks:
    """The styles for an app's theme and its terminal's colours."""
    if app.no_color:
        return _inks(app.theme, Depth.NONE)
    return _inks(app.theme, Depth.FULL if app.console.color_system in ("256", "truecolor") else Depth.FEW)


def filtered(strips: list[Strip], app: App[object]) -> list[Strip]:
    """The strips, passed through an app's filters; our inks need no filter for ANSI colours."""
    for line_filter in app.get_line_filters():
        if not isinstance(line_filter, ANSIToTruecolor):
            strips = [strip.apply_filter(line_filter, Color.parse(palette_named(app.theme).ground)) for strip in strips]
    return strips
