"""A reader's state between sessions, in the platform's state folder.

All of it is expendable: damaged or unreadable files count as missing, and failed writes are ignored.
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

    from tui.core.notes.excerpt import Excerpt
    from tui.files.watching.stable_read import Signature

_IN_A_LINE = 500
"Highlights in one line of a snapshot: reading or writing ten thousand in one call would delay a key by 30 ms."

LARGEST = 64 << 20
"Most bytes of a file here, except texts of notes, whose size the configuration limits."
ROOM = 16 << 20
"Most bytes of a snapshot besides its text; 10,000 highlights take 500 KB."
TEXT = 32 << 20
"Most bytes of a text to load again, unless the configuration's ``snapshot_limit`` says otherwise."
_LONGEST_LINE = 4 << 20
"Most bytes of a line of a snapshot: as JSON they take twenty times as many in memory."

SpanAt = tuple[int, int, int, int]
"Episode and block, both from 0, then start and end in code points."


class KeptExcerpt(NamedTuple):
    """The excerpt of a large file that a reader was in."""

    signature: Signature
    "Signature of the file for which the excerpt is valid."
    excerpt: Excerpt


class StoredSnapshot(NamedTuple):
    """The text that a note's highlights were last anchored in, with their places in it."""

    text: bytes
    "The text in UTF-8, lone surrogates included."
    spans: Mapping[str, tuple[SpanAt, ...]]
    "Places by the highlight's id."
    reader: str = ""
    "Identifies the rules that parsed the text into the blocks of those places."


def is_first_session() -> bool:
    """True if nothing is remembered at all, as in a reader's first session."""
    folder = state_folder()
    return folder is not None and not folder.exists()


def load_bookmark(note: str) -> Bookmark | None:
    """The bookmark in the note of this path."""
    with suppress(ValueError):
        episode, block, line, row = _load(_BOOKMARKS, note).decode("utf-8", "surrogatepass").split(_BETWEEN)
        return Bookmark(episode, block, int(line), int(row))
    return None


def save_bookmark(note: str, place: Bookmark) -> None:
    """Remember the bookmark in the note of this path."""
    fields = (place.episode, place.block, str(place.line), str(place.row))
    _save(_BOOKMARKS, note, _BETWEEN.join(fields).encode("utf-8", "surrogatepass"))


def load_excerpt(note: str) -> KeptExcerpt | None:
    """The excerpt of the note of this path that the reader was in."""
    from tui.core.notes.excerpt import Excerpt
    from tui.core.notes.splitting import Definitions
    from tui.files.watching.stable_read import Signature

    with suppress(ValueError):
        fields = _load(_EXCERPTS, note).decode("utf-8", "surrogatepass").split(_BETWEEN)
        signature, (start, end, line) = Signature(*map(int, fields[:5])), map(int, fields[5:8])
        (title, author, form, count), defined = fields[8:12], fields[12:]
        split = 2 * int(count)
        links = dict(zip(defined[:split:2], defined[1:split:2], strict=True))
        definitions = Definitions(links, frozenset(defined[split:]))
        return KeptExcerpt(signature, Excerpt(start, end, line, title or None, author or None, form, definitions))
    return None


def save_excerpt(note: str, kept: KeptExcerpt) -> None:
    """Remember the excerpt of the note of this path that the reader is in."""
    start, end, line, title, author, form, (links, footnotes) = kept.excerpt
    defined = (*(each for pair in links.items() for each in pair), *footnotes)
    fields = (
        *map(str, (*kept.signature, start, end, line)),
        title or "",
        author or "",
        form,
        str(len(links)),
        *defined,
    )
    _save(_EXCERPTS, note, _BETWEEN.join(fields).encode("utf-8", "surrogatepass"))


def load_snapshot(note: str, *, limit: int = TEXT) -> StoredSnapshot | None:
    """The last snapshot of the note of this path, if its text has at most ``limit`` bytes."""
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
                return StoredSnapshot(data[end + 1 :], spans, reader)
    return None


def save_snapshot(
    note: str, text: Sequence[bytes], spans: Mapping[str, tuple[SpanAt, ...]], reader: str = "", *, limit: int
) -> None:
    """Remember a snapshot of the note of this path; the text comes in pieces.

    A text of more than ``limit`` bytes is not kept, and the previous snapshot is forgotten. The rest is as in
    `Snapshot`.
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
    """Forget the snapshot of the note of this path."""
    _forget(_SNAPSHOTS, note)


def load_wordings(note: str) -> dict[str, Any]:
    """The words given to `save_wordings` for the note of this path, unchecked."""
    import json

    with suppress(ValueError, RecursionError):
        found = json.loads(_unpacked(_load(_WORDINGS, note), ROOM) or b"{}")
        if isinstance(found, dict):
            return found
    return {}


def save_wordings(note: str, wordings: Mapping[str, Sequence[Sequence[Sequence[str | int]]]]) -> None:
    """Remember the earlier words of highlights in the note of this path: selectors as their fields."""
    import json

    if wordings:
        _save(_WORDINGS, note, _packed([json.dumps(wordings, separators=(",", ":")).encode()]))
    else:
        _forget(_WORDINGS, note)


def is_baseline(note: str, text: Iterable[bytes], *, limit: int = TEXT) -> bool:
    """True if a text, given in pieces, is the baseline of the note of this path; found without unpacking all of it."""
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
    """The baseline of the note of this path, in UTF-8, if it has at most ``limit`` bytes."""
    return _unpacked(_load(_BASELINES, note, limit + ROOM), limit)


def save_baseline(note: str, text: Sequence[bytes], *, limit: int) -> None:
    """Remember the baseline of the note of this path, given in pieces; none of more than ``limit`` bytes."""
    if sum(map(len, text)) <= limit:
        _save(_BASELINES, note, _packed(text))
    else:
        _forget(_BASELINES, note)


def load_first_seen(note: str) -> dict[str, int]:
    """First-seen times of the questions of the note of this path: seconds since 1970, by the questions' names."""
    import json

    with suppress(ValueError, RecursionError):
        found = json.loads(_load(_FIRST_SEEN, note) or b"{}")
        if isinstance(found, dict) and all(type(time) is int for time in found.values()):
            return found
    return {}


def save_first_seen(note: str, times: Mapping[str, int]) -> None:
    """Remember the first-seen times of questions of the note of this path."""
    import json

    _save(_FIRST_SEEN, note, json.dumps(dict(times), separators=(",", ":")).encode())


def load_theme() -> str | None:
    """The reader's last theme."""
    return _load(_THEME, "").decode("utf-8", "replace") or None


def save_theme(theme: str) -> None:
    """Remember the reader's theme."""
    _save(_THEME, "", theme.encode())


def load_widths() -> tuple[int, int]:
    """The reader's widths in cells for the lists at the left and the right; 0 for the default."""
    with suppress(ValueError):
        left, right = map(int, _load(_WIDTHS, "").split())
        return max(0, left), max(0, right)
    return 0, 0


def save_widths(widths: tuple[int, int]) -> None:
    """Remember the reader's widths for the side lists."""
    _save(_WIDTHS, "", "{} {}".format(*widths).encode())


def load_order(library: str) -> str:
    """The order given to `save_order` for the library of this path; empty for none."""
    return _load(_ORDERS, library).decode("utf-8", "replace")


def save_order(library: str, order: str) -> None:
    """Remember the order of the episode list for the library of this path."""
    _save(_ORDERS, library, order.encode())


def load_trusted(config: str) -> str:
    """The hash given to `save_trusted` for the configuration of this path; empty for none."""
    return _load(_TRUSTED, config).decode("ascii", "replace")


def save_trusted(config: str, hashed: str) -> None:
    """Remember the hash of the content that the reader trusts in the configuration of this path."""
    _save(_TRUSTED, config, hashed.encode())


def path_of_trusted(config: str) -> Path | None:
    """The file in which `save_trusted` keeps the hash for this path."""
    file = _file(_TRUSTED, config)
    return file[0] if file is not None else None


_WIDTHS, _ORDERS, _TRUSTED = "widths", "orders", "trusted"
_EXCERPTS = "stretches"
_BOOKMARKS, _SNAPSHOTS, _BASELINES, _THEME = "places", "snapshots", "baselines", "theme"
_FIRST_SEEN, _WORDINGS = "first-seen", "wordings"
_BETWEEN = "\0"
_PART = 1 << 14
"Packed bytes to unpack at a time."
_UNPACKED = 1 << 18
"Most bytes to unpack at a time: packed ones may hold a thousand times as many."


def _file(kind: str, note: str) -> tuple[Path, bytes] | None:
    """The file for one kind of state, and the line it begins with."""
    folder = state_folder()
    if folder is None:
        return None
    if not note:
        return folder / kind, b"\n"
    path = os.fsencode(os.path.abspath(note))
    # Two checksums are no proof against collisions; the path itself, kept in the file, is.
    return folder / kind / name_of(note), path.replace(b"\n", b"\0") + b"\n"


def _load(kind: str, note: str, limit: int = LARGEST) -> bytes:
    """The remembered bytes; empty if there are none, for a link, and for more than ``limit`` bytes."""
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
