"""Titles of actions for the help and the palette."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.core.annotations.choices import Colour

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tui.keymap import Action

_COLOURS = {f"mark_{colour.value}": colour for colour in Colour}


def title_of(action: Action, colours: Mapping[str, str]) -> str:
    """The title of an action; for a colour, it includes the reader's name for it."""
    colour = _COLOURS.get(action.name)
    if colour is None:
        return action.title
    name = colours.get(colour, "")
    return f"highlight in {colour.value}" + (f" ({name})" if name else "")
