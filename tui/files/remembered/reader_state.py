"""What is remembered of a reader between two sessions, in the platform's state folder.

All of it can be lost without harm, and so all of it may: what is damaged or cannot be read counts as none, and what
cannot be written is not.
"""

from __future__ import annotations

import os
import zlib
from contextlib import suppress
from itertools import islice
from typing import TYPE_CHECKING, Any, NamedTuple

from tui.core.search.bookmark import Bookmark
from tui.files.remembered.state_folder import make_folder, name_of, state_folder

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from tui.core.notes.excerpt import Stretch
    from tui.files.watching.stable_read import Signature

_IN_A_LINE = 500
"Highlights in a line of a snapshot: to read or write ten thousand in one call would hold a key up for 30 ms."

LARGEST = 64 << 20
"The largest file that is read here, in bytes, but for what is kept of a text, whose size the configuration limits."
ROOM = 16 << 20
"How many bytes a snapshot may have beside its text; 10,000 highlights take 500 KB."
TEXT = 32 << 20
"The largest text, in bytes, that is taken up again unless the configuration says otherwise: its ``snapshot_limit``."
_LONGEST_LINE = 4 << 20
"The most bytes of a line of a snapshot: as JSON they take twenty times as many in memory."

SpanAt = tuple[int, int, int, int]
"Episode and block, both from 0, then start and end in code points."


class Left(NamedTuple):
    """The part of a large file that a reader was in."""

    signature: Signature
    "The file's, of which the rest holds."
    stretch: Stretch


class Snapshot(NamedTuple):
    """The text that a note's highlights were last anchored in, and where in it they sat."""

    text: bytes
    "In UTF-8; lone surrogates as they are."
    spans: Mapping[str, tuple[SpanAt, ...]]
    "By the highlight's id."
    reader: str = ""
    "What read the text, and found the blocks that the places count."


def is_first_session() -> bool:
    """Whether nothing at all is remembered, as before a reader's first session is over."""
    folder = state_folder()
    return folder is not None and not folder.exists()


def load_place(note: str) -> Bookmark | None:
    """Where the reader was in the note of this path."""
    with suppress(ValueError):
        episode, block, line, row = _load(_PLACES, note).decode("utf-8", "surrogatepass").split(_BETWEEN)
        return Bookmark(episode, block, int(line), int(row))
    return None


def save_place(note: str, place: Bookmark) -> None:
    """Remember where the reader is in the note of this path."""
    fields = (place.episode, place.block, str(place.line), str(place.row))
    _save(_PLACES, note, _BETWEEN.join(fields).encode("utf-8", "surrogatepass"))


def load_left(note: str) -> Left | None:
    """The part of the note of this path that the reader was in."""
    from tui.core.notes.excerpt import Stretch
    from tui.core.notes.splitting import Definitions
    from tui.files.watching.stable_read import Signature

    with suppress(ValueError):
        fields = _load(_STRETCHES, note).decode("utf-8", "surrogatepass").split(_BETWEEN)
        signature, (start, end, line) = Signature(*map(int, fields[:5])), map(int, fields[5:8])
        (title, author, form, count), defined = fields[8:12], fields[12:]
        split = 2 * int(count)
        links = dict(zip(defined[:split:2], defined[1:split:2], strict=True))
        definitions = Definitions(links, frozenset(defined[split:]))
        return Left(signature, Stretch(start, end, line, title or None, author or None, form, definitions))
    return None


def save_left(note: str, left: Left) -> None:
    """Remember the part of the note of this path that the reader is in."""
    start, end, line, title, author, form, (links, footnotes) = left.stretch
    defined = (*(each for pair in links.items() for each in pair), *footnotes)
    fields = (
        *map(str, (*left.signature, start, end, line)),
        title or "",
        author or "",
        form,
        str(len(links)),
        *defined,
    )
    _save(_STRETCHES, note, _BETWEEN.join(fields).encode("utf-8", "surrogatepass"))


def load_snapshot(note: str, *, limit: int = TEXT) -> Snapshot | None:
    """The text that the highlights of the note of this path were last anchored in, of ``limit`` bytes at most."""
    import json

    if (data := _unpacked(_load(_SNAPSHOTS, note, limit + ROOM), limit + ROOM)) is None:
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
                return Snapshot(data[end + 1 :], spans, reader)
    return None


def save_snapshot(
    note: str, text: Sequence[bytes], spans: Mapping[str, tuple[SpanAt, ...]], reader: str = "", *, limit: int
) -> None:
    """Remember what the highlights of the note of this path were anchored in; the text comes in pieces.

    A text of more than ``limit`` bytes is not kept, and the one before it is forgotten. The rest is as in `Snapshot`.
    """
    import json

    if sum(map(len, text)) > limit:
        forget_snapshot(note)
        return
    rest = iter(spans.items())
    some = list(iter(lambda: dict(islice(rest, _IN_A_LINE)), {}))
    lines = [json.dumps(each, separators=(",", ":")).encode() for each in ([reader, len(some)], *some)]
    _save(_SNAPSHOTS, note, _packed([b"\n".join(lines), b"\n", *text]))


def forget_snapshot(note: str) -> None:
    """Forget what the highlights of the note of this path were anchored in."""
    _forget(_SNAPSHOTS, note)


def load_wordings(note: str) -> dict[str, Any]:
    """The words that `save_wordings` was given for the note of this path, unchecked."""
    import json

    with suppress(ValueError, RecursionError):
        found = json.loads(_unpacked(_load(_WORDINGS, note), ROOM) or b"{}")
        if isinstance(found, dict):
            return found
    return {}


def save_wordings(note: str, wordings: Mapping[str, Sequence[Sequence[Sequence[str | int]]]]) -> None:
    """Remember the words that highlights of the note of this path were on before: selectors as their fields."""
    import json

    if wordings:
        _save(_WORDINGS, note, _packed([json.dumps(wordings, separators=(",", ":")).encode()]))
    else:
        _forget(_WORDINGS, note)


def is_baseline(note: str, text: Iterable[bytes], *, limit: int = TEXT) -> bool:
    """Whether a text, given in pieces, is that of the note of this path as read; told without unpacking it whole."""
    left, unpacked = bytearray(), _unpacking(_load(_BASELINES, note, limit + ROOM))
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
    """The text of the note of this path as the reader has read it, in UTF-8, of ``limit`` bytes at most."""
    return _unpacked(_load(_BASELINES, note, limit + ROOM), limit)


def save_baseline(note: str, text: Sequence[bytes], *, limit: int) -> None:
    """Remember the text of the note of this path as read, given in pieces; none of more than ``limit`` bytes."""
    if sum(map(len, text)) <= limit:
        _save(_BASELINES, note, _packed(text))
    else:
        _forget(_BASELINES, note)


def load_first_seen(note: str) -> dict[str, int]:
    """When the questions of the note of this path were first seen: seconds since 1970, by the questions' names."""
    import json

    with suppress(ValueError, RecursionError):
        found = json.loads(_load(_FIRST_SEEN, note) or b"{}")
        if isinstance(found, dict) and all(type(time) is int for time in found.values()):
            return found
    return {}


def save_first_seen(note: str, times: Mapping[str, int]) -> None:
    """Remember when the questions of the note of this path were first seen."""
    import json

    _save(_FIRST_SEEN, note, json.dumps(dict(times), separators=(",", ":")).encode())


def load_theme() -> str | None:
    """The theme that the reader chose last."""
    return _load(_THEME, "").decode("utf-8", "replace") or None


def save_theme(theme: str) -> None:
    """Remember the theme that the reader chose."""
    _save(_THEME, "", theme.encode())


def load_widths() -> tuple[int, int]:
    """The widths in cells that the reader gave to the lists at the left and the right; 0 for the usual one."""
    with suppress(ValueError):
        left, right = map(int, _load(_WIDTHS, "").split())
        return max(0, left), max(0, right)
    return 0, 0


def save_widths(widths: tuple[int, int]) -> None:
    """Remember the widths that the reader gave to the lists at the sides."""
    _save(_WIDTHS, "", "{} {}".format(*widths).encode())


def load_order(library: str) -> str:
    """The order of the episodes of the library of this path, as `save_order` was given it; empty where it was not."""
    return _load(_ORDERS, library).decode("utf-8", "replace")


def save_order(library: str, order: str) -> None:
    """Remember the order in which the episodes of the library of this path are listed."""
    _save(_ORDERS, library, order.encode())


def load_trusted(config: str) -> str:
    """The hash that `save_trusted` was given of the configuration of this path; empty where it was not."""
    return _load(_TRUSTED, config).decode("ascii", "replace")


def save_trusted(config: str, hashed: str) -> None:
    """Remember the hash of the content in which the reader trusts the configuration of this path."""
    _save(_TRUSTED, config, hashed.encode())


def path_of_trusted(config: str) -> Path | None:
    """The file in which `save_trusted` keeps what it is given of this path."""
    file = _file(_TRUSTED, config)
    return file[0] if file is not None else None


_WIDTHS, _ORDERS, _TRUSTED = "widths", "orders", "trusted"
_STRETCHES = "stretches"
_PLACES, _SNAPSHOTS, _BASELINES, _THEME = "places", "snapshots", "baselines", "theme"
_FIRST_SEEN, _WORDINGS = "first-seen", "wordings"
_BETWEEN = "\0"
_PART = 1 << 14
"How many packed bytes are unpacked at a time."
_UNPACKED = 1 << 18
"How many bytes come of them at a time: a thousand times as many may be in them."


def _file(kind: str, note: str) -> tuple[Path, bytes] | None:
    """The file for one thing to remember, and the line it begins with."""
    folder = state_folder()
    if folder is None:
        return None
    if not note:
        return folder / kind, b"\n"
    path = os.fsencode(os.path.abspath(note))
    # Two sums are no proof against collisions; the path itself, kept in the file, is.
    return folder / kind / name_of(note), path.replace(b"\n", b"\0") + b"\n"


def _load(kind: str, note: str, limit: int = LARGEST) -> bytes:
    """What was remembered; empty where nothing was, and where it is a link or has more than ``limit`` bytes."""
    from tui.files.regular import read_bytes

    if (file := _file(kind, note)) is None:
        return b""
    path, first = file
    with suppress(OSError):
        data = read_bytes(path, limit=limit, follows=False)
        if data.startswith(first):
            return data[len(first) :]
    return b""


def _save(kind: str, note: str, data: bytes) -> None:
    from tui.files.atomic import replace_bytes

    if (file := _file(kind, note)) is None:
        return
    path, first = file
    with suppress(OSError):
        make_folder(path.parent)
        replace_bytes(path, first + data, durable=False)


def _forget(kind: str, note: str) -> None:
    if (file := _file(kind, note)) is not None:
        with suppress(OSError):
            file[0].unlink()


def _packed(pieces: Iterable[bytes]) -> bytes:
    packer = zlib.compressobj(level=1)
    return b"".join([*map(packer.compress, pieces), packer.flush()])


def _unpacking(data: bytes) -> Iterator[bytes]:
    """What `_packed` packed, in parts of which none is empty; raises zlib.error where it is damaged."""
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
    """What `_packed` packed; None where it is damaged or more than ``limit`` bytes, of which no more are unpacked."""
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
