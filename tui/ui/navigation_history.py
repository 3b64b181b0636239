"""Where links and jumps came from: the way back in a library, and out of it to the libraries before."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, NamedTuple

from tui.core.notes.model import TITLE, Position
from tui.core.search.bookmark import place_of, position_of
from tui.core.search.links import Inside, follow
from tui.core.state.model import State
from tui.errors import NotesError
from tui.files.bounds import leads_out, note_at
from tui.files.library import open_library
from tui.files.opened import Opened
from tui.ui.panes.flow_view import MARGIN

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tui.core.search.bookmark import Bookmark
    from tui.files.config import Config
    from tui.ui.store import Follow

LONGEST = 200
"How many places the way back has."
TOP = 99
"A row for what is to be as far down as it can be: the beginning of a note, with its title over it."


class Departure(NamedTuple):
    """A place that a link was followed, or a jump made, from."""

    position: Position
    row: int
    "The row of the screen that it was on."


class LibraryStop(NamedTuple):
    """A library that the reader left by a link."""

    path: str
    place: Bookmark
    "Where the link was followed."
    trail: tuple[Bookmark, ...]
    "The way back from there."


class Onward(NamedTuple):
    """The library that the reader goes to."""

    opened: Opened
    trail: tuple[Bookmark, ...]
    "The way back in it, where the reader was there before."
    stops: tuple[LibraryStop, ...]
    "The way back out of it, the last one last."


class NavigationHistory:
    """Where `return` leads."""

    def __init__(self) -> None:
        self.onward: Onward | None = None
        "Where the reader goes once the app has ended; None for nowhere."
        self._came: Onward | None = None
        "How the reader came here by a link out of another library, or back to one; None where it was not so."
        self._former: tuple[Bookmark, ...] = ()
        "The way back as it was when the reader left this library by a link: before what the trail has."
        self._trail: tuple[Departure, ...] = ()
        "The places that links were followed and jumps made from, the last one last."

    def arrive(self, onward: Onward) -> None:
        """Begin as one who came by a link out of another library, or back to this one."""
        self._came = onward
        self._former = onward.trail

    @property
    def stops(self) -> tuple[LibraryStop, ...]:
        """The libraries that the reader came through, the last one last."""
        return self._came.stops if self._came else ()

    def leave_from(self, here: Departure) -> None:
        """Have the way back lead to a place."""
        self._trail = (*self._trail, here)[-LONGEST:]

    def back(self, state: State, cursor: Position) -> Departure | None:
        """The last place left from in this library, which is on the way back no more; None where there is none."""
        if self._trail:
            *before, last = self._trail
            self._trail = tuple(before)
            return last
        if self._former:
            *former, place = self._former
            self._former = tuple(former)
            position = position_of(state, place.episode, place.block, place.line)
            return Departure(position or cursor, place.row)
        return None

    def places(self, state: State) -> Sequence[Bookmark]:
        """The way back in this library, as it is remembered in another."""
        return (*self._former, *(place_of(state, *step) for step in self._trail))[-LONGEST:]

    def follow(self, follow: Follow) -> None:
        """Have the way back lead to the same blocks in the notes as they are now."""
        self._trail = tuple(step._replace(position=follow(step.position)) for step in self._trail)


def opened_at(path: str, heading: str, config: Config, chosen: Sequence[str]) -> Opened | None:
    """The note at a path, to be begun at a heading; None where there is no such file. Raises NotesError.

    A path may be without the ending of its name. Without such a heading the note begins at its beginning.

    Args:
        path: Where the link leads.
        heading: What in the note is meant.
        config: The settings that hold.
        chosen: The notes and folders that the reader chose to open; a link leads to what lies in the folders of these.
    """
    folders = [each if os.path.isdir(each) else os.path.dirname(each) or os.curdir for each in chosen]
    # What is outside by its path alone is not even looked for: to ask for it may wake a network's folder.
    try:
        here = os.path.abspath(path) + "/"
        near = [each for each in folders if here.startswith(os.path.abspath(each).rstrip("/") + "/")]
    except FileNotFoundError:
        raise NotesError(path, "the current folder is gone", "open the notes by their whole path") from None
    file = note_at(path) if near else None
    if not near or (file is not None and all(leads_out(file, each) for each in near)):
        problem = "this lies outside the folder of the notes that you opened, where no link leads"
        raise NotesError(path, problem, "open it by itself: earmark PATH")
    if file is None:
        return None
    opened = Opened(file, config)
    state = State(open_library(file, config.options))
    goal = follow(state, 0, f"[[#{heading}]]") if heading and state.episodes else None
    position = goal.position if isinstance(goal, Inside) else Position(0, TITLE)
    if state.episodes:
        opened.begin_at = place_of(state, position, MARGIN if position != Position(0, TITLE) else TOP)
    return opened


def opened_again(stop: LibraryStop, config: Config) -> Opened:
    """The library of a stop, to be begun where it was left. Raises NotesError."""
    opened = Opened(stop.path, config)
    opened.begin_at = stop.place
    return opened
