"""The program itself: help, palette, shell, quitting."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.keymap import CHOOSING, DECIDING, PERFORMABLE
from tui.keys import brief
from tui.ui.current import subjects
from tui.ui.dialogs.help import help_sheet
from tui.ui.lists.actions import title_of
from tui.ui.panes.decisions import Decisions
from tui.ui.panes.offers import Offer
from tui.ui.picker import Picker, PickerRequest
from tui.ui.quitting import quit_once_saved

if TYPE_CHECKING:
    from tui.keymap import Action
    from tui.ui.context import Context


def show_help(cx: Context) -> None:
    """Show every key and sign, those of the focused pane first."""
    cx.windows.push_screen(help_sheet(cx.settings.keys, cx.settings.config.colours, _groups_here(cx)))


def _groups_here(cx: Context) -> tuple[str, ...]:
    """The groups of actions that apply in the focused pane."""
    panes = cx.panes
    if panes.bullets.selection is not None:
        return CHOOSING[0].group, "Highlights"
    if isinstance(panes.current, Decisions):
        return DECIDING[0].group, "Questions" if panes.current is panes.questions else "Highlights"
    return ("Finding",) if panes.current is panes.episodes else ("Moving", "Highlights")


def palette(cx: Context) -> None:
    """Offer every action by name while a line is typed, those that apply here first."""
    tiers, keys, colours = _tiers(cx), cx.settings.keys, cx.settings.config.colours
    actions = sorted(PERFORMABLE, key=tiers.__getitem__)
    offers = [
        Offer(" ", title_of(action, colours), action.group, key="  ".join(map(brief, keys[action.name])))
        for action in actions
    ]
    words = [f"{title_of(action, colours)} {action.aliases}".casefold() for action in actions]

    def taken(number: int) -> None:
        cx.windows.perform(actions[number])

    wanted = PickerRequest(">", "Commands", "commands", "runs it", offers, words, taken)
    Picker(cx, wanted._replace(tiers=[tiers[action] for action in actions]))


def _tiers(cx: Context) -> dict[Action, int]:
    """The tier of every action: those of the current mode, then of what is at the cursor, then of anywhere."""
    here = subjects(cx)
    modes = {CHOOSING: cx.panes.bullets.selection is not None, DECIDING: isinstance(cx.panes.current, Decisions)}

    def tier(action: Action) -> int:
        for mode, is_on in modes.items():
            if action in mode:
                return 0 if is_on else 3
        return 1 if action.needs in here else 3 if action.needs else 2

    return {action: tier(action) for action in PERFORMABLE}


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
