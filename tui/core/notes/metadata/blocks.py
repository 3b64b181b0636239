"""Metadata as blocks: a line for each key and its value, rendered as inline Markdown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.core.notes.markdown.inline import InlineText, encodable
from tui.core.notes.model import Block, Inline, Kind, Style
from tui.core.notes.sanitise import clean

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tui.core.notes.metadata.fields import Region
    from tui.core.notes.splitting import Definitions


def inserted(blocks: tuple[Block, ...], regions: Sequence[Region], definitions: Definitions) -> tuple[Block, ...]:
    """The blocks, with one more for each region that has something to show, ordered by line."""
    inline = InlineText(definitions.links, definitions.footnotes)
    found = list(blocks)
    for region in regions:
        if region.fields:
            at = next((index for index, block in enumerate(found) if block.first > region.last), len(found))
            found.insert(at, _block(region, inline))
    return tuple(found)


def _block(region: Region, inline: InlineText) -> Block:
    pieces: list[str] = []
    inlines: list[Inline] = []
    position = 0
    for key, value in region.fields:
        label = clean(encodable(key).replace("\n", " ")) + ": "
        inlines.append(Inline(position, position + len(label), Style.FAINT))
        at = position + len(label)
        texts = [inline.set(line) for line in encodable(value).split("\n")]
        for text in texts:
            inlines += (Inline(run.start + at, run.end + at, run.style, run.target) for run in text.inlines)
            at += len(text.plain) + 1
        pieces.append(label + "\n".join(text.plain for text in texts))
        position += len(pieces[-1]) + 1
    return Block(Kind.METADATA, "\n".join(pieces), region.first, region.last, inlines=tuple(inlines))
