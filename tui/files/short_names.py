"""File names within the length limit, each unique to what it names."""

from __future__ import annotations

import hashlib
import os

LONGEST = 255
"Most bytes of a file name on Linux, macOS and most file systems they mount."
SHORTENED = 200
"Most bytes of a shortened name, leaving space for what sync programs add."


def fits(name: str, room: int = 0) -> bool:
    """True if a file can have this name with ``room`` more bytes appended."""
    return len(os.fsencode(name)) + room <= LONGEST


def shortened(name: str, ending: str, *, digits: int = 16) -> str:
    """The beginning of a name, a checksum of the whole name with this many digits, and the ending.

    The beginning ends with a complete character; undecodable bytes are dropped.
    """
    mark = f"-{hashlib.blake2b(os.fsencode(name), digest_size=32).hexdigest()[:digits]}{ending}"
    beginning = os.fsencode(name)[: SHORTENED - len(os.fsencode(mark))]
    return beginning.decode(errors="ignore").rstrip() + mark


def with_ending(name: str, ending: str) -> str:
    """Append an ending to a name, shortening it if it would be too long."""
    return name + ending if fits(name + ending) else shortened(name, ending)
