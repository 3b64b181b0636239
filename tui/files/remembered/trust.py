"""The configurations that a reader has trusted, by path, with the hash of the content at the time."""

from __future__ import annotations

import hashlib
import os
from typing import TYPE_CHECKING

from tui.files.remembered.reader_state import load_trusted, save_trusted

if TYPE_CHECKING:
    from pathlib import Path


def is_trusted(path: Path, data: bytes) -> bool:
    """True if the reader trusted the file of this path with this very content."""
    return load_trusted(os.fspath(path)) == _hash(data)


def trust(path: Path, data: bytes) -> bool:
    """Remember that the reader trusts the file of this path with this content; False if that fails."""
    save_trusted(os.fspath(path), _hash(data))
    return is_trusted(path, data)


def _hash(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
