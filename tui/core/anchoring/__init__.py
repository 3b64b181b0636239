"""Anchoring: finding a highlight's text again after edits of the notes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.core.anchoring.resolution import resolve
from tui.core.anchoring.selectors import Selectors, describe, described_anew, placed, refreshed

if TYPE_CHECKING:
    from tui.core.anchoring.matching.blocks import Matching
    from tui.core.notes.model import Note

__all__ = ["Selectors", "describe", "described_anew", "match", "placed", "refreshed", "resolve"]


def match(old: Note, new: Note) -> Matching:
    """Match the blocks of two texts of a note, parsing only the episodes that differ."""
    # Imported here, since the first frame does not need it: it imports rapidfuzz.
    from tui.core.anchoring.matching import blocks

    return blocks.match(old, new)
