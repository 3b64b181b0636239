"""What a part of the proof found."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Report:
    """What a part tried, and what of it went wrong."""

    part: str
    figures: str
    "What was tried, counted, in a line."
    wrong: tuple[str, ...] = ()
    "What broke a promise, one each."
