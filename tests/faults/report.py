"""The findings of one part of the proof."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Report:
    """The cases tried by a part, and the failures among them."""

    part: str
    figures: str
    "The number and kind of cases, in one line."
    wrong: tuple[str, ...] = ()
    "The violations of promises, one each."
