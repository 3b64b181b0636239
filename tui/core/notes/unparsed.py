"""What is shown of an episode that cannot be parsed: its lines as they stand in the notes."""

from __future__ import annotations

from tui.core.notes.model import Block, Kind
from tui.core.notes.sanitise import clean


def lines_of(source: str) -> tuple[Block, ...]:
    """A paragraph for each line of an episode's source that has text, its title's line included."""
    return tuple(
        Block(Kind.PARAGRAPH, clean(line.expandtabs(4).rstrip()), number, number)
        for number, line in enumerate(source.split("\n"))
        if line.strip()
    )
