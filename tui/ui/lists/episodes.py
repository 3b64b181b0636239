"""Entries in the episode list: their rows, and the column widths for their counts."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from rich.cells import cell_len, chop_cells, set_cell_size

from tui.core.counted import counted

if TYPE_CHECKING:
    from collections.abc import Iterable

CHANGED = " •"
"Marker after the title of an episode in which something changed."

LEAST_SHOW = 6
"Cells that a show needs next to its date; if it has fewer, the date is dropped."


class EpisodeEntry(NamedTuple):
    """An episode as an entry of the list."""

    title: str
    "The guests if the title names any, else the whole title."
    source: str
    "Show and date, if known, preceded by anything needed to tell it from others with the same guests and show."
    bullets: int | None = None
    "Number of bullets; None until the episode is parsed."
    questions: int = 0
    "Number of open questions."
    highlights: int = 0
    has_changes: bool = False
    "True if something in it changed since the last reading."
    folder: str = ""
    "The note's folder relative to the opened one, if the notes are in several; else empty."
    note: str = ""
    "The note's name if it has several episodes and the list has several notes; else empty."
    path: str = ""
    "The note's path."


def count_columns(entries: Iterable[EpisodeEntry]) -> tuple[int, ...]:
    """The column widths for the counts of these episodes."""
    alike = {(entry.bullets, entry.questions, entry.highlights): entry for entry in entries}
    counts = map(shown_counts, alike.values())
    return tuple(max(map(len, column)) for column in zip(("", "", ""), *counts, strict=True))


def shown_counts(entry: EpisodeEntry) -> tuple[str, str, str]:
    """The bullets, open questions and highlights of an episode, as displayed in the list."""
    if entry.bullets is None:
        return "", "", ""
    return (
        f" {entry.bullets}",
        f" {entry.questions}?" if entry.questions else "",
        f" {entry.highlights}▎" if entry.highlights else "",
    )


def counts_in_words(entry: EpisodeEntry) -> str:
    """The counts of an episode in words, for a row with enough space; empty until it is parsed."""
    if entry.bullets is None:
        return ""
    facts = [counted(entry.bullets, "bullet")]
    facts += [f"{entry.questions:,} open"] if entry.questions else []
    facts += [counted(entry.highlights, "highlight")] if entry.highlights else []
    return " · ".join(facts)


def title_rows(entry: EpisodeEntry, width: int, counts: int) -> tuple[str, ...]:
    """The title on one or two rows.

    Args:
        entry: The entry.
        width: Cells in a row.
        counts: Cells for the counts at the end of the last row, if no row for the show follows.
    """
    first = width - len(CHANGED) * entry.has_changes
    size = cell_len(entry.title)
    if size <= first - (0 if entry.source else counts):
        return (entry.title,)
    if size <= first:
        return entry.title, ""
    cut = len(chop_cells(entry.title, max(1, first))[0])
    if not entry.title[cut].isspace():
        cut = entry.title.rfind(" ", 0, cut) + 1 or cut
    return entry.title[:cut].rstrip(), entry.title[cut:].lstrip()


def shortened_path(path: str, width: int) -> str:
    """Shorten a folder to a width in cells by leaving out those above it, which it shares with others."""
    parts = path.split("/")
    while cell_len(path) > width and len(parts) > 1:
        del parts[0]
        path = "/".join(("…", *parts))
    return path


def shortened(source: str, width: int) -> str:
    """Shorten a show and its date to a width in cells: first the year loses its century, then the show its end."""
    if cell_len(source) <= width:
        return source
    show, sep, date = source.rpartition(" · ")
    date = re.sub(r"(?<=[^\W\d] )(?:19|20)(?=\d\d$)", "’", date)
    room = width - cell_len(sep + date)
    if cell_len(show) > room:
        show = set_cell_size(show, room - 1).rstrip() + "…"
    return show + sep + date if room >= LEAST_SHOW else source
