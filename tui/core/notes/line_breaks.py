"""Line breaks in paragraphs: kept in verse, dialogue and lists of chapters, joined in wrapped text."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Literal

from tui.core.patterns import deferred

if TYPE_CHECKING:
    from collections.abc import Sequence

LineBreaks = Literal["auto", "keep", "join"]
"Handling of line breaks: guess from the text, keep all, or join all."

KEPT = "  \n"
"A line break to keep, in Markdown's notation."


def passages(lines: Sequence[str], line_breaks: LineBreaks = "auto") -> list[tuple[int, str]]:
    """Split the lines of a paragraph before those that begin with a time or a speaker's name, if several do.

    Returns the number of each part's first line, and its text, in which a line ends in `KEPT` or, where a space is
    shown, in ``\\n``.
    """
    if len(lines) == 1 or line_breaks == "join":
        return [(0, "\n".join(lines))]
    ends = [KEPT] * (len(lines) - 1) if line_breaks == "keep" else _ends(lines)
    starts = _starts(lines)
    bounds = [*starts, len(lines)]
    return [(first, _text(lines[first:last], ends[first : last - 1])) for first, last in pairwise(bounds)]


_NARROWEST, _WIDEST = 50, 120
"Widths of wrapped text, in code points; breaks of shorter and longer lines are intended."
_SLACK = 8
"Divisor of the width: a wrapped line that ends this share earlier has space for another word."
_FORMULA_OPENERS, _FORMULA_CLOSERS = ("$$", "\\["), ("$$", "\\]")
_SENTENCE_ENDS = (".", "!", "?", ":", "…", "।", "؟", "۔")
_CLOSERS = "\"'”’»)]*_ \t"
_FEWEST = 2
"Minimum number of lines that begin alike: a single one may do so by chance."
_TIME = deferred(r"[*_~`]{0,3}[(\[]{0,2}\d{1,2}:\d\d(?::\d\d)?\b")
_SPEAKER = deferred(r"(?:[*_]{0,3}[^\W\d_][\w.'’ -]{0,40}[*_]{0,3}|\[[^\]\n]{1,40}\])[:：][*_]{0,3}(?:[ \t]|\Z)")


def _starts(lines: Sequence[str]) -> list[int]:
    timed = [number for number, line in enumerate(lines) if _TIME.match(line)]
    if len(timed) >= _FEWEST:
        return [0, *(number for number in timed if number)]
    spoken = [number for number, line in enumerate(lines) if _SPEAKER.match(line) and not line[0].islower()]
    return spoken if len(spoken) >= _FEWEST and spoken[0] == 0 else [0]


def _ends(lines: Sequence[str]) -> list[str]:
    width = max((len(line.rstrip()) for line in lines if " " in line.strip()), default=0)
    if not _NARROWEST <= width <= _WIDEST:
        return [KEPT] * (len(lines) - 1)
    room = width - width // _SLACK
    ends = [
        KEPT if len(line.rstrip()) + 1 + len(following.split(None, 1)[0]) <= room else "\n"
        for line, following in pairwise(lines)
    ]
    if (
        len(lines) > 2
        and ends.count("\n") == 1
        and lines[at := ends.index("\n")].rstrip(_CLOSERS).endswith(_SENTENCE_ENDS)
    ):
        # A single full line that ends a sentence is long by chance.
        ends[at] = KEPT
    return ends


def _text(lines: Sequence[str], ends: Sequence[str]) -> str:
    pieces = [lines[0]]
    is_in_code = is_in_formula = False
    for (line, following), end in zip(pairwise(lines), ends, strict=True):
        # Trailing spaces would become part of the code or the formula.
        is_in_code ^= line.count("`") % 2 == 1
        is_in_formula = line.strip() in _FORMULA_OPENERS if not is_in_formula else line.strip() not in _FORMULA_CLOSERS
        pieces += ("\n" if is_in_code or is_in_formula or line.endswith(("  ", "\\")) else end, following)
    return "".join(pieces)
