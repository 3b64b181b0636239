"""One entry of the episode list, and the column widths for its counts."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable


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
    note: str = ""
    "The note's name if the list holds several notes with several episodes; else empty."
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
