"""Notes as plain text for a pipe: the text as shown on screen, with ``==`` around highlights."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tui.core.notes.model import Address, Kind, Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from tui.core.notes.model import Block, Note, Place

NO_SPANS: Mapping[Address, Sequence[Span]] = {}


class _Printed(NamedTuple):
    """A piece of a printed note: a block, or a line of what stands between blocks."""

    text: str
    address: Address | None = None
    "The block; None for titles, facts of an episode and empty lines."


def plain_text(note: Note, highlighted: Mapping[Address, Sequence[Span]] = NO_SPANS) -> Iterator[str]:
    """The lines of a note, without line ends; ``highlighted`` gives the highlighted spans of a block, in any order."""
    for piece in _pieces(note, highlighted):
        yield from piece.text.split("\n")


def _pieces(note: Note, highlighted: Mapping[Address, Sequence[Span]] = NO_SPANS) -> Iterator[_Printed]:
    opening = [line for line in (note.title, f"by {note.author}" if note.author else None) if line]
    if note.title and note.episodes and note.title == note.episodes[0].title:
        opening.remove(note.title)
    yield from map(_Printed, opening)
    for number, episode in enumerate(note.episodes):
        if number or opening:
            yield _Printed("")
        yield _Printed(episode.title)
        if about := " · ".join(episode.untitled):
            yield _Printed(about)
        before: Block | None = None
        for index, block in enumerate(episode.blocks):
            if before is None or not before.kind is block.kind is Kind.BULLET:
                yield _Printed("")
            address = Address(number, index)
            spans = highlighted.get(address)
            yield _Printed(_indented(block, _marked(block.text, spans) if spans else block.text), address)
            before = block


def _indented(block: Block, text: str) -> str:
    """A block's text, indented like its bullets and quotes; lines after the first hang below it."""
    lead, hanging = _leads(block)
    if "\n" not in text:
        return (lead + ("---" if block.kind is Kind.RULE else text)).rstrip()
    first, *others = text.split("\n")
    return "\n".join([(lead + first).rstrip(), *((hanging + line).rstrip() for line in others)])


def _leads(block: Block) -> tuple[str, str]:
    """The characters before the first line of a block, and those before each of the others."""
    inside = block.indent - (block.kind is Kind.BULLET)
    margin = "> " * block.quoted + "  " * inside + ("    " if block.kind is Kind.CODE else "")
    if block.kind is not Kind.BULLET:
        return margin, margin
    sign = f"{block.marker or '•'} " + ("" if block.task is None else "[x] " if block.task else "[ ] ")
    return margin + sign, margin + " " * len(sign)


class PrintedNote:
    """The output of `plain_text` without highlights, as one text, and the positions of the blocks in it."""

    def __init__(self, note: Note) -> None:
        self._note = note
        self._starts: dict[Address, int] = {}
        "The offset of each block in the printed text."
        at = 0
        for text, address in _pieces(note):
            if address is not None:
                self._starts[address] = at
            at += len(text) + 1

    def span(self, place: Place) -> Span:
        """The span of a place in the printed text, in code points."""
        return Span(self._at(place.address, place.span.start), self._at(place.address, place.span.end))

    def _at(self, address: Address, offset: int) -> int:
        block, printed = self._note.block(address), self._starts[address]
        lead, hanging = _leads(block)
        for line in block.text.split("\n"):
            length = len((lead + line).rstrip())
            if offset <= len(line):
                return printed + min(len(lead) + offset, length)
            printed += length + 1
            offset -= len(line) + 1
            lead = hanging
        return printed


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
