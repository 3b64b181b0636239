"""The theme in use."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.filter import NoColor
from textual.theme import Theme as TextualTheme

from tui.files.opened import is_utf8
from tui.ui.drawing.palette import DARK, LIGHT

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import App
    from textual.filter import LineFilter

    from tui.files.opened import Opened
    from tui.ui.drawing.palette import Palette


class Theme:
    """The colours of the app, and the filters for a terminal without them."""

    def __init__(self, app: App[None], opened: Opened) -> None:
        self._app = app
        self._opened = opened
        self.filters: Sequence[LineFilter] = ()

    @property
    def name(self) -> str:
        """The name of the theme in use."""
        return self._app.theme

    def wear(self, name: str) -> None:
        """Apply a theme: one of ours or Textual's by name, or ``dark`` or ``light`` for ours."""
        app = self._app
        palette = palette_named({"dark": DARK.name, "light": LIGHT.name}.get(name, name))
        own: list[LineFilter] = [NoColor()] if app.no_color else []
        if self._opened.config.ascii or not is_utf8():
            from tui.ui.terminal.ascii import InAscii

            own.append(InAscii(is_whole=not is_utf8()))
        self.filters = own
        app.register_theme(_for_textual(palette, is_plain=app.no_color))
        if app.theme == palette.name:
            app.stylesheet.set_variables(app.get_css_variables())  # no change that Textual would hear of
        app.theme = palette.name
        for pane in app.query("Lines, Status") if app.is_running else ():
            pane.refresh()

    def keep(self, name: str) -> None:
        """Apply a theme, and remember it for the next session."""
        self.wear(name)
        self._opened.keep_theme(self._app.theme)


def _for_textual(palette: Palette, *, is_plain: bool) -> TextualTheme:
    """A palette as a Textual theme, for Textual's own widgets; ``is_plain`` if no colour is shown."""
    return TextualTheme(
        name=palette.name,
        primary=palette.accent,
        secondary=palette.link,
        accent=palette.accent,
        foreground=palette.text,
        background=palette.ground,
        surface=palette.panel,
        panel=palette.raised,
        warning=palette.warning,
        error=palette.warning,
        success=palette.code,
        dark=palette.dark,
        variables={
            "block-cursor-background": palette.raised,
            "block-cursor-foreground": palette.text,
            "block-cursor-text-style": "bold reverse" if is_plain else "bold",
            "border": palette.line,
            "footer-background": palette.panel,
            "input-selection-background": palette.tints[2],
            "line": palette.line,
            "faint": palette.faint,
        },
    )


def palette_named(theme: str) -> Palette:
    """The palette of a theme of ours or Textual's, by name; our dark one if there is none."""
    for palette in (DARK, LIGHT):
        if palette.name == theme:
            return palette
    from tui.ui.terminal.themes import palette_like

    return palette_like(theme)
