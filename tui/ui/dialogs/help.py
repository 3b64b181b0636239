"""The help: every action with its configured keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.keymap import EVERY_ACTION, shown
from tui.ui.dialogs.text import Sheet, SheetLine

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


def help_sheet(keys: Mapping[str, Sequence[str]]) -> Sheet:
    """Every action with its keys, by the action's name."""
    lines: list[SheetLine] = []
    group = ""
    for action in EVERY_ACTION:
        if action.group != group:
            group = action.group
            lines += [SheetLine(""), SheetLine(group)]
        lines.append(SheetLine(action.title, "  ".join(map(shown, keys[action.name])) or "no key"))
    return Sheet("Keys", lines)
