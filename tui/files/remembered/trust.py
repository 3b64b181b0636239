"""Which configurations a reader has trusted: of each path the hash of the content that was."""

from __future__ import annotations

import hashlib
import os
from typing import TYPE_CHECKING

from tui.files.remembered.reader_state import load_trusted, save_trusted

if TYPE_CHECKING:
    from pathlib import Path


def is_trusted(path: Path, data: bytes) -> bool:
    """Tell if the reader trusted the file of this path when it had this very content."""
    return load_trusted(os.fspath(path)) == _hash(data)


def trust(path: Path, data: bytes) -> bool:
    """Remember that the reader trusts the file of this path with this content; False where that is not to be kept."""
    save_trusted(os.fspath(path), _hash(data))
    return is_trusted(path, data)


def _hash(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
