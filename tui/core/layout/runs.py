"""Range lookup for the inline runs of a block: one of 5 MB has a million."""

from __future__ import annotations

from bisect import bisect_left
from operator import attrgetter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tui.core.notes.model import Inline

_PIECE = 500
"Runs examined or skipped together."


class Runs:
    """Inline runs ordered by their starts; they may nest."""

    __slots__ = ("_inlines", "_reach")

    def __init__(self, inlines: Sequence[Inline]) -> None:
        self._inlines = inlines
        self._reach = [
            max(run.end for run in inlines[first : first + _PIECE]) for first in range(0, len(inlines), _PIECE)
        ]
        "The furthest end among the runs of each piece."

    def within(self, start: int, end: int) -> Iterator[Inline]:
        """The runs that overlap a range of the text, in order."""
        behind = bisect_left(self._inlines, end, key=attrgetter("start"))
        for piece, reach in enumerate(self._reach[: -(-behind // _PIECE)]):
            if reach > start:
                for run in self._inlines[piece * _PIECE : min(behind, (piece + 1) * _PIECE)]:
                    if run.end > start:
                        yield run
