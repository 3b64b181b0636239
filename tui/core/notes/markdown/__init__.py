"""Markdown as notes are written in it, Obsidian's and Logseq's additions included, to blocks with their lines.

mistune parses; its shapes go no further than this package. It is imported with the first episode that is parsed, as
a note of pasted text needs none of it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.core.notes.markdown.heading_lines import HeadingLine, headings
from tui.core.notes.markdown.references import NO_DEFINITIONS, Definitions, definitions

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tui.core.notes.line_breaks import LineBreaks
    from tui.core.notes.metadata.fields import Region
    from tui.core.notes.model import Block

__all__ = ["Definitions", "HeadingLine", "definitions", "headings", "parse", "plain", "with_metadata"]


def parse(
    source: str, definitions: Definitions = NO_DEFINITIONS, *, skip: int = 0, line_breaks: LineBreaks = "auto"
) -> tuple[Block, ...]:
    """The blocks of one episode's source, in order.

    The first ``skip`` lines are the episode's title and give no block. Blocks' lines are counted from 0 at the
    source's first line, those of the title included. ``definitions`` are the whole note's; what the source itself
    defines need not be among them. No text makes it raise.
    """
    from tui.core.notes.markdown import blocks

    return blocks.parse(source, definitions, skip, line_breaks)


def with_metadata(
    blocks: tuple[Block, ...], regions: Sequence[Region], definitions: Definitions = NO_DEFINITIONS
) -> tuple[Block, ...]:
    """The blocks of a source with those of its metadata, each where it stands."""
    if not any(region.fields for region in regions):
        return blocks
    from tui.core.notes.metadata import blocks as metadata_blocks

    return metadata_blocks.inserted(blocks, regions, definitions)


def plain(source: str) -> str:
    """One line of inline Markdown, for example a heading's title, as plain text, sanitised."""
    from tui.core.notes.markdown.inline import InlineText, encodable

    return InlineText({}, frozenset()).set(encodable(source.strip())).plain.replace("\n", " ")
