"""The sidecar on disk: how it is found, read and changed."""

from __future__ import annotations

import os
import time
from contextlib import suppress
from typing import TYPE_CHECKING

from tui.core.notes.format import ENDINGS
from tui.errors import DamagedError, SidecarError
from tui.files import symbolic_links
from tui.files.atomic import backups_of, keep, kept_aside, swap, sweep, sync_folder
from tui.files.lock import LOCK_SECONDS, locked
from tui.files.os_errors import sidecar_unreadable, sidecar_unwritable
from tui.files.regular import read_bytes
from tui.files.short_names import fits, shortened
from tui.files.sidecar.index import SidecarIndex
from tui.files.sidecar.merging import NOTHING, common_ancestor, merged, parse_whole
from tui.files.sidecar.text import Contents, parse, proven, refusal, to_bytes, with_note, with_operations
from tui.files.symbolic_links import ENDING
from tui.files.toml import codec
from tui.files.watching.writers import has_writer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

    from tui.core.annotations.highlights import Operation

LARGEST = 1 << 26
"Maximum size of a sidecar in bytes."

_ROOM = len(".damaged99")
"Bytes that the longest backup name adds to the sidecar's."
_LEAST_TRIES = 8
"Minimum number of attempts to save while another program keeps changing the file."
_HALF = 0.04
"Seconds to let another program complete a half-written version, before a save is refused."
_BETWEEN = 0.1
"Seconds to let a program that replaces the file by deleting it, as git does, create it again."
_PAUSE = 0.005
"Seconds to pause meanwhile, since that program may be writing the file bit by bit."


def sidecar_of(note: Path) -> Path:
    """The sidecar of a note, existing or not: the first of `possible_sidecars` that belongs to no other note.

    Another of them that exists and belongs to no other note takes precedence.
    """
    places = possible_sidecars(note)
    free = [place for place in places if not _belongs_to_another(place, note.name)]
    return next(filter(os.path.exists, free[1:]), free[0] if free else places[0])


def possible_sidecars(note: Path) -> tuple[Path, ...]:
    """The possible paths of a note's sidecar, the usual one first.

    They are ``podcasts.highlights.toml`` next to ``podcasts.md``, and ``podcasts.md.highlights.toml`` in case another
    note of the folder, such as ``podcasts.txt``, has the first. Names too long for a backup's additions are shortened;
    where the full name alone would fit, an older sidecar may still have it.
    """
    stems = note.stem, f"{note.stem}.{note.suffix.removeprefix('.')}"
    names = [stem + ENDING if fits(stem + ENDING, _ROOM) else "" for stem in stems]
    short = [name or shortened(note.name, ENDING, digits=digits) for name, digits in zip(names, (16, 32), strict=True)]
    former = [stem + ENDING for stem, name in zip(stems, names, strict=True) if not name and fits(stem + ENDING)]
    return tuple(map(note.with_name, (*short, *former)))


def strays(folder: Path, pause: Callable[[], None] = lambda: None) -> tuple[tuple[Path, str], ...]:
    """The sidecars of a folder whose note is gone, each with the name of that note, if it contains one.

    This is how a renamed note gets its highlights back. ``pause`` is called before each file. A folder that cannot
    be listed has none.
    """
    found: list[tuple[Path, str]] = []
    paths: list[Path] = []
    with suppress(OSError):
        paths = sorted(folder.glob("*" + ENDING))
    for path in paths:
        pause()
        if (name := stray_name(path)) is not None:
            found.append((path, name))
    return tuple(found)


def stray_name(path: Path) -> str | None:
    """The vanished note that a sidecar names; None if the note exists or the sidecar is incomplete.

    None also if it stands in the place of another note: both were renamed, or another system spells names differently.
    """
    name = INDEX.note_named(path)
    if name is None or file_named(path.parent, name) is not None or is_in_place(path):
        return None
    try:
        return INDEX.contents(path).note
    except SidecarError:
        return None


def load(path: Path, within: Sequence[Path] = ()) -> Contents:
    """The contents of a sidecar; empty if there is none. Raises SidecarError if it cannot be read.

    Its link may lead into the folders ``within`` as well as its own.
    """
    data = read(path, within)
    return Contents() if data is None else parse(data, os.fspath(path))


INDEX = SidecarIndex(load)
"The cache of all sidecars read so far."


def tags_of(notes: Path) -> tuple[str, ...]:
    """The tags of highlights in a file or folder of notes, taken from all readable sidecars."""
    found: set[str] = set()
    for path in notes.rglob("*" + ENDING) if notes.is_dir() else [sidecar_of(notes)]:
        with suppress(SidecarError):
            found.update(tag for each in load(path).highlights for tag in each.tags)
    return tuple(sorted(found))


def read(path: Path, within: Sequence[Path] = ()) -> bytes | None:
    """A sidecar's bytes; None if there is no file. Raises SidecarError if it cannot be read."""
    try:
        return read_bytes(symbolic_links.readable(path, within), limit=LARGEST, follows=False)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise sidecar_unreadable(path, error) from None


def apply(
    path: Path,
    note_name: str,
    operations: Iterable[Operation],
    *,
    order: Iterable[str] = (),
    patience: float = LOCK_SECONDS,
    within: Sequence[Path] = (),
) -> Contents:
    """Apply operations to a sidecar in its present state on disk; return its new contents.

    Nothing is written if nothing changes; a first record creates the file. Changes made by other programs meanwhile are
    kept or merged. Backups are called ``NAME.bak`` and the like.

    Args:
        path: The sidecar.
        note_name: The name of the note's file; a sidecar of a vanished note becomes this note's.
        operations: The operations, in order.
        order: The ids of records in document order, where known; else their lines decide.
        patience: Seconds to wait for another writer.
        within: Folders besides the sidecar's own that its link may lead into.

    Raises SidecarError, with the operations not in the file unless the error says so.
    """
    operations, order = tuple(operations), tuple(order)
    after = Contents()

    def change(data: bytes | None) -> bytes | None:
        nonlocal after
        before = Contents() if data is None else parse(data, os.fspath(path))
        if (reason := refusal(os.fspath(path), before)) is not None:
            raise reason
        if _is_of_another(path, before.note, note_name):
            problem = f"it has the highlights of {before.note}, not of {note_name}"
            raise SidecarError(os.fspath(path), problem, "open the notes again")
        after = with_operations(before, operations, order)
        if after is before:
            return None
        after = with_note(after, note_name)
        return proven(after, before, os.fspath(path))

    rewrite(path, change, note=path.with_name(note_name), patience=patience, within=within)
    return after


def rewrite(
    path: Path,
    change: Callable[[bytes | None], bytes | None],
    *,
    note: Path | None = None,
    backup: bool = True,
    patience: float = LOCK_SECONDS,
    within: Sequence[Path] = (),
) -> None:
    """Change a sidecar under its lock, again for each version written meanwhile by a program that ignores the lock.

    Args:
        path: The sidecar.
        change: Maps the present bytes, or None without a file, to the new ones; returns None to leave them.
        note: The note whose permissions a new file gets.
        backup: True to keep backups.
        patience: Seconds to wait for another writer.
        within: As for `apply`.

    Raises SidecarError, with no part of the change in the file unless the error says so.
    """
    real = symbolic_links.writable(path, within)
    may_return = any(map(os.path.lexists, (real, *backups_of(real))))
    with locked(real, patience, note=note):
        sweep(real)
        end = time.monotonic() + patience
        foreign: list[tuple[bytes | None, bytes]] = []
        tries, until, gone = 0, 0.0, 0.0
        try:
            while True:
                tries += 1
                if has_writer(os.fspath(real)):
                    # Replaced now, the file that this program writes into would be the backup.
                    if time.monotonic() > end:
                        raise SidecarError(os.fspath(path), "another program has it open for writing", "try again")
                    time.sleep(_PAUSE)
                    continue
                data = read(real)
                if data is None and may_return:
                    gone = gone or time.monotonic() + _BETWEEN
                    if time.monotonic() < gone:
                        time.sleep(_PAUSE)
                        continue
                try:
                    base = _with_displaced(data, foreign)
                    new = change(base)
                except DamagedError:
                    until = until or time.monotonic() + _HALF
                    if time.monotonic() > until:
                        raise
                    # Another program has written only half of its version.
                    time.sleep(_PAUSE)
                    continue
                if new is None and base == data:
                    if data is not None:
                        # The present bytes may come from a save that failed in its last step, the folder's fsync.
                        sync_folder(real)
                    foreign.clear()
                    return
                new = base if new is None else new
                assert new is not None
                if len(new) > LARGEST:
                    problem = f"with this it would have more than {LARGEST >> 20} MB"
                    raise SidecarError(os.fspath(path), problem, "highlight fewer words")
                done = swap(real, new, data, note=note, backup=backup)
                if done.is_done:
                    foreign.clear()
                    return
                foreign += ((data, each) for each in done.displaced)
                may_return = True
                if tries > _LEAST_TRIES and time.monotonic() > end:
                    raise SidecarError(os.fspath(path), "another program keeps changing it", "try again")
                time.sleep(_PAUSE)
        except OSError as error:
            raise _failed(path, change, error) from error
        finally:
            with suppress(OSError, SidecarError):
                for base, version in foreign:
                    if (data := read(real)) is not None and _with_displaced(data, [(base, version)]) != data:
                        keep(real, version)


def _with_displaced(data: bytes | None, foreign: Iterable[tuple[bytes | None, bytes]]) -> bytes | None:
    """Merge displaced versions into a sidecar's bytes, each given with the version it was based on."""
    for base, version in foreign:
        if version == data:
            continue
        try:
            here = NOTHING if data is None else parse_whole(data, "").contents
            there = parse_whole(version, "").contents
        except SidecarError:
            continue
        found = merged(NOTHING if base is None else common_ancestor(base), here, there).contents
        data = data if found == here else to_bytes(found)
    return data


def _failed(path: Path, change: Callable[[bytes | None], bytes | None], error: OSError) -> SidecarError:
    """The error for a failed save; it says if the change is in the file nevertheless."""
    with suppress(SidecarError):
        if (data := read(path)) is not None and change(data) is None:
            problem = f"saved, but the disk did not confirm it: {error.strerror or error}"
            return SidecarError(os.fspath(path), problem, "check the disk")
    return sidecar_unwritable(path, error)


def can_restore(path: Path, within: Sequence[Path] = ()) -> bool:
    """True if a damaged sidecar has an intact backup."""
    return _newest_whole(path, within) is not None


def _newest_whole(path: Path, within: Sequence[Path]) -> bytes | None:
    """The newest intact backup, except of another note that is there."""
    for backup in backups_of(real := symbolic_links.readable(path, within)):
        with suppress(SidecarError):
            if (data := read(backup)) is None or refusal("", contents := parse(data, "")) is not None:
                continue
            named = file_named(real.parent, contents.note)
            if named is None or {path.name, real.name} & {each.name for each in possible_sidecars(named)}:
                return data
    return None


def restore(path: Path, *, patience: float = LOCK_SECONDS, within: Sequence[Path] = ()) -> Path:
    """Restore the newest intact backup of a damaged sidecar; return the path under which the damaged one is kept.

    That is ``NAME.damaged``, numbered if it exists. Raises SidecarError, with nothing changed, if the sidecar is not
    damaged or has no intact backup.
    """
    aside = path
    damaged: bytes | None = None

    def change(data: bytes | None) -> bytes:
        nonlocal aside, damaged
        try:
            fault = refusal(os.fspath(path), Contents() if data is None else parse(data, os.fspath(path)))
        except DamagedError as error:
            fault = error
        if not isinstance(fault, DamagedError):
            raise fault or SidecarError(os.fspath(path), "it is not damaged", "nothing was changed")
        if (whole := _newest_whole(path, within)) is None:
            raise SidecarError(os.fspath(path), "no earlier version is intact", "correct it by hand")
        if data != damaged:
            aside, damaged = kept_aside(path, ".damaged"), data
        return whole

    rewrite(path, change, backup=False, patience=patience, within=within)
    return aside


def file_named(folder: Path, name: str) -> Path | None:
    """The file in a folder that a sidecar names as its note; the name cannot lead elsewhere.

    Undecodable names are stored in a form that TOML allows, so files are compared by these stored names.
    """
    if not name or os.path.basename(name) != name or "\0" in name:
        return None
    if os.path.isfile(folder / name):
        return folder / name
    if "\ufffd" in name:
        return next((each for each in folder.iterdir() if codec.storable(each.name) == name and each.is_file()), None)
    return None


def is_in_place(sidecar: Path) -> bool:
    """True if a sidecar is where that of a note in its folder belongs, whatever note it names."""
    stem = sidecar.name.removesuffix(ENDING)
    notes = [sidecar.with_name(stem + ending) for each in ("", *ENDINGS) for ending in {each, each.upper()}]
    return any(os.path.isfile(note) and sidecar_of(note) == sidecar for note in notes)


def _belongs_to_another(sidecar: Path, note_name: str) -> bool:
    return _is_of_another(sidecar, INDEX.note_named(sidecar) or "", note_name)


def _is_of_another(sidecar: Path, named: str, note_name: str) -> bool:
    """True if a sidecar names another note than this one, which is there.

    A sidecar with this note's name, in a place where that of the other would never be, was copied or renamed together
    with this note, and is not the other's.
    """
    if named in ("", codec.storable(note_name)) or (other := file_named(sidecar.parent, named)) is None:
        return False
    note = sidecar.with_name(note_name)
    has_its_name = sidecar.name.removesuffix(ENDING) in (note.stem, note.name)
    return not has_its_name or sidecar in possible_sidecars(other)
