"""The widget for the episode list."""

from __future__ import annotations

from tui.ui.panes.entries import Entries
from tui.ui.views.episodes import EpisodeView


class Episodes(EpisodeView, Entries):
    """The episodes of the library, with the current one under the cursor."""

    def __init__(self) -> None:
        super().__init__()
        self.id = "episodes"
