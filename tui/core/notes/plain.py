"""Notes as plain text for a pipe: the text as shown on screen, with ``==`` around highlights."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tui.core.notes.model import Address, Kind, Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from tui.core.notes.model import Block, Episode, Note, Place

NO_SPANS: Mapping[Address, Sequence[Span]] = {}


class PrintedLine(NamedTuple):
    """A line of a note as printed."""

    text: str
    address: Address | None = None
    "The block that the line shows; None for titles, facts of an episode and empty lines."
    margin: int = 0
    "Number of characters before the block's text."
    offset: int = 0
    "Offset, in the block's text with its ``==`` marks, of the first character after the margin."


def plain_text(note: Note, highlighted: Mapping[Address, Sequence[Span]] = NO_SPANS) -> Iterator[str]:
    """The lines of a note, without line ends; ``highlighted`` gives the highlighted spans of a block, in any order."""
    return (line.text for line in printed_lines(note, highlighted))


def printed_lines(note: Note, highlighted: Mapping[Address, Sequence[Span]] = NO_SPANS) -> Iterator[PrintedLine]:
    """The lines of `plain_text`, each with the block it shows."""
    opening = [line for line in (note.title, f"by {note.author}" if note.author else None) if line]
    if note.title and note.episodes and note.title == note.episodes[0].title:
        opening.remove(note.title)
    yield from map(PrintedLine, opening)
    by_episode: dict[int, dict[int, Sequence[Span]]] = {}
    for at, spans in highlighted.items():
        by_episode.setdefault(at.episode, {})[at.block] = spans
    for number, episode in enumerate(note.episodes):
        if number or opening:
            yield PrintedLine("")
        yield PrintedLine(episode.title)
        if about := " · ".join(episode.untitled):
            yield PrintedLine(about)
        yield from _blocks(episode, number, by_episode.get(number, {}))


def _blocks(episode: Episode, number: int, highlighted: Mapping[int, Sequence[Span]]) -> Iterator[PrintedLine]:
    before: Block | None = None
    for index, block in enumerate(episode.blocks):
        if before is None or not before.kind is block.kind is Kind.BULLET:
            yield PrintedLine("")
        yield from _lines(block, _marked(block.text, highlighted.get(index, ())), Address(number, index))
        before = block


def _lines(block: Block, text: str, address: Address) -> Iterator[PrintedLine]:
    """A block's lines, indented like its bullets and quotes; lines after the first hang below its text."""
    if block.kind is Kind.RULE:
        text = "---"
    sign = ""
    if block.kind is Kind.BULLET:
        sign = f"{block.marker or '•'} " + ("" if block.task is None else "[x] " if block.task else "[ ] ")
    inside = block.indent - (block.kind is Kind.BULLET)
    margin = "> " * block.quoted + "  " * inside + ("    " if block.kind is Kind.CODE else "")
    offset = 0
    for number, line in enumerate(text.split("\n")):
        lead = margin + (sign if number == 0 else " " * len(sign))
        yield PrintedLine((lead + line).rstrip(), address, len(lead), offset)
        offset += len(line) + 1


class PrintedNote:
    """The output of `plain_text` without highlights, as one text, and the positions of the blocks in it."""

    def __init__(self, note: Note) -> None:
        self._lines: dict[Address, list[tuple[int, int, int]]] = {}
        "The lines of each block: offset in its text, offset in the printed text, and printed length."
        at = 0
        for line in printed_lines(note):
            if line.address is not None:
                length = max(0, len(line.text) - line.margin)
                self._lines.setdefault(line.address, []).append((line.offset, at + line.margin, length))
            at += len(line.text) + 1

    def span(self, place: Place) -> Span:
        """The span of a place in the printed text, in code points."""
        return Span(self._at(place.address, place.span.start), self._at(place.address, place.span.end))

    def _at(self, address: Address, offset: int) -> int:
        own, printed, length = max(line for line in self._lines[address] if line[0] <= offset)
        return printed + min(offset - own, length)


def _marked(text: str, spans: Sequence[Span]) -> str:
    pieces, at = [], 0
    for start, end in _merged(spans):
        pieces += [text[at:start], "==", text[start:end], "=="]
        at = end
    return "".join([*pieces, text[at:]])


def _merged(spans: Sequence[Span]) -> list[tuple[int, int]]:
    """The union of spans as disjoint ranges; the spans may overlap."""
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], end))
        elif start < end:
            merged.append((start, end))
    return merged
