"""Cell widths and grapheme clusters: rich's, but with flags as one cluster and invisible characters of zero width."""

from __future__ import annotations

from rich.cells import cell_len as _cell_len
from rich.cells import split_graphemes as _split_graphemes

from tui.core.notes.sanitise import drawn, measurable
from tui.core.patterns import deferred

_FLAG = deferred("[\U0001f1e6-\U0001f1ff]{2}")


def cell_len(text: str) -> int:
    """The width of sanitised text as drawn, in cells."""
    return len(text) if text.isascii() and text.isprintable() else _cell_len(drawn(text))


def split_graphemes(text: str) -> tuple[list[tuple[int, int, int]], int]:
    """Split sanitised text into clusters, each with start, end and width; return them and the total width."""
    clusters, size = _split_graphemes(measurable(text))
    if text.isascii() or not (flags := {found.start() for found in _FLAG.finditer(text)}):
        return clusters, size
    whole: list[tuple[int, int, int]] = []
    for start, end, cells in clusters:
        if whole and whole[-1][0] in flags and start == whole[-1][0] + 1:
            first, _, before = whole.pop()
            whole.append((first, end, before + cells))
        else:
            whole.append((start, end, cells))
    return whole, size


def cluster_end(text: str, offset: int) -> int:
    """The end of the grapheme cluster that begins at an offset."""
    if offset >= len(text):
        return len(text)
    clusters, _ = split_graphemes(text[offset : offset + 64])
    return offset + clusters[0][1]
