"""Rereading a long Markdown episode by parsing only the part around an edit.

A heading in the first column that the parser accepted ends everything open above it. So the text between two of them
parses as it would on its own, unless something in the episode reaches across them, as definitions and comments do.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from tui.core.notes.markdown import fences
from tui.core.notes.markdown.notation import utf8_has_notation
from tui.core.notes.markdown.episodes import SIGNS, parser_of
from tui.core.notes.model import Block, Kind
from tui.core.notes.metadata.attributions import SIGN
from tui.core.notes.markdown.episodes import TOOL_SIGNS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tui.core.notes.model import Body

LONG = 1 << 18
"Size from which only part of an episode is parsed again, in bytes."
CHUNK = 1 << 14
"Bytes compared at a time, which is how far the part to parse may extend beyond the edit."


def blocks_after(old: Body, new: Body, *, long: int = LONG, chunk: int = CHUNK) -> tuple[Block, ...] | None:
    """The blocks of a new source, derived from those of the old one; None if only parsing it whole is safe."""
    way = parser_of(new)
    if min(len(old.utf8), len(new.utf8)) < long or not old.is_parsed or old.fault or old.parse != way:
        return None
    if way.regions or _reaches_far(old.utf8) or _reaches_far(new.utf8):
        return None
    top, bottom = _alike(old.utf8, new.utf8, chunk)
    headings = [
        (index, block)
        for index, block in enumerate(old.blocks)
        if block.kind is Kind.HEADING and not block.indent and not block.quoted
    ]
    first, start, line = _above(old, headings, top)
    end, stop, mark = _below(old, headings, len(old.utf8) - bottom)
    new_stop = stop + len(new.utf8) - len(old.utf8)
    if stop < start or new_stop < start:
        return None
    source = new.utf8[start:new_stop] + mark
    parse = replace(way, skip=0, head=None) if start else way
    middle = parse(source.decode("utf-8", "surrogatepass"))
    if mark:
        *middle_blocks, last = middle or (None,)
        if last is None or not _is_same_heading(last, old.blocks[end], source.count(b"\n")):
            return None
        middle = tuple(middle_blocks)
    by = new.utf8.count(b"\n") - old.utf8.count(b"\n")
    return (*old.blocks[:first], *_moved(middle, line), *_moved(old.blocks[end:], by))


def _reaches_far(utf8: bytes) -> bool:
    """True if something in a source may affect how distant text parses."""
    if b"]:" in utf8 or utf8_has_notation(utf8) or any(sign.encode() in utf8 for sign in (*TOOL_SIGNS, SIGN)):
        return True
    # Pasted bullets depend on whether they are in code.
    return any(run.encode() in utf8 for run in fences.RUNS) and any(sign.encode() in utf8 for sign in SIGNS)


def _alike(old: bytes, new: bytes, chunk: int) -> tuple[int, int]:
    """Number of common bytes at the beginning and end of two texts, except the last few."""
    shortest = min(len(old), len(new))
    top = 0
    while top + chunk <= shortest and old[top : top + chunk] == new[top : top + chunk]:
        top += chunk
    bottom = 0
    while top + bottom + chunk <= shortest and old.endswith(
        new[len(new) - bottom - chunk : len(new) - bottom], 0, len(old) - bottom
    ):
        bottom += chunk
    return top, bottom


def _above(body: Body, headings: list[tuple[int, Block]], top: int) -> tuple[int, int, int]:
    """The last heading above an offset, as its number, offset and line."""
    line, at = body.utf8.count(b"\n", 0, top), top
    at = body.utf8.rfind(b"\n", 0, at) + 1
    for index, block in reversed(headings):
        if block.last < line:
            while line > block.first:
                line -= 1
                at = body.utf8.rfind(b"\n", 0, at - 1) + 1
            if body.utf8.startswith(b"#", at):
                return index, at, line
    return 0, 0, 0


def _below(body: Body, headings: list[tuple[int, Block]], stop: int) -> tuple[int, int, bytes]:
    """The first heading below the line of an offset, as its number, its offset and the text of its line."""
    line, at = body.utf8.count(b"\n", 0, stop), stop
    for index, block in headings:
        if block.first > line:
            while line < block.first:
                line += 1
                at = body.utf8.index(b"\n", at) + 1
            if body.utf8.startswith(b"#", at):
                end = body.utf8.find(b"\n", at)
                return index, at, body.utf8[at : end if end >= 0 else None]
    return len(body.blocks), len(body.utf8), b""


def _is_same_heading(block: Block, other: Block, line: int) -> bool:
    is_alone = block.kind is Kind.HEADING and not block.indent and not block.quoted
    return is_alone and block.first == line and (block.text, block.depth) == (other.text, other.depth)


def _moved(blocks: Iterable[Block], by: int) -> Iterator[Block]:
    """Blocks moved down by a number of lines."""
    return (block._replace(first=block.first + by, last=block.last + by) if by else block for block in blocks)
