"""Opening a web or mail address with the desktop's default program."""

from __future__ import annotations

import shutil
import sys

from tui.files.desktop.editor import has_display, open_beside


def can_open() -> bool:
    """True if a desktop can open an address, which is rarely so over ssh."""
    return _opener() is not None


def open_address(address: str) -> None:
    """Open an address with its scheme, without a shell; raises EditorError if that fails."""
    opener = _opener()
    assert opener is not None
    open_beside([opener, address])


def _opener() -> str | None:
    if sys.platform == "darwin":
        return shutil.which("open")
    return shutil.which("xdg-open") if has_display() else None
