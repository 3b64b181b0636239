"""The episode list: guests, show, date, and what each episode holds."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from rich.cells import cell_len
from rich.segment import Segment

from tui.panes.entries import Entries
from tui.panes.lines import fit

if TYPE_CHECKING:
    from collections.abc import Iterable


class EpisodeEntry(NamedTuple):
    """What the list shows of an episode."""

    title: str
    "The guests where the title names them, else the whole title."
    source: str
    "Show and date, as far as they are known."
    bullets: int | None = None
    "None until the episode was parsed."
    questions: int = 0
    "Those that are open."
    highlights: int = 0
    has_news: bool = False
    "Whether something in it changed since it was last read."
    note: str = ""
    "The note's name, on the first episode of a note where the list holds several notes; else empty."


class Episodes(Entries):
    """The episodes of the library; the one that is read is under the cursor."""

    def __init__(self) -> None:
        super().__init__("episodes")
        self.entries: tuple[EpisodeEntry, ...] = ()
        self._columns: tuple[int, ...] = (0, 0, 0)
        "The widths of the counts, which stand under each other."

    def show(self, entries: tuple[EpisodeEntry, ...], columns: tuple[int, ...]) -> None:
        """List these episodes, their counts in columns of these widths."""
        self.entries, self._columns = entries, columns
        self.changed()

    def count(self) -> int:
        """See `Entries`."""
        return len(self.entries)

    def empty_text(self) -> str:
        """See `Entries`."""
        return "" if self.entries else "no episodes"

    def entry_height(self, index: int, width: int) -> int:
        """See `Entries`."""
        return _height(self.entries[index])

    def heights(self, width: int) -> Iterable[int]:
        """See `Entries`."""
        return map(_height, self.entries)

    def draw_title(self) -> list[Segment]:
        """See `Entries`."""
        ink = self.inks.panel_title if self.has_focus else self.inks.panel_strong
        return [Segment(" Episodes", ink)]

    def draw_entry(self, index: int, row: int, width: int) -> list[Segment]:
        """See `Entries`."""
        inks = self.inks
        entry = self.entries[index]
        if entry.note:
            if row == 0:
                return [Segment(fit(entry.note, width), inks.panel_faint)]
            row -= 1
        if row == 0:
            here = index == self.cursor
            dot = [Segment(" •", inks.panel_accent)] if entry.has_news else []
            return [Segment(fit(entry.title, width - 2 * len(dot)), inks.panel_strong if here else inks.panel), *dot]
        room = max(0, width - sum(self._columns) - 1)
        source = entry.source
        if cell_len(source) > room:
            source = source.rpartition(" · ")[0] or source
        bullets, questions, highlights = map(str.rjust, _counts(entry), self._columns)
        return [
            Segment(fit(source, room), inks.panel_faint),
            Segment(bullets, inks.panel_faint),
            Segment(questions, inks.panel_accent),
            Segment(highlights, inks.panel_strong),
            Segment(" ", inks.panel),
        ]


def count_columns(entries: Iterable[EpisodeEntry]) -> tuple[int, ...]:
    """The widths that the counts of these episodes need, where they stand under each other."""
    counts = set(map(_counts, entries))
    return tuple(max(map(len, column)) for column in zip(("", "", ""), *counts, strict=True))


def _height(entry: EpisodeEntry) -> int:
    return 3 if entry.note else 2


def _counts(entry: EpisodeEntry) -> tuple[str, str, str]:
    """The bullets, open questions and highlights of an episode, as the list shows them."""
    if entry.bullets is None:
        return "", "", ""
    return (
        f" {entry.bullets}",
        f" {entry.questions}?" if entry.questions else "",
        f" {entry.highlights}▎" if entry.highlights else "",
    )
