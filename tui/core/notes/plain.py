"""Notes as plain text for a pipe: the text the reader shows, with ``==`` around highlights."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.core.notes.model import Address, Kind

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from tui.core.notes.model import Block, Episode, Note, Span

NO_SPANS: Mapping[Address, Sequence[Span]] = {}


def plain_text(note: Note, highlighted: Mapping[Address, Sequence[Span]] = NO_SPANS) -> Iterator[str]:
    """The lines of a note, without line ends; ``highlighted`` gives a block's highlighted spans, in any order."""
    opening = [line for line in (note.title, f"by {note.author}" if note.author else None) if line]
    if note.title and note.episodes and note.title == note.episodes[0].title:
        opening.remove(note.title)
    yield from opening
    for number, episode in enumerate(note.episodes):
        if number or opening:
            yield ""
        yield episode.title
        if about := " · ".join(episode.untitled):
            yield about
        yield from _blocks(episode, {at.block: spans for at, spans in highlighted.items() if at.episode == number})


def _blocks(episode: Episode, highlighted: Mapping[int, Sequence[Span]]) -> Iterator[str]:
    before: Block | None = None
    for index, block in enumerate(episode.blocks):
        if before is None or not before.kind is block.kind is Kind.BULLET:
            yield ""
        yield from _lines(block, _marked(block.text, highlighted.get(index, ())))
        before = block


def _lines(block: Block, text: str) -> Iterator[str]:
    """A block's lines, indented by its bullets and quotes; those after the first hang below its text."""
    if block.kind is Kind.RULE:
        text = "---"
    sign = ""
    if block.kind is Kind.BULLET:
        sign = f"{block.marker or '•'} " + ("" if block.task is None else "[x] " if block.task else "[ ] ")
    inside = block.indent - (block.kind is Kind.BULLET)
    margin = "> " * block.quoted + "  " * inside + ("    " if block.kind is Kind.CODE else "")
    for number, line in enumerate(text.split("\n")):
        yield (margin + (sign if number == 0 else " " * len(sign)) + line).rstrip()


def _marked(text: str, spans: Sequence[Span]) -> str:
    pieces, at = [], 0
    for start, end in _merged(spans):
        pieces += [text[at:start], "==", text[start:end], "=="]
        at = end
    return "".join([*pieces, text[at:]])


def _merged(spans: Sequence[Span]) -> list[tuple[int, int]]:
    """The ranges that spans cover together; the spans may overlap."""
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], end))
        elif start < end:
            merged.append((start, end))
    return merged
