"""One entry of the episode list: its rows, and the column widths for its counts."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from rich.cells import cell_len, chop_cells, set_cell_size

from tui.core.counted import counted

if TYPE_CHECKING:
    from collections.abc import Iterable

CHANGED = " •"
"The sign behind the title of an episode in which something changed."

LEAST_SHOW = 6
"Cells that a show needs beside its date; with fewer the date goes."


class EpisodeEntry(NamedTuple):
    """The list's view of an episode."""

    title: str
    "The guests if the title names them, else the whole title."
    source: str
    "Show and date, as far as known; first, whatever tells it from others of the same guests and show."
    bullets: int | None = None
    "Number of bullets; None until the episode is parsed."
    questions: int = 0
    "Number of open questions."
    highlights: int = 0
    has_changes: bool = False
    "True if something in it changed since it was last read."
    folder: str = ""
    "The note's folder below the one opened if the notes lie in several; else empty."
    note: str = ""
    "The note's name if it has several episodes and the list holds several notes; else empty."
    path: str = ""
    "The note's path."


def count_columns(entries: Iterable[EpisodeEntry]) -> tuple[int, ...]:
    """The column widths for the counts of these episodes."""
    alike = {(entry.bullets, entry.questions, entry.highlights): entry for entry in entries}
    counts = map(shown_counts, alike.values())
    return tuple(max(map(len, column)) for column in zip(("", "", ""), *counts, strict=True))


def shown_counts(entry: EpisodeEntry) -> tuple[str, str, str]:
    """The bullets, open questions and highlights of an episode, as shown in the list."""
    if entry.bullets is None:
        return "", "", ""
    return (
        f" {entry.bullets}",
        f" {entry.questions}?" if entry.questions else "",
        f" {entry.highlights}▎" if entry.highlights else "",
    )


def counts_in_words(entry: EpisodeEntry) -> str:
    """The counts of an episode for a row that has room for words; empty until the episode is parsed."""
    if entry.bullets is None:
        return ""
    facts = [counted(entry.bullets, "bullet")]
    facts += [f"{entry.questions:,} open"] if entry.questions else []
    facts += [counted(entry.highlights, "highlight")] if entry.highlights else []
    return " · ".join(facts)


def title_rows(entry: EpisodeEntry, width: int, counts: int) -> tuple[str, ...]:
    """The title in one or two rows.

    Args:
        entry: The entry.
        width: Cells in a row.
        counts: Cells at the end of the last row that its counts need if no row for the show follows.
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


def shortened(source: str, width: int) -> str:
    """A show and its date for a width in cells: the year loses its century first, then the show its end."""
    if cell_len(source) <= width:
        return source
    show, sep, date = source.rpartition(" · ")
    date = re.sub(r"(?<=[^\W\d] )(?:19|20)(?=\d\d$)", "’", date)
    room = width - cell_len(sep + date)
    if cell_len(show) > room:
        show = set_cell_size(show, room - 1).rstrip() + "…"
    return show + sep + date if room >= LEAST_SHOW else source
