"""Highlights for a note to measure with, spread over all of it and described as the product does."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from tui.core.anchoring import describe
from tui.core.annotations.choices import Colour
from tui.core.annotations.highlights import Highlight, Put
from tui.core.notes.model import Address, Kind, Place, Span
from tui.core.notes.reading import read_note
from tui.files.sidecar.store import apply, sidecar_of

if TYPE_CHECKING:
    from pathlib import Path

_MADE = datetime(2026, 1, 1, tzinfo=UTC)


def write_highlights(path: Path, count: int) -> None:
    """Highlight this many bullets of a note, as far apart as possible, and write its sidecar."""
    note = read_note(str(path), path.read_text("utf-8"))
    bullets = [
        Place(Address(number, index), Span(0, len(block.text)))
        for number, episode in enumerate(note.episodes)
        for index, block in enumerate(episode.blocks)
        if block.kind is Kind.BULLET
    ]
    # Without the first: it is what edits change.
    places = bullets[1 :: max(1, len(bullets) // count)][:count]
    colours = list(Colour)
    made = [
        Highlight(f"{number:026}", colours[number % len(colours)], describe(note, [place]), _MADE, _MADE)
        for number, place in enumerate(places)
    ]
    apply(sidecar_of(path), path.name, [Put(highlight) for highlight in made])
