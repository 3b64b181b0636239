"""The notes to open: named paths, a pipe, the configured notes, the current folder, or the sample."""

from __future__ import annotations

import os
import stat
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from tui.core.notes.model import STANDARD_INPUT
from tui.core.suggestion import nearest
from tui.errors import NotesError, UsageError
from tui.files.discovery import is_note_name

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from tui.files.config import Config

PAGES_OF_SOFTWARE = frozenset(
    (
        "authors", "changelog", "cmakelists", "code_of_conduct", "contributing", "copying", "history", "licence",
        "license", "news", "notice", "readme", "requirements", "robots", "security", "support", "todo",
    )
)  # fmt: skip
"Names, without extensions, of files that do not by themselves make a folder one of notes."

VAULT_FOLDERS = (".obsidian", "logseq")
"Folders that mark an Obsidian or Logseq vault, whose notes may all be in subfolders."


class NotesTarget(NamedTuple):
    """The notes to open."""

    path: str
    named: tuple[str, ...] = ()
    "The files and folders to open together; ``path`` then contains them all."
    is_sample: bool = False


def target(paths: Sequence[str], config: Config, commands: Collection[str] = ()) -> NotesTarget:
    """The named paths, else a pipe, the configured notes, the current folder if it contains notes, or the sample.

    An empty path counts as named, so that a script with an unset variable gets an error. Raises UsageError if the first
    path is a mistyped command, NotesError if one of several is standard input.
    """
    if paths:
        _check_for_command(paths[0], commands)
        return _together(tuple(dict.fromkeys(paths)))
    if _is_piped():
        return NotesTarget(STANDARD_INPUT)
    if config.notes:
        return NotesTarget(config.notes)
    with suppress(OSError):
        if _holds_notes(here := os.getcwd()):
            return NotesTarget(here)
    # Imported here, since only the first run needs it.
    from tui.files.desktop.sample import sample_path

    return NotesTarget(sample_path(), is_sample=True)


def by_absolute_paths(target: NotesTarget) -> NotesTarget:
    """The same notes by paths that hold if the current folder is deleted and made anew; missing ones stay as named."""
    here = os.getcwd()

    def absolute(path: str) -> str:
        is_there = path != STANDARD_INPUT and os.path.lexists(path)
        return os.fspath(Path(here, path)) if is_there else path  # keeps ``..``, which a symbolic link may precede

    return target._replace(path=absolute(target.path), named=tuple(map(absolute, target.named)))


def as_named(error: NotesError, wanted: NotesTarget, named: NotesTarget) -> NotesError:
    """An error about one of the absolute paths, told by the path that the reader named."""
    names = dict(zip((wanted.path, *wanted.named), (named.path, *named.named), strict=True))
    name = names.get(error.path, error.path)
    return NotesError(name, error.problem, error.remedy.replace(error.path, name), line=error.line)


def _together(paths: tuple[str, ...]) -> NotesTarget:
    """One path, or several to open together."""
    if len(paths) == 1:
        return NotesTarget(paths[0])
    if STANDARD_INPUT in paths:
        raise NotesError("standard input", "it cannot be opened together with files", "leave out one or the other")
    named = tuple(map(os.path.normpath, paths))
    return NotesTarget(os.path.commonpath(list(map(os.path.abspath, named))), named)


def _check_for_command(word: str, commands: Collection[str]) -> None:
    """Raise UsageError if a path does not exist but resembles a command."""
    if os.path.lexists(word) or not word.isalpha():
        return
    if near := "--help" if word == "help" else nearest(word, commands):
        raise UsageError(word, "no command and no file of this name", f"did you mean `earmark {near}`?")


def _is_piped() -> bool:
    """True if standard input is a pipe or a file, as opposed to a terminal or nothing."""
    try:
        mode = os.fstat(0).st_mode
    except OSError:
        return False
    return stat.S_ISFIFO(mode) or stat.S_ISREG(mode)


def _holds_notes(folder: str) -> bool:
    """True for a vault or a folder with a note in it, but never for the home directory, where notes are only one thing
    of many.
    """
    if os.path.realpath(folder) in (os.path.realpath(os.path.expanduser("~")), "/"):
        return False
    if any(os.path.isdir(os.path.join(folder, name)) for name in VAULT_FOLDERS):
        return True
    with os.scandir(folder) as entries:
        return any(
            is_note_name(entry.name)
            and entry.name.partition(".")[0].casefold() not in PAGES_OF_SOFTWARE
            and entry.is_file()
            for entry in entries
        )
