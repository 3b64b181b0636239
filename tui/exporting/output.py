"""The files of an export: its template, and its output, which is never left half-written and never replaces a note."""

from __future__ import annotations

import errno
import os
import stat
from typing import TYPE_CHECKING

from tui.errors import OutputError, TemplateError
from tui.files.atomic import write_whole
from tui.files.os_errors import output_unwritable
from tui.files.regular import at_most, read_bytes
from tui.files.sidecar.copies import is_own_name

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

LARGEST = 64 << 20
"Most bytes of a template, and of a file that an export is merged into."


def write_output(path: Path, text: str, *, notes: Iterable[str], replaces: bool, former: str = "") -> None:
    """Write an export to a file.

    Args:
        path: The file; devices and pipes are written to directly.
        text: The export.
        notes: The paths of the notes, which are never written to, nor are highlights files.
        replaces: True to replace an existing file.
        former: The text that `read_former` returned, if the export contains it.

    Raises OutputError, with the file unchanged.
    """
    name = os.fspath(path)
    if is_own_name(os.path.basename(os.path.realpath(path))) or any(_is_same(path, note) for note in notes):
        raise OutputError(name, "an export never replaces notes or highlights", "name another file")
    data = text.encode("utf-8", "replace")
    try:
        if _is_written_to_device(path, data):
            return
        if not write_whole(path, data, replaces=replaces, before=former.encode() if former else None):
            if former:
                raise OutputError(name, "this file was changed meanwhile, and is left as it is", "export again")
            raise OutputError(name, "this file exists already", "--force replaces it")
    except OSError as error:
        raise output_unwritable(path, error) from error


def _is_written_to_device(path: Path, data: bytes) -> bool:
    """Write to a device or a pipe; False if this is neither. Raises OSError."""
    if not path.exists() or stat.S_ISREG(path.stat().st_mode):
        return False
    # By now it may be a link to notes, so it is opened without emptying it, and looked at once more.
    with open(os.open(path, os.O_WRONLY | os.O_CLOEXEC | os.O_NOCTTY), "wb") as file:
        if stat.S_ISREG(os.fstat(file.fileno()).st_mode):
            return False
        file.write(data)
    return True


def read_former(path: Path) -> str:
    """The text of the file that an export is merged into; empty if there is none. Raises OutputError."""
    try:
        return read_bytes(path, limit=LARGEST).decode("utf-8")
    except OSError as error:
        if error.errno in (errno.ENOENT, errno.ENODEV):  # a device or a pipe holds nothing to keep
            return ""
        raise output_unwritable(path, error) from error
    except UnicodeDecodeError as error:
        raise OutputError(os.fspath(path), "this is not UTF-8 text", "name another file") from error


def read_template(path: Path) -> str:
    """The text of a template; raises TemplateError."""
    try:
        with open(path, "rb") as file:  # it may be a pipe
            data = at_most(file, LARGEST + 1)
        if len(data) > LARGEST:
            raise TemplateError(os.fspath(path), f"more than {LARGEST >> 20} MB", "check that it is a template")
        return data.decode("utf-8")
    except OSError as error:
        raise TemplateError(os.fspath(path), f"cannot be read: {error.strerror or error}", "check the path") from error
    except UnicodeDecodeError as error:
        raise TemplateError(os.fspath(path), "this is not UTF-8 text", "save it as UTF-8") from error


def _is_same(path: Path, note: str) -> bool:
    try:
        return os.path.samefile(path, note)
    except OSError:
        return False
