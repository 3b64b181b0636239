"""The extent of a library: the files and folders at a path that are notes, and the links that lead out of it."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from tui.core.notes.format import ENDINGS
from tui.core.notes.natural_order import natural, natural_name
from tui.files.os_errors import notes_unreadable

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tui.errors import NotesError


def note_files(*roots: Path | str, within: Sequence[str] = ()) -> tuple[str, ...]:
    """The note files in folders and their subfolders, in natural order: ``2.md`` before ``10.md``.

    `is_note_name` and `is_skipped` decide what counts. Symbolic links are followed, except those that lead out, and
    each folder is entered once. A root that is a file counts whatever its name. ``within`` is as in `leads_out`.
    """
    keys: dict[str, list[list[str | int]]] = {}
    taken: dict[str, set[str]] = {}
    for folder, notes in reversed(notes_by_folder(*roots, within=within).items()):
        # Computed once for all notes of a folder, which may have ten thousand.
        inside, before = _inside(folder), taken.setdefault(os.path.abspath(folder), set())
        above, start = natural(inside)[:-1], len(inside)
        names = {path[start:]: path for path in notes if path[start:] not in before}
        before |= names.keys()
        keys |= {path: [*above, natural_name(name)] for name, path in names.items()}
    return tuple(sorted(sorted(keys), key=keys.__getitem__))  # comparing keys alone takes half the time


def notes_by_folder(*roots: Path | str, within: Sequence[str] = ()) -> dict[Path, tuple[str, ...]]:
    """The paths of the notes in folders and their subfolders, by folder, including folders without notes."""
    found: dict[Path, tuple[str, ...]] = {}
    for root in map(Path, roots):
        walked = _walk(root, [], [], within) if len(roots) == 1 or root.is_dir() else [(root.parent, (str(root),))]
        for folder, notes in walked:
            found[folder] = tuple(dict.fromkeys((*found.get(folder, ()), *notes)))
    return found


def links_out(*roots: Path | str, within: Sequence[str] = ()) -> tuple[Path, ...]:
    """Symbolic links in folders that may lead to notes but are not followed, since they lead out."""
    links: list[Path] = []
    for folder in filter(os.path.isdir, roots):
        for _ in _walk(Path(folder), links, [], within):
            pass
    return tuple(sorted(links))


def unreadable_folders(*roots: Path | str) -> tuple[NotesError, ...]:
    """The subfolders that cannot be read, as one error each."""
    shut: list[NotesError] = []
    for folder in filter(os.path.isdir, roots):
        for _ in _walk(Path(folder), [], shut, ()):
            pass
    return tuple(sorted(shut, key=str))


def leads_out(path: str, folder: str, within: Sequence[str] = ()) -> bool:
    """True if a path lies outside of what someone means by opening a folder.

    Symbolic links may lead anywhere in the folder, and to notes and folders ``within`` those that the reader named. All
    else is excluded, even single notes: the links may have come with the notes, and highlights made through them would
    send the words of a private note back to where the links came from.
    """
    target = os.path.realpath(path)
    if is_in(target, os.path.realpath(folder)):
        return False
    is_meant = os.path.isdir(target) or (is_note_name(os.path.basename(target)) and os.path.isfile(target))
    return not (is_meant and any(is_in(target, os.path.realpath(each)) for each in within))


def is_in(path: str, folder: str) -> bool:
    """True if a path is a folder or lies in it, comparing the strings only."""
    return path == folder or path.startswith(folder.rstrip("/") + "/")


def note_at(path: str) -> str | None:
    """The note at a path, with or without its file extension; None if there is none."""
    named = (path, *(path + ending for ending in ENDINGS))
    return next((each for each in named if is_note_name(os.path.basename(each)) and os.path.isfile(each)), None)


def is_note_name(name: str) -> bool:
    """True if a file in a folder of notes is a note, judged by its name."""
    return name.lower().endswith(ENDINGS) and not name.startswith(".")


def is_among(path: str, roots: Sequence[str]) -> bool:
    """True if a file is one of the notes in folders, as far as its name and the folders above it tell."""
    file = os.path.realpath(path)
    for root in map(os.path.realpath, filter(os.path.isdir, roots)):
        if is_note_name(os.path.basename(file)) and is_in(file, root):
            *folders, _ = os.path.relpath(file, root).split(os.sep)
            return not any(map(is_skipped, folders, (os.path.basename(root), *folders)))
    return False


def is_skipped(folder: str, parent: str) -> bool:
    """True for a folder without notes: hidden, made by software, a trash folder, or Logseq's backups."""
    is_copies = parent.lower() == "logseq" and folder in ("bak", "version-files")
    return is_copies or folder.startswith(".") or folder in _NO_NOTES


_NO_NOTES = frozenset(("node_modules", "__pycache__", "__MACOSX", "$RECYCLE.BIN", "#recycle", "@eaDir", "lost+found"))
"Folders of software, archives, trash and thumbnails; others of their kind are hidden."


def _walk(
    top: Path, links: list[Path], shut: list[NotesError], within: Sequence[str]
) -> Iterator[tuple[Path, tuple[str, ...]]]:
    """Walk a folder and its subfolders, each with the paths of its notes.

    Symbolic links that lead out, and errors about unreadable folders, are appended to the lists.
    """
    entered: set[tuple[int, int]] = set()
    top_name = os.path.basename(os.path.abspath(top))
    waiting = [top]
    while waiting:
        folder = waiting.pop()
        try:
            status = folder.stat()
            entries = list(os.scandir(folder))
        except OSError as error:
            if folder == top:
                raise notes_unreadable(os.fspath(top), error) from None
            if not isinstance(error, FileNotFoundError | NotADirectoryError):  # gone since it was listed
                shut.append(notes_unreadable(os.fspath(folder), error))
            continue
        if (status.st_dev, status.st_ino) in entered:
            continue
        entered.add((status.st_dev, status.st_ino))
        notes, inside = [], _inside(folder)
        for entry in entries:
            name = entry.name
            try:
                is_folder = entry.is_dir()
                if is_folder and is_skipped(name, top_name if folder == top else folder.name):
                    continue
                if not is_folder and not (is_note_name(name) and entry.is_file()):
                    continue
                if entry.is_symlink() and leads_out(entry.path, os.fspath(top), within):
                    links.append(Path(entry.path))
                elif is_folder:
                    waiting.append(Path(entry.path))
                else:
                    notes.append(inside + name)
            except OSError:
                continue  # a link to itself is neither
        yield folder, tuple(notes)


def _inside(folder: Path) -> str:
    """The prefix of paths in a folder, as pathlib writes them: empty for the current one."""
    return "" if folder == _HERE else os.path.join(folder, "")


_HERE = Path()
