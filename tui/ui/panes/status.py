"""The lines at the bottom: what is open and what just happened, or what is being typed; under it the keys one needs."""

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
"Cells that a line that is typed has at least, or what is said at the right; where there are fewer, that is left out."


class Typed(NamedTuple):
    """A line that is being typed, as it is shown."""

    sign: str
    "What stands before it."
    line: EditedLine
    note: str = ""
    "What comes of it, at the right."
    is_wrong: bool = False
    "Whether the note says what is wrong."


class Status(Widget):
    """The status line, and a line of keys where the screen is high enough."""

    class HintChosen(Message):
        """A key of the last line was clicked, to be pressed."""

        def __init__(self, key: str) -> None:
            super().__init__()
            self.key = key
            "As the line shows it."

    def __init__(self, hints: Sequence[tuple[str, str]]) -> None:
        super().__init__(id="status")
        self.hints = tuple(hints)
        "Key and word, the most needed first; the last two are always shown."
        self.facts = ""
        "What is always said: the library and its counts."
        self.detail = ""
        "What is said of the block under the cursor."
        self.greeting = ""
        "What a newcomer should know; where there is no room beside the facts, it stands in their place."
        self.message = ""
        "What just happened; it stands in place of the facts."
        self.is_warning = False
        self.typed: Typed | None = None
        "What is being typed; it stands in place of all else."
        self.unsaved = 0
        "How many highlights are not on the disk as they are on screen; said before all else."

    def warn(self, unsaved: int) -> None:
        """Say how many highlights are not saved."""
        if unsaved != self.unsaved:
            self.unsaved = unsaved
            self.refresh()

    def show_typed(self, typed: Typed | None) -> None:
        """Show a line that is being typed, or none."""
        if typed is not None:
            typed = typed._replace(note=in_one_row(typed.note))
        if typed != self.typed:
            self.typed = typed
            self.refresh()

    def greet(self, greeting: str) -> None:
        """Show what a newcomer should know, or nothing of the kind."""
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

    def tell(self, facts: str, detail: str) -> None:
        """Show what is open and what is under the cursor."""
        facts, detail = in_one_row(facts), in_one_row(detail)
        if (facts, detail) != (self.facts, self.detail):
            self.facts, self.detail = facts, detail
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
        width -= cell_len(first)
        left = self.message or self.facts
        detail = self.detail or self.greeting
        if self.greeting and not (self.detail or self.message) and cell_len(left) + cell_len(self.greeting) + 4 > width:
            left = self.greeting
        ink = (inks.bar_warning if self.is_warning else inks.bar_strong) if self.message else inks.bar
        left_over = width - cell_len(left) - 4
        if left == detail or (cell_len(detail) > left_over and (left_over < LEAST_ROOM or not self.detail)):
            detail = ""
        right = fit(detail, min(cell_len(detail), max(0, left_over)))
        room = width - cell_len(right) - 1
        return [
            Segment(first, inks.bar_warning),
            Segment(fit(" " + left, room), ink),
            Segment(right + " ", inks.bar_faint),
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
        )  # where an input method shows what it composes
        rest = fit(typed.line.behind[len(under) :], max(0, width - x - cell_len(under) - cell_len(note)))
        return [
            Segment(lead, inks.bar_strong),
            Segment(drawn(before), inks.bar),
            Segment(drawn(under), inks.bar_caret),
            Segment(rest, inks.bar),
            Segment(note, inks.bar_warning if typed.is_wrong else inks.bar_faint),
        ]

    def on_click(self, event: events.Click) -> None:
        """Have a key pressed that is clicked, or the word beside it."""
        end = 1
        for hint in self._fitting_hints(self.size.width) if event.y else ():
            start, end = end, end + _size(hint)
            if start <= event.x < end - 2:
                self.post_message(self.HintChosen(hint[0]))

    def _fitting_hints(self, width: int) -> list[tuple[str, str]]:
        first, last = self.hints[:-2], self.hints[-2:]
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
    """The end of a text, as much as fits a width in cells."""
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
