"""Change the theme: toggle dark and light, or choose from a list with live preview."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.ui.dialogs.menu import Menu, MenuItem
from tui.ui.drawing.themes import NAMES, is_dark, other_half

if TYPE_CHECKING:
    from tui.ui.context import Context


def toggle(cx: Context) -> None:
    """Switch between dark and light: to the theme's counterpart, or else to our own."""
    cx.theme.keep(other_half(cx.theme.name))


def choose(cx: Context) -> None:
    """Offer all themes, previewing the one under the cursor."""
    before = cx.theme.name

    def chosen(number: int | None) -> None:
        if number is None:
            cx.theme.apply(before)
        else:
            cx.theme.keep(NAMES[number])

    choices = [MenuItem(name, "dark" if is_dark(name) else "light") for name in NAMES]
    at = NAMES.index(before)
    cx.windows.push_screen(
        Menu("Themes", choices, at=at, looked_at=lambda number: cx.theme.apply(NAMES[number])), chosen
    )
