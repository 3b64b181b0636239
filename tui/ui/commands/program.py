"""The program itself: help, palette, shell, quitting."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.keymap import PERFORMABLE, shown
from tui.ui.dialogs.help import help_sheet
from tui.ui.panes.offers import Offer
from tui.ui.picker import Picker, Wanted
from tui.ui.quitting import quit_once_saved

if TYPE_CHECKING:
    from tui.ui.context import Context


def show_help(cx: Context) -> None:
    """Show every key."""
    cx.windows.push_screen(help_sheet(cx.settings.keys))


def palette(cx: Context) -> None:
    """Offer every action by name while a line is typed."""
    keys = ("  ".join(map(shown, cx.settings.keys[action.name])) or "no key" for action in PERFORMABLE)
    offers = [
        Offer(" ", action.title, f"{action.group} · {key}") for action, key in zip(PERFORMABLE, keys, strict=True)
    ]
    words = [f"{action.title} {action.aliases}".casefold() for action in PERFORMABLE]

    def taken(number: int) -> None:
        cx.windows.perform(PERFORMABLE[number])

    Picker(cx, Wanted("do", "What to do", "actions", "do it", offers, words, taken))


def suspend(cx: Context) -> None:
    """Suspend to the shell."""
    cx.windows.action_suspend_process()


def read_on(cx: Context) -> None:
    """Read the notes of a folder that were left out when reading was stopped."""
    cx.loader.read_on()


def stop_reading(cx: Context) -> bool:
    """Stop reading a folder; True if one was being read."""
    cx.loader.stop()
    return False


def leave(cx: Context) -> None:
    """Quit once every change is on disk; ask first if that fails or takes long."""
    cx.history.onward = None
    quit_once_saved(cx)
