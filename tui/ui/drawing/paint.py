"""A block's rows as styled text: inline styles, highlights, the selection and the cursor."""

from __future__ import annotations

from bisect import bisect_right
from itertools import islice, pairwise
from typing import TYPE_CHECKING, NamedTuple

from rich.segment import Segment

from tui.core.layout.cells import cell_len
from tui.core.notes.model import Kind, Span
from tui.core.notes.sanitise import drawn

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from rich.style import Style as Ink

    from tui.core.annotations.choices import Colour
    from tui.core.layout.rows import Row
    from tui.core.notes.model import Block, Inline
    from tui.ui.drawing.styles import Inks

GUTTER = 4
"Cells to the left of the text: the cursor, two signs, a change mark."
SIGNS = 2
"""Signs in a row. Those of questions come last; highlights beyond the rest show in the text alone. A comment or an
unsaved highlight always has its sign."""

COMMENTED = "✎"
"The sign of a highlight with a comment, on its first row."
NOT_SAVED = "!"
"The sign of a highlight whose present form is not saved."


class DrawnHighlight(NamedTuple):
    """A highlight as drawn on one block."""

    span: Span
    colour: Colour
    id: str
    is_saved: bool = True
    has_comment: bool = False


class Frame(NamedTuple):
    """The context for painting a block: width, signs, hits, selection, cursor."""

    width: int
    "Cells in a row, including the gutter."
    margin: int = 0
    "Blank cells between gutter and text column, if the pane is wider than the text."
    highlights: tuple[DrawnHighlight, ...] = ()
    sign: str = ""
    "Signs for questions, at most two of one cell; empty if there are none."
    change: str = ""
    "The change mark, of one cell; empty if the block is unchanged."
    is_latest: bool = False
    "True if the change is from the last edit."
    selection: Span | None = None
    is_cursor: bool = False
    is_active: bool = False
    "True while the pane has the focus."
    hits: tuple[Span, ...] = ()
    "The spans of search hits, in order."
    hit: Span | None = None
    "The current hit among them."
    current: str = ""
    "The id of the highlight that keys act on, if there are several."
    caret: int | None = None
    "The offset of the caret while a phrase is selected."


def paint(
    block: Block, rows: Sequence[Row], inlines: Iterable[Inline], inks: Inks, frame: Frame, *, first: int = 0
) -> list[list[Segment]]:
    """Paint rows of a block as segments; ``first`` is the number of the first one in the block, from 0.

    Only inline runs that overlap the rows are needed.
    """
    base = _base(block, inks)
    lead = inks.text if block.kind in (Kind.CODE, Kind.PARAGRAPH, Kind.METADATA) else inks.faint
    if frame.is_cursor:
        base += inks.raised
        lead += inks.raised
    layers, above = _layers(inlines, inks, frame), _layers_above(inks, frame)
    drawn = []
    for index, row in enumerate(rows):
        segments = _gutter(row, inks, frame, is_first=first + index == 0)
        at = cell_len(row.lead)
        segments.append(Segment(row.lead, lead))
        for run in row.runs:
            if run.column > at:
                segments.append(Segment(row.between.rjust(run.column - at), inks.faint + lead))
            found = hit_layers(frame.hits, frame.hit, run.start, run.end, inks)
            segments += set_runs(block.text, run.start, run.end, base, (*layers, *found, *above))
            at = run.column + cell_len(block.text[run.start : run.end])
        room = frame.width - GUTTER - frame.margin - at
        segments.append(Segment(" " * max(0, room), lead if block.kind is not Kind.CODE else base))
        drawn.append(Segment.adjust_line_length(segments, frame.width, lead))
    return drawn


def _base(block: Block, inks: Inks) -> Ink:
    if block.kind is Kind.HEADING:
        return inks.heading
    if block.kind is Kind.CODE:
        return inks.code
    if block.kind is Kind.QUOTE or block.quoted:
        return inks.quote
    if block.task:
        return inks.faint
    return inks.text


def _gutter(row: Row, inks: Inks, frame: Frame, *, is_first: bool) -> list[Segment]:
    """The cursor's sign at the edge, followed by the signs of highlights that overlap a row."""
    ground = inks.text + inks.raised if frame.is_cursor else inks.text
    bar = inks.accent if frame.is_active else inks.faint
    cursor = Segment("▌", bar + inks.raised) if frame.is_cursor else Segment(" ", ground)
    spans = [run for run in row.runs if run.start < run.end]
    touching = [
        mark
        for mark in frame.highlights
        if any(mark.span.start < run.end and mark.span.end > run.start for run in spans) or (is_first and not spans)
    ]
    begun = (mark for mark in touching if any(run.start <= mark.span.start < run.end for run in spans))
    commented = next((mark for mark in begun if mark.has_comment and mark.is_saved), None)
    is_needed = commented is not None or not all(mark.is_saved for mark in touching)
    said = frame.sign[: SIGNS - is_needed] if is_first else ""
    room = SIGNS - len(said)
    signs = [
        Segment(inks.sign_text[mark.colour] if mark.is_saved else NOT_SAVED, ground + inks.sign[mark.colour])
        for mark in touching[:room]
    ]
    if hidden := next((mark for mark in touching[room:] if not mark.is_saved), None):
        signs[-1:] = [Segment(NOT_SAVED, ground + inks.sign[hidden.colour])]
    elif commented is not None:
        signs[room - 1 :] = [Segment(COMMENTED, ground + inks.sign[commented.colour])]
    signs.append(Segment(" " * (SIGNS - len(said) - len(signs)), ground))
    signs.append(Segment(said, ground + inks.question))
    change = frame.change if is_first else ""
    faint = inks.faint + inks.raised if frame.is_cursor else inks.faint
    signs.append(Segment(change or " ", ground + inks.question if frame.is_latest else faint))
    return [cursor, Segment(" " * frame.margin, ground), *signs]


def _layers(inlines: Iterable[Inline], inks: Inks, frame: Frame) -> list[tuple[int, int, Ink]]:
    """The styles to lay over the block's own, in drawing order."""
    layers = [(run.start, run.end, inks.inline[run.style]) for run in inlines]
    highlights = sorted(frame.highlights, key=lambda mark: mark.span.start - mark.span.end)
    layers += [(mark.span.start, mark.span.end, inks.tint[mark.colour]) for mark in highlights]
    layers += [(*mark.span, inks.current[mark.colour]) for mark in highlights if mark.id == frame.current]
    for index, mark in enumerate(highlights):
        for other in highlights[:index]:
            start, end = max(mark.span.start, other.span.start), min(mark.span.end, other.span.end)
            if start < end:
                layers.append((start, end, inks.overlap))
    return layers


def _layers_above(inks: Inks, frame: Frame) -> list[tuple[int, int, Ink]]:
    """The styles to lay over search hits."""
    layers = []
    if frame.selection:
        layers.append((*frame.selection, inks.select))
    if frame.caret is not None:
        layers.append((frame.caret, frame.caret + 1, inks.caret))
    return layers


def hit_layers(
    hits: Sequence[Span], here: Span | None, start: int, end: int, inks: Inks
) -> Iterator[tuple[int, int, Ink]]:
    """The styles of hits in a range of text; hits do not overlap, and there may be very many."""
    for span in islice(hits, bisect_right(hits, start, key=lambda span: span.end), None):
        if span.start >= end:
            return
        yield *span, inks.hit_here if span == here else inks.hit


def set_runs(text: str, start: int, end: int, base: Ink, layers: Sequence[tuple[int, int, Ink]]) -> list[Segment]:
    """Split a range of text into segments, each in the combined style of its layers."""
    here = [layer for layer in layers if layer[0] < end and layer[1] > start]
    if not here:
        return [Segment(drawn(text[start:end]), base)]
    cuts = sorted({start, end, *(min(max(edge, start), end) for layer in here for edge in layer[:2])})
    segments = []
    for left, right in pairwise(cuts):
        ink = base
        for first, last, over in here:
            if first <= left and right <= last:
                ink += over
        segments.append(Segment(drawn(text[left:right]), ink))
    return segments
