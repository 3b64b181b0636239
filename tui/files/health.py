"""Problems with a library's highlights files: unreadable ones, and those without a note."""

from __future__ import annotations

import os
from collections import Counter
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from tui.core.notes.model import STANDARD_INPUT
from tui.errors import NotesError, SidecarError
from tui.files.discovery import links_out, notes_by_folder, unreadable_folders
from tui.files.remembered.unsaved import kept
from tui.files.sidecar.adoption import holder_of_all
from tui.files.sidecar.copies import others_in
from tui.files.sidecar.store import load, sidecar_of, strays
from tui.files.sidecar.text import refusal
from tui.files.symbolic_links import ENDING
from tui.files.toml.codec import storable

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Mapping, Sequence

    from tui.core.anchoring.elsewhere import Relocation
    from tui.core.notes.model import Library
    from tui.core.state.model import State


def faults_of(library: Library, adopted: Container[Path] = (), within: Sequence[Path] = ()) -> tuple[str, ...]:
    """Everything that needs repair by a person, one sentence each.

    These are notes and folders that cannot be read completely, changes still to be saved, and `sidecar_faults`.

    Args:
        library: The notes.
        adopted: Sidecars of vanished notes that notes of the library have taken over.
        within: Folders besides its own that a sidecar's link may lead into.
    """
    warned = [(note.path, warning) for note in library.notes for warning in note.warnings]
    in_notes = [warning if path in warning else f"{path}: {warning}" for path, warning in warned]
    in_notes += map(str, unread_folders(library))
    return (*in_notes, *_waiting(library), *map(str, sidecar_faults(library, adopted, within)))


def older_encodings(library: Library) -> tuple[str, ...]:
    """A sentence about each note read in a legacy encoding."""
    return tuple(f"{note.path}: {note.notice}" for note in library.notes if note.notice)


def unread_folders(library: Library) -> tuple[NotesError, ...]:
    """The folders of a library that cannot be read, so that their notes are missing; one error each."""
    with suppress(NotesError):
        return unreadable_folders(*library.roots) if library.is_folder else ()
    return ()


def left_out(library: Library) -> str:
    """A line about symbolic links in a folder of notes that are not followed; empty if there are none."""
    if not library.is_folder or not (links := links_out(*library.roots, within=library.within)):
        return ""
    if len(links) == 1:
        name = os.path.basename(links[0])
        return f"{name} leads out of this folder and is not read; open it directly: earmark {links[0]}"
    return f"{len(links)} links lead out of this folder and are not read, as {links[0]}; open them directly"


def _waiting(library: Library) -> Iterator[str]:
    """A sentence about each note with changes in the state folder that could not be saved."""
    for note in library.notes if library.path != STANDARD_INPUT else ():
        if count := len(kept(note.path)[0]):
            waits = "1 change waits" if count == 1 else f"{count} changes wait"
            yield f"{note.path}: {waits} in the state folder; open the notes to save it"


def unread_sidecars(library: Library, within: Sequence[Path] = ()) -> Iterator[SidecarError]:
    """Why highlights of the library's notes are unread or incomplete: files that are broken, truncated or of a newer
    version.
    """
    for path in _sidecars(library):
        try:
            fault = refusal(os.fspath(path), load(path, within))
        except SidecarError as error:
            fault = error
        if fault is not None:
            yield fault


def unfinished_notes(state: State) -> tuple[str, ...]:
    """A sentence about each note that another program is writing."""
    return tuple(
        f"{path} is being written by another program; only what is there so far is checked"
        for path in sorted(state.unfinished)
    )


def moved_later(adopted: Mapping[Path, str]) -> tuple[str, ...]:
    """A sentence about each sidecar that a note has taken over."""
    return tuple(
        f"{path} has the highlights of {note}, which was moved or renamed; the next highlight there brings them along"
        for path, note in adopted.items()
    )


def moves_later(moves: Sequence[Relocation]) -> tuple[str, ...]:
    """A sentence about each note, or sidecar without a note, with highlights on text that is now in another note."""
    counts = Counter((each.lost.owner, each.note.path) for each in moves)
    return tuple(
        f"{count} of the highlights and questions of {owner} {'is' if count == 1 else 'are'} in {note} now, with "
        "the text; reading the notes moves the record"
        for (owner, note), count in counts.items()
    )


def sidecar_faults(
    library: Library, adopted: Container[Path] = (), within: Sequence[Path] = ()
) -> Iterator[SidecarError]:
    """Everything that needs repair by a person in the highlights files of the library's notes and their folders.

    These are files that are broken, truncated or of a newer version; those whose note is gone, except adopted ones; and
    copies made by sync programs, whose highlights are not shown.
    """
    yield from unread_sidecars(library, within)
    own = _sidecars(library)
    for folder in sorted({*_folders(library), *(note.parent for note in own.values())}):
        gone = {path: name for path, name in strays(folder) if path not in own}
        for path, name in gone.items():
            if path in adopted:
                continue
            if (owner := holder_of_all(path, own)) is not None:
                yield SidecarError(os.fspath(path), f"everything in it is in {owner} too", "delete it")
                continue
            problem = f"its note {name} is gone" if name else "it names no note"
            remedy = f"restore the note, or name this file after the note it belongs to: NOTE{ENDING}"
            yield SidecarError(os.fspath(path), problem, remedy)
        yield from _copies(folder, own, set(gone) | set(own), reports_all=library.is_folder)


def _folders(library: Library) -> Iterable[Path]:
    """The folders of a library in which highlights files may be."""
    with suppress(NotesError):
        return notes_by_folder(*library.roots, within=library.within) if library.is_folder else ()
    return ()


def _sidecars(library: Library) -> dict[Path, Path]:
    """The notes of a library by the paths of their highlights files."""
    if library.path == STANDARD_INPUT:
        return {}
    return {sidecar_of(Path(note.path)): Path(note.path) for note in library.notes}


def _copies(folder: Path, own: dict[Path, Path], known: set[Path], *, reports_all: bool) -> Iterator[SidecarError]:
    """Problems with other highlights files, such as ``podcasts.highlights (1).toml``."""
    owners = {storable(note.name): sidecar for sidecar, note in own.items() if note.parent == folder}
    for path in others_in(folder, known):
        try:
            sidecar = owners.get(load(path).note)
        except SidecarError as error:
            if reports_all or any(_is_named_after(path.name, sidecar.name) for sidecar in owners.values()):
                yield error
            continue
        if sidecar is not None:
            problem = f"it is a copy of {sidecar.name} and not merged yet"
            yield SidecarError(os.fspath(path), problem, f"`earmark merge {own[sidecar]}` merges it")


def _is_named_after(name: str, sidecar: str) -> bool:
    rest = name.removeprefix(sidecar.removesuffix(ENDING))
    return rest != name and not rest[0].isalnum()
