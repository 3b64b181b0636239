"""The files of an export: its template, and its output, which is never left half-written and never replaces a note."""

from __future__ import annotations

import os
import stat
from typing import TYPE_CHECKING

from tui.errors import OutputError, TemplateError
from tui.files.atomic import write_whole
from tui.files.os_errors import output_unwritable
from tui.files.sidecar.copies import is_sidecar_name

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path


def write_output(path: Path, text: str, *, notes: Iterable[str], replaces: bool) -> None:
    """Write an export to a file.

    Args:
        path: The file; devices and pipes are written to directly.
        text: The export.
        notes: The paths of the notes, which are never written to, nor are highlights files.
        replaces: True to replace an existing file.

    Raises OutputError, with the file unchanged.
    """
    name = os.fspath(path)
    if is_sidecar_name(os.path.realpath(path)) or any(_is_same(path, note) for note in notes):
        raise OutputError(name, "an export never replaces notes or highlights", "name another file")
    data = text.encode("utf-8", "replace")
    try:
        if path.exists() and not stat.S_ISREG(path.stat().st_mode):
            path.write_bytes(data)
        elif not write_whole(path, data, replaces=replaces):
            raise OutputError(name, "this file exists already", "--force replaces it")
    except OSError as error:
        raise output_unwritable(path, error) from error


def read_former(path: Path) -> str:
    """The text of the file that an export is merged into; empty if there is none. Raises OutputError."""
    try:
        return path.read_bytes().decode("utf-8")
    except FileNotFoundError:
        return ""
    except OSError as error:
        raise output_unwritable(path, error) from error
    except UnicodeDecodeError as error:
        raise OutputError(os.fspath(path), "this is not UTF-8 text", "name another file") from error


def read_template(path: Path) -> str:
    """The text of a template; raises TemplateError."""
    try:
        return path.read_text(encoding="utf-8")
    except OSError as error:
        raise TemplateError(os.fspath(path), f"cannot be read: {error.strerror or error}", "check the path") from error
    except UnicodeDecodeError as error:
        raise TemplateError(os.fspath(path), "this is not UTF-8 text", "save it as UTF-8") from error


def _is_same(path: Path, note: str) -> bool:
    try:
        return os.path.samefile(path, note)
    except OSError:
        return False
