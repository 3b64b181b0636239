"""The library as one flow of rows: drawing, the cursor, highlights, the gutter, and movement."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.segment import Segment

from tui.core.layout.flow import Flow
from tui.core.notes.model import TITLE, Position
from tui.core.state.model import innermost
from tui.ui.drawing.paint import GUTTER, DrawnHighlight, Frame, paint
from tui.ui.lists.episodes import counts_in_words
from tui.ui.views.lines import LineView, blank, fit
from tui.ui.views.titles import draw_rule, draw_title

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence

    from tui.core.layout.selection import Point
    from tui.core.notes.model import Block, Episode, Span
    from tui.ui.drawing.styles import Inks
    from tui.ui.lists.episodes import EpisodeEntry

MARGIN = 3
"Rows kept between the cursor and the edge of the pane, if possible."
PAINTED_AHEAD = 200
"Rows of a block that are painted and cached together; later rows are painted one at a time."
CACHED_BLOCKS = 2_000
"Number of painted blocks to cache."


class FlowView(LineView):
    """The library's blocks with a cursor."""

    def __init__(self, measure: int) -> None:
        super().__init__()
        self.episodes: tuple[Episode, ...] = ()
        self._note_name: Callable[[int], str] = str
        self.measure = measure
        "Maximum width of a row of text, in cells."
        self.cursor = Position(0, 0)
        self.highlights: Mapping[Position, tuple[DrawnHighlight, ...]] = {}
        self.picked = ""
        "The id of the highlight that the reader picked on the block under the cursor; empty if there is none."
        self.signs: Mapping[Position, str] = {}
        self.changes: Mapping[Position, str] = {}
        self.latest: Collection[Position] = frozenset()
        self.chosen: Mapping[Position, Span] = {}
        "The spans drawn as selected."
        self.caret: Point | None = None
        self.hits: Callable[[Position], tuple[Span, ...]] = _no_hits
        "Returns the hits in a block or title."
        self.hit: tuple[Position, Span] | None = None
        "The current hit."
        self._counts: Sequence[EpisodeEntry] = ()
        "The entries of the episode list, whose counts are drawn below the titles, by number in the library."
        self.former: Flow | None = None
        "A layout made before there was a view; episodes of the same width are reused from it."
        self._flow: Flow | None = None
        self._drawn: dict[Position, list[list[Segment]]] = {}
        "Painted blocks, as the segments of each row."
        self._drawn_for: tuple[Inks, int] | None = None
        "The styles and width that they were painted for."
        self._early: list[Callable[[], None]] = []
        self._prepared_for: tuple[tuple[int, int], int] | None = None
        "The size and measure of the pane when it was last laid out."
        self._page = 0
        "Rows on screen when the pane was last laid out."

    def cursor_moved(self) -> None:
        """Report that the cursor moved to another block."""

    # -- content

    def show(
        self,
        episodes: Sequence[Episode],
        name: Callable[[int], str],
        follow: Callable[[Position], Position] = lambda position: position,
        laid_out: Flow | None = None,
    ) -> None:
        """Show other episodes, or edited ones; the cursor's block stays on its screen row.

        Args:
            episodes: The episodes in order.
            name: Returns the display name of an episode's note.
            follow: Returns the new position of a block shown now.
            laid_out: The result of `laid_out` for the new episodes.
        """
        row = self.cursor_row
        self.cursor = follow(self.cursor)
        self.episodes = tuple(episodes)
        self._note_name = name
        if self.episodes and not self.episodes[self.cursor.section].blocks:
            self.cursor = Position(self.cursor.section, TITLE)
        if self._flow is not None:
            if laid_out is None or laid_out.width != self._flow.width:
                laid_out = Flow(self.episodes, self._flow.width, self._flow)
            laid_out.catch_up()
            laid_out.moved = self._moved
            self._flow = laid_out
            self._settle(row)
        self._drawn.clear()
        self.redraw()

    def laid_out(self, episodes: Sequence[Episode], cursor: Position) -> Flow | None:
        """Lay out other episodes around a block, for `show`; safe in a thread.

        None as long as the pane's width is unknown.
        """
        if self._flow is None:
            return None
        flow = Flow(episodes, self._flow.width, self._flow)
        flow.top(cursor)
        return flow

    def draw_highlights(
        self, highlights: Mapping[Position, tuple[DrawnHighlight, ...]], signs: Mapping[Position, str]
    ) -> None:
        """Draw these highlights, and these gutter signs for questions."""
        old_highlights, old_signs = self.highlights, self.signs
        self.highlights, self.signs = highlights, signs
        self._draw_anew(lambda at: highlights.get(at) != old_highlights.get(at) or signs.get(at) != old_signs.get(at))

    def _draw_anew(self, is_other: Callable[[Position], bool]) -> None:
        """Redraw those blocks, cached or on screen, that differ."""
        for position in list(filter(is_other, self._drawn)):
            del self._drawn[position]
        if self._flow is not None and self.episodes:
            flow = self._flow
            shown = dict.fromkeys(flow.position_at(row) for row in range(self.top, self.top + self.page))
            for position in filter(is_other, shown):
                self.redraw_rows(flow.top(position), flow.size(position))

    def show_counts(self, entries: Sequence[EpisodeEntry]) -> None:
        """Draw the counts of the episodes, one entry each, below their titles."""
        before, self._counts = self._counts, entries
        if self._flow is None or not self.episodes:
            return
        flow, bottom = self._flow, self.top + self.page - 1
        for section in range(flow.section_at(self.top), flow.section_at(min(bottom, flow.height - 1)) + 1):
            if before[section : section + 1] != entries[section : section + 1]:
                title = Position(section, TITLE)
                self.redraw_rows(flow.top(title) + flow.size(title), 1)

    def set_measure(self, measure: int) -> None:
        """Set the maximum width of a row of text."""
        self.measure = measure
        self.redraw()

    def show_hits(
        self, hits: Callable[[Position], tuple[Span, ...]] | None, hit: tuple[Position, Span] | None = None
    ) -> None:
        """Draw the hits of a search and the current one; None if there is no search."""
        self.hits = hits or _no_hits
        self.hit = hit
        self._drawn.clear()
        self.redraw()

    def show_changes(self, changes: Mapping[Position, str], latest: Collection[Position]) -> None:
        """Draw these change marks, with those of the last edit emphasised."""
        old_changes, old_latest = self.changes, self.latest
        self.changes, self.latest = changes, latest
        self._draw_anew(lambda at: changes.get(at) != old_changes.get(at) or (at in latest) != (at in old_latest))

    @property
    def has_search(self) -> bool:
        """True while the hits of a search are drawn."""
        return self.hits is not _no_hits

    def place(self, cursor: Position, row: int | None = None) -> None:
        """Put the cursor on a block, optionally on a given row of the screen."""

        def settle() -> None:
            self._move_to(cursor)
            if row is not None:
                self._settle(row)

        self._when_laid_out(settle)

    @property
    def block(self) -> Block | None:
        """The block under the cursor; None on a title."""
        if not self.episodes or self.cursor.block == TITLE:
            return None
        return self.episodes[self.cursor.section].blocks[self.cursor.block]

    @property
    def cursor_row(self) -> int:
        """The screen row where the cursor's block begins, with 0 for the first row below the heading."""
        if self._flow is None or not self._flow.episodes:
            return 0
        return self._flow.top(self.cursor) - self.top

    @property
    def flow(self) -> Flow:
        """The episodes laid out for the pane's width."""
        self.prepare()
        assert self._flow is not None
        return self._flow

    def whereabouts(self) -> str:
        """The cursor's position in words: the block's number in its episode, and the share of all rows above it.

        Empty on a title, and as long as the view has no size.
        """
        section, block = self.cursor
        if not self.cells[0] or not self.episodes or block == TITLE:
            return ""
        flow = self.flow
        count = len(flow.section(section).blocks)
        is_last = (section, block) == (len(self.episodes) - 1, count - 1)
        percent = 100 if is_last else min(99, 100 * flow.top(self.cursor) // max(1, flow.height))
        return f"{block + 1}/{count} · {percent if self.cursor != (0, 0) else 0} %"

    # -- geometry

    @property
    def _columns(self) -> tuple[int, int]:
        """The left margin and width of the text column."""
        room = max(8, self.text_width - GUTTER - 1)
        width = min(room, self.measure)
        return max(0, (room - width) // 2), width

    def prepare(self) -> None:
        """Lay out for the pane's current width; the cursor's block keeps its screen row."""
        wanted = self.cells, self.measure
        if self._flow is not None and self._prepared_for == wanted:
            return
        self._prepared_for = wanted
        width = self._columns[1]
        page, self._page = self._page, self.page
        if self._flow is None or self._flow.width != max(width, 4):
            row = self.cursor_row
            is_new = self._flow is None
            self._flow = Flow(self.episodes, width, self.former, self._moved)
            self.former = None
            self._drawn.clear()
            if not is_new:
                self._settle(row)
            early, self._early = self._early, []
            for action in early:
                action()
        if self._page < page and self.episodes and 0 <= self.cursor_row < page:
            self.reveal(self._flow.top(self.cursor), self._flow.size(self.cursor))

    def _moved(self, row: int, by: int) -> None:
        """Keep the content of the screen in place when rows above it turn out to be more or fewer."""
        if row <= self.top or (self._is_below(row + by) and 0 <= self.cursor_row - by < self.page):
            self.top += by

    def _is_below(self, row: int) -> bool:
        """True if the chunk with the cursor's block begins at or below a row."""
        return self._flow is not None and self._flow.start(self.cursor) >= row

    def _settle(self, row: int) -> None:
        """Scroll so that the cursor's block begins on a screen row, or as near to it as possible."""
        if self._flow is None or not self.episodes:
            return
        row = max(min(row, self.page - 1), min(0, row))
        self.top = max(0, min(self._flow.top(self.cursor) - row, self.max_top))
        self.redraw()

    def _when_laid_out(self, action: Callable[[], None]) -> None:
        """Run an action now, or once the pane has a size, so that a key typed before the first frame is not lost."""
        if self._flow is None and not self.cells[0]:
            self._early.append(action)
        else:
            self.prepare()
            action()

    def row_count(self) -> int:
        """See `LineView`."""
        return 0 if self._flow is None or not self.episodes else self._flow.height + 1

    # -- drawing

    def make_ready(self) -> None:
        """See `LineView`; lays out everything on screen."""
        self.prepare()
        if self._flow is not None and self.episodes:
            self._lay_out_shown(self._flow)
        if self._drawn_for != (drawn_for := (self.inks, self.text_width)):
            self._drawn_for = drawn_for
            self._drawn.clear()
        super().make_ready()

    def _lay_out_shown(self, flow: Flow) -> None:
        """Make the heights of everything on screen exact."""
        self.top = max(0, min(self.top, self.max_top))
        while flow.measure(self.top, self.top + self.page):
            self.top = max(0, min(self.top, self.max_top))

    def draw_heading(self, width: int) -> list[Segment]:
        """Draw the title of the episode at the top of the pane, or the note's name while that title is on screen
        itself.
        """
        inks = self.inks
        if not self.episodes:
            return blank(width, inks.panel)
        index = self.flow.section_at(self.top)
        beneath = self.top > self.flow.top(Position(index, TITLE))
        text = self.episodes[index].title if beneath else self._note_name(index)
        ink = (inks.panel_title if self.is_in_focus else inks.panel_strong) if beneath else inks.panel_faint
        return [Segment(fit(" " * (GUTTER + self._columns[0]) + text, width), ink)]

    def draw_row(self, row: int, width: int) -> list[Segment]:
        """See `LineView`."""
        flow = self._flow
        assert flow is not None  # cached for this width rather than looked up for each row
        index, inside = flow.locate(row)
        section = flow.section(index)
        block, inner = section.at(inside)
        if block == TITLE:
            return self._draw_title(index, inner, width)
        position = Position(index, block)
        if inner >= section.size(block):
            return blank(width, self.inks.text)
        if position == self.cursor or position in self.chosen or inner >= PAINTED_AHEAD:
            return self._paint(position, width, inner, inner + 1)[0]
        drawn = self._drawn.get(position)
        if drawn is None:
            if len(self._drawn) >= CACHED_BLOCKS:
                self._drawn.clear()
            drawn = self._drawn[position] = self._paint(position, width, 0, PAINTED_AHEAD)
        return drawn[inner]

    def _paint(self, position: Position, width: int, first: int, end: int) -> list[list[Segment]]:
        """Paint a block's rows in ``[first, end)``; a block of 5 MB has 50,000 rows."""
        section = self.flow.section(position.section)
        frame = Frame(
            width=width,
            margin=self._columns[0],
            highlights=self.highlights.get(position, ()),
            sign=self.signs.get(position, ""),
            change=self.changes.get(position, ""),
            is_latest=position in self.latest,
            current=self._current_in(position),
            selection=self.chosen.get(position),
            hits=self.hits(position),
            hit=self._hit_in(position),
            is_cursor=position == self.cursor,
            is_active=self.is_in_focus,
            caret=self.caret.offset if self.caret and self.caret.position == position else None,
        )
        rows = section.rows(position.block)[first:end]
        runs = [run for row in rows for run in row.runs]
        inlines = section.inlines(position.block, runs[0].start, max(run.end for run in runs)) if runs else ()
        return paint(section.blocks[position.block], rows, inlines, self.inks, frame, first=first)

    def _current_in(self, position: Position) -> str:
        """The id of the current highlight, if it is one of several on a block."""
        here = self.highlights.get(position, ())
        return self.current_highlight() if position == self.cursor and len(here) > 1 else ""

    def current_highlight(self, offset: int | None = None) -> str:
        """The id of the highlight under the cursor that keys act on; empty if there is none."""
        here = self.highlights.get(self.cursor, ())
        if len(here) < 2:
            return here[0].id if here else ""
        return innermost(((each.span, each.id) for each in here), self.picked, offset)

    def pick(self, highlight_id: str) -> None:
        """Make this highlight of the block under the cursor the one that keys act on."""
        if highlight_id != self.picked:
            self.picked = highlight_id
            self.redraw_rows(self.flow.top(self.cursor), self.flow.size(self.cursor))
            self.cursor_moved()

    def _hit_in(self, position: Position) -> Span | None:
        return self.hit[1] if self.hit and self.hit[0] == position else None

    def _draw_title(self, index: int, inner: int, width: int) -> list[Segment]:
        section, (margin, measure) = self.flow.section(index), self._columns
        lead, position = " " * (GUTTER + margin), Position(index, TITLE)
        if 0 <= inner < len(section.title_rows):
            hits, hit = self.hits(position), self._hit_in(position)
            return draw_title(section, inner, width, lead, self.inks, hits, hit, is_cursor=position == self.cursor)
        if inner == len(section.title_rows):
            counts = "".join(map(counts_in_words, self._counts[index : index + 1]))
            return draw_rule(counts, measure, width, lead, self.inks)
        return blank(width, self.inks.text)

    # -- moving

    def _move_to(self, position: Position) -> None:
        """Put the cursor on a block and scroll it into view."""
        if not self.episodes:
            return
        flow = self.flow
        top, size = flow.top(position), flow.size(position)
        if position.block <= 0:  # an episode's title belongs to its first block
            title = flow.top(Position(position.section, TITLE))
            if top - title + size <= self.page:
                top, size = title, size + top - title
        self.reveal(top, size, MARGIN)
        self._put(position)

    def _put(self, position: Position) -> None:
        """Put the cursor on a block that is on screen."""
        before, self.cursor = self.cursor, position
        if position != before:
            self.picked = ""
            for each in (before, position):
                self.redraw_rows(self.flow.top(each), self.flow.size(each))
            self.cursor_moved()

    def go(self, position: Position) -> None:
        """Put the cursor on a block, near the top of the pane if it was off screen."""

        def jump() -> None:
            flow = self.flow
            if not self.episodes:
                return
            away = not self.top <= flow.top(position) < self.top + self.page
            self._move_to(position)
            if away:
                title = flow.top(Position(position.section, TITLE))
                self.scroll_to_row(title if position.block <= 0 else flow.top(position) - MARGIN)

        self._when_laid_out(jump)

    def step(self, by: int) -> None:
        """Move the cursor by blocks; single steps scroll through a block taller than the pane."""

        def move() -> None:
            if not self.episodes:
                return
            flow = self.flow
            top, size = flow.top(self.cursor), flow.size(self.cursor)
            if by == 1 and top + size > self.top + self.page:
                self.scroll_rows(min(self.page - 1, top + size - self.top - self.page))
            elif by == -1 and top < self.top:
                self.scroll_rows(-min(self.page - 1, self.top - top))
            else:
                self._move_to(flow.step(self.cursor, by))

        self._when_laid_out(move)

    def turn(self, pages: float) -> None:
        """Scroll by pages; the cursor keeps its screen row as far as blocks allow."""

        def turn() -> None:
            if not self.episodes:
                return
            by = int(pages * max(1, self.page - 2)) or (1 if pages > 0 else -1)
            row = self.cursor_row
            before = self.top
            self.scroll_rows(by)
            if self.top == before:  # nothing left to scroll: the cursor moves the rest of the way
                self.ends(last=by > 0)
                return
            flow = self.flow
            position = flow.position_at(self.top + max(0, min(row, self.page - 1)))
            if flow.top(position) < self.top and flow.top(flow.step(position, 1)) < self.top + self.page:
                position = flow.step(position, 1)
            self._put(position)

        self._when_laid_out(turn)

    def ends(self, *, last: bool) -> None:
        """Move to the first or last block of the library."""

        def go() -> None:
            if not self.episodes:
                return
            flow = self.flow
            position = flow.last(len(self.episodes) - 1) if last else flow.first(0)
            self._move_to(position)
            self.scroll_to_row(self.max_top if last else 0)

        self._when_laid_out(go)

    def next_episode(self, by: int) -> None:
        """Move to the first block of the next or previous episode."""

        def go() -> None:
            if not self.episodes:
                return
            flow = self.flow
            section = self.cursor.section
            if by < 0 and self.cursor != flow.first(section):
                section += 1  # first to the beginning of this one
            section = min(max(section + by, 0), len(self.episodes) - 1)
            self.top_on(section)

        self._when_laid_out(go)

    def top_on(self, section: int) -> None:
        """Put the cursor on an episode's first block, with its title at the top of the pane."""
        self._move_to(self.flow.first(section))
        self.scroll_to_row(self.flow.top(Position(section, TITLE)))


def _no_hits(_: Position) -> tuple[Span, ...]:
    return ()
