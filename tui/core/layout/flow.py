"""The episodes of a library as one flow of rows at a given width, with heights estimated until they are laid out."""

from __future__ import annotations

from bisect import bisect_right
from itertools import accumulate, zip_longest
from operator import is_
from typing import TYPE_CHECKING

from tui.core.layout import rows
from tui.core.layout.runs import Runs
from tui.core.layout.wrapping import wrap
from tui.core.notes.model import TITLE, Position

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from tui.core.notes.model import Block, Episode, Inline

_ABOVE_TITLE = 2
"Blank rows between the end of an episode and the next one's title."
_BELOW_TITLE = 2
"Rows below a title: a rule and a blank row."
CHUNK = 500
"Blocks of an episode per chunk; most episodes have fewer."
NEAR = 200
"Blocks above and below the cursor's that may be on screen with it: as many as a tall screen has rows."
_TEXT_PER_CELL = 0.62
"The share of the width that an average row of notes fills, for estimates."


def shown_around(block: int, total: int) -> range:
    """The numbers of all blocks that laying out a screen around a block reads: whole chunks, and the block below."""
    first, last = max(0, block - NEAR) // CHUNK, min(total - 1, max(0, block) + NEAR) // CHUNK
    return range(first * CHUNK, min(total, (last + 1) * CHUNK + 1))


class Section:
    """One episode laid out at a given width: the tops of its blocks, and their rows on demand.

    Blocks are laid out chunk by chunk; most episodes have only one chunk. A chunk's height is an estimate until
    `measure` is called for it. What a former reading of a long episode has laid out is taken over where its blocks are
    the same.
    """

    __slots__ = (
        "_heights",
        "_rows",
        "_runs",
        "_starts",
        "_tops",
        "blocks",
        "episode",
        "is_first",
        "title_rows",
        "width",
    )

    def __init__(self, episode: Episode, width: int, *, is_first: bool, former: Section | None = None) -> None:
        self.episode = episode
        self.width = width
        self.is_first = is_first
        self.blocks: Sequence[Block] = episode.blocks
        self._rows: dict[int, Sequence[rows.Row]] = {}
        self._runs: dict[int, Runs] = {}
        self.title_rows = wrap(episode.title, width)
        "The ranges of the title's text, one per row."
        self._tops: dict[int, list[int]] = {}
        "First rows of the blocks in each measured chunk, relative to the chunk's first row."
        self._heights = [self._estimate(first) for first in range(0, len(self.blocks), CHUNK)]
        if former is not None:
            self._take_over(former)
        self._starts = list(accumulate(self._heights, initial=self.title_top + len(self.title_rows) + _BELOW_TITLE))
        if len(self._heights) == 1:
            self.measure(0)

    def _estimate(self, first: int) -> int:
        """Estimate the rows of the chunk that starts at a block, assuming blocks of equal length."""
        count = min(CHUNK, len(self.blocks) - first)
        return count + count * len(self.episode.body.utf8) // (len(self.blocks) * self.width)

    def _take_over(self, former: Section) -> None:
        """Take over what is laid out of the very blocks that have the same numbers here."""
        count = min(len(self.blocks), len(former.blocks))
        for block, found in tuple(former._rows.items()):
            if block < count and self.blocks[block] is former.blocks[block]:
                self._rows[block] = found
        for chunk, tops in tuple(former._tops.items()):
            first, end = chunk * CHUNK, (chunk + 1) * CHUNK + 1  # with the next block, below blank rows of this one
            if end <= count and all(map(is_, self.blocks[first:end], former.blocks[first:end])):
                self._tops[chunk], self._heights[chunk] = tops, former._heights[chunk]

    @property
    def is_long(self) -> bool:
        """True if there are several chunks."""
        return len(self._heights) > 1

    @property
    def height(self) -> int:
        """Total rows, partly estimated if there are several chunks."""
        return self._starts[-1]

    def fits(self, episode: Episode, *, is_first: bool) -> bool:
        """True if another reading of the episode has the same layout."""
        return self.episode.body is episode.body and self.episode.title == episode.title and self.is_first == is_first

    @property
    def title_top(self) -> int:
        """The row of the title's first line."""
        return 0 if self.is_first else _ABOVE_TITLE

    def rows(self, block: int) -> Sequence[rows.Row]:
        """The rows of a block."""
        found = self._rows.get(block)
        if found is None:
            found = self._rows[block] = rows.rows(self.blocks[block], self.width)
        return found

    def inlines(self, block: int, start: int, end: int) -> Iterator[Inline]:
        """The inline runs that overlap a range of a block's text."""
        found = self._runs.get(block)
        if found is None:
            found = self._runs[block] = Runs(self.blocks[block].inlines)
        return found.within(start, end)

    def chunk_at(self, row: int) -> int:
        """The chunk at a row, by current heights; the first one for rows above all blocks."""
        return max(0, min(bisect_right(self._starts, row), len(self._heights)) - 1)

    def bounds(self, chunk: int) -> tuple[int, int]:
        """The first row of a chunk and the row after its last, by current heights; the title belongs to the first
        chunk.
        """
        return (self._starts[chunk] if chunk else 0), self._starts[min(chunk + 1, len(self._heights))]

    def is_measured(self, chunk: int) -> bool:
        """True if the height of a chunk is exact."""
        return chunk in self._tops or not self._heights

    def measure(self, chunk: int) -> int:
        """Make the height of a chunk exact; return the change in rows."""
        first = chunk * CHUNK
        blocks = self.blocks[first : first + CHUNK + 1]  # the blank rows above the next block belong to this chunk
        tops, top = [], 0
        for index, (block, below) in enumerate(zip_longest(blocks[:CHUNK], blocks[1:]), first):
            tops.append(top)
            top += len(self.rows(index)) + (rows.gap(block, below) if below else 0)
        by = top - self._heights[chunk]
        self._tops[chunk] = tops
        self._heights[chunk] = top
        self._starts = list(accumulate(self._heights, initial=self._starts[0]))
        return by

    def top(self, block: int) -> int:
        """The first row of the title, or of a block in a measured chunk."""
        if block == TITLE:
            return self.title_top
        chunk, inside = divmod(block, CHUNK)
        return self._starts[chunk] + self._tops[chunk][inside]

    def size(self, block: int) -> int:
        """The height of a block, or of the title, in rows."""
        return len(self.title_rows) if block == TITLE else len(self.rows(block))

    def at(self, row: int) -> tuple[int, int]:
        """The block or title at or above a row in a measured chunk, and the row relative to its top."""
        if row < self._starts[0] or not self.blocks:
            return TITLE, row - self.title_top
        chunk = self.chunk_at(row)
        tops = self._tops[chunk]
        inside = row - self._starts[chunk]
        index = bisect_right(tops, inside) - 1
        return chunk * CHUNK + index, inside - tops[index]


class Flow:
    """All episodes laid out at one width.

    Rows count from 0 at the top of the first episode. An episode's height is an estimate until the episode is asked
    for; that of a long one stays partly estimated until its chunks are measured. ``moved`` is called when a height
    changes.
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
        self.moved = moved
        "Called with the first row of those that moved, and the distance."
        laid_out: dict[int, Section] = {}
        if former is not None and former.width == self.width:
            laid_out = dict(tuple(former._sections.items()))
        kept = {id(section.episode.body): section for section in laid_out.values()}
        self._sections: dict[int, Section] = {}
        text_per_row = self.width * _TEXT_PER_CELL
        heights = []
        for index, episode in enumerate(self.episodes):
            section = kept.get(id(episode.body))
            if section is not None and section.fits(episode, is_first=index == 0):
                section.episode = episode
            elif (before := laid_out.get(index)) is not None and before.is_long and episode.body.is_parsed:
                section = Section(episode, self.width, is_first=index == 0, former=before)
            else:
                section = None
            if section is not None:
                self._sections[index] = section
                heights.append(section.height)
            else:
                heights.append(6 + int(len(episode.body.utf8) / text_per_row))
        self._heights = heights
        self._starts = [0, *accumulate(heights)]

    @property
    def height(self) -> int:
        """Total rows, partly estimated."""
        return self._starts[-1]

    def catch_up(self) -> None:
        """Adopt heights that the previous flow, which shares episodes with this one, has measured since."""
        for index, section in self._sections.items():
            self._heights[index] = section.height
        self._starts = [0, *accumulate(self._heights)]

    def section(self, index: int) -> Section:
        """Lay out an episode; its height is then as exact as its chunks."""
        found = self._sections.get(index)
        if found is None:
            found = Section(self.episodes[index], self.width, is_first=index == 0)
            self._sections[index] = found
            self._note_moved(index, self._starts[index + 1], found.height - self._heights[index])
        return found

    def _note_moved(self, index: int, end: int, by: int) -> None:
        """Record that an episode's new height moved all rows from one on."""
        if by:
            self._heights[index] += by
            self._starts = [0, *accumulate(self._heights)]
            if self.moved is not None:
                self.moved(end, by)

    def _measure(self, index: int, chunk: int) -> bool:
        """Make the height of a chunk exact; False if it was exact already."""
        section = self.section(index)
        if section.is_measured(chunk):
            return False
        end = self._starts[index] + section.bounds(chunk)[1]
        self._note_moved(index, end, section.measure(chunk))
        return True

    def measure(self, first: int, end: int) -> bool:
        """Make all heights in rows ``[first, end)`` exact; True if any of them was an estimate."""
        was_estimated = False
        for index in range(self.section_at(first), self.section_at(end) + 1):
            was_estimated |= index not in self._sections
            section, start = self.section(index), self._starts[index]
            for chunk in range(section.chunk_at(first - start), section.chunk_at(end - start) + 1):
                was_estimated |= self._measure(index, chunk)
        return was_estimated

    def start(self, position: Position) -> int:
        """The first row of the chunk that holds a block, by current heights; lays nothing out."""
        section = self._sections.get(position.section)
        inside = section.bounds(max(0, position.block) // CHUNK)[0] if section else 0
        return self._starts[position.section] + inside

    def section_at(self, row: int) -> int:
        """The episode at a row, by current heights."""
        return min(max(bisect_right(self._starts, row) - 1, 0), len(self.episodes) - 1)

    def locate(self, row: int) -> tuple[int, int]:
        """Lay out the episode at a row; return its index and the row within it."""
        while True:
            index = self.section_at(row)
            chunk = self.section(index).chunk_at(row - self._starts[index])
            if not self._measure(index, chunk) and index == self.section_at(row):
                return index, row - self._starts[index]

    def position_at(self, row: int) -> Position:
        """The block at or above a row; the first block for rows above them all."""
        if not self.episodes:
            return Position(0, TITLE)
        index, inside = self.locate(max(0, min(row, self.height - 1)))
        section = self.section(index)
        block, _ = section.at(inside)
        return Position(index, block if block != TITLE or not section.blocks else 0)

    def top(self, position: Position) -> int:
        """The first row of a block."""
        if position.block != TITLE:
            self._measure(position.section, position.block // CHUNK)
        inside = self.section(position.section).top(position.block)
        return self._starts[position.section] + inside

    def size(self, position: Position) -> int:
        """The height of a block in rows."""
        return self.section(position.section).size(position.block)

    def first(self, index: int) -> Position:
        """The first block of an episode, or its title if it has none."""
        return Position(index, 0 if self.section(index).blocks else TITLE)

    def last(self, index: int) -> Position:
        """The last block of an episode, or its title if it has none."""
        return Position(index, len(self.section(index).blocks) - 1)

    def step(self, position: Position, by: int) -> Position:
        """The block a number of blocks further on, clamped to the ends of the library."""
        section, block = position
        while by > 0:
            room = len(self.section(section).blocks) - 1 - block
            if by <= room:
                return Position(section, block + by)
            if section == len(self.episodes) - 1:
                return self.last(section)
            by -= room + 1
            section += 1
            block = self.first(section).block
        while by < 0:
            room = max(block, 0)
            if -by <= room:
                return Position(section, block + by)
            if section == 0:
                return self.first(0)
            by += room + 1
            section -= 1
            block = self.last(section).block
        return Position(section, block)
