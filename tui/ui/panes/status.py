"""The lines at the bottom: the library and the last message, or the line being typed; beneath, the keys."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from rich.segment import Segment
from textual.geometry import Offset
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from tui.core.layout.cells import cell_len, split_graphemes
from tui.core.layout.selection import cluster_end
from tui.core.notes.sanitise import drawn, in_one_row
from tui.ui.panes.line_pane import fit
from tui.ui.panes.styling import filtered, inks

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual import events
    from textual.geometry import Region

    from tui.core.layout.line_editor import EditedLine
    from tui.ui.drawing.styles import Inks


LEAST_ROOM = 12
"Least cells for a typed line, or for the text at the right, which is dropped if there are fewer."


ALWAYS = 3
"Keys that the last line always shows: those of the help, of all commands, and to quit."


class Typed(NamedTuple):
    """A line being typed, as shown."""

    sign: str
    "The sign before it."
    line: EditedLine
    note: str = ""
    "The note at the right about its effect."
    is_wrong: bool = False
    "True if the note reports a mistake."


class Status(Widget):
    """The status line, and a line of keys if the screen is high enough."""

    class HintChosen(Message):
        """A key of the last line was clicked."""

        def __init__(self, key: str) -> None:
            super().__init__()
            self.key = key
            "The key as shown."

    def __init__(self, hints: Sequence[tuple[str, str]]) -> None:
        super().__init__(id="status")
        self.hints = tuple(hints)
        "Keys and words, the most needed first; the last ones are always shown."
        self.facts = ""
        "The library and its counts, always shown."
        self.detail = ""
        "Details of the block under the cursor."
        self.greeting = ""
        "Hints for a newcomer; they replace the facts if there is no room for both."
        self.message = ""
        "The last message; it replaces the facts."
        self.is_warning = False
        self.typed: Typed | None = None
        "The line being typed; it replaces everything else."
        self.mode = ""
        "The standing line of a mode; it replaces the facts."
        self.needs = ""
        "Numbers of what needs the reader, with the key that leads there; only unsaved highlights are shown before it."
        self.whereabouts = ""
        "The place in the notes, at the right."
        self.unsaved = 0
        "Number of highlights not on disk as they are on screen; shown before everything else."

    def warn(self, unsaved: int) -> None:
        """Show the number of unsaved highlights."""
        if unsaved != self.unsaved:
            self.unsaved = unsaved
            self.refresh()

    def show_typed(self, typed: Typed | None) -> None:
        """Show or clear the line being typed."""
        if typed is not None:
            typed = typed._replace(note=in_one_row(typed.note))
        if typed != self.typed:
            self.typed = typed
            self.refresh()

    def greet(self, greeting: str) -> None:
        """Show or clear the hints for a newcomer."""
        if greeting != self.greeting:
            self.greeting = greeting
            self.refresh()

    def say(self, message: str, *, is_warning: bool = False) -> None:
        """Show a message until it is replaced."""
        message = in_one_row(message)
        if message != self.message:
            self.message = message
            self.is_warning = is_warning
            self.refresh()

    def tell(self, facts: str, detail: str, *, mode: str = "", needs: str = "", whereabouts: str = "") -> None:
        """Show the facts of the library, the details under the cursor, and the rest that stands there."""
        shown = tuple(map(in_one_row, (facts, detail, mode, needs, whereabouts)))
        if shown != (self.facts, self.detail, self.mode, self.needs, self.whereabouts):
            self.facts, self.detail, self.mode, self.needs, self.whereabouts = shown
            self.refresh()

    def hint(self, hints: Sequence[tuple[str, str]]) -> None:
        """Show these keys."""
        if tuple(hints) != self.hints:
            self.hints = tuple(hints)
            self.refresh()

    def render_lines(self, crop: Region) -> list[Strip]:
        """See `Widget.render_lines`."""
        width, palette = self.size.width, inks(self.app)
        first = self._line(self.typed, palette, width) if self.typed else self._status(palette, width)
        rows = [first, self._hints(palette, width)]
        strips = [Strip(rows[y]).adjust_cell_length(width, palette.bar) for y in crop.line_range]
        strips = filtered(strips, self.app)
        return [strip.crop(crop.x, crop.right) for strip in strips]

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
        self.app.cursor_position = Offset(
            self.region.x + x, self.region.y
        )  # where an input method shows its composition
        rest = fit(typed.line.behind[len(under) :], max(0, width - x - cell_len(under) - cell_len(note)))
        return [
            Segment(lead, inks.bar_strong),
            Segment(drawn(before), inks.bar),
            Segment(drawn(under), inks.bar_caret),
            Segment(rest, inks.bar),
            Segment(note, inks.bar_warning if typed.is_wrong else inks.bar_faint),
        ]

    def on_click(self, event: events.Click) -> None:
        """Press the key that was clicked, or whose word was."""
        end = 1
        for hint in self._fitting_hints(self.size.width) if event.y else ():
            start, end = end, end + _size(hint)
            if start <= event.x < end - 2:
                self.post_message(self.HintChosen(hint[0]))

    def _fitting_hints(self, width: int) -> list[tuple[str, str]]:
        first, last = self.hints[:-ALWAYS], self.hints[-ALWAYS:]
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
    """The end of a text that fits a width in cells."""
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
