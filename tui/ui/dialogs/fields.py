"""The fields of Textual's that a reader types into, drawn as safely as all else: what they hold is shown cleaned."""

from __future__ import annotations

from rich.segment import Segment
from textual.strip import Strip
from textual.widgets import Input, TextArea

from tui.core.notes.sanitise import in_one_row


class Field(Input):
    """A line to type into; what it gives is what it was given where nothing was typed."""

    def render_line(self, y: int) -> Strip:
        """See `Widget.render_line`."""
        return _drawable(super().render_line(y))


class Area(TextArea):
    """Lines to type into."""

    def render_line(self, y: int) -> Strip:
        """See `Widget.render_line`."""
        return _drawable(super().render_line(y))


def _drawable(strip: Strip) -> Strip:
    """The strip as it may be drawn, as wide as before: what controls a terminal has no width, its sign has."""
    segments = [Segment(in_one_row(segment.text), segment.style) for segment in strip]
    return Strip(segments).adjust_cell_length(strip.cell_length)
