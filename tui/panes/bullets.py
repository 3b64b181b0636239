"""The bullet pane: all episodes as one flow of blocks, with the cursor, the highlights and the gutter."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from rich.segment import Segment
from textual.message import Message
from textual.strip import Strip

from tui.core.flow import TITLE, Flow, Spot
from tui.core.model import Kind
from tui.core.selecting import (
    MOTIONS,
    Point,
    Selection,
    line_end,
    line_start,
    moved,
    point_at,
    row_of,
    spans,
    word_back,
    word_end,
)
from tui.panes.lines import HEAD, Lines, fit
from tui.panes.paint import GUTTER, Frame, Mark, paint

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from textual import events
    from textual.geometry import Region

    from tui.core.model import Block, Episode, Span

MARGIN = 3
"Rows kept between the cursor and the edge of the pane where there is room."
CACHED_BLOCKS = 2_000
"How many drawn blocks are kept."


class Bullets(Lines):
    """The blocks of the library, one of them under the cursor."""

    class CursorMoved(Message):
        """The cursor came to another block."""

        def __init__(self, spot: Spot) -> None:
            super().__init__()
            self.spot = spot

    class SelectionChanged(Message):
        """Choosing a phrase began, went on or ended."""

    def __init__(self, measure: int, choosing: Mapping[str, str]) -> None:
        super().__init__(id="bullets")
        self._choosing = choosing
        "What a key does while a phrase is chosen: a motion, or begin, turn or leave."
        self.episodes: tuple[Episode, ...] = ()
        self.names: tuple[str, ...] = ()
        self.measure = measure
        "The most cells a row of text has."
        self.cursor = Spot(0, 0)
        self.selection: Selection | None = None
        "What is chosen; None where no phrase is."
        self.marks: Mapping[Spot, tuple[Mark, ...]] = {}
        self._chosen: dict[Spot, Span] = {}
        self._is_dragging = False
        self._flow: Flow | None = None
        self._drawn: dict[Spot, list[Strip]] = {}
        self._ink = ""
        self._early: list[Callable[[], None]] = []
        self._pressed: Point | None = None
        self._page = 0
        "The rows that were on screen at once when the pane was last laid out."

    # -- what is shown

    def show(
        self,
        episodes: Sequence[Episode],
        names: Sequence[str],
        follow: Callable[[Spot], Spot] = lambda spot: spot,
    ) -> None:
        """Show other episodes, or the same ones edited; the cursor's block stays on its row of the screen.

        Args:
            episodes: The episodes in order.
            names: For each episode what its note is called.
            follow: Where a block that is shown now is among the new ones.
        """
        row = self.cursor_row
        self.cursor = follow(self.cursor)
        old, selection = self._flow, self.selection
        self._pressed = None
        self.episodes = tuple(episodes)
        self.names = tuple(names)
        if self._flow is not None:
            self._flow = Flow(self.episodes, self._flow.width, self._flow, self._moved)
            self._settle(row)
        self.selection = moved(selection, follow, old, self._flow) if selection and old and self._flow else None
        self._chosen = dict(spans(self.flow, self.selection)) if self.selection else {}
        self._drawn.clear()
        self.refresh()
        if self.selection != selection:
            self.post_message(self.SelectionChanged())

    def show_marks(self, marks: Mapping[Spot, tuple[Mark, ...]]) -> None:
        """Draw these highlights."""
        changed = {spot for spot in {*marks, *self.marks} if marks.get(spot) != self.marks.get(spot)}
        self.marks = marks
        for spot in changed:
            self._drawn.pop(spot, None)
        self.refresh()

    def place(self, cursor: Spot, row: int | None = None) -> None:
        """Put the cursor on a block, on a row of the screen where one is given."""

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
        """The row of the screen that the cursor's block begins on, 0 being the first under the heading."""
        if self._flow is None or not self._flow.episodes:
            return 0
        return self._flow.top(self.cursor) - self.top

    @property
    def flow(self) -> Flow:
        """The episodes laid out for the pane's width."""
        self.prepare()
        assert self._flow is not None
        return self._flow

    # -- geometry

    @property
    def _columns(self) -> tuple[int, int]:
        """The left margin and the width of the text column."""
        room = max(8, self.text_width - GUTTER - 1)
        width = min(room, self.measure)
        return max(0, (room - width) // 2), width

    def prepare(self) -> None:
        """Lay out for the width the pane has now; the cursor's block keeps its row of the screen."""
        width = self._columns[1]
        page, self._page = self._page, self.page
        if self._flow is None or self._flow.width != max(width, 4):
            row = self.cursor_row
            is_new = self._flow is None
            self._flow = Flow(self.episodes, width, moved=self._moved)
            self._drawn.clear()
            if not is_new:
                self._settle(row)
            early, self._early = self._early, []
            for action in early:
                action()
        if self._page < page and self.episodes and 0 <= self.cursor_row < page:
            self.reveal(self._flow.top(self.cursor), self._flow.size(self.cursor))

    def _moved(self, row: int, by: int) -> None:
        """Keep what is on screen where it is when rows above it turn out to be more or fewer."""
        if row <= self.top or (self._is_below(row + by) and 0 <= self.cursor_row - by < self.page):
            self.top += by

    def _is_below(self, row: int) -> bool:
        """Whether the cursor's episode begins at a row or below it."""
        return self._flow is not None and self._flow.start(self.cursor.section) >= row

    def _settle(self, row: int) -> None:
        """Scroll so that the cursor's block begins on a row of the screen, or as near to it as can be."""
        if self._flow is None or not self.episodes:
            return
        row = max(min(row, self.page - 1), min(0, row))
        self.top = max(0, min(self._flow.top(self.cursor) - row, self.max_top))
        self.refresh()

    def _when_laid_out(self, action: Callable[[], None]) -> None:
        """Do it now, or once the pane knows its size: a key typed before the first frame is not lost."""
        if self._flow is None and not self.size.width:
            self._early.append(action)
        else:
            self.prepare()
            action()

    def row_count(self) -> int:
        """See `Lines`."""
        return 0 if self._flow is None or not self.episodes else self._flow.height + 1

    # -- drawing

    def render_lines(self, crop: Region) -> list[Strip]:
        """See `Lines`; nothing that is drawn moves any row, since all of it is laid out by then."""
        self.prepare()
        if self._flow is not None and self.episodes:
            self._lay_out_shown(self._flow)
        return super().render_lines(crop)

    def _lay_out_shown(self, flow: Flow) -> None:
        """Make the heights of the episodes on screen exact."""
        laid_out = range(0)
        while True:
            self.top = max(0, min(self.top, self.max_top))
            shown = range(flow.section_at(self.top), flow.section_at(self.top + self.page) + 1)
            if shown == laid_out:
                return
            for index in shown:
                flow.section(index)
            laid_out = shown

    def draw_heading(self, width: int) -> Strip:
        """The episode at the top of the pane, or the note's name where the title itself is on screen there."""
        inks = self.inks
        if not self.episodes:
            return Strip.blank(width, inks.panel)
        index = self.flow.section_at(self.top)
        beneath = self.top > self.flow.top(Spot(index, TITLE))
        text = self.episodes[index].title if beneath else self.names[index]
        ink = (inks.panel_title if self.has_focus else inks.panel_strong) if beneath else inks.panel_faint
        return Strip([Segment(fit(" " * (GUTTER + self._columns[0]) + text, width), ink)], width)

    def draw_row(self, row: int, width: int) -> Strip:
        """See `Lines`."""
        if self._ink != self.app.theme:
            self._ink = self.app.theme
            self._drawn.clear()
        flow = self.flow
        index, inside = flow.locate(row)
        section = flow.section(index)
        block, inner = section.at(inside)
        if block == TITLE:
            return self._draw_title(index, inner, width)
        spot = Spot(index, block)
        if inner >= section.size(block):
            return Strip.blank(width, self.inks.text)
        if spot == self.cursor or spot in self._chosen:
            return self._paint(spot, width)[inner]
        drawn = self._drawn.get(spot)
        if drawn is None or (drawn and drawn[0].cell_length != width):
            if len(self._drawn) >= CACHED_BLOCKS:
                self._drawn.clear()
            drawn = self._drawn[spot] = self._paint(spot, width)
        return drawn[inner]

    def _paint(self, spot: Spot, width: int) -> list[Strip]:
        section = self.flow.section(spot.section)
        frame = Frame(
            width=width,
            margin=self._columns[0],
            marks=self.marks.get(spot, ()),
            selection=self._chosen.get(spot),
            is_cursor=spot == self.cursor,
            is_active=self.has_focus,
            caret=self.selection.head.offset if self.selection and self.selection.head.spot == spot else None,
        )
        return paint(section.blocks[spot.block], section.rows(spot.block), self.inks, frame)

    def _draw_title(self, index: int, inner: int, width: int) -> Strip:
        section = self.flow.section(index)
        inks = self.inks
        margin, measure = self._columns
        lead = " " * (GUTTER + margin)
        if 0 <= inner < len(section.title_rows):
            start, end = section.title_rows[inner]
            here = Spot(index, TITLE) == self.cursor
            ink = inks.title + inks.raised if here else inks.title
            text = fit(lead + section.episode.title[start:end], width)
            return Strip([Segment("▌" + text[1:] if here else text, ink)], width)
        if inner == len(section.title_rows):
            return Strip([Segment(fit(lead + "─" * measure, width), inks.line)], width)
        return Strip.blank(width, inks.text)

    # -- moving

    def _move_to(self, spot: Spot) -> None:
        """Put the cursor on a block and have it on screen."""
        if not self.episodes:
            return
        flow = self.flow
        top, size = flow.top(spot), flow.size(spot)
        if spot.block <= 0:  # an episode's title belongs to its first block
            title = flow.top(Spot(spot.section, TITLE))
            if top - title + size <= self.page:
                top, size = title, size + top - title
        self.reveal(top, size, MARGIN)
        self._put(spot)

    def _put(self, spot: Spot) -> None:
        """Put the cursor on a block that is on screen."""
        moved = spot != self.cursor
        self.cursor = spot
        self.refresh()
        if moved:
            self.post_message(self.CursorMoved(spot))

    def go(self, spot: Spot) -> None:
        """Put the cursor on a block, near the top of the pane if it was not on screen."""

        def jump() -> None:
            flow = self.flow
            if not self.episodes:
                return
            away = not self.top <= flow.top(spot) < self.top + self.page
            self._move_to(spot)
            if away:
                title = flow.top(Spot(spot.section, TITLE))
                self.scroll_to_row(title if spot.block <= 0 else flow.top(spot) - MARGIN)

        self._when_laid_out(jump)

    def step(self, by: int) -> None:
        """Move the cursor so many blocks; a block taller than the pane is scrolled through first."""

        def move() -> None:
            if not self.episodes:
                return
            flow = self.flow
            top, size = flow.top(self.cursor), flow.size(self.cursor)
            if by > 0 and top + size > self.top + self.page:
                self.scroll_rows(min(self.page - 1, top + size - self.top - self.page))
            elif by < 0 and top < self.top:
                self.scroll_rows(-min(self.page - 1, self.top - top))
            else:
                self._move_to(flow.step(self.cursor, by))

        self._when_laid_out(move)

    def turn(self, pages: float) -> None:
        """Scroll by pages; the cursor keeps its row of the screen, as near as blocks allow."""

        def turn() -> None:
            if not self.episodes:
                return
            by = int(pages * max(1, self.page - 2)) or (1 if pages > 0 else -1)
            row = self.cursor_row
            before = self.top
            self.scroll_rows(by)
            if self.top == before:  # nothing is left to scroll: the cursor goes the rest of the way
                self.ends(last=by > 0)
                return
            flow = self.flow
            spot = flow.spot_at(self.top + max(0, min(row, self.page - 1)))
            if flow.top(spot) < self.top and flow.top(flow.step(spot, 1)) < self.top + self.page:
                spot = flow.step(spot, 1)
            self._put(spot)

        self._when_laid_out(turn)

    def ends(self, *, last: bool) -> None:
        """Go to the first or the last block of the library."""

        def go() -> None:
            if not self.episodes:
                return
            flow = self.flow
            spot = flow.last(len(self.episodes) - 1) if last else flow.first(0)
            self._move_to(spot)
            self.scroll_to_row(self.max_top if last else 0)

        self._when_laid_out(go)

    def next_episode(self, by: int) -> None:
        """Go to the first block of the next episode, or the previous one."""

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
        """Put the cursor on an episode's first block, its title at the top of the pane."""
        self._move_to(self.flow.first(section))
        self.scroll_to_row(self.flow.top(Spot(section, TITLE)))

    def next_heading(self, by: int) -> None:
        """Go to the next heading inside an episode, or the previous one, over episodes' ends."""

        def go() -> None:
            section = self.cursor.section
            here = self.cursor.block
            while 0 <= section < len(self.episodes):
                blocks = self.episodes[section].blocks
                found = [
                    index
                    for index, block in enumerate(blocks)
                    if block.kind is Kind.HEADING and (index > here if by > 0 else index < here)
                ]
                if found:
                    self.go(Spot(section, found[0 if by > 0 else -1]))
                    return
                section += by
                here = TITLE if by > 0 else len(self.episodes[section].blocks) if section >= 0 else 0

        self._when_laid_out(go)

    # -- choosing a phrase

    def select(self, selection: Selection | None) -> None:
        """Choose this, or nothing; the caret is on screen and the cursor on its block."""
        if selection is None and self.selection is None and not self._chosen:
            return
        self.selection = selection
        self._chosen = dict(spans(self.flow, selection)) if selection else {}
        if selection is not None:
            moved = selection.head.spot != self.cursor
            self.cursor = selection.head.spot
            self.reveal(row_of(self.flow, selection.head)[0], 1, MARGIN)
            if moved:
                self.post_message(self.CursorMoved(self.cursor))
        self.refresh()
        self.post_message(self.SelectionChanged())

    def preview(self, where: Mapping[Spot, Span]) -> None:
        """Show spans as chosen without choosing them: where a candidate would sit."""
        self.select(None)
        self._chosen = dict(where)
        self.refresh()

    def begin_selecting(self) -> None:
        """Put the caret on the block under the cursor, to look for where the phrase begins."""
        if self.block is not None and self.block.text:
            self.select(Selection(None, Point(self.cursor, 0)))

    def take_key(self, key: str) -> bool:
        """See `Lines`; while a phrase is chosen some keys move the caret."""
        selection = self.selection
        does = self._choosing.get(key)
        if selection is None or does is None:
            return False
        if does == "leave":
            self.select(None)
        elif does == "begin":
            self.select(Selection(selection.head, selection.head) if selection.anchor is None else selection)
        elif does == "turn":
            self.select(selection.turned())
        else:
            self.select(replace(selection, head=MOTIONS[does](self.flow, selection.head)))
        return True

    # -- the mouse

    def _point_at(self, event: events.MouseEvent) -> Point | None:
        """The character under the mouse."""
        if not self.episodes:
            return None
        row = max(0, min(self.top + event.y - HEAD, self.flow.height - 1))
        return point_at(self.flow, row, event.x - GUTTER - self._columns[0])

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Put the cursor on a block; a phrase may be dragged from here."""
        row = self.row_at(event.y)
        if row is None or event.button != 1:
            return
        self.select(None)
        self._move_to(self.flow.spot_at(row))
        self._is_dragging = True
        self._pressed = self._point_at(event)
        self.capture_mouse()

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Choose as far as the mouse was dragged; past the edge the text scrolls."""
        if not self._is_dragging or self._pressed is None:
            return
        if event.y < HEAD:
            self.scroll_rows(-1)
        elif event.y >= self.size.height:
            self.scroll_rows(1)
        point = self._point_at(event)
        if point is not None and (self.selection is not None or point != self._pressed):
            self.select(Selection(self._pressed, point))

    def on_mouse_up(self, event: events.MouseUp) -> None:
        """End dragging; what was chosen stays chosen."""
        self._is_dragging = False
        self.release_mouse()

    def on_click(self, event: events.Click) -> None:
        """Choose a word with two clicks, the block with three."""
        if event.chain < 2 or (point := self._point_at(event)) is None:
            return
        if event.chain == 2:
            end = word_end(self.flow, Point(point.spot, max(0, point.offset - 1)))
            self.select(Selection(word_back(self.flow, Point(point.spot, end.offset + 1)), end))
        else:
            self.select(Selection(line_start(self.flow, point), line_end(self.flow, point)))
