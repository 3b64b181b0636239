"""A list of entries to decide on; those that need a decision are under headings of their own."""

from __future__ import annotations

from operator import sub
from typing import TYPE_CHECKING

from rich.cells import cell_len
from rich.segment import Segment

from tui.core.layout.wrapping import first_rows
from tui.ui.lists.entries import EntryKind, ListEntry
from tui.ui.views.entries import NOWHERE, EntryView
from tui.ui.views.lines import fit

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


MAX_ROWS = 4
"Most rows for the text of an entry."
AIR = 1
"Blank cells between the text and the right border."
MAX_DETAILS = 6
"Most rows for the details of an entry."


class DecisionView(EntryView):
    """Entries of the current episode or of the library, to go to or decide on."""

    title = ""
    "The title of the list."

    def __init__(self, *, of_library: bool) -> None:
        super().__init__()
        self.entries: tuple[ListEntry, ...] = ()
        self.of_library = of_library
        "True while the list shows the whole library."
        self.filter = ""
        self._decided: ListEntry | None = None
        "The last entry decided on, until the reader moves the cursor."
        self._decided_under = ""
        "The heading above that entry then."
        self._leaves = False
        "True if the cursor moves on to the next entry although that one is still listed."
        self._listing: object = None
        "The subject of the list when last shown."
        self._measured: tuple[int, Sequence[ListEntry], Sequence[int]] = 0, (), ()
        "A width, the entries last measured for it, and the end row of each."

    def show(self, entries: Sequence[ListEntry], listing: object = None) -> None:
        """List entries; the cursor stays on its entry.

        If that entry is gone, except by the reader's decision or a change of ``listing``, the cursor leaves the list
        until the reader moves it: no key may decide on another entry by accident. If a decision is undone, the cursor
        goes back to its entry.

        Args:
            entries: The entries, with headings between them.
            listing: The subject of the list, such as the episode; when it changes, the cursor starts at the top.
        """
        before, here, is_same = self.entries, self.entry, (self.filter, self.of_library, listing) == self._listing
        if entries is before and is_same:
            return
        if self._width and not self._is_estimated:
            self._measured = self._width, before, self._ends
        self.entries = tuple(entries)
        back = self._undecided(before)
        cursor = self._after(before, here, is_same=is_same) if back is None else back
        self._listing = (self.filter, self.of_library, listing)
        self.changed()
        self.cursor = cursor
        if back is not None and self.cells[0]:
            self._reveal()

    def _after(self, before: Sequence[ListEntry], here: ListEntry | None, *, is_same: bool) -> int:
        """The new index of the cursor, which was on ``here``; NOWHERE if that entry is gone for no known reason."""
        if here is None:
            return NOWHERE if self.cursor == NOWHERE and is_same else self._choosable_at(0)
        if (again := self.again(here, before)) is not None:
            return again
        if self.is_decided(here):
            return self._choosable_at([entry.key for entry in before].index(here.key))
        return NOWHERE if is_same else self._choosable_at(0)

    @property
    def is_listed(self) -> bool:
        """True once there was something to list, or nothing: before, the notes are still being counted."""
        return self._listing is not None

    def decided_on(self, entry: ListEntry, *, leaves: bool = False) -> None:
        """Record a decision on the entry under the cursor: if that entry moves away, the cursor goes to the next
        one.
        """
        self._decided, self._leaves = entry, leaves
        self._decided_under = _heading_above(self.entries, self.cursor)

    def is_decided(self, entry: ListEntry) -> bool:
        """True for the last entry decided on."""
        return self._decided is not None and entry.key == self._decided.key

    def again(self, here: ListEntry, before: Sequence[ListEntry]) -> int | None:
        """The new index of the entry that was under the cursor; None if none is certainly the same."""
        if self._leaves and self.is_decided(here):
            return None
        if here.row is EntryKind.CANDIDATE:
            old, new = _alike(before, here), _alike(self.entries, here)
            if len(old) == len(new):
                return new[old.index(self.cursor)]
            if not self.is_decided(here):
                return None
        own = (index for index, each in enumerate(self.entries) if each.id == here.id and each.path == here.path)
        placed = [index for index in own if here.id and self.entries[index].row is not EntryKind.CANDIDATE]
        return min(placed, key=lambda index: abs(index - self.cursor), default=None)

    def _undecided(self, before: Sequence[ListEntry]) -> int | None:
        """The index of the entry decided on if it is listed as it was then, and was not listed so ``before``."""
        return self._as_decided_on(self.entries) if self._as_decided_on(before) is None else None

    def _as_decided_on(self, entries: Sequence[ListEntry]) -> int | None:
        """The index of the entry decided on if it has the same words, state and heading as then."""
        if self._decided is None:
            return None
        found = _alike(entries, self._decided)
        return next((index for index in found if _heading_above(entries, index) == self._decided_under), None)

    def _choosable_at(self, index: int) -> int:
        """The nearest entry that the cursor can stand on: at an index or after it, else before it."""
        indexes = (*range(index, self.count()), *reversed(range(min(index, self.count()))))
        return next(filter(self.is_choosable, indexes), 0)

    def set_cursor(self, index: int) -> None:
        """See `EntryView`."""
        self._decided = None
        super().set_cursor(self._choosable_at(max(0, index)))

    @property
    def entry(self) -> ListEntry | None:
        """The entry under the cursor."""
        return self.entries[self.cursor] if 0 <= self.cursor < len(self.entries) else None

    def count(self) -> int:
        """See `EntryView`."""
        return len(self.entries)

    def is_choosable(self, index: int) -> bool:
        """See `EntryView`."""
        return 0 <= index < self.count() and self.entries[index].row is not EntryKind.HEADING

    def _indent(self, entry: ListEntry) -> int:
        return 4 if entry.row is EntryKind.CANDIDATE else 2

    def _words(self, entry: ListEntry, width: int) -> list[str]:
        room = max(8, width - self._indent(entry) - AIR)
        rows = first_rows(entry.text, room, MAX_ROWS + 1)
        if len(rows) > MAX_ROWS:
            rows = [*rows[: MAX_ROWS - 1], fit(rows[MAX_ROWS - 1].rstrip() + " …", room).rstrip()]
        return rows

    def _details(self, entry: ListEntry, width: int) -> list[str]:
        room = max(8, width - self._indent(entry) - AIR)
        rows = first_rows(entry.details, room, MAX_DETAILS + 1) if entry.details else []
        if len(rows) > MAX_DETAILS:
            rows = [*rows[: MAX_DETAILS - 1], fit(rows[MAX_DETAILS - 1].rstrip() + " …", room).rstrip()]
        return rows

    def heights(self, width: int) -> Iterable[int]:
        """See `EntryView`."""
        return (self._height(entry, width, is_first=index == 0) for index, entry in enumerate(self.entries))

    def known_heights(self, width: int) -> Sequence[int | None]:
        """See `EntryView`; most entries were listed before, but headings are built each time."""
        measured_for, entries, ends = self._measured
        if width != measured_for:
            return super().known_heights(width)
        known = dict(zip(map(id, entries), map(sub, ends, (0, *ends)), strict=False))
        return list(map(known.get, map(id, self.entries)))

    def entry_height(self, index: int, width: int) -> int:
        """See `EntryView`."""
        return self._height(self.entries[index], width, is_first=index == 0)

    def _height(self, entry: ListEntry, width: int, *, is_first: bool) -> int:
        if entry.row is EntryKind.HEADING:
            return 1 if is_first else 2
        return len(self._words(entry, width - 1)) + len(self._details(entry, width - 1)) + 1

    def draw_title(self) -> list[Segment]:
        """See `EntryView`."""
        inks = self.inks
        ink = inks.panel_title if self.is_in_focus else inks.panel_strong
        lead = Segment(f" {self.title}", ink)
        for scope in ("library", "all") if self.of_library else ("episode", "here"):
            facts = [*self.facts(), scope, self.filter]
            said = "".join(f" · {fact}" for fact in facts if fact)
            if cell_len(lead.text + said) <= self.text_width:
                break
        return [lead, Segment(said, inks.panel_faint)]

    def facts(self) -> Sequence[str]:
        """Facts about the whole list, shown in the title."""
        return ()

    def draw_entry(self, index: int, row: int, width: int) -> list[Segment]:
        """See `EntryView`."""
        inks = self.inks
        entry = self.entries[index]
        if entry.row is EntryKind.HEADING:
            last = row == self.entry_height(index, width + 1) - 1
            return [Segment(fit(entry.text if last else "", width), inks.panel_strong)]
        words, details = self._words(entry, width), self._details(entry, width)
        if row >= len(words) + len(details):
            return [Segment(" " * width, inks.panel)]
        lead = Segment(" " * self._indent(entry), inks.panel)
        if row == 0:
            lead = self.draw_sign(entry)
        text = words[row] if row < len(words) else details[row - len(words)]
        ink = inks.panel_faint if row >= len(words) or self.is_faint(entry) else inks.panel
        return [lead, Segment(fit(text, max(1, width - cell_len(lead.text))), ink)]

    def draw_sign(self, entry: ListEntry) -> Segment:
        """The marker before an entry, as wide as the indentation: two cells, four for a candidate."""
        raise NotImplementedError

    def is_faint(self, entry: ListEntry) -> bool:
        """True if an entry's text is drawn faint."""
        return entry.row is EntryKind.ORPHAN


def _alike(entries: Sequence[ListEntry], entry: ListEntry) -> list[int]:
    """The indices of the entries for the same record in the same state, with the same text."""
    wanted = _state_of(entry)
    return [index for index, each in enumerate(entries) if _state_of(each) == wanted]


def _state_of(entry: ListEntry) -> tuple[object, ...]:
    return entry.row, entry.key, entry.text, entry.state


def _heading_above(entries: Sequence[ListEntry], index: int) -> str:
    above = (entry.text for entry in reversed(entries[:index]) if entry.row is EntryKind.HEADING)
    return next(above, "")
