"""The navigation history: the way back from links and jumps, within a library and to earlier ones."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, NamedTuple

from tui.core.notes.model import TITLE, Position
from tui.core.search.bookmark import bookmark_of, position_of
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
"Most places in the history of a library."
TOP = 99
"A row lower than any screen, for a position to be as far down as possible: the beginning of a note, below its title."


class Departure(NamedTuple):
    """A position that a link or a jump left from."""

    position: Position
    row: int
    "Its row of the screen."


class LibraryStop(NamedTuple):
    """A library that the reader left by a link."""

    path: str
    named: tuple[str, ...]
    "The paths opened together, if it was not one."
    place: Bookmark
    "The bookmark at the link."
    history: tuple[Bookmark, ...]
    "The navigation history before it."


class Onward(NamedTuple):
    """The library to open next."""

    opened: Opened
    history: tuple[Bookmark, ...]
    "Its navigation history, if the reader was there before."
    stops: tuple[LibraryStop, ...]
    "The libraries to go back to, the last one last."


class NavigationHistory:
    """The places that `return` leads to."""

    def __init__(self) -> None:
        self.onward: Onward | None = None
        "The library to open once the app has ended; None to quit."
        self._came: Onward | None = None
        "The link, or the way back, by which the reader came from another library; None at the start."
        self._former: tuple[Bookmark, ...] = ()
        "The history as it was when the reader left this library by a link; it precedes the departures here."
        self._departures: tuple[Departure, ...] = ()
        "The places that links and jumps left from, the last one last."

    def arrive(self, onward: Onward) -> None:
        """Start in a library reached by a link from another, or by the way back."""
        self._came = onward
        self._former = onward.history

    @property
    def stops(self) -> tuple[LibraryStop, ...]:
        """The libraries that the reader came through, the last one last."""
        return self._came.stops if self._came else ()

    def leave_from(self, here: Departure) -> None:
        """Add a place to the history."""
        self._departures = (*self._departures, here)[-LONGEST:]

    def back(self, state: State, cursor: Position) -> Departure | None:
        """The last place in this library's history, removed from it; None if there is none."""
        if self._departures:
            *before, last = self._departures
            self._departures = tuple(before)
            return last
        if self._former:
            *former, place = self._former
            self._former = tuple(former)
            position = position_of(state, place.episode, place.block, place.line)
            return Departure(position or cursor, place.row)
        return None

    def places(self, state: State) -> Sequence[Bookmark]:
        """The history of this library, to be remembered while in another."""
        return (*self._former, *(bookmark_of(state, *step) for step in self._departures))[-LONGEST:]

    def follow(self, follow: Follow) -> None:
        """Carry the history over to the same blocks of the changed notes."""
        self._departures = tuple(step._replace(position=follow(step.position)) for step in self._departures)


def opened_at(path: str, heading: str, config: Config, chosen: Sequence[str]) -> Opened | None:
    """The note at a path, opened at a heading; None if there is no such file. Raises NotesError.

    The path may lack its file extension. Without such a heading the note opens at its beginning.

    Args:
        path: The path that the link gives.
        heading: The heading within the note.
        config: The configuration in force.
        chosen: The notes and folders that the reader opened; links may lead only into their folders.
    """
    folders = [each if os.path.isdir(each) else os.path.dirname(each) or os.curdir for each in chosen]
    # A path outside them is not even looked up: that may wake a network folder.
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
        opened.begin_at = bookmark_of(state, position, MARGIN if position != Position(0, TITLE) else TOP)
    return opened


def opened_again(stop: LibraryStop, config: Config) -> Opened:
    """The library of a stop, opened where it was left. Raises NotesError."""
    opened = Opened(stop.path, config, stop.named)
    opened.begin_at = stop.place
    return opened
