"""Code fences (CommonMark 0.31, 4.5), for the scans that leave most of a note unparsed."""

from __future__ import annotations

import re

RUNS = ("```", "~~~")
"A line without any of these is not a fence."
RUN = r"(?:`{3,}|~{3,})"
"Matches the characters of a fence, whatever follows them."
OPENING = r"(?:`{3,}(?=[^`\n]*(?:\n|\Z))|~{3,})"
"Matches the characters of a fence that opens code: a line that begins with backticks has no others."


def closing(fence: str, margin: str) -> re.Pattern[str]:
    """Compile a pattern that finds the line that closes a fence, including the line end above it.

    Args:
        fence: The characters that opened the code.
        margin: A pattern for what may precede those that close it.
    """
    return re.compile(rf"\n{margin}{fence[0]}{{{len(fence)},}}[ \t]*(?=\n|\Z)")
