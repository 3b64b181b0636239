"""A changed text in pieces, which shares its unchanged pieces with the former text instead of copying them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, Protocol, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Sequence

Pieces: TypeAlias = "tuple[bytes, ...]"
"A text in UTF-8, as non-empty pieces."


class ByteSource(Protocol):
    """Bytes that need not be in memory, such as those of a file."""

    size: int

    def has(self, piece: bytes, at: int) -> bool:
        """True if a piece occurs at an offset."""
        ...

    def find(self, piece: bytes, start: int, stop: int) -> int:
        """The first offset of a piece in a range; -1 if there is none."""
        ...

    def read(self, start: int, stop: int) -> bytes:
        """Copy the bytes of a range."""
        ...


class InMemory:
    """A source that is completely in memory."""

    def __init__(self, whole: bytes) -> None:
        self._whole = whole
        self.size = len(whole)

    def has(self, piece: bytes, at: int) -> bool:
        """True if a piece occurs at an offset."""
        return self._whole.startswith(piece, at)

    def find(self, piece: bytes, start: int, stop: int) -> int:
        """The first offset of a piece in a range; -1 if there is none."""
        return self._whole.find(piece, start, stop)

    def read(self, start: int, stop: int) -> bytes:
        """Copy the bytes of a range."""
        return self._whole[start:stop]


def in_pieces(source: ByteSource, known: Sequence[bytes]) -> Pieces:
    """Cut a text into the known pieces that it contains, in their order, and whatever is between them.

    Both are compared from their ends, and in between wherever two adjacent pieces are unchanged.
    """
    end, stop = len(known), source.size
    first, at = _over_equal(known, source, 0, 0, stop)
    while end > first and stop - len(known[end - 1]) >= at and source.has(known[end - 1], stop - len(known[end - 1])):
        end -= 1
        stop -= len(known[end])
    found, between = [*known[:first]], known[:end]
    for _ in range(_MOST_GAPS):
        if (meeting := _meeting(between, source, first, at, stop)) is None:
            break
        number, place = meeting
        found.append(source.read(at, place))
        first, at = _over_equal(between, source, number, place, stop)
        found += known[number:first]
    return tuple(filter(None, (*found, source.read(at, stop), *known[end:])))


_MOST_GAPS = 16
"Most changed parts whose ends are searched; the last one takes in the rest."
_LOST = 8
"Most known pieces in a row that may have changed before the next unchanged one is found."
_ADDED = 1 << 17
"Most bytes added between two unchanged pieces."


def _over_equal(known: Sequence[bytes], source: ByteSource, first: int, at: int, stop: int) -> tuple[int, int]:
    """The first known piece, from one on, that differs from the text at its offset up to a stop, and that offset."""
    while first < len(known) and at + len(known[first]) <= stop and source.has(known[first], at):
        at += len(known[first])
        first += 1
    return first, at


def _meeting(known: Sequence[bytes], source: ByteSource, first: int, at: int, stop: int) -> tuple[int, int] | None:
    """The first two adjacent known pieces that occur together in a text after ``at``, and their offset."""
    limit = at + _ADDED
    for number in range(first, min(first + _LOST, len(known) - 1)):
        limit += len(known[number])
        place = source.find(known[number], at, min(limit, stop))
        behind = place + len(known[number])
        if place >= 0 and behind + len(known[number + 1]) <= stop and source.has(known[number + 1], behind):
            return number, place
    return None


class Gap(NamedTuple):
    """A part of a text whose bytes differ from the known pieces."""

    first: int
    "Number of the first known piece that is gone."
    end: int
    "Number of the known piece after it."
    new: bytes
    "The bytes that replace the pieces in between."


def gaps_of(pieces: Pieces, known: Sequence[bytes]) -> list[Gap]:
    """The gaps between known pieces in a text cut by `in_pieces`, in order."""
    numbers = {id(piece): number for number, piece in enumerate(known)}
    gaps: list[Gap] = []
    following, new = 0, list[bytes]()
    for piece in pieces:
        is_next = following < len(known) and piece is known[following]  # copies are one object in many places
        number = following if is_next else numbers.get(id(piece), -1)
        if number < following:
            new.append(piece)
            continue
        if new or number > following:
            gaps.append(Gap(following, number, b"".join(new)))
        following, new = number + 1, []
    if new or following < len(known):
        gaps.append(Gap(following, len(known), b"".join(new)))
    return gaps
