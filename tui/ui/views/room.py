"""The room that the panes have on a screen, which adapts to its size."""

from __future__ import annotations

from typing import NamedTuple

SLIM = 64
"Columns below which the episode list is an overlay too."
WIDE = 100
"Columns from which all three panes stand side by side."
LOW = 14
"Rows below which there is no line of keys."
LISTS = ((SLIM, 28, 28), (WIDE, 26, 28), (120, 30, 33), (150, 36, 44))
"Least columns of a screen, with the width of its episode list and of its right column."
NARROWEST = 16
"Least cells of a list."
TEXT_LEAST = 36
"Least cells left to the bullets."


class Room(NamedTuple):
    """The room of each pane, in cells; a list without a place of its own covers others by so many."""

    columns: int
    rows: int
    episodes: int
    side: int
    status: int

    @property
    def has_episodes(self) -> bool:
        """True if the episode list stands beside the bullets."""
        return self.columns >= SLIM

    @property
    def has_side(self) -> bool:
        """True if the right column stands beside the bullets."""
        return self.columns >= WIDE

    @property
    def bullets(self) -> int:
        """Cells left to the bullets, with all panes that have a place of their own."""
        return self.columns - self.has_episodes * self.episodes - self.has_side * self.side


def room(columns: int, rows: int, chosen: tuple[int, int] = (0, 0)) -> Room:
    """The room on a screen, with the widths that the reader gave the lists as far as they fit; 0 for the default."""
    episodes = side = columns  # a list over the bullets has the whole of a slim screen
    if columns >= SLIM:
        _, episodes, side = next(widths for widths in reversed(LISTS) if widths[0] <= columns)
        first, second = (min(width, most(columns)) for width in chosen)
        episodes, side = first or episodes, (second if columns >= WIDE else first) or side
    return Room(columns, rows, episodes, side, status=1 if rows < LOW else 2)


def most(columns: int) -> int:
    """The most cells that a list can have in a screen of this width."""
    return max(NARROWEST, (columns - TEXT_LEAST) // (2 if columns >= WIDE else 1))
