"""Parsing and writing the text of a sidecar.

The text is cut into tables that are parsed one by one, and untouched ones are written back unchanged. Large files are
cached: in a file of 10,000 highlights only changed tables are parsed, and a file unchanged since it was last read or
written is not parsed at all.
"""

from __future__ import annotations

import codecs
import hashlib
import re
import zlib
from dataclasses import dataclass, field, replace
from itertools import islice, pairwise
from typing import TYPE_CHECKING, NamedTuple, get_args

from tui.core.annotations.highlights import (
    Highlight,
    Kind,
    Put,
    QuestionRecord,
    Record,
    Refresh,
    document_order,
    kind_of,
)
from tui.errors import ConflictError, DamagedError, SidecarError
from tui.files.sidecar.tables import TableError, record_of, table_of
from tui.files.toml import codec
from tui.files.toml.plain import read_table

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tui.core.annotations.highlights import Operation

VERSION = 1
"Newest version of the format that is understood."
MOST_TABLES = 100_000
"Most tables in a sidecar, so that 64 MB of brackets take neither minutes nor gigabytes."


@dataclass(frozen=True, slots=True)
class SidecarTable:
    """One table of a sidecar, ``[[highlight]]`` or ``[[question]]``."""

    record: Record
    text: str
    "The table's text in the file, including unknown keys and comments; ends in one line feed."


@dataclass(frozen=True, slots=True)
class Contents:
    """The contents of a sidecar."""

    note: str = ""
    "Name of the note's file; empty if it is missing or there is no sidecar."
    version: int = VERSION
    entries: tuple[SidecarTable, ...] = ()
    "Every record, in the order of the file; no two have the same id."
    head: str = ""
    "Text before the records, including unknown keys."
    tail: str = ""
    "``[end]`` and everything after it; empty if it is missing."
    is_there: bool = False
    "True if there is a file."
    is_plain: bool = field(default=False, compare=False)
    """True if each entry was parsed on its own from exactly this text, and so means the same in another file."""

    @property
    def records(self) -> tuple[Record, ...]:
        """All records, in the order of the file."""
        return tuple(each.record for each in self.entries)

    @property
    def highlights(self) -> tuple[Highlight, ...]:
        """The highlights, in the order of the file."""
        return tuple(each.record for each in self.entries if isinstance(each.record, Highlight))

    @property
    def questions(self) -> tuple[QuestionRecord, ...]:
        """The question records, in the order of the file."""
        return tuple(each.record for each in self.entries if isinstance(each.record, QuestionRecord))

    @property
    def read_only(self) -> bool:
        """True if a newer earmark wrote it, whose keys this one may misunderstand."""
        return self.version > VERSION

    @property
    def missing_end(self) -> bool:
        """True if the file was truncated, so that records may be missing."""
        return self.is_there and not self.tail


def parse(data: bytes, path: str) -> Contents:
    """Parse a sidecar's bytes.

    If two records have the same id, both are kept, the second under a new one; an exact copy of a table counts once.
    Raises SidecarError, with ``path`` and the line, if it is not TOML or a key has an impossible value.
    """
    if (known := _LATELY.get(digest := _digest(data))) is not None:
        return known
    if (table := next(islice(_TABLE.finditer(data), MOST_TABLES, None), None)) is not None:
        line = data.count(b"\n", 0, table.start()) + 2
        raise DamagedError(path, f"more than {MOST_TABLES:,} tables", "remove what is not a highlight", line=line)
    try:
        try:
            contents = _contents(_cut(data), data, path)
            contents = replace(contents, is_plain=to_bytes(contents) == data)
        except (codec.TomlError, UnicodeDecodeError, _OddLayoutError):
            # Errors give line numbers in the whole file, so the whole file is parsed for them. Unusual but valid text,
            # such as a multi-line string with a line that begins with a bracket, is formatted anew.
            contents = _contents(_laid_out(codec.loads(data)), data, path)
    except codec.TomlError as error:
        if conflict := _CONFLICT.search(data):
            line = data.count(b"\n", 0, conflict.start()) + 1
            remedy = f"`earmark merge {path}` merges them"
            raise ConflictError(path, "both sides of a merge are in it", remedy, line=line) from None
        raise DamagedError(path, error.reason, f"correct it, or restore {path}.bak", line=error.line) from None
    _remember(digest, contents)
    return contents


def to_bytes(contents: Contents) -> bytes:
    """The sidecar's bytes: the head, the records, ``[end]``."""
    # Encode each text on its own: joining 5 MB of them first would delay the screen.
    return b"\n".join(
        (contents.head.encode(), *(each.text.encode() for each in contents.entries), contents.tail.encode())
    )


def proven(contents: Contents, before: Contents, path: str) -> bytes:
    """Serialise changed contents, after reading back and comparing every new table.

    Tables that were plain before are not read again. Their bounds are lines that begin with a bracket or a comment, and
    the empty line above, so that a table means the same among others as on its own. Raises SidecarError, with ``path``.
    """
    known = {id(each) for each in before.entries} if before.is_plain else frozenset[int]()
    new = replace(contents, entries=tuple(each for each in contents.entries if id(each) not in known))
    try:
        again = parse(to_bytes(new), path)
    except SidecarError:
        again = Contents()
    is_right = (again.note, again.entries, again.missing_end) == (contents.note, new.entries, False)
    if not is_right or len({each.record.id for each in contents.entries}) < len(contents.entries):
        problem = "what would be written does not read back the same, so it was not written"
        raise SidecarError(path, problem, "this is a bug in earmark; please report it")
    data = to_bytes(contents)
    _remember(_digest(data), replace(contents, is_plain=again.is_plain))
    return data


def refusal(path: str, contents: Contents) -> SidecarError | None:
    """The reason why a sidecar must not be written to; None if it may."""
    if contents.read_only:
        problem = f"a newer earmark wrote it (version {contents.version}, this one knows {VERSION})"
        return SidecarError(path, problem, "upgrade earmark to save highlights here")
    if contents.missing_end:
        remedy = f"restore {path}.bak, or add a last line [end] if nothing is missing"
        return DamagedError(path, "it was cut short: its last line, [end], is missing", remedy)
    return None


def with_note(contents: Contents, note: str) -> Contents:
    """The contents with this note's file name; a new file gets its head and end."""
    name = codec.storable(note)
    if contents.is_there and contents.note == name:
        return contents
    document = codec.loads(contents.head) | {"version": contents.version, "note": name}
    shown = "".join(char if char.isprintable() else "\ufffd" for char in name)
    title = f"# Highlights of {shown}, kept by earmark. Safe to read, sync and commit.\n"
    tail = contents.tail if contents.is_there else "[end]\n"
    return replace(contents, note=name, head=title + codec.dumps(document), tail=tail, is_there=True)


def with_operations(contents: Contents, operations: Iterable[Operation], order: Iterable[str] = ()) -> Contents:
    """Apply operations to contents; records are put in document order, as ``order`` lists their ids.

    Replacing a record keeps its unknown keys. Removing a missing record changes nothing.
    """
    entries = {each.record.id: each for each in contents.entries}
    for operation in operations:
        if isinstance(operation, Put):
            here = entries.get(operation.id)
            record = operation.on(here.record if here else None)
            if here is None or record != here.record:
                entries[record.id] = written(record, table_in(here) if here else {})
        elif isinstance(operation, Refresh):
            here = entries.get(operation.id)
            if here is not None and here.record == operation.before:
                entries[operation.id] = written(operation.record, table_in(here))
        else:
            entries.pop(operation.id, None)
    if tuple(entries.values()) == contents.entries:
        return contents
    after = tuple(_in_order(entries.values(), order))
    return contents if after == contents.entries else replace(contents, entries=after)


def _in_order(entries: Iterable[SidecarTable], order: Iterable[str]) -> Iterator[SidecarTable]:
    """Entries in document order; those missing from ``order`` are inserted by their lines, after one that it lists."""
    ranks = {id_: rank for rank, id_ in enumerate(order)}
    rank = -1
    ranked: list[tuple[bool, int, int, SidecarTable]] = []
    for entry in sorted(entries, key=lambda entry: document_order(entry.record)):
        rank = ranks.get(entry.record.id, rank)
        ranked.append((isinstance(entry.record, QuestionRecord), rank, len(ranked), entry))
    return (entry for *_, entry in sorted(ranked))


def table_in(entry: SidecarTable) -> codec.Table:
    """The table of an entry, including unknown keys."""
    kind = kind_of(entry.record)
    table: codec.Table = (read_table(entry.text) or codec.loads(entry.text))[kind][0]
    return table


def written(record: Record, before: codec.Table) -> SidecarTable:
    """The entry of a record, including the unknown keys of the former table."""
    kind = kind_of(record)
    # Reading it back proves that it is readable, and gives the times and texts as the file has them.
    return _read(kind, codec.dumps({kind: [table_of(record, before)]}))


_CONFLICT = re.compile(rb"^(?:<<<<<<<|>>>>>>>) ", re.MULTILINE)
_TABLE = re.compile(rb"\n(\[\[?+)(?!highlight\.|question\.)([^\]\n]*)")
_LARGE = 1 << 16
"Size from which a file is cached as a whole: parsing a smaller one is as fast as the lookup."
_LATELY: dict[bytes, Contents] = {}
"Contents of large files recently read or written, by the digests of their bytes."
_LATEST = 4
"Most files in this cache."


def _digest(data: bytes) -> bytes:
    """A digest of a large file's bytes; empty for a small file."""
    return hashlib.blake2b(data, digest_size=16).digest() if len(data) >= _LARGE else b""


def _remember(digest: bytes, contents: Contents) -> None:
    if digest:
        _LATELY[digest] = contents
        for former in list(_LATELY)[:-_LATEST]:
            _LATELY.pop(former, None)


class _OddLayoutError(Exception):
    """The text has tables that do not begin with a bracket at the start of a line."""


class _Pieces(NamedTuple):
    """The pieces of a sidecar's text; each ends in a line feed."""

    head: str
    tables: list[tuple[Kind, str]]
    tail: str


def _cut(data: bytes) -> _Pieces:
    """Cut the text before each table; a cut inside a string or array leaves a piece that is not valid TOML."""
    data = b"\n" + data.removeprefix(codecs.BOM_UTF8).replace(b"\r\n", b"\n")
    # One at a time: other threads would have to wait for a single call that makes the whole list.
    tables = [table for table in _TABLE.finditer(data)]  # noqa: C416
    cuts = [*(_with_comment(data, table.start()) for table in tables), len(data)]
    head = [data[: cuts[0]].decode()]
    records: list[tuple[Kind, str]] = []
    tail: list[str] = []
    for table, (start, end) in zip(tables, pairwise(cuts), strict=True):
        piece = data[start:end].decode().strip("\n") + "\n"
        match table[1], table[2]:
            case b"[[", b"highlight":
                records.append(("highlight", piece))
            case b"[[", b"question":
                records.append(("question", piece))
            case b"[", b"end":
                tail.append(piece)
            case _:
                head.append(piece)
    return _Pieces("\n".join(piece.strip("\n") + "\n" for piece in head if piece.strip()), records, "\n".join(tail))


def _with_comment(data: bytes, start: int) -> int:
    """The start of a table whose header is on the line after ``start``, including a comment directly above."""
    while (above := data.rfind(b"\n", 0, start)) != -1 and data.startswith(b"#", above + 1):
        start = above
    return start


def _laid_out(document: codec.Table) -> _Pieces:
    """The pieces of a document, formatted as this program writes them."""
    tables: list[tuple[Kind, str]] = []
    for kind in get_args(Kind):
        found = document.pop(kind, [])
        if not isinstance(found, list) or not all(isinstance(table, dict) for table in found):
            raise codec.TomlError(f"`{kind}` is not a list of tables", None)
        tables.extend((kind, codec.dumps({kind: [table]})) for table in found)
    if not isinstance(document.get("end", {}), dict):
        raise codec.TomlError("`end` is not a table", None)
    tail = codec.dumps({"end": document.pop("end")}) if "end" in document else ""
    return _Pieces(codec.dumps(document), tables, tail)


def _contents(pieces: _Pieces, data: bytes, path: str) -> Contents:
    document = codec.loads(pieces.head)
    if not document.keys().isdisjoint((*get_args(Kind), "end")) or not codec.loads(pieces.tail).keys() <= {"end"}:
        raise _OddLayoutError
    version, note = document.get("version", VERSION), document.get("note", "")
    if not isinstance(version, int) or isinstance(version, bool) or version < 1:
        raise _wrong(path, "version", f"it must be {VERSION}", codec.key_line(codec.decode(data), ("version",)))
    if not isinstance(note, str):
        raise _wrong(
            path, "note", "it must be the name of a file, in quotes", codec.key_line(codec.decode(data), ("note",))
        )
    entries: dict[str, SidecarTable] = {}
    known = {entry.text: entry for contents in tuple(_LATELY.values()) for entry in contents.entries}
    numbers: dict[str, int] = {}
    for kind, table in pieces.tables:
        try:
            entry = known.get(table) or _read(kind, table)
        except TableError as error:
            if version > VERSION:
                # Kinds of records from a newer format are skipped; the rest can be shown.
                continue
            text = codec.decode(data)
            within = codec.key_line(table, error.key, table=error.part)
            above = text.count("\n", 0, text.find(table)) if table in text else None
            line = None if within is None or above is None else above + within
            raise _wrong(path, ".".join(error.key[1:]), error.problem, line) from None
        _add(entries, entry, numbers)
    return Contents(note, version, tuple(entries.values()), pieces.head, pieces.tail, is_there=True)


def _read(kind: Kind, text: str) -> SidecarTable:
    """Parse the entry of one table; raises TableError, TomlError, and _OddLayoutError if the text has anything else."""
    document = read_table(text) or codec.loads(text)
    tables = document.pop(kind, None)
    if document or not isinstance(tables, list) or len(tables) != 1:
        raise _OddLayoutError
    # Written by hand, without an id: it gets one that stays the same as long as the table does.
    return SidecarTable(record_of(kind, tables[0], f"{zlib.crc32(text.encode()):08x}"), text)


def _add(entries: dict[str, SidecarTable], entry: SidecarTable, numbers: dict[str, int]) -> None:
    """Add an entry to others by id. A second one with the same id, as after a merge, must not hide the first.

    ``numbers`` holds the last number given to each repeated id.
    """
    id_ = entry.record.id
    if (same := entries.get(id_)) is None:
        entries[id_] = entry
    elif same.text != entry.text:
        number = numbers.get(id_, 1) + 1
        while f"{id_}-{number}" in entries:
            number += 1
        numbers[id_] = number
        record = replace(entry.record, id=f"{id_}-{number}")
        entries[record.id] = written(record, table_in(entry))


def _wrong(path: str, key: str, problem: str, line: int | None) -> DamagedError:
    return DamagedError(path, f"`{key}` has a wrong value", problem, line=line)
