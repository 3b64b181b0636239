"""The lines at the bottom: the status line, or a line being typed; below it, the footer with keys."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from rich.segment import Segment

from tui.core.layout.cells import cell_len, cluster_end, split_graphemes
from tui.core.notes.sanitise import drawn, in_one_row
from tui.ui.views.lines import adjusted, fit

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tui.core.layout.line_editor import EditedLine
    from tui.ui.drawing.styles import Inks


LEAST_ROOM = 12
"Minimum width for a typed line, or for the text at the right, which is dropped if it has less."


ALWAYS = 3
"Number of keys that the footer shows before all others: help, palette and quit."


class Typed(NamedTuple):
    """A line being typed, as displayed."""

    sign: str
    "The character before it."
    line: EditedLine
    note: str = ""
    "A note about its effect, at the right."
    is_wrong: bool = False
    "True if the note reports an error."


class StatusView:
    """The status line and the footer."""

    def __init__(self, hints: Sequence[tuple[str, str]]) -> None:
        super().__init__()
        self.hints = tuple(hints)
        "Keys with words, most important first; the last ones are always shown."
        self.facts = ""
        "The library and its counts; always shown."
        self.detail = ""
        "Details of the block under the cursor."
        self.greeting = ""
        "Hints for a new reader; they replace the facts if both do not fit."
        self.message = ""
        "The last message; it replaces the facts."
        self.is_warning = False
        self.typed: Typed | None = None
        "The line being typed; it replaces everything else."
        self.mode = ""
        "The permanent line of a mode; it replaces the facts."
        self.needs = ""
        "Counts of items that need the reader, with the key for them; only unsaved highlights take precedence."
        self.whereabouts = ""
        "The position in the notes, at the right."
        self.unsaved = 0
        "Number of highlights on screen that are not saved; takes precedence over everything else."
        self.caret: int | None = None
        "The cell of the caret in the line being typed, when last drawn."

    @property
    def inks(self) -> Inks:
        """The styles to draw with."""
        raise NotImplementedError

    def redraw(self) -> None:
        """Redraw the lines."""
        raise NotImplementedError

    def warn(self, unsaved: int) -> None:
        """Show the number of unsaved highlights."""
        if unsaved != self.unsaved:
            self.unsaved = unsaved
            self.redraw()

    def show_typed(self, typed: Typed | None) -> None:
        """Show or clear the line being typed."""
        if typed is not None:
            typed = typed._replace(note=in_one_row(typed.note))
        if typed != self.typed:
            self.typed = typed
            self.redraw()

    def greet(self, greeting: str) -> None:
        """Show or clear the hints for a new reader."""
        if greeting != self.greeting:
            self.greeting = greeting
            self.redraw()

    def say(self, message: str, *, is_warning: bool = False) -> None:
        """Show a message until it is replaced."""
        message = in_one_row(message)
        if message != self.message:
            self.message = message
            self.is_warning = is_warning
            self.redraw()

    def show_facts(self, facts: str, detail: str, *, mode: str = "", needs: str = "", whereabouts: str = "") -> None:
        """Show the facts about the library, the details under the cursor, and the other parts of the line."""
        shown = tuple(map(in_one_row, (facts, detail, mode, needs, whereabouts)))
        if shown != (self.facts, self.detail, self.mode, self.needs, self.whereabouts):
            self.facts, self.detail, self.mode, self.needs, self.whereabouts = shown
            self.redraw()

    def hint(self, hints: Sequence[tuple[str, str]]) -> None:
        """Show these keys in the footer."""
        if tuple(hints) != self.hints:
            self.hints = tuple(hints)
            self.redraw()

    def draw(self, width: int) -> list[list[Segment]]:
        """Draw both lines."""
        inks = self.inks
        self.caret = None
        first = self._line(self.typed, inks, width) if self.typed else self._status(inks, width)
        return [adjusted(row, width, inks.bar) for row in (first, self._hints(inks, width))]

    def _status(self, inks: Inks, width: int) -> list[Segment]:
        first = f" {self.unsaved} not saved ·" if self.unsaved else ""
        needs = f" {self.needs} ·" if self.needs and not self.mode else ""
        width -= cell_len(first) + cell_len(needs)
        left = self.message or self.mode or self.facts
        detail = self.detail or self.greeting
        if self.greeting and not (self.detail or self.message) and cell_len(left) + cell_len(self.greeting) + 4 > width:
            left = self.greeting
        where = f"  {self.whereabouts}" if self.whereabouts else ""
        if cell_len(left) + cell_len(where) + 2 > width:
            where = ""
        width -= cell_len(where)
        strong = inks.bar_strong if self.message or self.mode else inks.bar
        ink = inks.bar_warning if self.message and self.is_warning else strong
        left_over = width - cell_len(left) - 4
        if left == detail or (cell_len(detail) > left_over and (left_over < LEAST_ROOM or not self.detail)):
            detail = ""
        right = fit(detail, min(cell_len(detail), max(0, left_over)))
        room = width - cell_len(right) - 1
        return [
            Segment(first, inks.bar_warning),
            Segment(needs, inks.bar_accent),
            Segment(fit(" " + left, room), ink),
            Segment(right + where + " ", inks.bar_faint),
        ]

    def _line(self, typed: Typed, inks: Inks, width: int) -> list[Segment]:
        lead = f" {typed.sign} "
        note = f"  {typed.note} "
        room = width - cell_len(lead) - cell_len(note)
        if room < LEAST_ROOM:
            note, room = " ", width - cell_len(lead) - 1
        before = typed.line.before
        if cell_len(before) >= room:
            before = "…" + _tail(before, room - 2)
        under = typed.line.behind[: cluster_end(typed.line.behind, 0)] or " "
        x = cell_len(lead + before)
        self.caret = x
        rest = fit(typed.line.behind[len(under) :], max(0, width - x - cell_len(under) - cell_len(note)))
        return [
            Segment(lead, inks.bar_strong),
            Segment(drawn(before), inks.bar),
            Segment(drawn(under), inks.bar_caret),
            Segment(rest, inks.bar),
            Segment(note, inks.bar_warning if typed.is_wrong else inks.bar_faint),
        ]

    def hint_at(self, x: int, width: int) -> str:
        """The key of the hint at a cell of the footer; empty elsewhere."""
        end = 1
        for hint in self._fitting_hints(width):
            start, end = end, end + _size(hint)
            if start <= x < end - 2:
                return hint[0]
        return ""

    def _fitting_hints(self, width: int) -> list[tuple[str, str]]:
        first, last = self.hints[:-ALWAYS], self.hints[-ALWAYS:]
        while sum(map(_size, last)) - 2 > width - 1:
            last = last[:-1]
        room = width - 1 - sum(map(_size, last))
        fitting = []
        for hint in first:
            if _size(hint) > room:
                break
            room -= _size(hint)
            fitting.append(hint)
        return [*fitting, *last]

    def _hints(self, inks: Inks, width: int) -> list[Segment]:
        segments = [Segment(" ", inks.panel)]
        for hint in self._fitting_hints(width):
            segments += _pair(hint, inks)
        used = sum(cell_len(segment.text) for segment in segments)
        return [*segments, Segment(" " * max(0, width - used), inks.panel)]


def _tail(text: str, width: int) -> str:
    """The longest end of a text that fits a width in cells."""
    clusters, total = split_graphemes(text)
    for start, _, size in clusters:
        if total <= width:
            return text[start:]
        total -= size
    return ""


def _size(hint: tuple[str, str]) -> int:
    return cell_len(hint[0]) + cell_len(hint[1]) + 3


def _pair(hint: tuple[str, str], inks: Inks) -> list[Segment]:
    return [Segment(hint[0], inks.panel_accent), Segment(f" {hint[1]}  ", inks.panel_faint)]
