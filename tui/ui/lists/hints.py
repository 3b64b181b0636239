"""Keys with words: those of the footer, and those that messages name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.core.state.model import Mending
from tui.keymap import ACTIONS, CHOOSING, DECIDING
from tui.keys import brief, shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from tui.core.state.model import State


_MENDING = {Mending.RESTORE: "restores the file from its backup", Mending.MERGE: "merges them"}
"Effects of the actions that make a highlights file readable again."


def key_hints(keys: Mapping[str, Sequence[str]], names: Iterable[str]) -> list[tuple[str, str]]:
    """The first key of each of these actions and a word for it; actions that lack either are left out."""
    by_name = {action.name: action.hint for action in (*ACTIONS, *CHOOSING, *DECIDING)}
    return [(brief(keys[name][0]), by_name[name]) for name in names if by_name[name] and keys[name]]


def mending_hint(keys: Mapping[str, Sequence[str]], state: State) -> str:
    """The key that makes a highlights file readable again, as the start of a message; empty if there is none."""
    needed = {annotations.mending for annotations in state.annotations.values()}
    for mending, does in _MENDING.items():
        if mending in needed and keys[mending]:
            return f"{shown(keys[mending][0])} {does}: "
    return ""
