"""The keys of the footer, with a word for each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.keymap import ACTIONS, CHOOSING, DECIDING
from tui.keys import brief

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence


def key_hints(keys: Mapping[str, Sequence[str]], names: Iterable[str]) -> list[tuple[str, str]]:
    """The first key of each of these actions and a word for it; actions that lack either are left out."""
    by_name = {action.name: action.hint for action in (*ACTIONS, *CHOOSING, *DECIDING)}
    return [(brief(keys[name][0]), by_name[name]) for name in names if by_name[name] and keys[name]]
