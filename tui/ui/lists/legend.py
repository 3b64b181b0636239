"""The legend: all signs on the screen and their meanings."""

from __future__ import annotations

from typing import NamedTuple

from tui.core.annotations.choices import Answer
from tui.core.state.baseline import Sign
from tui.ui.drawing.paint import COMMENTED, NOT_SAVED
from tui.ui.lists.entries import ANSWER_SIGNS, ANSWERS
from tui.ui.lists.episodes import CHANGED


class LegendEntry(NamedTuple):
    """A sign, or several of a kind."""

    sign: str
    meaning: str


LEGEND: tuple[LegendEntry, ...] = (
    LegendEntry("▎", "a highlight, in its colour (1 to 5 where there are few)"),
    LegendEntry(COMMENTED, "that highlight has a comment"),
    LegendEntry(NOT_SAVED, "a highlight that is not saved yet"),
    LegendEntry(f"{Sign.NEW} {Sign.CHANGED}", "new, changed since you last read"),
    LegendEntry(f"{Sign.REMOVED_ABOVE} {Sign.REMOVED_BELOW}", "text was removed above, below"),
    LegendEntry(" ".join(ANSWER_SIGNS[each] for each in Answer), "a question: open, answered, dismissed"),
    LegendEntry(ANSWERS, "this answers a question"),
    LegendEntry("? ✗", "in a list: needs you, lost its text"),
    LegendEntry(f"7? 2▎{CHANGED}", "at an episode: 7 open questions, 2 highlights, changed"),
)
