"""An input of the fuzzer as the texts that a target needs, and laws about every place in a note."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tui.core.notes.model import Note, Place

BETWEEN = "\n\f\n"
"The separator of two texts in an input."


def two(data: bytes) -> tuple[str, str]:
    """The two texts of an input."""
    one, other = several(data, 2)
    return one, other


def several(data: bytes, count: int) -> list[str]:
    """The texts of an input; if there are too few, the last ones are empty."""
    texts = data.decode(errors="replace").split(BETWEEN, count - 1)
    return texts + [""] * (count - len(texts))


def is_in(note: Note, place: Place) -> bool:
    """True if a place exists and has words in it."""
    block = note.block(place.address)
    return 0 <= place.span.start < place.span.end <= len(block.text)
