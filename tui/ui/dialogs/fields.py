"""Textual's input fields, drawn with control characters made visible."""

from __future__ import annotations

from rich.segment import Segment
from textual.strip import Strip
from textual.widgets import Input, TextArea

from tui.core.notes.sanitise import in_one_row


class Field(Input):
    """A one-line field that leaves its value unchanged if nothing was typed."""

    def render_line(self, y: int) -> Strip:
        """See `Widget.render_line`."""
        return _drawable(super().render_line(y))


class Area(TextArea):
    """A field of several lines."""

    def render_line(self, y: int) -> Strip:
        """See `Widget.render_line`."""
        return _drawable(super().render_line(y))


def _drawable(strip: Strip) -> Strip:
    """Make a strip safe to draw without changing its width: control characters have none, but their pictures do."""
    segments = [Segment(in_one_row(segment.text), segment.style) for segment in strip]
    return Strip(segments).adjust_cell_length(strip.cell_length)
