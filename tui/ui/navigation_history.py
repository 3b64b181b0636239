"""The navigation history: the way back from links and jumps, within a library and to earlier ones."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tui.core.search.bookmark import bookmark_of, position_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tui.core.notes.model import Position
    from tui.core.search.bookmark import Bookmark
    from tui.core.state.model import State
    from tui.files.opened import Opened
    from tui.ui.store import Follow

LONGEST = 200
"Most places in the history of a library."


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


class NextLibrary(NamedTuple):
    """The library to open next."""

    opened: Opened
    history: tuple[Bookmark, ...]
    "Its navigation history, if the reader was there before."
    stops: tuple[LibraryStop, ...]
    "The libraries to go back to, the last one last."


class NavigationHistory:
    """The places that `return` leads to."""

    def __init__(self) -> None:
        self.onward: NextLibrary | None = None
        "The library to open once the app has ended; None to quit."
        self._came: NextLibrary | None = None
        "The link, or the way back, by which the reader came from another library; None at the start."
        self._former: tuple[Bookmark, ...] = ()
        "The history as it was when the reader left this library by a link; it precedes the departures here."
        self._departures: tuple[Departure, ...] = ()
        "The places that links and jumps left from, the last one last."

    def arrive(self, onward: NextLibrary) -> None:
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
