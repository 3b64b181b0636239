"""The episodes of a library as one flow of rows at a width; a height is an estimate until it is laid out."""

from __future__ import annotations

from bisect import bisect_right
from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple

from tui.core import layout
from tui.core.wrapping import wrap

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tui.core.model import Block, Episode

TITLE = -1
"The block number of an episode's title: where the cursor stands in an episode that has no block."
_ABOVE_TITLE = 2
"Blank rows between the end of an episode and the next one's title."
_BELOW_TITLE = 2
"Rows under a title: a rule and a blank one."
_TEXT_PER_CELL = 0.62
"How much of the width a row of notes fills on average, for estimates."


class Spot(NamedTuple):
    """A block in the flow: the episode, counted from 0 over the library, and the block in it."""

    section: int
    block: int


class Section:
    """One episode laid out at a width: where each block begins, and its rows when asked for."""

    __slots__ = ("_rows", "blocks", "episode", "height", "is_first", "title_rows", "tops", "width")

    def __init__(self, episode: Episode, width: int, *, is_first: bool) -> None:
        self.episode = episode
        self.width = width
        self.is_first = is_first
        self.blocks: tuple[Block, ...] = episode.blocks
        self._rows: dict[int, list[layout.Row]] = {}
        self.title_rows = wrap(episode.title, width)
        "The ranges of the title's text, a row each."
        lead = 0 if is_first else _ABOVE_TITLE
        top = lead + len(self.title_rows) + _BELOW_TITLE
        self.tops: list[int] = []
        "The row at which each block begins, counted from the section's first row."
        above: Block | None = None
        for index, block in enumerate(self.blocks):
            top += layout.gap(above, block)
            self.tops.append(top)
            top += len(self.rows(index))
            above = block
        self.height = top
        "Rows in all."

    def fits(self, episode: Episode, *, is_first: bool) -> bool:
        """Whether another reading of the episode is laid out as this one is."""
        return self.episode.body is episode.body and self.episode.title == episode.title and self.is_first == is_first

    @property
    def title_top(self) -> int:
        """The row of the title's first line."""
        return (self.tops[0] if self.tops else self.height) - _BELOW_TITLE - len(self.title_rows)

    def rows(self, block: int) -> list[layout.Row]:
        """The rows of a block."""
        found = self._rows.get(block)
        if found is None:
            found = self._rows[block] = layout.rows(self.blocks[block], self.width)
        return found

    def top(self, block: int) -> int:
        """The first row of a block, or of the title."""
        return self.title_top if block == TITLE else self.tops[block]

    def size(self, block: int) -> int:
        """How many rows a block, or the title, takes."""
        return len(self.title_rows) if block == TITLE else len(self.rows(block))

    def at(self, row: int) -> tuple[int, int]:
        """The block, or the title, at or above a row, and the row counted from its top."""
        index = bisect_right(self.tops, row) - 1
        return (TITLE, row - self.title_top) if index < 0 else (index, row - self.tops[index])


class Flow:
    """All episodes at one width.

    Rows count from 0 at the top of the first episode. An episode's height is an estimate until something asks
    for the episode itself; ``moved`` is then told of the row from which on all rows moved, and by how much.
    """

    def __init__(
        self,
        episodes: Sequence[Episode],
        width: int,
        former: Flow | None = None,
        moved: Callable[[int, int], None] | None = None,
    ) -> None:
        self.episodes = tuple(episodes)
        self.width = max(width, 4)
        self._moved = moved
        kept: dict[int, Section] = {}
        if former is not None and former.width == self.width:
            kept = {id(section.episode.body): section for section in former._sections.values()}
        self._sections: dict[int, Section] = {}
        heights = []
        for index, episode in enumerate(self.episodes):
            section = kept.get(id(episode.body))
            if section is not None and section.fits(episode, is_first=index == 0):
                section.episode = episode
                self._sections[index] = section
                heights.append(section.height)
            else:
                heights.append(self._estimate(episode))
        self._heights = heights
        self._starts = [0, *accumulate(heights)]

    def _estimate(self, episode: Episode) -> int:
        return 6 + int(len(episode.body.utf8) / (self.width * _TEXT_PER_CELL))

    @property
    def height(self) -> int:
        """Rows in all, partly estimated."""
        return self._starts[-1]

    def section(self, index: int) -> Section:
        """An episode laid out; its height is exact from now on."""
        found = self._sections.get(index)
        if found is None:
            found = Section(self.episodes[index], self.width, is_first=index == 0)
            self._sections[index] = found
            by = found.height - self._heights[index]
            if by:
                end = self._starts[index + 1]
                self._heights[index] = found.height
                self._starts = [0, *accumulate(self._heights)]
                if self._moved is not None:
                    self._moved(end, by)
        return found

    def start(self, index: int) -> int:
        """The first row of an episode."""
        return self._starts[index]

    def section_at(self, row: int) -> int:
        """The episode that a row falls in, by today's heights."""
        return min(max(bisect_right(self._starts, row) - 1, 0), len(self.episodes) - 1)

    def locate(self, row: int) -> tuple[int, int]:
        """The episode that a row falls in, laid out, and the row inside it."""
        index = self.section_at(row)
        self.section(index)
        index = self.section_at(row)
        self.section(index)
        return index, row - self._starts[index]

    def spot_at(self, row: int) -> Spot:
        """The block at or above a row; the first block where the row is above all of them."""
        if not self.episodes:
            return Spot(0, TITLE)
        index, inside = self.locate(max(0, min(row, self.height - 1)))
        section = self.section(index)
        block, _ = section.at(inside)
        return Spot(index, block if block != TITLE or not section.blocks else 0)

    def top(self, spot: Spot) -> int:
        """The first row of a block."""
        inside = self.section(spot.section).top(spot.block)
        return self._starts[spot.section] + inside

    def size(self, spot: Spot) -> int:
        """How many rows a block takes."""
        return self.section(spot.section).size(spot.block)

    def first(self, index: int) -> Spot:
        """The first block of an episode, its title where it has none."""
        return Spot(index, 0 if self.section(index).blocks else TITLE)

    def last(self, index: int) -> Spot:
        """The last block of an episode, its title where it has none."""
        return Spot(index, len(self.section(index).blocks) - 1)

    def step(self, spot: Spot, by: int) -> Spot:
        """The block so many further on, at most the last or first of the library."""
        section, block = spot
        while by > 0:
            room = len(self.section(section).blocks) - 1 - block
            if by <= room:
                return Spot(section, block + by)
            if section == len(self.episodes) - 1:
                return self.last(section)
            by -= room + 1
            section += 1
            block = self.first(section).block
        while by < 0:
            room = max(block, 0)
            if -by <= room:
                return Spot(section, block + by)
            if section == 0:
                return self.first(0)
            by += room + 1
            section -= 1
            block = self.last(section).block
        return Spot(section, block)
