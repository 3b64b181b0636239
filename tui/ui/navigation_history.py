"""From one library to another by a link, and back: what is taken along."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tui.core.notes.model import TITLE, Spot
from tui.core.search.bookmark import place_of
from tui.core.search.links import Inside, follow
from tui.core.state.model import State
from tui.files.library import note_at, open_library
from tui.files.opened import Opened
from tui.ui.panes.flow_view import MARGIN

if TYPE_CHECKING:
    from tui.core.search.bookmark import Place
    from tui.files.config import Config

TOP = 99
"A row for what is to be as far down as it can be: the beginning of a note, with its title over it."


class Stop(NamedTuple):
    """A library that the reader left by a link."""

    path: str
    place: Place
    "Where the link was followed."
    trail: tuple[Place, ...]
    "The way back from there."


class Onward(NamedTuple):
    """The library that the reader goes to."""

    opened: Opened
    trail: tuple[Place, ...]
    "The way back in it, where the reader was there before."
    stops: tuple[Stop, ...]
    "The way back out of it, the last one last."


def opened_at(path: str, heading: str, config: Config) -> Opened | None:
    """The note at a path, to be begun at a heading; None where there is no such file. Raises NotesError.

    A path may be without the ending of its name. Without such a heading the note begins at its beginning.
    """
    file = note_at(path)
    if file is None:
        return None
    opened = Opened(file, config)
    state = State(open_library(file, config.options))
    goal = follow(state, 0, f"[[#{heading}]]") if heading and state.episodes else None
    spot = goal.spot if isinstance(goal, Inside) else Spot(0, TITLE)
    if state.episodes:
        opened.begin_at = place_of(state, spot, MARGIN if spot != Spot(0, TITLE) else TOP)
    return opened


def opened_again(stop: Stop, config: Config) -> Opened:
    """The library of a stop, to be begun where it was left. Raises NotesError."""
    opened = Opened(stop.path, config)
    opened.begin_at = stop.place
    return opened
