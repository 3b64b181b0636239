"""Rereading a long Markdown episode by parsing only what is around its changed lines.

A heading in the first column that the parser accepted ends everything open above it, and so does a bullet of prose
there. So the lines between two of these parse as they would on their own, unless something in the episode reaches
across them, as definitions and comments do, or a line decides by others near it, as formulas and letters that count do.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import replace
from io import BytesIO
from itertools import accumulate
from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple

from tui.core.common_start import common_start
from tui.core.notes.markdown import fences
from tui.core.notes.markdown.episodes import SIGNS, TOOL_SIGNS, parser_of
from tui.core.notes.markdown.notation import utf8_has_notation
from tui.core.notes.markdown.structure import LOOKS_AHEAD, PROSE_ITEM
from tui.core.notes.metadata.attributions import SIGN
from tui.core.notes.model import Block, Kind
from tui.core.pieces import InMemory, gaps_of, in_pieces

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from tui.core.notes.markdown.episodes import ParseMarkdown
    from tui.core.notes.model import Body

LONG = 1 << 18
"Size from which only part of an episode is parsed again, in bytes."
CHUNK = 1 << 14
"Bytes compared at a time; changes with less than a few of them in between are one."


class Hunk(NamedTuple):
    """Whole lines of a source that an edit replaced."""

    start: int
    "The offset of the first replaced line, in bytes of the old source."
    stop: int
    "The offset of the line after them."
    new: bytes
    "The lines that replace them."
    line: int
    "The number of the first replaced line in the old source, 0-based."
    lines: int
    "The number of line ends among the replaced lines."


class Reparsed(NamedTuple):
    """The new blocks of an episode, and what changed in its source."""

    blocks: tuple[Block, ...]
    hunks: tuple[Hunk, ...]
    "In order."
    has_same_headings: bool
    "True if the same lines as before are headings."


def blocks_after(old: Body, new: Body, *, long: int = LONG, chunk: int = CHUNK) -> tuple[Block, ...] | None:
    """The blocks of a new source, derived from those of the old one; None if only parsing it whole is safe."""
    again = reparse(old, new.utf8, long=long, chunk=chunk) if old.parse == new.parse else None
    return again and again.blocks


def reparse(old: Body, utf8: bytes, *, long: int = LONG, chunk: int = CHUNK) -> Reparsed | None:
    """Parse the new source of an episode around its changed lines; None if only parsing it whole is safe."""
    way = parser_of(old)
    if min(len(old.utf8), len(utf8)) < long or not old.is_parsed or old.fault or way.regions:
        return None
    if old.is_divisible is None:
        old.is_divisible = not _reaches_far(old.utf8)
    hunks = _hunks(old.utf8, utf8, chunk) if old.is_divisible else []
    if not old.is_divisible or (any(_may_reach_far(hunk.new) for hunk in hunks) and _reaches_far(utf8)):
        return None
    blocks: list[Block] = []
    has_same_headings = True
    number = by = 0
    for window in _windows(old, hunks):
        fresh = _parsed(old, window, way)
        if fresh is None:
            return None
        gone = old.blocks[window.first : window.end]
        has_same_headings &= [*_headings(gone)] == [window.old_line(line) for line in _headings(fresh)]
        blocks += _moved(old.blocks[number : window.first], by)
        blocks += _moved(fresh, by)
        number = window.end
        by += sum(hunk.new.count(b"\n") - hunk.lines for hunk in window.hunks)
    blocks += _moved(old.blocks[number:], by)
    return Reparsed(tuple(blocks), tuple(hunks), has_same_headings)


# -- what changed


def _hunks(old: bytes, new: bytes, chunk: int) -> list[Hunk]:
    """The changed lines of a source, from the top down."""
    known = [*_chunks(old, chunk)]
    starts = [*accumulate(map(len, known), initial=0)]
    hunks = []
    line = counted = 0
    for gap in gaps_of(in_pieces(InMemory(new), known), known):
        start, stop, lines = starts[gap.first], starts[gap.end], gap.new
        if start and not old.endswith(b"\n", 0, start):  # lines were added below a last one without a line end
            start, added_to = old.rfind(b"\n", 0, start) + 1, start
            lines = old[start:added_to] + lines
        if lines and not lines.endswith(b"\n") and stop < len(old):
            stop, joined = old.find(b"\n", stop) + 1 or len(old), stop
            lines += old[joined:stop]
        gone, came = (BytesIO(part).readlines() for part in (old[start:stop], lines))
        above = common_start(gone, came)
        below = min(common_start(gone[::-1], came[::-1]), len(gone) - above, len(came) - above)
        start += sum(map(len, gone[:above]))
        stop -= sum(map(len, gone[len(gone) - below :]))
        line, counted = line + old.count(b"\n", counted, start), start
        hunks.append(Hunk(start, stop, b"".join(came[above : len(came) - below]), line, old.count(b"\n", start, stop)))
    return hunks


def _chunks(utf8: bytes, size: int) -> Iterator[bytes]:
    """A source in parts that each extend from a size to the end of the line."""
    start = 0
    while start < len(utf8):
        end = utf8.find(b"\n", start + size) + 1 or len(utf8)
        yield utf8[start:end]
        start = end


def _may_reach_far(lines: bytes) -> bool:
    """True if adding these lines may turn a source into one that `_reaches_far`."""
    return _reaches_far(lines) or any(sign.encode() in lines for sign in (*fences.RUNS, *SIGNS))


def _reaches_far(utf8: bytes) -> bool:
    """True if something in a source may affect how distant text parses."""
    if b"]:" in utf8 or utf8_has_notation(utf8) or any(sign.encode() in utf8 for sign in (*TOOL_SIGNS, SIGN)):
        return True
    # Pasted bullets depend on whether they are in code.
    return any(run.encode() in utf8 for run in fences.RUNS) and any(sign.encode() in utf8 for sign in SIGNS)


# -- the parts to parse


class _Window(NamedTuple):
    """A part of an old source that its changes may affect, from one line that stands by itself to another."""

    first: int
    "The number of its first block."
    end: int
    "The number of the block after it."
    start: int
    "Its offset in bytes, at the start of a line."
    stop: int
    "The offset of the line after it."
    line: int
    "The number of its first line."
    hunks: tuple[Hunk, ...]

    def old_line(self, line: int) -> int | None:
        """The old number of a line, given its new one by the lines above the window as they were; None if it is new."""
        by = 0
        for hunk in self.hunks:
            count = hunk.new.count(b"\n")
            if line < hunk.line + by:
                break
            if line < hunk.line + by + count:
                return None
            by += count - hunk.lines
        return line - by


def _windows(old: Body, hunks: Iterable[Hunk]) -> list[_Window]:
    found: list[_Window] = []
    for hunk in hunks:
        first, start, line = _above(old, hunk)
        end, stop = _below(old, hunk)
        window = _Window(first, end, start, stop, line, (hunk,))
        if found and start < found[-1].stop:
            above = found.pop()
            window = above._replace(end=end, stop=stop, hunks=(*above.hunks, hunk))
        found.append(window)
    return found


def _above(body: Body, hunk: Hunk) -> tuple[int, int, int]:
    """The block, offset and number of the next line above changed ones that stands by itself.

    No line above it examines the changed ones.
    """
    line, at = hunk.line, hunk.start
    for index in reversed(range(bisect_right(body.blocks, line - LOOKS_AHEAD, key=_FIRST))):
        block = body.blocks[index]
        if _may_stand_alone(block):
            while line > block.first:
                line -= 1
                at = body.utf8.rfind(b"\n", 0, at - 1) + 1
            if _stands_alone(block, body.utf8, at):
                return index, at, line
    return 0, 0, 0


def _below(body: Body, hunk: Hunk) -> tuple[int, int]:
    """The block and offset of the next line below changed ones that stands by itself."""
    line, at = hunk.line + hunk.lines, hunk.stop
    for index in range(bisect_left(body.blocks, line, key=_FIRST), len(body.blocks)):
        block = body.blocks[index]
        if _may_stand_alone(block):
            while line < block.first:
                line += 1
                at = body.utf8.index(b"\n", at) + 1
            if _stands_alone(block, body.utf8, at):
                return index, at
    return len(body.blocks), len(body.utf8)


_FIRST = attrgetter("first")
_HEADING, _BULLET = Kind.HEADING, Kind.BULLET
_HEADING_LINE = re.compile(rb"#{1,6}[ \t\n]")


def _may_stand_alone(block: Block) -> bool:
    return (block.kind is _BULLET and block.indent == 1 and not block.quoted) or _is_outermost_heading(block)


def _is_outermost_heading(block: Block) -> bool:
    return block.kind is _HEADING and not block.indent and not block.quoted


def _stands_alone(block: Block, utf8: bytes, at: int) -> bool:
    """True if a block's first line, at an offset, is a heading or begins a bullet of prose, in the first column."""
    if block.kind is _HEADING:
        return _HEADING_LINE.match(utf8, at) is not None
    return PROSE_ITEM.match(utf8[at : at + _PROSE].decode(errors="ignore")) is not None


_PROSE = 8
"Bytes at the beginning of a line that show if it is a bullet of prose."


def _parsed(old: Body, window: _Window, way: ParseMarkdown) -> Sequence[Block] | None:
    """Parse the new text of a window, with lines numbered as if nothing had changed above it.

    None if it decides how other text parses, or may depend on it.
    """
    parts, at = list[bytes](), window.start
    for hunk in window.hunks:
        parts += old.utf8[at : hunk.start], hunk.new
        at = hunk.stop
    new = b"".join((*parts, old.utf8[at : window.stop]))
    above = old.utf8[_lines_above(old.utf8, window.start) : window.start]
    if any(_decides_others(text) for text in (above, old.utf8[window.start : window.stop], new)):
        return None
    below = old.utf8[window.stop : _lines_below(old.utf8, window.stop)]
    parse = replace(way, skip=0, head=None) if window.start else way
    blocks = parse((new + below).decode("utf-8", "surrogatepass"))
    if window.stop < len(old.utf8):
        line = new.count(b"\n")
        mark = bisect_left(blocks, line, key=_FIRST)
        there = old.blocks[window.end]
        if mark == len(blocks) or blocks[mark].first != line or _nesting(blocks[mark]) != _nesting(there):
            return None
        blocks = blocks[:mark]
    return [*_moved(blocks, window.line)]


def _decides_others(lines: bytes) -> bool:
    """True for posts of a thread, which count on across other text, and for a formula, which may go on around it."""
    return b"$$" in lines or b"\\[" in lines or _THREAD.search(lines) is not None


_THREAD = re.compile(rb"[\d\x80-\xff]/[ \t]")


def _nesting(block: Block) -> tuple[Kind, int, int]:
    return block.kind, block.indent, block.quoted


def _lines_above(utf8: bytes, at: int) -> int:
    """The offset of the last lines above an offset that may examine those below it."""
    for _ in range(LOOKS_AHEAD):
        at = utf8.rfind(b"\n", 0, max(0, at - 1)) + 1
    return at


def _lines_below(utf8: bytes, at: int) -> int:
    """The offset after the lines below an offset that those above it may examine."""
    for _ in range(LOOKS_AHEAD):
        at = utf8.find(b"\n", at) + 1 or len(utf8)
    return at


# -- blocks


def _headings(blocks: Iterable[Block]) -> Iterator[int]:
    """The first lines of the headings outside lists and quotes."""
    return (block.first for block in blocks if _is_outermost_heading(block))


def _moved(blocks: Sequence[Block], by: int) -> Iterable[Block]:
    """Blocks moved down by a number of lines."""
    if not by:
        return blocks
    # Not `_replace`, which takes twice as long: there may be a hundred thousand.
    return (
        Block(kind, text, first + by, last + by, depth, indent, quoted, marker, task, inlines, language)
        for kind, text, first, last, depth, indent, quoted, marker, task, inlines, language in blocks
    )
