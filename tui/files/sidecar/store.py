"""The sidecar on the disk: where it lies, how it is read, and how a change reaches it."""

from __future__ import annotations

import errno
import os
from contextlib import suppress
from typing import TYPE_CHECKING

from tui.errors import DamagedError, SidecarError
from tui.files.atomic import (
    LOCK_SECONDS,
    backup_of,
    kept_aside,
    locked,
    replace_bytes,
    sweep,
    sync_folder,
    unwritable,
)
from tui.files.regular import read_bytes
from tui.files.sidecar.index import SidecarIndex
from tui.files.sidecar.text import Contents, parse, proven, refusal, with_note, with_operations
from tui.files.toml import codec

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from tui.core.annotations.highlights import Operation

ENDING = ".highlights.toml"

LARGEST = 1 << 26
"The largest sidecar that is read, in bytes."


def sidecar_of(note: Path) -> Path:
    """Where the highlights of a note lie, or would lie: ``podcasts.highlights.toml`` beside ``podcasts.md``.

    Where another note of that folder has that file, as ``podcasts.txt`` may, it is ``podcasts.md.highlights.toml``.
    """
    short, long = possible_sidecars(note)
    return long if os.path.exists(long) or _belongs_to_another(short, note.name) else short


def possible_sidecars(note: Path) -> tuple[Path, Path]:
    """The two places where the highlights of a note may lie, the usual one first."""
    long = f"{note.stem}.{note.suffix.removeprefix('.')}{ENDING}"
    return note.with_name(note.stem + ENDING), note.with_name(long)


def strays(folder: Path) -> tuple[tuple[Path, str], ...]:
    """The sidecars of a folder whose note is not there (any more), each with the name of that note, if it says one.

    So a note that was renamed can be given its highlights back.
    """
    found = ((path, stray_name(path)) for path in sorted(folder.glob("*" + ENDING)))
    return tuple((path, name) for path, name in found if name is not None)


def stray_name(path: Path) -> str | None:
    """The note that a sidecar names, if that is not there (any more); None where it is, or the sidecar is not whole."""
    name = INDEX.note_named(path)
    if name is None or file_named(path.parent, name) is not None:
        return None
    try:
        return INDEX.contents(path).note
    except SidecarError:
        return None


def load(path: Path) -> Contents:
    """What a sidecar says; nothing, where there is none. Raises SidecarError where it cannot be read."""
    data = read(path)
    return Contents() if data is None else parse(data, os.fspath(path))


INDEX = SidecarIndex(load)
"What all sidecars that were looked at say."


def tags_of(notes: Path) -> tuple[str, ...]:
    """The tags that highlights of a file or a folder of notes have, by what can be read of their sidecars."""
    found: set[str] = set()
    for path in notes.rglob("*" + ENDING) if notes.is_dir() else [sidecar_of(notes)]:
        with suppress(SidecarError):
            found.update(tag for each in load(path).highlights for tag in each.tags)
    return tuple(sorted(found))


def read(path: Path) -> bytes | None:
    """A sidecar's bytes; None where there is no file. Raises SidecarError where they cannot be read."""
    try:
        return read_bytes(path, limit=LARGEST)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise _unreadable(path, error) from None


def apply(
    path: Path,
    note_name: str,
    operations: Iterable[Operation],
    *,
    order: Iterable[str] = (),
    patience: float = LOCK_SECONDS,
) -> Contents:
    """Carry out operations on a sidecar as it is on the disk now; what it says afterwards.

    Nothing is written where nothing changes; a first record makes the file. What other programs wrote in the meantime
    stays. The generation before is kept as ``NAME.bak``.

    Args:
        path: The sidecar.
        note_name: The name of the note's file; a sidecar of a note that is gone becomes this note's.
        operations: In the order in which they shall happen.
        order: The ids of records as they stand in the notes, as far as it is known; else their lines say it.
        patience: How many seconds to wait for another writer.

    Raises SidecarError, and then the file is as it was (but see `replace_bytes`).
    """
    with locked(path, patience):
        sweep(path)
        before = load(path)
        if (reason := refusal(os.fspath(path), before)) is not None:
            raise reason
        if before.note not in ("", codec.storable(note_name)) and file_named(path.parent, before.note):
            problem = f"it has the highlights of {before.note}, not of {note_name}"
            raise SidecarError(os.fspath(path), problem, "open the notes again")
        after = with_operations(before, operations, order)
        if after is not before:
            after = with_note(after, note_name)
        try:
            if after is not before:
                replace_bytes(path, proven(after, before, os.fspath(path)), backup=True)
            elif before.is_there:
                # What is there may be from a save that failed at its very end, at the folder's fsync.
                sync_folder(path)
        except OSError as error:
            raise unwritable(path, error) from error
    return after


def can_restore(path: Path) -> bool:
    """Whether the generation before a damaged sidecar is there, and whole."""
    backup = backup_of(path)
    try:
        contents = load(backup)
    except SidecarError:
        return False
    return contents.is_there and refusal(os.fspath(backup), contents) is None


def restore(path: Path, *, patience: float = LOCK_SECONDS) -> Path:
    """Bring the generation before a damaged sidecar back; gives the name under which the damaged one is kept.

    That is ``NAME.damaged``, with a number where there is one already. Raises SidecarError where the sidecar is not
    damaged, or there is nothing whole to bring back; then everything is as it was.
    """
    with locked(path, patience):
        try:
            fault = refusal(os.fspath(path), load(path))
        except DamagedError as error:
            fault = error
        if not isinstance(fault, DamagedError):
            raise fault or SidecarError(os.fspath(path), "it is not damaged", "nothing was changed")
        if not can_restore(path):
            raise SidecarError(os.fspath(backup_of(path)), "there is nothing whole to bring back", "mend it by hand")
        try:
            whole = read_bytes(backup_of(path), limit=LARGEST)
            aside = kept_aside(path, ".damaged")
            replace_bytes(path, whole, backup=False)
        except OSError as error:
            raise unwritable(path, error) from error
    return aside


def file_named(folder: Path, name: str) -> Path | None:
    """The file of a folder that a sidecar's word on its note leads to; it is a name, and leads nowhere else.

    A name of odd bytes is told as TOML can hold it, so files are asked for how theirs would be told.
    """
    if not name or os.path.basename(name) != name or "\0" in name:
        return None
    if os.path.isfile(folder / name):
        return folder / name
    if "\ufffd" in name:
        return next((each for each in folder.iterdir() if codec.storable(each.name) == name and each.is_file()), None)
    return None


def _belongs_to_another(sidecar: Path, note_name: str) -> bool:
    name = INDEX.note_named(sidecar)
    return bool(name) and name != codec.storable(note_name) and file_named(sidecar.parent, str(name)) is not None


def _unreadable(path: Path, error: OSError) -> SidecarError:
    problem, remedy = {
        errno.EACCES: ("you may not read it", "give yourself the right to read it"),
        errno.EPERM: ("you may not read it", "give yourself the right to read it"),
        errno.EISDIR: ("this is a folder", "give the folder another name"),
        errno.ENODEV: ("this is a pipe or a device", "put the file back in its place"),
        errno.ENXIO: ("this is a pipe or a device", "put the file back in its place"),
        errno.ELOOP: ("a symbolic link that leads to itself", "mend the link"),
        errno.EFBIG: (f"more than {LARGEST >> 20} MB", "this is hardly a file of highlights"),
    }.get(error.errno or 0, (f"cannot be read: {error.strerror or error}", ""))
    return SidecarError(os.fspath(path), problem, remedy)
