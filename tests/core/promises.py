"""Promises that hold for every block of a note, however odd the note is."""

from __future__ import annotations

from tui.core.notes.model import Block, Kind
from tui.core.notes.sanitise import clean


def holds(block: Block) -> bool:
    """True if a block can be drawn and its runs lie in its text, in order."""
    return (
        clean(block.text) == block.text
        and clean(block.language) == block.language
        and bool(block.text or block.kind in (Kind.RULE, Kind.BULLET))
        and 0 <= block.first <= block.last
        and (block.kind is Kind.BULLET) == bool(block.marker)
        and all(
            0 <= run.start < run.end <= len(block.text) and clean(run.target) == run.target for run in block.inlines
        )
        and list(block.inlines) == sorted(block.inlines, key=lambda run: (run.start, -run.end))
    )
