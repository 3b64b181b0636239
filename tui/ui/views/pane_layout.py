"""The layout of the panes, which adapts to the size of the screen."""

from __future__ import annotations

from typing import NamedTuple

SLIM = 64
"Columns below which the episode list becomes an overlay as well."
WIDE = 100
"Columns from which all three panes are shown side by side."
LOW = 14
"Rows below which the footer is hidden."
LISTS = ((SLIM, 28, 28), (WIDE, 26, 28), (120, 30, 33), (150, 36, 44))
"Minimum columns of a screen, with the widths of its episode list and right column."
NARROWEST = 16
"Minimum width of a list."
TEXT_LEAST = 36
"Minimum width of the bullet pane."


class PaneLayout(NamedTuple):
    """The width of each pane in cells; a list that is not beside the bullets overlays them with its width."""

    columns: int
    rows: int
    episodes: int
    side: int
    status: int

    @property
    def has_episodes(self) -> bool:
        """True if the episode list is beside the bullets."""
        return self.columns >= SLIM

    @property
    def has_side(self) -> bool:
        """True if the right column is beside the bullets."""
        return self.columns >= WIDE

    @property
    def bullets(self) -> int:
        """The width of the bullet pane, beside all panes that do not overlay it."""
        return self.columns - self.has_episodes * self.episodes - self.has_side * self.side


def pane_layout(columns: int, rows: int, chosen: tuple[int, int] = (0, 0)) -> PaneLayout:
    """Compute the layout of a screen, with the reader's list widths as far as they fit; 0 for the default."""
    episodes = side = columns  # on a slim screen, a list over the bullets takes the full width
    if columns >= SLIM:
        _, episodes, side = next(widths for widths in reversed(LISTS) if widths[0] <= columns)
        first, second = (min(width, most(columns)) for width in chosen)
        episodes, side = first or episodes, (second if columns >= WIDE else first) or side
    return PaneLayout(columns, rows, episodes, side, status=1 if rows < LOW else 2)


def most(columns: int) -> int:
    """The maximum width of a list on a screen with this many columns."""
    return max(NARROWEST, (columns - TEXT_LEAST) // (2 if columns >= WIDE else 1))
