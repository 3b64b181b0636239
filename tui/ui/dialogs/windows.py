"""Key bindings that all windows share: closing and scrolling."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.binding import Binding

if TYPE_CHECKING:
    from textual.events import Click
    from textual.widget import Widget

END = 1 << 20
"More lines than any window has."


def closing(does: str, *others: str) -> Binding:
    """The keys that close a window, and others of its own."""
    return Binding(",".join(("escape", "q", *others)), does, show=False)


def going(does: str) -> tuple[Binding, ...]:
    """The keys for next, previous, first and last; the action receives the number of lines to move."""
    ways = {"j,down,ctrl+n,tab": 1, "k,up,ctrl+p,shift+tab": -1, "g,home": -END, "G,end": END}
    return tuple(Binding(keys, f"{does}({by})", show=False) for keys, by in ways.items())


def is_beside(click: Click, window: Widget) -> bool:
    """True if a click lies outside a window."""
    return not window.region.contains(click.screen_x, click.screen_y)
