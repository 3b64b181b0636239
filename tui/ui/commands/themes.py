"""What the keys for themes do: dark or light, and a list in which each theme is seen as soon as it is looked at."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.filter import Monochrome, NoColor

from tui.files.opened import is_utf8
from tui.ui.drawing.palette import DARK, LIGHT
from tui.ui.drawing.styles import palette_named
from tui.ui.saving import SavingApp

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.filter import LineFilter

    from tui.files.opened import Opened


class ThemingApp(SavingApp):
    """An app that wears a theme."""

    _own_filters: Sequence[LineFilter] = ()

    def __init__(self, opened: Opened) -> None:
        super().__init__(opened)
        self.wear(opened.theme())

    def get_line_filters(self) -> Sequence[LineFilter]:
        """See `App`; without colour the terminal's own ground and text are left, where Textual would have greys."""
        usual = [each for each in super().get_line_filters() if not isinstance(each, Monochrome)]
        return [*usual, *self._own_filters]

    def refresh_css(self, animate: bool = True) -> None:
        """See `App`; before there is a screen the styles are not parsed for nothing: its own are still to come."""
        if self.screen_stack:
            super().refresh_css(animate)
        else:
            self.stylesheet.set_variables(self.get_css_variables())

    def wear(self, name: str) -> None:
        """Wear a theme: one of ours or of Textual's by its name, or ``dark`` or ``light`` for ours."""
        palette = palette_named({"dark": DARK.name, "light": LIGHT.name}.get(name, name))
        own: list[LineFilter] = [NoColor()] if self.no_color else []
        if self.opened.config.ascii or not is_utf8():
            from tui.ui.drawing.ascii import InAscii

            own.append(InAscii(is_whole=not is_utf8()))
        self._own_filters = own
        self.register_theme(palette.theme(is_plain=self.no_color))
        if self.theme == palette.name:
            self.stylesheet.set_variables(self.get_css_variables())  # no change that Textual would hear of
        self.theme = palette.name
        for pane in self.query("Lines, Status") if self.is_running else ():
            pane.refresh()

    def action_theme(self) -> None:
        """Change between dark and light: to the theme's other half where it has one, else to ours."""
        from tui.ui.drawing.themes import other_half

        self.wear(other_half(self.theme))
        self.opened.keep_theme(self.theme)

    def action_themes(self) -> None:
        """Offer all themes; the one that is looked at is worn."""
        from tui.ui.dialogs.menu import Choice, Menu
        from tui.ui.drawing.themes import NAMES, is_dark

        before = self.theme

        def chosen(number: int | None) -> None:
            if number is None:
                self.wear(before)
                return
            self.wear(NAMES[number])
            self.opened.keep_theme(self.theme)

        choices = [Choice(name, "dark" if is_dark(name) else "light") for name in NAMES]
        at = NAMES.index(before)
        self.push_screen(Menu("Themes", choices, at=at, looked_at=lambda number: self.wear(NAMES[number])), chosen)
