"""The two lines at the bottom: what is open and what just happened, and the keys one needs most."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len
from rich.segment import Segment
from textual.color import Color
from textual.strip import Strip
from textual.widget import Widget

from tui.panes.lines import fit
from tui.panes.palette import Inks, inks

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.geometry import Region


class _Bar(Widget):
    """A line of the screen."""

    DEFAULT_CSS = "_Bar { height: 1; width: 1fr; dock: bottom; }"

    @property
    def inks(self) -> Inks:
        """The styles to draw with."""
        return inks(self.app.theme)

    def draw(self, width: int) -> list[Segment]:
        """The line, at most ``width`` cells."""
        raise NotImplementedError

    def render_lines(self, crop: Region) -> list[Strip]:
        """See `Widget.render_lines`."""
        strip = Strip(self.draw(self.size.width)).adjust_cell_length(self.size.width, self.inks.panel)
        for line_filter in self.app.get_line_filters():
            strip = strip.apply_filter(line_filter, Color.parse(self.inks.palette.panel))
        return [strip.crop(crop.x, crop.right)] * crop.height


class Status(_Bar):
    """What is open, and what just happened."""

    def __init__(self) -> None:
        super().__init__(id="status")
        self.facts = ""
        "What is always said: the library and its counts."
        self.detail = ""
        "What is said of the block under the cursor."
        self.message = ""
        "What just happened; it stands in place of the facts."
        self.is_warning = False

    def say(self, message: str, *, is_warning: bool = False) -> None:
        """Show a message until it is replaced."""
        self.message = message
        self.is_warning = is_warning
        self.refresh()

    def tell(self, facts: str, detail: str) -> None:
        """Show what is open and what is under the cursor."""
        if (facts, detail) != (self.facts, self.detail):
            self.facts, self.detail = facts, detail
            self.refresh()

    def draw(self, width: int) -> list[Segment]:
        """See `_Bar`."""
        inks = self.inks
        left = self.message or self.facts
        ink = (inks.panel_warning if self.is_warning else inks.panel_strong) if self.message else inks.panel
        right = self.detail if cell_len(left) + cell_len(self.detail) + 4 <= width else ""
        room = width - cell_len(right) - 1
        return [Segment(fit(" " + left, room), ink), Segment(right + " ", inks.panel_faint)]


class Footer(_Bar):
    """The keys one needs most."""

    def __init__(self, hints: Sequence[tuple[str, str]]) -> None:
        super().__init__(id="footer")
        self.hints = tuple(hints)
        "Key and word."

    def show(self, hints: Sequence[tuple[str, str]]) -> None:
        """Show other keys."""
        if tuple(hints) != self.hints:
            self.hints = tuple(hints)
            self.refresh()

    def draw(self, width: int) -> list[Segment]:
        """See `_Bar`; as many hints as there is room for, the last one always."""
        inks = self.inks
        segments = [Segment(" ", inks.panel)]
        room = width - 1
        *first, last = self.hints
        room -= _size(last)
        for hint in first:
            if _size(hint) > room:
                break
            room -= _size(hint)
            segments += _pair(hint, inks)
        return [*segments, *_pair(last, inks)]


def _size(hint: tuple[str, str]) -> int:
    return cell_len(hint[0]) + cell_len(hint[1]) + 3


def _pair(hint: tuple[str, str], inks: Inks) -> list[Segment]:
    return [Segment(hint[0], inks.panel_accent), Segment(f" {hint[1]}  ", inks.panel_faint)]
