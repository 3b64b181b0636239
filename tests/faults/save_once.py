"""Saves one highlight and tells how it went: the program that `saves` puts under strace.

``python -m tests.faults.save_once SIDECAR ID`` writes ``begin``, then ``saved`` or ``refused`` with the reason.
"""

from __future__ import annotations

import os
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from tui.core.annotations.choices import Colour
from tui.core.annotations.highlights import Highlight, Part, Put
from tui.errors import SidecarError
from tui.files.sidecar.store import apply

NOW = datetime(2026, 11, 24, tzinfo=UTC)
NOTE = "walks.md"


def highlight(name: str) -> Highlight:
    """A highlight that differs from others by its id."""
    part = Part("the harbour", "a walk to ", " and back", "Ada", "", "a walk to the harbour and back", 10, 3)
    return Highlight(name, Colour.YELLOW, (part,), NOW, NOW)


def main(path: Path, name: str) -> None:
    """Save, after a first save elsewhere that imports what saving needs."""
    with tempfile.TemporaryDirectory() as folder:
        for elsewhere in ("01A", "01B"):
            apply(Path(folder, "other.highlights.toml"), "other.md", [Put(highlight(elsewhere))])
    os.write(1, b"begin\n")
    try:
        apply(path, NOTE, [Put(highlight(name))])
    except SidecarError as error:
        os.write(1, f"refused {error}\n".encode())
    else:
        os.write(1, b"saved\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
