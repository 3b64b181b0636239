"""How windows over the panes are closed and gone through."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.binding import Binding

if TYPE_CHECKING:
    from textual.events import Click
    from textual.widget import Widget

END = 1 << 20
"More lines than a window has."


def closing(does: str, *others: str) -> Binding:
    """The keys that close a window, which has others besides."""
    return Binding(",".join(("escape", "q", *others)), does, show=False)


def going(does: str) -> tuple[Binding, ...]:
    """The keys that go on, back, to the beginning and to the end; the action is given by how many lines."""
    ways = {"j,down,ctrl+n,tab": 1, "k,up,ctrl+p,shift+tab": -1, "g,home": -END, "G,end": END}
    return tuple(Binding(keys, f"{does}({by})", show=False) for keys, by in ways.items())


def is_beside(click: Click, window: Widget) -> bool:
    """Whether a click is on what lies behind a window."""
    return not window.region.contains(click.screen_x, click.screen_y)
