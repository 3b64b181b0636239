"""Every action of the reader: its keys, what it does, and where it is shown."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


@dataclass(frozen=True, slots=True)
class Action:
    """One thing a reader can do with a key."""

    name: str
    "Its name in the config."
    does: str
    "The action of the app that does it, as Textual writes actions."
    keys: tuple[str, ...]
    "As Textual names them."
    title: str
    "What it does, as the help says it."
    group: str
    hint: str = ""
    "The word in the footer; empty where it is not shown there."


ACTIONS: tuple[Action, ...] = (
    Action("next", "step(1)", ("j", "down"), "next block", "Moving", "move"),
    Action("previous", "step(-1)", ("k", "up"), "previous block", "Moving"),
    Action("page_down", "turn(1)", ("space", "pagedown"), "a page down", "Moving"),
    Action("page_up", "turn(-1)", ("pageup",), "a page up", "Moving"),
    Action("half_down", "turn(0.5)", ("ctrl+d",), "half a page down", "Moving"),
    Action("half_up", "turn(-0.5)", ("ctrl+u",), "half a page up", "Moving"),
    Action("first", "ends(False)", ("g", "home"), "first block", "Moving"),
    Action("last", "ends(True)", ("G", "end"), "last block", "Moving"),
    Action("next_episode", "episode(1)", ("right_square_bracket",), "next episode", "Moving", "episode"),
    Action("previous_episode", "episode(-1)", ("left_square_bracket",), "previous episode", "Moving"),
    Action("next_heading", "heading(1)", ("right_curly_bracket",), "next heading", "Moving"),
    Action("previous_heading", "heading(-1)", ("left_curly_bracket",), "previous heading", "Moving"),
    Action("next_pane", "pane(1, True)", ("tab",), "next pane, around the end", "Panes", "pane"),
    Action("previous_pane", "pane(-1, True)", ("shift+tab",), "previous pane, around the end", "Panes"),
    Action("pane_right", "pane(1)", ("l", "right"), "pane to the right", "Panes"),
    Action("pane_left", "pane(-1)", ("h", "left"), "pane to the left", "Panes"),
    Action("choose", "choose", ("enter",), "go to what the list is on", "Panes"),
    Action("back", "back", ("escape",), "back to the bullets", "Panes"),
    Action("scope", "scope", ("o",), "list this episode's or the whole library's", "Panes"),
    Action("mark", "mark", ("m",), "mark or unmark the block", "Highlights", "mark"),
    Action("mark_yellow", "mark('yellow')", ("1",), "mark in the first colour", "Highlights"),
    Action("mark_green", "mark('green')", ("2",), "mark in the second colour", "Highlights"),
    Action("mark_blue", "mark('blue')", ("3",), "mark in the third colour", "Highlights"),
    Action("mark_pink", "mark('pink')", ("4",), "mark in the fourth colour", "Highlights"),
    Action("mark_purple", "mark('purple')", ("5",), "mark in the fifth colour", "Highlights"),
    Action("undo", "undo", ("u",), "undo", "Highlights", "undo"),
    Action("redo", "redo", ("ctrl+r",), "redo", "Highlights"),
    Action("theme", "theme", ("T",), "dark or light", "earmark"),
    Action("help", "help", ("question_mark",), "this help", "earmark", "help"),
    Action("quit", "quit", ("q", "ctrl+q"), "quit", "earmark", "quit"),
)

_SHOWN = {
    "right_square_bracket": "]",
    "left_square_bracket": "[",
    "right_curly_bracket": "}",
    "left_curly_bracket": "{",
    "question_mark": "?",
    "full_stop": ".",
    "comma": ",",
    "exclamation_mark": "!",
    "slash": "/",
    "down": "↓",
    "up": "↑",
    "left": "←",
    "right": "→",
    "pagedown": "page down",
    "pageup": "page up",
}
_TYPED = {sign: name for name, sign in _SHOWN.items() if len(sign) == 1 and sign not in "↓↑←→"}


def shown(key: str) -> str:
    """A key as a reader would write it."""
    return _SHOWN.get(key, key)


def keys_of(overrides: Mapping[str, Sequence[str]]) -> dict[str, tuple[str, ...]]:
    """The keys of every action: those of the config where it names the action, else the usual ones.

    A key that the config gives to an action is taken from any other that had it.
    """
    named = {name: tuple(_TYPED.get(key, key) for key in keys) for name, keys in overrides.items()}
    taken = {key for keys in named.values() for key in keys}
    return {
        action.name: named.get(action.name, tuple(key for key in action.keys if key not in taken))
        for action in ACTIONS
    }
