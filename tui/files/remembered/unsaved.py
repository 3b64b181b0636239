"""Unsaved changes, stored in the state folder until they can be saved next to the notes.

Each session writes its own files, one per note, so that no two write the same one; the next session on the note takes
them over. This is the most valuable part of the state folder, so an unreadable file is left in place.
"""

from __future__ import annotations

import os
from contextlib import suppress
from typing import TYPE_CHECKING, get_args

from tui.core.annotations.changes import RecordChange, joined
from tui.core.annotations.highlights import Kind, kind_of
from tui.files.atomic import replace_bytes
from tui.files.regular import read_bytes
from tui.files.remembered.liveness import is_alive
from tui.files.remembered.state_files import LARGEST, make_newest, time_of
from tui.files.remembered.state_folder import files_of, make_folder, name_of, state_folder
from tui.files.sidecar.tables import TableError, record_of, table_of
from tui.files.toml import codec

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from pathlib import Path

    from tui.core.annotations.highlights import Record


def keep(note: str, unsaved: Mapping[str, RecordChange], session: str, *, durable: bool = True) -> bool:
    """Store a note's changes for the time after this program ends; False if that fails.

    They replace those the session stored for the note before; without changes nothing is stored. Without ``durable`` a
    power cut may lose them.
    """
    if (path := _path(note, session)) is None:
        return not unsaved
    try:
        if unsaved:
            make_folder(path.parent)
            replace_bytes(path, [_text(note, unsaved.values()).encode()], durable=durable)
            make_newest(path)
        else:
            path.unlink(missing_ok=True)
    except OSError:
        return not unsaved
    return True


def waiting(notes: Iterable[str]) -> Iterator[str]:
    """The notes for which earlier sessions may have stored changes; scans the folder once."""
    names = {path.name.rpartition("-")[0] for path in _files_of("*")}
    yield from (note for note in notes if names and name_of(note) in names)


def kept(note: str) -> tuple[dict[str, RecordChange], tuple[Path, ...]]:
    """The changes of a note that earlier sessions could not save, and their files, oldest first.

    Changes stored by a session that is still running are left to it.
    """
    net: dict[str, RecordChange] = {}
    files = []
    for path in sorted(_files(note), key=time_of):
        with suppress(OSError, codec.TomlError, TableError):
            document = codec.loads(read_bytes(path, limit=LARGEST, follows=False))
            if note_in(document) == os.path.abspath(note):
                net = joined(net, _changes(document))
                files.append(path)
    return net, tuple(files)


def of_gone_notes(is_near: Callable[[str], bool]) -> Iterator[tuple[dict[str, RecordChange], Path]]:
    """The changes of vanished notes at paths for which ``is_near`` is True, each with its file."""
    for path in sorted(_files_of("*"), key=time_of):
        with suppress(OSError, codec.TomlError, TableError):
            document = codec.loads(read_bytes(path, limit=LARGEST, follows=False))
            note = note_in(document)
            if is_near(note) and not os.path.exists(note):
                yield {change.id: change for change in _changes(document)}, path


def forget(files: Iterable[Path]) -> None:
    """Delete files whose changes are stored elsewhere by now."""
    for path in files:
        with suppress(OSError):
            path.unlink()


def _text(note: str, changes: Iterable[RecordChange]) -> str:
    pairs = list(changes)
    before = [change.before for change in pairs if change.before]
    after = [change.after for change in pairs if change.after]
    title = "# What earmark could not save beside these notes yet; it does when it opens them next.\n"
    return title + codec.dumps({**path_table(note), "before": tables_of(before), "after": tables_of(after)})


def tables_of(records: Iterable[Record]) -> codec.Table:
    """Records as a table of lists by kind, the inverse of `records_in`."""
    found: codec.Table = {}
    for record in records:
        found.setdefault(kind_of(record), []).append(table_of(record, {}))
    return found


def _changes(document: codec.Table) -> Iterator[RecordChange]:
    before, after = (records_in(document.get(key)) for key in ("before", "after"))
    for id_ in dict.fromkeys((*before, *after)):
        yield RecordChange(before.get(id_), after.get(id_))


def records_in(tables: object) -> dict[str, Record]:
    """The records of such a table, by id. Raises TableError."""
    if not isinstance(tables, dict):
        return {}
    found: dict[str, Record] = {}
    for kind in get_args(Kind):
        listed = tables.get(kind, [])
        if not isinstance(listed, list) or not all(isinstance(table, dict) for table in listed):
            raise TableError((kind,), "it is not a list of tables", 0)
        found |= {record.id: record for record in (record_of(kind, table, "") for table in listed)}
    return found


def path_table(note: str) -> codec.Table:
    """A note's path as a table; an undecodable path, which TOML cannot represent, also in hex."""
    path = os.path.abspath(note)
    stored = codec.storable(path)
    return {"note": stored} if stored == path else {"note": stored, "bytes": os.fsencode(path).hex()}


def note_in(document: codec.Table) -> str:
    """The path of the note that a document is about."""
    note, odd = document.get("note"), document.get("bytes")
    with suppress(ValueError):
        return os.fsdecode(bytes.fromhex(odd)) if isinstance(odd, str) else str(note)
    return str(note)


def _path(note: str, session: str) -> Path | None:
    folder = state_folder()
    return folder / "unsaved" / f"{name_of(note)}-{session}.toml" if folder else None


def _files(note: str) -> tuple[Path, ...]:
    return _files_of(name_of(note))


def _files_of(name: str) -> tuple[Path, ...]:
    found = files_of("unsaved", f"{name}-*.toml")
    return tuple(path for path in found if not is_alive(path.stem.rpartition("-")[2].partition(".")[0]))
