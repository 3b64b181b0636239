"""Titles of episodes among the bullets, each with a rule and the episode's counts below."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.segment import Segment

from tui.ui.drawing.paint import hit_layers, set_runs
from tui.ui.views.lines import adjusted, fit

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tui.core.layout.flow import Section
    from tui.core.notes.model import Span
    from tui.ui.drawing.styles import Inks

LEAST_RULE = 8
"Minimum width of the rule below a title, next to the episode's counts."


def draw_title(
    section: Section,
    row: int,
    width: int,
    lead: str,
    inks: Inks,
    hits: Sequence[Span],
    hit: Span | None,
    *,
    is_cursor: bool,
) -> list[Segment]:
    """Draw a row of a title; ``hits`` are those of a search in the title, ``hit`` is the current one."""
    start, end = section.title_rows[row]
    ink = inks.title + inks.raised if is_cursor else inks.title
    found = tuple(hit_layers(hits, hit, start, end, inks))
    text = set_runs(section.episode.title, start, end, ink, found)
    return adjusted([Segment("▌" + lead[1:] if is_cursor else lead, ink), *text], width, ink)


def draw_rule(counts: str, measure: int, width: int, lead: str, inks: Inks) -> list[Segment]:
    """Draw the rule below a title, as wide as the text, and the counts at its end if there is room."""
    rule = "─" * (measure - len(counts) - 1) if counts else ""
    if len(rule) < LEAST_RULE:
        return [Segment(fit(lead + "─" * measure, width), inks.line)]
    return adjusted([Segment(f"{lead}{rule} ", inks.line), Segment(counts, inks.faint)], width, inks.text)
