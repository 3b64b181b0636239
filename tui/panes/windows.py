"""The keys of windows over the panes: those that close one, and those that go through what is in it."""

from __future__ import annotations

from textual.binding import Binding

END = 1 << 20
"More lines than a window has."


def closing(does: str, *others: str) -> Binding:
    """The keys that close a window, which has others besides."""
    return Binding(",".join(("escape", "q", *others)), does, show=False)


def going(does: str) -> tuple[Binding, ...]:
    """The keys that go on, back, to the beginning and to the end; the action is given by how many lines."""
    ways = {"j,down,ctrl+n,tab": 1, "k,up,ctrl+p,shift+tab": -1, "g,home": -END, "G,end": END}
    return tuple(Binding(keys, f"{does}({by})", show=False) for keys, by in ways.items())
