"""The places that a reader may jump to, under each other while a line is typed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len
from rich.segment import Segment

from tui.panes.entries import Entries
from tui.panes.lines import fit

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tui.core.jumping import Goal


class Jumps(Entries):
    """Places, the best first."""

    def __init__(self) -> None:
        super().__init__("jumps")
        self.goals: tuple[Goal, ...] = ()

    def show(self, goals: Sequence[Goal]) -> None:
        """List these, the cursor on the first."""
        self.goals = tuple(goals)
        self.cursor = self.top = 0
        self.changed()

    @property
    def goal(self) -> Goal | None:
        """The place under the cursor."""
        return self.goals[self.cursor] if self.goals else None

    def count(self) -> int:
        """See `Entries`."""
        return len(self.goals)

    def empty_text(self) -> str:
        """See `Entries`."""
        return "" if self.goals else "nothing like it"

    def entry_height(self, index: int, width: int) -> int:
        """See `Entries`."""
        return 1

    def draw_title(self) -> list[Segment]:
        """See `Entries`."""
        return [Segment(" Go to", self.inks.panel_title)]

    def draw_entry(self, index: int, row: int, width: int) -> list[Segment]:
        """See `Entries`."""
        inks, goal = self.inks, self.goals[index]
        room = width - 2
        episode = f"  {goal.episode} " if goal.episode else ""
        if cell_len(goal.text) + cell_len(episode) > room:
            episode = fit(episode, max(0, min(cell_len(episode), room // 3)))
        ink = inks.panel_strong if index == self.cursor else inks.panel
        return [
            Segment(goal.sign + " ", inks.panel_accent),
            Segment(fit(goal.text, max(1, room - cell_len(episode))), ink),
            Segment(episode, inks.panel_faint),
        ]
