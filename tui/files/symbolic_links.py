"""Symbolic links as highlights files: they may lead to highlights files in folders that the reader chose."""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import TYPE_CHECKING

from tui.errors import SidecarError

if TYPE_CHECKING:
    from collections.abc import Iterable

ENDING = ".highlights.toml"
"Ending of highlights file names."


def readable(path: Path, within: Iterable[Path] = ()) -> Path:
    """The link's target, or the path itself if it is not a link.

    Args:
        path: A sidecar, or a link to one.
        within: Folders besides its own that it may lead into.

    Raises SidecarError if the target does not exist, is not named like a highlights file, or lies elsewhere.
    """
    if not os.path.islink(path):
        return path
    target = Path(os.path.realpath(path))
    if not os.path.lexists(target):
        raise _refused(path, "leads nowhere")
    if not target.name.endswith(ENDING) and os.path.isfile(target):
        raise _refused(path, f"leads to {target.name}, which is not named like a highlights file")
    if os.path.isfile(target) and not _is_within(target, (path.parent, *within)):
        raise _refused(path, f"leads out of the notes, to {target}")
    return target


def writable(path: Path, within: Iterable[Path] = ()) -> Path:
    """Resolve a highlights file for writing: the result is not a link, nor in a folder that is one.

    Args:
        path: A highlights file, or a link to one.
        within: Folders besides its own that it may lead into.

    Raises SidecarError if the target does not exist, is not named like a highlights file, or lies elsewhere.
    """
    if not os.path.islink(path):
        return Path(os.path.realpath(path.parent), path.name)
    target = readable(path, within)
    try:
        is_file = stat.S_ISREG(os.stat(target).st_mode)
    except OSError:
        raise _refused(path, "leads nowhere") from None
    if not is_file:
        raise _refused(path, "leads to something that is not a plain file")
    return target


def _is_within(target: Path, folders: Iterable[Path]) -> bool:
    return any(target.is_relative_to(os.path.realpath(folder)) for folder in folders)


def _refused(path: Path, reason: str) -> SidecarError:
    problem = f"a symbolic link that {reason}"
    return SidecarError(os.fspath(path), problem, "put the file itself in its place")
