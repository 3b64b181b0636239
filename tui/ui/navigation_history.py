"""The navigation history: the way back from links and jumps, in a library and to earlier ones."""

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
"Most positions in the history of a library."


class Departure(NamedTuple):
    """A position from which a link was followed or a jump made."""

    position: Position
    row: int
    "Its row on the screen."


class LibraryStop(NamedTuple):
    """A library that the reader left by a link."""

    path: str
    named: tuple[str, ...]
    "The paths opened together, if there were several."
    place: Bookmark
    "The bookmark at that link."
    history: tuple[Bookmark, ...]
    "The navigation history up to it."


class NextLibrary(NamedTuple):
    """The library to open next."""

    opened: Opened
    history: tuple[Bookmark, ...]
    "Its navigation history, if the reader has been there before."
    stops: tuple[LibraryStop, ...]
    "The libraries to go back to, latest last."


class NavigationHistory:
    """The positions that `return` leads back to."""

    def __init__(self) -> None:
        self.onward: NextLibrary | None = None
        "The library to open once the app has ended; None to quit."
        self._came: NextLibrary | None = None
        "The link, or way back, by which the reader came from another library; None at the start."
        self._former: tuple[Bookmark, ...] = ()
        "The history from before the reader left this library by a link; it precedes the departures."
        self._departures: tuple[Departure, ...] = ()
        "The positions from which links were followed and jumps made, latest last."

    def arrive(self, onward: NextLibrary) -> None:
        """Start in a library that was reached from another, by a link or the way back."""
        self._came = onward
        self._former = onward.history

    @property
    def stops(self) -> tuple[LibraryStop, ...]:
        """The libraries that the reader came through, latest last."""
        return self._came.stops if self._came else ()

    def leave_from(self, here: Departure) -> None:
        """Add a position to the history."""
        self._departures = (*self._departures, here)[-LONGEST:]

    def back(self, state: State, cursor: Position) -> Departure | None:
        """The latest position in this library's history, which is removed from it; None if there is none."""
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
        """The history of this library as bookmarks, to be kept while the reader is in another."""
        return (*self._former, *(bookmark_of(state, *step) for step in self._departures))[-LONGEST:]

    def follow(self, follow: Follow) -> None:
        """Carry the history over to the same blocks in changed notes."""
        self._departures = tuple(step._replace(position=follow(step.position)) for step in self._departures)
