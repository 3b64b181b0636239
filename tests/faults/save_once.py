"""Saves one highlight and reports the result: the program that `saves` runs under strace."""

from __future__ import annotations

import os
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


def main(sidecar: str, name: str) -> None:
    """Write ``begin``, then ``saved`` or ``refused`` with the reason."""
    os.write(1, b"begin\n")
    try:
        apply(Path(sidecar), NOTE, [Put(highlight(name))])
    except SidecarError as error:
        os.write(1, f"refused {error}\n".encode())
    else:
        os.write(1, b"saved\n")
