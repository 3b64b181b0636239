"""Merging sidecars on disk: three files for git, or a sidecar with its copies and unresolved conflicts."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from tui.errors import SidecarError
from tui.files.atomic import BACKUP_SUFFIX, swap
from tui.files.discovery import is_note_name
from tui.files.exchange import rename_new
from tui.files.os_errors import sidecar_unwritable
from tui.files.short_names import with_ending
from tui.files.sidecar.copies import copies_of
from tui.files.sidecar.merging import NOTHING, CompleteSidecar, common_ancestor, merged, parse_whole
from tui.files.sidecar.store import file_named, read, rewrite, sidecar_of
from tui.files.sidecar.text import to_bytes
from tui.files.symbolic_links import ENDING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from tui.core.annotations.merging import Clash
    from tui.files.sidecar.text import Contents


@dataclass(frozen=True, slots=True)
class JoinResult:
    """The result of merging a sidecar with its copies, and of resolving a conflict in it."""

    sidecar: Path
    copies: tuple[Path, ...] = ()
    "Copies merged into the sidecar; each was renamed to ``NAME.bak``."
    clashes: tuple[Clash, ...] = ()
    "Clashes that a person should look at; the dropped side is in a ``.bak``."
    left: tuple[Path, ...] = ()
    "Copies merged into the sidecar that could not be put aside."
    faults: tuple[SidecarError, ...] = ()
    "The reasons why copies could not be merged, or not be put aside."
    is_mended: bool = False
    "True if the sidecar contained both sides of a conflict."

    @property
    def has_merged(self) -> bool:
        """True if anything was merged."""
        return bool(self.copies or self.left or self.is_mended)

    @property
    def is_told(self) -> bool:
        """True if there is anything to report."""
        return self.has_merged or bool(self.faults)

    @property
    def summary(self) -> str:
        """The result in one line, without the file's name."""
        done = ["both sides of a conflict are merged"] if self.is_mended else []
        if self.copies:
            done.append(f"{_counted(self.copies)} merged and put aside as {BACKUP_SUFFIX}: {_names(self.copies)}")
        if self.left:
            done.append(f"{_counted(self.left)} merged but not put aside: {_names(self.left)}")
        return "; ".join(done) or "nothing was merged"


def _counted(copies: Sequence[Path]) -> str:
    return "1 copy" if len(copies) == 1 else f"{len(copies)} copies"


def _names(copies: Sequence[Path]) -> str:
    return ", ".join(copy.name for copy in copies)


def merge_files(base: Path, ours: Path, theirs: Path) -> tuple[Clash, ...]:
    """Merge two sidecars that descend from a third into ``ours``, as a merge driver for git; return the clashes.

    If the base is unreadable, nothing counts as removed. Raises SidecarError with ``ours`` unchanged, also if that has
    the name of a note.
    """
    if is_note_name(ours.name):
        raise SidecarError(os.fspath(ours), "notes are never written to", "give a highlights file as OURS")
    before = common_ancestor(_bytes(base))
    clashes: tuple[Clash, ...] = ()

    def change(data: bytes | None) -> bytes | None:
        nonlocal clashes
        if data is None:
            raise SidecarError(os.fspath(ours), "no such file")
        here, there = parse_whole(data, os.fspath(ours)), _whole(theirs)
        result = merged(before, here.contents, there.contents)
        clashes = (*here.clashes, *there.clashes, *result.clashes)
        return to_bytes(result.contents) if here.was_in_conflict or result.contents != here.contents else None

    if ours.name.endswith(ENDING):
        rewrite(ours, change)
    else:
        _rewrite_alone(ours, change)
    return clashes


def _rewrite_alone(path: Path, change: Callable[[bytes | None], bytes | None]) -> None:
    """Change a temporary file of git's without a lock, since nobody else uses it. Raises SidecarError."""
    data = read(path)
    if (new := change(data)) is None:
        return
    try:
        if not swap(Path(os.path.realpath(path)), new, data, backup=False).is_done:
            raise SidecarError(os.fspath(path), "another program changed it", "try again")
    except OSError as error:
        raise sidecar_unwritable(path, error) from error


def join_notes(notes: Iterable[Path]) -> list[JoinResult]:
    """`join` each sidecar of some notes with all its copies; results without any effect are left out."""
    sidecars = {note: sidecar_of(note) for note in notes}
    copies = copies_of(sidecars)
    found = []
    for sidecar in sidecars.values():
        try:
            found.append(join(sidecar, copies.get(sidecar, ())))
        except SidecarError as error:
            found.append(JoinResult(sidecar, faults=(error,)))
    return [joined for joined in found if joined.is_told]


def join_sidecar(path: Path) -> JoinResult:
    """`join` a sidecar, given its own path or that of a copy. Raises SidecarError."""
    note = file_named(path.parent, _whole(path).contents.note)
    if note is None:
        return join(path, ())
    sidecar = sidecar_of(note)
    return join(sidecar, copies_of({note: sidecar}).get(sidecar, ()))


def join(sidecar: Path, copies: Sequence[Path]) -> JoinResult:
    """Merge copies into a sidecar, and both sides of a conflict in it; then put the copies aside.

    Copies and sidecar have no known base, so nothing counts as removed. A copy that cannot be read completely stays
    where it is, and so does one that cannot be put aside. Raises SidecarError, with nothing changed.
    """
    if not copies and not (sidecar.exists() and _whole(sidecar).was_in_conflict):
        return JoinResult(sidecar)
    was_in_conflict = False
    clashes: tuple[Clash, ...] = ()
    joined: dict[Path, bytes] = {}
    faults: list[SidecarError] = []

    def change(data: bytes | None) -> bytes | None:
        nonlocal was_in_conflict, clashes
        here = CompleteSidecar(NOTHING) if data is None else parse_whole(data, os.fspath(sidecar))
        contents, clashes, was_in_conflict = here.contents, here.clashes, here.was_in_conflict
        joined.clear()
        faults.clear()
        for copy in copies:
            try:
                said = _bytes(copy)
                there = parse_whole(said, os.fspath(copy))
            except SidecarError as error:
                faults.append(error)
                continue
            result = merged(NOTHING, contents, there.contents)
            contents = result.contents
            clashes = (*clashes, *there.clashes, *result.clashes)
            joined[copy] = said
        return to_bytes(contents) if here.was_in_conflict or contents != here.contents else None

    rewrite(sidecar, change, note=copies[0] if copies else None)
    left = []
    for copy, said in joined.items():
        try:
            put_aside(copy, said)
        except SidecarError as error:
            left.append(copy)
            faults.append(error)
    aside = tuple(copy for copy in joined if copy not in left)
    return JoinResult(sidecar, aside, clashes, tuple(left), tuple(faults), was_in_conflict)


def both_sides(sidecar: Path, within: Sequence[Path] = ()) -> Contents | None:
    """Both sides of an unresolved merge, merged; None if there is none or a side cannot be read."""
    try:
        found = _whole(sidecar, within)
    except SidecarError:
        return None
    return found.contents if found.was_in_conflict else None


def _whole(path: Path, within: Sequence[Path] = ()) -> CompleteSidecar:
    return parse_whole(_bytes(path, within), os.fspath(path))


def _bytes(path: Path, within: Sequence[Path] = ()) -> bytes:
    data = read(path, within)
    if data is None:
        raise SidecarError(os.fspath(path), "no such file")
    return data


def put_aside(copy: Path, data: bytes) -> None:
    """Put a merged copy aside, unless it has been rewritten meanwhile.

    ``.bak`` is appended to its name. Raises SidecarError.
    """
    aside = copy.with_name(with_ending(copy.name, BACKUP_SUFFIX))
    try:
        if read(copy) == data:
            os.replace(copy, aside)
            if read(aside) != data:
                rename_new(aside, copy)
    except OSError as error:
        raise sidecar_unwritable(copy, error) from error
