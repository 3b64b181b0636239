"""Drafts about notes, kept in the state folder until they are saved or discarded.

Each draft has its own file, which a session writes while it runs; the next session on the note takes it over.
"""

from __future__ import annotations

import os
from contextlib import suppress
from typing import TYPE_CHECKING, NamedTuple

from tui.files.atomic import replace_bytes
from tui.files.regular import read_bytes
from tui.files.remembered.liveness import is_alive
from tui.files.remembered.state_files import make_newest, time_of
from tui.files.remembered.state_folder import files_of, make_folder, state_folder
from tui.files.remembered.unsaved import note_in, path_table, records_in, tables_of
from tui.files.sidecar.tables import TableError
from tui.files.toml import codec

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tui.core.annotations.highlights import Record

LONGEST = 1 << 20
"Most bytes of a draft."
LARGEST = LONGEST << 2
"Most bytes of a draft's file, which also quotes from the notes."
MOST = 500
"Most drafts kept, over all sessions."


class Draft(NamedTuple):
    """A text being typed."""

    note: str
    kind: str
    "``comment``, ``tags`` or ``answer``."
    text: str
    record: Record
    "The record that it belongs to, in its present or intended form."


def keep(draft: Draft, name: str) -> str:
    """Store a draft under a name, replacing an earlier one; return the reason if that fails, else an empty text."""
    if (path := _path(name)) is None:
        return "there is no folder for it"
    text = draft.text.encode("utf-8", "replace").decode()
    if len(text.encode()) > LONGEST:
        return f"it is longer than {LONGEST >> 20} MB"
    title = "# What was being typed in earmark; it comes back with these notes.\n"
    about = tables_of([draft.record])
    document = {**path_table(draft.note), "kind": draft.kind, "text": text, "about": about}
    try:
        make_folder(path.parent)
        if not path.exists() and sum(1 for _ in path.parent.iterdir()) >= MOST:
            return f"{path.parent} has {MOST} of them already"
        replace_bytes(path, [(title + codec.dumps(document)).encode()], durable=False)
        make_newest(path)
    except OSError as error:
        return f"{path.parent} cannot be written: {(error.strerror or str(error)).lower()}"
    return ""


def forget(name: str) -> None:
    """Delete a draft that was saved or discarded."""
    if (path := _path(name)) is not None:
        with suppress(OSError):
            path.unlink()


def of_ended_sessions() -> Iterator[tuple[str, Draft]]:
    """The drafts of ended sessions with their names, oldest first."""
    for path in sorted(files_of("typed", "*.toml"), key=time_of):
        with suppress(OSError, codec.TomlError, TableError, UnicodeDecodeError):
            if not is_alive(path.stem.partition("-")[0]):
                document = codec.loads(read_bytes(path, limit=LARGEST, follows=False))
                kind, text, about = (document.get(key) for key in ("kind", "text", "about"))
                for record in records_in(about).values():
                    yield path.stem, Draft(note_in(document), str(kind), str(text), record)


def take_over(name: str, own: str) -> bool:
    """Rename a draft of an ended session to a name of this session; False if another session was faster."""
    old, new = _path(name), _path(own)
    if old is None or new is None:
        return False
    try:
        os.rename(old, new)
    except OSError:
        return False
    return True


def _path(name: str) -> Path | None:
    folder = state_folder()
    return folder / "typed" / f"{name}.toml" if folder else None
