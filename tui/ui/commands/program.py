"""Commands of the program itself: help, palette, suspending, quitting."""

from __future__ import annotations

from enum import IntEnum
from typing import TYPE_CHECKING

from tui.core.search.usage import by_use, with_use
from tui.files.remembered import reader_state
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
    from collections.abc import Mapping, Sequence

    from tui.keymap import Action
    from tui.ui.context import Context


class Tier(IntEnum):
    """The relevance of an action where the reader is."""

    MODE = 0
    "Belongs to the current mode."
    HERE = 1
    "Applies to something at the cursor."
    ANYWHERE = 2
    ELSEWHERE = 3
    "Has no subject here."


def show_help(cx: Context) -> None:
    """Show all keys and signs, starting with those of the focused pane."""
    settings = cx.settings
    cx.windows.push_screen(help_sheet(settings.keys, settings.config.colours, _groups_here(cx), settings.written))


def _groups_here(cx: Context) -> tuple[str, ...]:
    """The groups of actions that apply in the focused pane."""
    panes = cx.panes
    if panes.bullets.selection is not None:
        return CHOOSING[0].group, "Highlights"
    if isinstance(panes.current, Decisions):
        return DECIDING[0].group, "Questions" if panes.current is panes.questions else "Highlights"
    return ("Finding",) if panes.current is panes.episodes else ("Moving", "Highlights")


def palette(cx: Context) -> None:
    """Offer all actions by name while a line is typed, those that the reader uses and that apply here first."""
    tiers, keys, colours = _tiers(cx), cx.settings.keys, cx.settings.config.colours
    actions = _ordered(tiers, by_use(reader_state.load_uses()))
    offers = [
        Offer(
            " ",
            title_of(action, colours),
            action.group,
            key=cx.settings.written("  ".join(map(brief, keys[action.name]))),
        )
        for action in actions
    ]
    words = [f"{title_of(action, colours)} {action.aliases}".casefold() for action in actions]

    def choose(number: int) -> None:
        reader_state.save_uses(with_use(reader_state.load_uses(), actions[number].name))
        cx.windows.perform(actions[number])

    wanted = PickerRequest(">", "Commands", "commands", "runs it", offers, words, choose)
    Picker(cx, wanted._replace(tiers=[tiers[action] for action in actions]))


def _ordered(tiers: Mapping[Action, Tier], used: Sequence[str]) -> list[Action]:
    """All actions: those of the current mode, used ones that apply, then the others; each group ordered by use."""
    ranks = {name: rank for rank, name in enumerate(used)}

    def place(action: Action) -> tuple[int, int, int]:
        tier = tiers[action]
        is_first = tier is Tier.MODE
        is_raised = action.name in ranks and tier < Tier.ELSEWHERE
        return 0 if is_first else 1 if is_raised else 2, 0 if is_raised else tier, ranks.get(action.name, len(ranks))

    return sorted(PERFORMABLE, key=place)


def _tiers(cx: Context) -> dict[Action, Tier]:
    """The tier of every action."""
    here = subjects(cx)
    modes = {CHOOSING: cx.panes.bullets.selection is not None, DECIDING: isinstance(cx.panes.current, Decisions)}

    def tier(action: Action) -> Tier:
        for mode, is_on in modes.items():
            if action in mode:
                return Tier.MODE if is_on else Tier.ELSEWHERE
        return Tier.HERE if action.needs in here else Tier.ELSEWHERE if action.needs else Tier.ANYWHERE

    return {action: tier(action) for action in PERFORMABLE}


def suspend(cx: Context) -> None:
    """Suspend to the shell."""
    cx.windows.action_suspend_process()


def read_on(cx: Context) -> None:
    """Read the notes of a folder that were skipped when reading was stopped."""
    cx.loader.read_on()


def stop_reading(cx: Context) -> bool:
    """Stop reading a folder; True if one was being read."""
    cx.loader.stop()
    return False


def leave(cx: Context) -> None:
    """Quit once every change is on disk; if that fails or takes long, ask first."""
    cx.history.onward = None
    quit_once_saved(cx)
