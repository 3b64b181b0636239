"""Texts of notes between sessions: snapshots, earlier words of highlights, baselines, first-seen times.

All of it is expendable: damaged or unreadable files count as missing, and failed writes are ignored.
"""

from __future__ import annotations

import json
import zlib
from contextlib import suppress
from itertools import islice
from typing import TYPE_CHECKING, Any, NamedTuple

from tui.files.remembered.state_files import forget, load, save

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

_IN_A_LINE = 500
"Highlights in one line of a snapshot: reading or writing ten thousand in one call would delay a key by 30 ms."
ROOM = 16 << 20
"Most bytes of a snapshot besides its text; 10,000 highlights take 500 KB."
TEXT = 32 << 20
"Most bytes of a text to load again, unless the configuration's ``snapshot_limit`` says otherwise."
_LONGEST_LINE = 4 << 20
"Most bytes of a line of a snapshot: as JSON they take twenty times as many in memory."
SpanAt = tuple[int, int, int, int]
"Episode and block, both from 0, then start and end in code points."


class StoredSnapshot(NamedTuple):
    """The text that a note's highlights were last anchored in, with their places in it."""

    text: bytes
    "The text in UTF-8, lone surrogates included."
    spans: Mapping[str, tuple[SpanAt, ...]]
    "Places by the highlight's id."
    reader: str = ""
    "Identifies the rules that parsed the text into the blocks of those places."


def load_snapshot(note: str, *, limit: int = TEXT) -> StoredSnapshot | None:
    """The last snapshot of the note of this path, if its text has at most ``limit`` bytes."""
    if (data := _unpacked(load(_SNAPSHOTS, note, limit + ROOM), limit + ROOM)) is None:
        return None
    spans: dict[str, tuple[SpanAt, ...]] = {}
    with suppress(ValueError, RecursionError):
        end = data.index(b"\n", 0, _LONGEST_LINE)
        match json.loads(data[:end]):
            case [str(reader), int(count)]:
                for _ in range(count):
                    start, end = end + 1, data.index(b"\n", end + 1, end + _LONGEST_LINE)
                    found = json.loads(data[start:end])
                    if not _is_spans(found):
                        return None
                    spans |= {id_: tuple(map(tuple, places)) for id_, places in found.items()}
                return StoredSnapshot(data[end + 1 :], spans, reader)
    return None


def save_snapshot(
    note: str, text: Sequence[bytes], spans: Mapping[str, tuple[SpanAt, ...]], reader: str = "", *, limit: int
) -> None:
    """Remember a snapshot of the note of this path; the text comes in pieces.

    A text of more than ``limit`` bytes is not kept, and the previous snapshot is forgotten. The rest is as in
    `Snapshot`.
    """
    if sum(map(len, text)) > limit:
        forget_snapshot(note)
        return
    rest = iter(spans.items())
    some = list(iter(lambda: dict(islice(rest, _IN_A_LINE)), {}))
    lines = [json.dumps(each, separators=(",", ":")).encode() for each in ([reader, len(some)], *some)]
    save(_SNAPSHOTS, note, _packed([b"\n".join(lines), b"\n", *text]))


def forget_snapshot(note: str) -> None:
    """Forget the snapshot of the note of this path."""
    forget(_SNAPSHOTS, note)


def load_wordings(note: str) -> dict[str, Any]:
    """The words given to `save_wordings` for the note of this path, unchecked."""
    with suppress(ValueError, RecursionError):
        found = json.loads(_unpacked(load(_WORDINGS, note), ROOM) or b"{}")
        if isinstance(found, dict):
            return found
    return {}


def save_wordings(note: str, wordings: Mapping[str, Sequence[Sequence[Sequence[str | int]]]]) -> None:
    """Remember the earlier words of highlights in the note of this path: selectors as their fields."""
    if wordings:
        save(_WORDINGS, note, _packed([json.dumps(wordings, separators=(",", ":")).encode()]))
    else:
        forget(_WORDINGS, note)


def load_doubts(note: str) -> frozenset[str]:
    """The names given to `save_doubts` for the note of this path."""
    with suppress(ValueError, RecursionError):
        found = json.loads(load(_DOUBTS, note) or b"[]")
        if isinstance(found, list):
            return frozenset(name for name in found if isinstance(name, str))
    return frozenset()


def save_doubts(note: str, names: Iterable[str]) -> None:
    """Remember names of highlights in the note of this path whose place was in doubt."""
    if kept := sorted(names):
        save(_DOUBTS, note, json.dumps(kept, separators=(",", ":")).encode())
    else:
        forget(_DOUBTS, note)


def is_baseline(note: str, text: Iterable[bytes], *, limit: int = TEXT) -> bool:
    """True if a text, given in pieces, is the baseline of the note of this path; found without unpacking all of it."""
    left, unpacked = bytearray(), _unpacking(load(_BASELINES, note, limit + ROOM))
    with suppress(zlib.error):
        for piece in text:
            while len(left) < len(piece) and (more := next(unpacked, b"")):
                left += more
            if not left.startswith(piece):
                return False
            del left[: len(piece)]
        return not left and not any(unpacked)
    return False


def load_baseline(note: str, *, limit: int = TEXT) -> bytes | None:
    """The baseline of the note of this path, in UTF-8, if it has at most ``limit`` bytes."""
    return _unpacked(load(_BASELINES, note, limit + ROOM), limit)


def save_baseline(note: str, text: Sequence[bytes], *, limit: int) -> None:
    """Remember the baseline of the note of this path, given in pieces; none of more than ``limit`` bytes."""
    if sum(map(len, text)) <= limit:
        save(_BASELINES, note, _packed(text))
    else:
        forget(_BASELINES, note)


def load_first_seen(note: str) -> dict[str, int]:
    """First-seen times of the questions of the note of this path: seconds since 1970, by the questions' names."""
    with suppress(ValueError, RecursionError):
        found = json.loads(load(_FIRST_SEEN, note) or b"{}")
        if isinstance(found, dict) and all(type(time) is int for time in found.values()):
            return found
    return {}


def save_first_seen(note: str, times: Mapping[str, int]) -> None:
    """Remember the first-seen times of questions of the note of this path."""
    save(_FIRST_SEEN, note, json.dumps(dict(times), separators=(",", ":")).encode())


_SNAPSHOTS, _BASELINES = "snapshots", "baselines"
_FIRST_SEEN, _WORDINGS, _DOUBTS = "first-seen", "wordings", "doubts"
_PART = 1 << 14
"Packed bytes to unpack at a time."
_UNPACKED = 1 << 18
"Most bytes to unpack at a time: packed ones may hold a thousand times as many."


def _packed(pieces: Iterable[bytes]) -> bytes:
    packer = zlib.compressobj(level=1)
    return b"".join([*map(packer.compress, pieces), packer.flush()])


def _unpacking(data: bytes) -> Iterator[bytes]:
    """The content packed by `_packed`, in parts, none of them empty; raises zlib.error if it is damaged."""
    unpacker = zlib.decompressobj()
    for start in range(0, len(data), _PART):
        waiting = data[start : start + _PART]
        is_more = True
        while is_more:
            if part := unpacker.decompress(waiting, _UNPACKED):
                yield part
            waiting = unpacker.unconsumed_tail
            is_more = bool(waiting) or len(part) == _UNPACKED
    if not unpacker.eof:
        raise zlib.error


def _unpacked(data: bytes, limit: int) -> bytes | None:
    """The content packed by `_packed`; None if it is damaged or exceeds ``limit`` bytes, where unpacking stops."""
    unpacker = zlib.decompressobj()
    with suppress(zlib.error):
        unpacked = unpacker.decompress(data, limit + 1)
        return unpacked if unpacker.eof and len(unpacked) <= limit else None
    return None


def _is_spans(found: Any) -> bool:
    return isinstance(found, dict) and all(
        isinstance(places, list)
        and all(
            isinstance(place, list) and len(place) == 4 and all(isinstance(number, int) for number in place)
            for place in places
        )
        for places in found.values()
    )
