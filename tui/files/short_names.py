"""Names that are short enough for a file, each of one thing only."""

from __future__ import annotations

import hashlib
import os

LONGEST = 255
"The most bytes of a file's name, on Linux, macOS and most of what they mount."
SHORTENED = 200
"The bytes of a shortened name at most: a program that synchronises folders can still add its words to it."


def fits(name: str, room: int = 0) -> bool:
    """Tell if a file can have this name, also with ``room`` bytes more behind it."""
    return len(os.fsencode(name)) + room <= LONGEST


def shortened(name: str, ending: str, *, digits: int = 16) -> str:
    """The beginning of a name, a checksum of all of it in so many digits, and the ending.

    The beginning ends with a whole character; bytes that are none are left out of it.
    """
    mark = f"-{hashlib.blake2b(os.fsencode(name), digest_size=32).hexdigest()[:digits]}{ending}"
    beginning = os.fsencode(name)[: SHORTENED - len(os.fsencode(mark))]
    return beginning.decode(errors="ignore").rstrip() + mark


def with_ending(name: str, ending: str) -> str:
    """A name with something behind it, shortened where it would be too long."""
    return name + ending if fits(name + ending) else shortened(name, ending)
