"""Text pasted from a web page or a notes app, read as episodes and blocks."""

from __future__ import annotations


def recognises(path: str, sample: str) -> bool:
    """Always True, since any text can be read as pasted."""
    return True
