"""Configurations that the reader trusts, by path and by the hash of their content."""

from __future__ import annotations

import hashlib
import os
from typing import TYPE_CHECKING

from tui.files.remembered.reader_state import load_trusted, save_trusted

if TYPE_CHECKING:
    from pathlib import Path


def is_trusted(path: Path, data: bytes) -> bool:
    """True if the reader trusts the file at this path with exactly this content."""
    return load_trusted(os.fspath(path)) == _hash(data)


def trust(path: Path, data: bytes) -> bool:
    """Record that the reader trusts the file at this path with this content; False if that fails."""
    save_trusted(os.fspath(path), _hash(data))
    return is_trusted(path, data)


def _hash(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
