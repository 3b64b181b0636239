"""The theme in use."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from textual.filter import LineFilter
from textual.theme import Theme as TextualTheme

from tui.files.remembered import reader_state
from tui.ui.drawing.look import is_asked, look_of, terminal_name, theme_of
from tui.ui.drawing.themes import is_dark

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.segment import Segment
    from textual.app import App
    from textual.color import Color

    from tui.files.opened import Opened
    from tui.ui.drawing.look import Look
    from tui.ui.drawing.palette import Palette


class Theme:
    """The app's theme, and filters for terminals with fewer characters or colours."""

    def __init__(self, app: App[None], opened: Opened) -> None:
        self._app = app
        self._opened = opened
        self.filters: Sequence[LineFilter] = ()

    @property
    def name(self) -> str:
        """The name of the theme in use."""
        return self._app.theme

    def apply_chosen(self) -> None:
        """Apply the configured theme, else the one the reader chose, else dark or light to match the terminal."""
        self.apply(theme_of(self._opened.config, os.environ))

    def apply(self, name: str) -> None:
        """Apply a theme by name, one of ours or Textual's; ``dark`` and ``light`` mean ours."""
        app = self._app
        look = look_of(name, self._opened.config, os.environ)
        palette = look.palette
        self.filters = [AsShown(look)] if look.is_plain else []
        app.register_theme(_for_textual(palette, is_plain=app.no_color))
        if app.theme == palette.name:
            app.stylesheet.set_variables(app.get_css_variables())  # without a change that Textual would notice
        app.theme = palette.name
        for pane in app.query("Lines, Status") if app.is_running else ():
            pane.refresh()

    @property
    def is_asked(self) -> bool:
        """True if the terminal should be asked for its background."""
        return is_asked(self._opened.config, os.environ)

    def take_ground(self, *, is_light: bool) -> bool:
        """Follow the terminal's background; True if it differs from the remembered one."""
        ground, terminal = "light" if is_light else "dark", terminal_name(os.environ)
        if not self.is_asked:
            return False
        if is_light is is_dark(self.name):
            self.apply(ground)
        return reader_state.load_ground(terminal) != ground

    def keep_ground(self) -> None:
        """Remember the terminal's background for the first frame of the next session."""
        ground = "dark" if is_dark(self.name) else "light"
        if self.is_asked:
            reader_state.save_ground(terminal_name(os.environ), ground)

    def keep(self, name: str) -> None:
        """Apply a theme and remember it for the next session."""
        self.apply(name)
        reader_state.save_theme(self._app.theme)


class AsShown(LineFilter):
    """A filter that draws everything as a terminal with fewer characters or colours can."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """See `LineFilter`."""
        return self._look.shown(segments)


def _for_textual(palette: Palette, *, is_plain: bool) -> TextualTheme:
    """A palette as a Textual theme, for Textual's own widgets; ``is_plain`` is True if no colour is shown."""
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
