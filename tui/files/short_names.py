"""File names within the length limit, each unique to one thing."""

from __future__ import annotations

import hashlib
import os

LONGEST = 255
"Most bytes of a file's name, on Linux, macOS and most file systems they mount."
SHORTENED = 200
"Most bytes of a shortened name: a sync program can still add its words to it."


def fits(name: str, room: int = 0) -> bool:
    """True if a file can have this name, with ``room`` more bytes behind it."""
    return len(os.fsencode(name)) + room <= LONGEST


def shortened(name: str, ending: str, *, digits: int = 16) -> str:
    """The beginning of a name, a checksum of all of it with so many digits, and the ending.

    The beginning ends with a whole character; bytes that are none are dropped.
    """
    mark = f"-{hashlib.blake2b(os.fsencode(name), digest_size=32).hexdigest()[:digits]}{ending}"
    beginning = os.fsencode(name)[: SHORTENED - len(os.fsencode(mark))]
    return beginning.decode(errors="ignore").rstrip() + mark


def with_ending(name: str, ending: str) -> str:
    """A name with an ending, shortened if it would be too long."""
    return name + ending if fits(name + ending) else shortened(name, ending)
