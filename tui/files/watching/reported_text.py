"""The text that was last reported of a file, in as little memory as is needed to tell others from it."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tui.core.pieces import Pieces

MOST_OWN = 1 << 18
"Most bytes kept of a text besides the pieces it has in common with a note."
_TOGETHER = 1 << 18
"Bytes of small pieces that go into a digest at once."


class ReportedText:
    """A text, as the pieces it shares with a note, or as a digest if it would take memory of its own.

    Comparing pieces is quick, as nearly all are the same objects: a digest of 100 MB takes 0.1 s.
    """

    __slots__ = ("_digest", "_pieces", "size")

    def __init__(self, data: Pieces, shared: Pieces) -> None:
        self.size = sum(map(len, data))
        elsewhere = set(map(id, shared))
        own = sum(len(piece) for piece in data if id(piece) not in elsewhere)
        self._pieces = data if own <= MOST_OWN else None
        self._digest = b"" if self._pieces is not None else _digest(data)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, ReportedText) or self.size != other.size:
            return False
        if self._pieces is not None and other._pieces is not None:
            return all(one == another for one, another in _side_by_side(self._pieces, other._pieces))
        return self.digest == other.digest

    def __hash__(self) -> int:
        return hash(self.size)

    @property
    def digest(self) -> bytes:
        """The digest of the text."""
        return self._digest if self._pieces is None else _digest(self._pieces)


NOTHING = ReportedText((), ())
"The text of a file of which none was reported."


def beginning(data: Pieces, size: int) -> Pieces:
    """The first bytes of a text."""
    found: list[bytes] = []
    for piece in data:
        if size <= 0:
            break
        found.append(piece[:size])
        size -= len(piece)
    return tuple(found)


def _side_by_side(one: Pieces, other: Pieces) -> Iterator[tuple[bytes, bytes]]:
    """Parts of the same places in two texts of one size, whole pieces as far as they are cut alike."""
    pieces, others = iter(one), iter(other)
    left = right = b""
    while (left := left or next(pieces, b"")) and (right := right or next(others, b"")):
        size = min(len(left), len(right))
        yield left[:size], right[:size]
        left, right = left[size:], right[size:]


def _digest(data: Pieces) -> bytes:
    digest, waiting, count = hashlib.blake2b(), list[bytes](), 0
    for piece in data:
        # Each update gives way to the other threads, and waits for its turn again: they must not be many.
        if count + len(piece) > _TOGETHER:
            digest.update(b"".join(waiting))
            waiting, count = [], 0
        waiting.append(piece)
        count += len(piece)
    digest.update(b"".join(waiting))
    return digest.digest()
