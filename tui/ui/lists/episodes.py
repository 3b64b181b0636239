"""One entry of the episode list, and the widths that its counts need."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable


class EpisodeEntry(NamedTuple):
    """What the list shows of an episode."""

    title: str
    "The guests where the title names them, else the whole title."
    source: str
    "Show and date, as far as they are known; first what tells it from others of the same guests and show."
    bullets: int | None = None
    "None until the episode was parsed."
    questions: int = 0
    "Those that are open."
    highlights: int = 0
    has_news: bool = False
    "Whether something in it changed since it was last read."
    note: str = ""
    "The note's name where the list holds several notes with several episodes; else empty."
    path: str = ""
    "The note's path."


def count_columns(entries: Iterable[EpisodeEntry]) -> tuple[int, ...]:
    """The widths that the counts of these episodes need, where they stand under each other."""
    alike = {(entry.bullets, entry.questions, entry.highlights): entry for entry in entries}
    counts = map(shown_counts, alike.values())
    return tuple(max(map(len, column)) for column in zip(("", "", ""), *counts, strict=True))


def shown_counts(entry: EpisodeEntry) -> tuple[str, str, str]:
    """The bullets, open questions and highlights of an episode, as the list shows them."""
    if entry.bullets is None:
        return "", "", ""
    return (
        f" {entry.bullets}",
        f" {entry.questions}?" if entry.questions else "",
        f" {entry.highlights}▎" if entry.highlights else "",
    )
