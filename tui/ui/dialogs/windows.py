"""The keys of windows: Textual runs a window's method for a key, identified by the name of an action in the keymap."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.binding import Binding

from tui.keymap import OF_WINDOWS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from textual.events import Click
    from textual.widget import Widget

END = 1 << 20
"More lines than any window has."
NO_KEY = "no_key"
"A key that no terminal sends, since Textual reads an empty list of keys as the default ones."

_ACTIONS = {action.name: action for action in OF_WINDOWS}


def bound(name: str, does: str, *, is_first: bool = False) -> Binding:
    """Bind an action of the keymap to a method of a window.

    Args:
        name: The action's name in the keymap.
        does: The method, without ``action_``, and its arguments.
        is_first: True to handle the key before a focused text field does.
    """
    return Binding(",".join(_ACTIONS[name].keys), does, show=False, id=name, priority=is_first)


def going(does: str) -> tuple[Binding, ...]:
    """Bindings for next, previous, first and last; the method receives the number of lines to move."""
    ways = {"window_next": 1, "window_previous": -1, "window_first": -END, "window_last": END}
    return tuple(bound(name, f"{does}({by})") for name, by in ways.items())


def window_keys(keys: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """The configured keys of windows, for `App.set_keymap`."""
    return {name: ",".join(keys[name]) or NO_KEY for name in _ACTIONS}


def is_beside(click: Click, window: Widget) -> bool:
    """True if a click lies outside a window."""
    return not window.region.contains(click.screen_x, click.screen_y)
