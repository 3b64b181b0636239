"""Wording of operating system errors: why a file cannot be read or written, and what to do."""

from __future__ import annotations

import errno
import os
from typing import TYPE_CHECKING, NamedTuple

from tui.errors import ConfigError, NotesError, OutputError, SidecarError, SourceError

if TYPE_CHECKING:
    from pathlib import Path


class _Wording(NamedTuple):
    """The wording for one kind of unreadable file; most entries are a problem and its remedy."""

    missing: str
    folder: str
    "The remedy if the path is a folder."
    device: tuple[str, str]
    large: tuple[str, str]


_NOTES = _Wording(
    "no such file or folder",
    "open the folder itself",
    ("neither a file nor a folder", "to read a pipe, give - as the path"),
    ("more than 1 GB", "split it into several files in one folder"),
)
_SIDECAR = _Wording(
    "no such file",
    "give the folder another name",
    ("this is a pipe or a device", "put the file back"),
    ("more than 64 MB", "check that it is a highlights file"),
)
_CONFIG = _Wording(
    "no such file",
    "name the config.toml in it",
    ("this is a pipe or a device", "name a file"),
    ("more than 1 MB", "check that it is a configuration"),
)
_SOURCE = _Wording(
    "no such file",
    "only marks are read from a folder; name a file in it",
    ("this is a pipe or a device", "to read a pipe, give - as the path"),
    ("more than 256 MB", "split it into several files"),
)
_NO_RIGHT = "permission denied", "check its permissions"


def notes_unreadable(path: str, error: OSError) -> NotesError:
    """The error for unreadable notes."""
    return NotesError(path or "''", *_why(error, _NOTES))


def source_unreadable(path: str, error: OSError) -> SourceError:
    """The error for an unreadable file to import."""
    return SourceError(path or "''", *_why(error, _SOURCE))


def sidecar_unreadable(path: Path, error: OSError) -> SidecarError:
    """The error for an unreadable highlights file."""
    return SidecarError(os.fspath(path), *_why(error, _SIDECAR))


def config_unreadable(path: Path, error: OSError) -> ConfigError:
    """The error for an unreadable configuration."""
    return ConfigError(os.fspath(path), *_why(error, _CONFIG))


def sidecar_unwritable(path: Path, error: OSError) -> SidecarError:
    """The error for a failed write of a highlights file."""
    readonly = "copy the notes to a place where you may write"
    return SidecarError(os.fspath(path), *_unwritable(path, error, readonly, "give the notes a shorter name"))


def output_unwritable(path: Path, error: OSError) -> OutputError:
    """The error for a failed write of the requested output."""
    if error.errno == errno.EISDIR:
        return OutputError(os.fspath(path), "this is a folder", "name a file in it")
    if error.errno == errno.ENODEV:
        return OutputError(os.fspath(path), "this is a pipe or a device", "name a file")
    return OutputError(
        os.fspath(path), *_unwritable(path, error, "name a file somewhere else", "give it a shorter name")
    )


def _unwritable(path: Path, error: OSError, elsewhere: str, shorter: str) -> tuple[str, str]:
    """The problem and its remedy, given the remedies for a read-only medium and for a name that is too long."""
    folder = os.path.dirname(os.path.realpath(path))
    remedies = {
        errno.EACCES: f"check the permissions of it and of {folder}",
        errno.EPERM: f"check the permissions of it and of {folder}",
        errno.EROFS: elsewhere,
        errno.ENOSPC: "free some space on the disk",
        errno.EDQUOT: "free some space on the disk",
        errno.EFBIG: "raise the limit on the size of files (`ulimit -f`)",
        errno.EIO: "check the disk",
        errno.ENOENT: f"create the folder {folder}",
        errno.ENAMETOOLONG: shorter,
    }
    return f"cannot be written: {(error.strerror or str(error)).lower()}", remedies.get(error.errno or 0, "")


def _why(error: OSError, words: _Wording) -> tuple[str, str]:
    """The problem and its remedy."""
    return {
        errno.ENOENT: (words.missing, "check the path"),
        errno.ENOTDIR: (words.missing, "check the path"),
        errno.EACCES: _NO_RIGHT,
        errno.EPERM: _NO_RIGHT,
        errno.EISDIR: ("this is a folder", words.folder),
        errno.ENODEV: words.device,
        errno.ENXIO: words.device,
        errno.EFBIG: words.large,
        errno.EBADF: ("it is closed for reading", "send the text through a pipe"),
        errno.ELOOP: ("a symbolic link that leads to itself", "fix the link"),
        errno.ENAMETOOLONG: ("its name or path is too long for this system", "shorten it or the names of its folders"),
        errno.EIO: (_unreadable(error), "check the disk"),
        errno.EMFILE: (_unreadable(error), "raise the limit on open files (`ulimit -n`)"),
    }.get(error.errno or 0, (_unreadable(error), ""))


def _unreadable(error: OSError) -> str:
    return f"cannot be read: {(error.strerror or str(error)).lower()}"
