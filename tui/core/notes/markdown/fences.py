"""Fences of code (CommonMark 0.31, 4.5), for the scans that leave most of a note unparsed."""

from __future__ import annotations

import re

RUNS = ("```", "~~~")
"A line without one of them in it is no fence."
RUN = r"(?:`{3,}|~{3,})"
"An expression for the signs of a fence, whatever stands behind them."
OPENING = r"(?:`{3,}(?=[^`\n]*(?:\n|\Z))|~{3,})"
"An expression for the signs of a fence that opens code: behind backticks there is no other in the line."


def closing(fence: str, margin: str) -> re.Pattern[str]:
    """Make what finds the line that closes a fence, with the line's end above it, from the opening line's end on.

    Args:
        fence: The signs that opened the code.
        margin: An expression for what may stand before those that close it.
    """
    return re.compile(rf"\n{margin}{fence[0]}{{{len(fence)},}}[ \t]*(?=\n|\Z)")
