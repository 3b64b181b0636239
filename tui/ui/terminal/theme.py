"""The theme in use."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from textual.filter import NoColor
from textual.theme import Theme as TextualTheme

from tui.files.remembered import reader_state
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

    def wear_chosen(self) -> None:
        """Apply the configured theme, else the one the reader chose, else dark or light as the terminal is."""
        configured = self._opened.config.theme
        self.wear(configured if configured != "auto" else reader_state.load_theme() or _theme_of_terminal())

    def wear(self, name: str) -> None:
        """Apply a theme: one of ours or Textual's by name, or ``dark`` or ``light`` for ours."""
        app = self._app
        palette = palette_named({"dark": DARK.name, "light": LIGHT.name}.get(name, name))
        own: list[LineFilter] = [NoColor()] if app.no_color else []
        if self._opened.config.ascii or not _is_utf8():
            from tui.ui.terminal.ascii import InAscii

            own.append(InAscii(is_whole=not _is_utf8()))
        self.filters = own
        app.register_theme(_for_textual(palette, is_plain=app.no_color))
        if app.theme == palette.name:
            app.stylesheet.set_variables(app.get_css_variables())  # no change that Textual would notice
        app.theme = palette.name
        for pane in app.query("Lines, Status") if app.is_running else ():
            pane.refresh()

    def keep(self, name: str) -> None:
        """Apply a theme, and remember it for the next session."""
        self.wear(name)
        reader_state.save_theme(self._app.theme)


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


def _is_utf8() -> bool:
    """True if the locale is UTF-8; an unset one counts as UTF-8, as in Python."""
    named = next(filter(None, (os.environ.get(name) for name in ("LC_ALL", "LC_CTYPE", "LANG"))), "UTF-8")
    return "utf8" in named.lower().replace("-", "")


def _theme_of_terminal() -> str:
    """Light if the terminal says that its background is, as rxvt, Konsole and others do; else dark."""
    ground = os.environ.get("COLORFGBG", "").rpartition(";")[2]
    return "light" if ground in ("7", "15") else "dark"
