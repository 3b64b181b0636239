"""Merging sidecars on the disk: three files for git, and copies and unsettled conflicts of one sidecar."""

from __future__ import annotations

import os
from contextlib import nullcontext
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tui.errors import SidecarError
from tui.files.atomic import BACKUP_SUFFIX, locked, replace_bytes, unwritable
from tui.files.sidecar.copies import copies_of
from tui.files.sidecar.merging import NOTHING, Whole, known, merged, whole
from tui.files.sidecar.store import ENDING, file_named, read, sidecar_of
from tui.files.sidecar.text import to_bytes

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from tui.core.annotations.merging import Clash
    from tui.files.sidecar.text import Contents


@dataclass(frozen=True, slots=True)
class Joined:
    """What became of a sidecar, of its copies, and of a conflict in it."""

    sidecar: Path
    copies: tuple[Path, ...] = ()
    "Those that are in the sidecar now; each lies beside it as ``NAME.bak``."
    clashes: tuple[Clash, ...] = ()
    "What a person should look at; the side that did not stay is in a ``.bak``."
    faults: tuple[SidecarError, ...] = ()
    "Why the rest is not in it."
    is_mended: bool = False
    "Whether the sidecar held both sides of a conflict."

    @property
    def is_told(self) -> bool:
        """Whether there was anything to do, or to tell of."""
        return bool(self.copies or self.faults or self.is_mended)

    @property
    def summary(self) -> str:
        """What was done, in a line without the file's name."""
        done = ["both sides of a conflict are merged"] if self.is_mended else []
        if self.copies:
            count = "1 copy" if len(self.copies) == 1 else f"{len(self.copies)} copies"
            names = ", ".join(copy.name for copy in self.copies)
            done.append(f"{count} merged and put aside as {BACKUP_SUFFIX}: {names}")
        return "; ".join(done) or "nothing was merged"


def merge_files(base: Path, ours: Path, theirs: Path) -> tuple[Clash, ...]:
    """Merge two sidecars that come from a third into ``ours``, as a merge driver of git does; what could not stay.

    Where the base cannot be read nothing is taken for removed. Raises SidecarError, and then ``ours`` is as it was.
    """
    is_in_use = ours.name.endswith(ENDING)
    with locked(ours) if is_in_use else nullcontext():  # git's own files are of no use to anybody else
        before, here, there = known(_bytes(base)), _whole(ours), _whole(theirs)
        result = merged(before, here.contents, there.contents)
        if here.was_in_conflict or result.contents != here.contents:
            _replace(ours, result.contents, backup=is_in_use)
    return (*here.clashes, *there.clashes, *result.clashes)


def join_notes(notes: Iterable[Path]) -> list[Joined]:
    """`join` for each of some notes, with all the copies of its sidecar; of those only where there was something."""
    sidecars = {note: sidecar_of(note) for note in notes}
    copies = copies_of(sidecars)
    found = []
    for sidecar in sidecars.values():
        try:
            found.append(join(sidecar, copies.get(sidecar, ())))
        except SidecarError as error:
            found.append(Joined(sidecar, faults=(error,)))
    return [joined for joined in found if joined.is_told]


def join_sidecar(path: Path) -> Joined:
    """`join` for a sidecar by its own path, or by that of a copy of it. Raises SidecarError."""
    note = file_named(path.parent, _whole(path).contents.note)
    if note is None:
        return join(path, ())
    sidecar = sidecar_of(note)
    return join(sidecar, copies_of({note: sidecar}).get(sidecar, ()))


def join(sidecar: Path, copies: Sequence[Path]) -> Joined:
    """Bring what copies say into a sidecar, and both sides of a conflict in it together; then put the copies aside.

    There is nothing that the copies and the sidecar come from: nothing is taken for removed. A copy that cannot be
    read whole stays where it is. Raises SidecarError, and then nothing is changed.
    """
    if not copies and not (sidecar.exists() and _whole(sidecar).was_in_conflict):
        return Joined(sidecar)
    with locked(sidecar):
        here = _whole(sidecar) if sidecar.exists() else Whole(NOTHING)
        contents, clashes = here.contents, here.clashes
        joined: dict[Path, bytes] = {}
        faults: list[SidecarError] = []
        for copy in copies:
            try:
                data = _bytes(copy)
                there = whole(data, os.fspath(copy))
            except SidecarError as error:
                faults.append(error)
                continue
            result = merged(NOTHING, contents, there.contents)
            contents = result.contents
            clashes = (*clashes, *there.clashes, *result.clashes)
            joined[copy] = data
        if here.was_in_conflict or contents != here.contents:
            _replace(sidecar, contents, backup=True)
        for copy, data in joined.items():
            _put_aside(copy, data)
    return Joined(sidecar, tuple(joined), clashes, tuple(faults), here.was_in_conflict)


def both_sides(sidecar: Path) -> Contents | None:
    """What both sides say of a merge that was not settled; None where there is none, or a side cannot be read."""
    try:
        found = _whole(sidecar)
    except SidecarError:
        return None
    return found.contents if found.was_in_conflict else None


def _whole(path: Path) -> Whole:
    return whole(_bytes(path), os.fspath(path))


def _bytes(path: Path) -> bytes:
    data = read(path)
    if data is None:
        raise SidecarError(os.fspath(path), "no such file")
    return data


def _replace(path: Path, contents: Contents, *, backup: bool) -> None:
    try:
        replace_bytes(path, to_bytes(contents), backup=backup)
    except OSError as error:
        raise unwritable(path, error) from error


def _put_aside(copy: Path, data: bytes) -> None:
    """Take a copy out of the way that says nothing but what was merged; one written anew meanwhile stays."""
    try:
        if read(copy) == data:
            os.replace(copy, copy.with_name(copy.name + BACKUP_SUFFIX))
    except OSError as error:
        raise unwritable(copy, error) from error
