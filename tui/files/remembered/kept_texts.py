"""State about the text of notes: snapshots, earlier words of highlights, baselines, first-seen times.

All of it is expendable: damaged or unreadable files count as missing, and failed writes are ignored.
"""

from __future__ import annotations

import json
import zlib
from contextlib import suppress
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING, Any, NamedTuple

from tui.files.remembered.state_files import forget, load, opened, save, save_parts

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from typing import BinaryIO

_IN_A_LINE = 500
"Highlights per line of a snapshot: reading or writing ten thousand in one call would delay a key by 30 ms."
ROOM = 16 << 20
"Most bytes of a snapshot other than its text; 10,000 highlights take 500 KB."
TEXT = 32 << 20
"Most bytes of a text that is loaded again, unless the configuration sets ``snapshot_limit``."
_LONGEST_LINE = 4 << 20
"Most bytes per line of a snapshot: JSON takes twenty times as much memory once parsed."
SpanAt = tuple[int, int, int, int]
"Episode and block, both 0-based, then start and end in code points."


class StoredSnapshot(NamedTuple):
    """The text in which a note's highlights were last anchored, with their positions."""

    text: bytes
    "The text in UTF-8, including lone surrogates."
    spans: Mapping[str, tuple[SpanAt, ...]]
    "Positions by highlight id."
    reader: str = ""
    "Identifies the version of the parser whose blocks the positions refer to."


def load_snapshot(note: str, *, limit: int = TEXT) -> StoredSnapshot | None:
    """The last snapshot of the note at this path, if its text has at most ``limit`` bytes."""
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
    """Save a snapshot of the note at this path; the text comes in pieces.

    If the text has more than ``limit`` bytes, the previous snapshot is deleted and none is saved. The other arguments
    are as in `StoredSnapshot`.
    """
    if sum(map(len, text)) > limit:
        forget_snapshot(note)
        return
    rest = iter(spans.items())
    some = list(iter(lambda: dict(islice(rest, _IN_A_LINE)), {}))
    lines = [json.dumps(each, separators=(",", ":")).encode() for each in ([reader, len(some)], *some)]
    save_parts(_SNAPSHOTS, note, _packed([b"\n".join(lines), b"\n", *text]))


def forget_snapshot(note: str) -> None:
    """Delete the snapshot of the note at this path."""
    forget(_SNAPSHOTS, note)


def load_wordings(note: str) -> dict[str, Any]:
    """The wordings given to `save_wordings` for the note at this path, unchecked."""
    with suppress(ValueError, RecursionError):
        found = json.loads(_unpacked(load(_WORDINGS, note), ROOM) or b"{}")
        if isinstance(found, dict):
            return found
    return {}


def save_wordings(note: str, wordings: Mapping[str, Sequence[Sequence[Sequence[str | int]]]]) -> None:
    """Save the earlier words of highlights in the note at this path, as the fields of selectors."""
    if wordings:
        save_parts(_WORDINGS, note, _packed([json.dumps(wordings, separators=(",", ":")).encode()]))
    else:
        forget(_WORDINGS, note)


def load_doubts(note: str) -> frozenset[str]:
    """The names given to `save_doubts` for the note at this path."""
    with suppress(ValueError, RecursionError):
        found = json.loads(load(_DOUBTS, note) or b"[]")
        if isinstance(found, list):
            return frozenset(name for name in found if isinstance(name, str))
    return frozenset()


def save_doubts(note: str, names: Iterable[str]) -> None:
    """Save the names of highlights in the note at this path whose position was in doubt."""
    if kept := sorted(names):
        save(_DOUBTS, note, json.dumps(kept, separators=(",", ":")).encode())
    else:
        forget(_DOUBTS, note)


def is_baseline(note: str, text: Iterable[bytes], *, limit: int = TEXT) -> bool:
    """True if a text, given in pieces, is the note's baseline; stops decompressing at the first difference."""
    left = bytearray()
    with suppress(OSError, zlib.error), opened(_BASELINES, note, limit + ROOM) as stored:
        unpacked = _unpacking(stored)
        for piece in text:
            while len(left) < len(piece) and (more := next(unpacked, b"")):
                left += more
            if not left.startswith(piece):
                return False
            del left[: len(piece)]
        return not left and not any(unpacked)
    return False


def load_baseline(note: str, *, limit: int = TEXT) -> bytes | None:
    """The baseline of the note at this path, in UTF-8, if it has at most ``limit`` bytes."""
    return _unpacked(load(_BASELINES, note, limit + ROOM), limit)


def save_baseline(note: str, text: Sequence[bytes], *, limit: int) -> None:
    """Save the baseline of the note at this path, given in pieces, unless it has more than ``limit`` bytes."""
    if sum(map(len, text)) <= limit:
        save_parts(_BASELINES, note, _packed(text))
    else:
        forget(_BASELINES, note)


def load_first_seen(note: str) -> dict[str, int]:
    """First-seen times of the questions in the note at this path: seconds since 1970, by the questions' names."""
    with suppress(ValueError, RecursionError):
        found = json.loads(load(_FIRST_SEEN, note) or b"{}")
        if isinstance(found, dict) and all(type(time) is int for time in found.values()):
            return found
    return {}


def save_first_seen(note: str, times: Mapping[str, int]) -> None:
    """Save the first-seen times of questions in the note at this path."""
    save(_FIRST_SEEN, note, json.dumps(dict(times), separators=(",", ":")).encode())


_SNAPSHOTS, _BASELINES = "snapshots", "baselines"
_FIRST_SEEN, _WORDINGS, _DOUBTS = "first-seen", "wordings", "doubts"
_PART = 1 << 14
"Compressed bytes to decompress at a time."
_UNPACKED = 1 << 18
"Most bytes to decompress at a time: a compressed byte may yield a thousand."


def _packed(pieces: Iterable[bytes]) -> Iterator[bytes]:
    packer = zlib.compressobj(level=1)
    yield from filter(None, map(packer.compress, pieces))
    yield packer.flush()


def _unpacking(stored: BinaryIO) -> Iterator[bytes]:
    """The content compressed by `_packed`, in non-empty parts; raises OSError, and zlib.error if it is damaged."""
    unpacker = zlib.decompressobj()
    for packed in iter(partial(stored.read, _PART), b""):
        waiting, is_more = packed, True
        while is_more:
            if part := unpacker.decompress(waiting, _UNPACKED):
                yield part
            waiting = unpacker.unconsumed_tail
            is_more = bool(waiting) or len(part) == _UNPACKED
    if not unpacker.eof:
        raise zlib.error


def _unpacked(data: bytes, limit: int) -> bytes | None:
    """The content compressed by `_packed`; None if it is damaged or, as soon as that is known, exceeds ``limit``
    bytes.
    """
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
