"""The watched files of a library: its notes, their highlights files, and copies of those."""

from __future__ import annotations

import os
from dataclasses import replace
from functools import partial
from pathlib import Path, PurePath
from typing import TYPE_CHECKING

from tui.files.discovery import is_note_name, is_skipped, notes_by_folder
from tui.files.sidecar.copies import is_sidecar_name
from tui.files.sidecar.store import possible_sidecars
from tui.files.watching.watcher import Watcher, WatchTarget

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence

    from tui.core.pieces import Pieces
    from tui.files.opened import Opened


def start_watchers(
    opened: Opened,
    arrived: Callable[[str, Pieces | None, bool], None],
    notice: Callable[[str], None],
    known: Callable[[str], Pieces],
) -> list[Watcher]:
    """Watch everything that was opened, from what was read of it on; the callbacks are as for `Watcher`."""
    library, started = opened.library, []
    folders = set(library.roots).difference(note.path for note in library.notes)
    for target in targets_of(*library.roots, folders=folders, within=library.within):
        watcher = Watcher(target, arrived, seen=opened.seen, known=known, on_notice=notice)
        watcher.start()
        started.append(watcher)
    return started


def targets_of(*roots: str, folders: Collection[str] = (), within: Sequence[str] = ()) -> list[WatchTarget]:
    """The files to watch, given files and folders of notes: one target per folder, and one for the files in the same
    folder.

    ``folders`` are roots known to be folders, though they may be missing for the moment. ``within`` is as in
    `tui.files.discovery.leads_out`.
    """
    folders = [root for root in roots if root in folders or os.path.isdir(root)]
    files: dict[str, list[str]] = {}
    for root in roots:
        if root not in folders:
            files.setdefault(os.path.dirname(root), []).append(root)
    return [*(_folder(each, within) for each in folders), *map(_in_folder, files.values())]


def _folder(path: str, within: Sequence[str]) -> WatchTarget:
    """The target for a folder of notes."""
    return WatchTarget.of_folder(
        path, partial(_files, path, within), partial(_is_watched, os.path.basename(os.path.abspath(path)))
    )


def _in_folder(notes: list[str]) -> WatchTarget:
    """The target for notes in one folder and the highlights files there."""
    target = WatchTarget.of_files(*notes, *(str(each) for note in notes for each in possible_sidecars(Path(note))))
    return replace(target, search=partial(_sidecars, Path(target.folder)), is_wanted=is_sidecar_name)


def _files(folder: str, within: Sequence[str]) -> list[str]:
    found = notes_by_folder(Path(folder), within=within)
    notes = (note for each in found.values() for note in each)
    return [*notes, *(path for each in found for path in _sidecars(each))]


def _sidecars(folder: Path) -> list[str]:
    return [str(folder / name) for name in os.listdir(folder) if is_sidecar_name(name)]


def _is_watched(folder: str, way: str) -> bool:
    *folders, name = PurePath(way).parts
    is_inside = not any(map(is_skipped, folders, [folder, *folders]))
    return is_inside and (is_note_name(name) or is_sidecar_name(name))
