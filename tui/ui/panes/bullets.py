"""The bullet pane: the library as one flow, in which keys and the mouse select phrases."""

from __future__ import annotations

import math
import time
from typing import TYPE_CHECKING

from textual.message import Message

from tui.core.layout.cells import cell_len, cluster_end
from tui.core.layout.selection import (
    MOTIONS,
    Point,
    Selection,
    line_end,
    line_start,
    moved,
    point_at,
    row_of,
    spans,
    text_at,
    word_at,
)
from tui.core.notes.model import Span, Style
from tui.core.state.model import innermost
from tui.ui.drawing.paint import GUTTER
from tui.ui.panes.line_pane import Lines
from tui.ui.views.flow import MARGIN, FlowView
from tui.ui.views.lines import HEAD

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from textual import events

    from tui.core.layout.flow import Flow
    from tui.core.notes.model import Episode, Position


WHY_NOT = {
    "select_begin": "The phrase has begun already",
    "select_other_end": "The phrase has not begun yet",
    "select_line_start": "This is the beginning of the bullet",
    "select_line_end": "This is the end of the bullet",
}
"Reasons why selection keys have no effect."


class Bullets(FlowView, Lines):
    """The library's blocks with a cursor and phrase selection."""

    class CursorMoved(Message):
        """The cursor moved to another block."""

    class SelectionChanged(Message):
        """A selection began, changed or ended."""

    class LinkClicked(Message):
        """The reader clicked a link, or a possible footnote marker."""

        def __init__(self, position: Position, offset: int) -> None:
            super().__init__()
            self.position = position
            self.offset = offset
            "The clicked character."

    class Clicked(Message):
        """The reader clicked a character."""

        def __init__(self, point: Point) -> None:
            super().__init__()
            self.point = point

    class MenuRequested(Message):
        """The reader right-clicked a block or phrase, at a cell of the screen."""

        def __init__(self, x: int, y: int) -> None:
            super().__init__()
            self.x = x
            self.y = y

    def __init__(self, measure: int, choosing: Mapping[str, str]) -> None:
        super().__init__(measure)
        self.id = "bullets"
        self._choosing = choosing
        "Selection keys with their meanings: a motion, or begin, turn or leave."
        self.selection: Selection | None = None
        "The selected phrase; None if there is none."
        self.target_lost_at = -math.inf
        "When an edit took away the phrase or the block under the cursor; a key may still be meant for it."
        self._is_dragging = False
        self._pressed: Point | None = None

    def show(
        self,
        episodes: Sequence[Episode],
        name: Callable[[int], str],
        follow: Callable[[Position], Position] = lambda position: position,
        laid_out: Flow | None = None,
    ) -> None:
        """See `FlowView`; the selection is kept if its blocks still exist."""
        old, selection = self._flow, self.selection
        self._pressed = None
        super().show(episodes, name, follow, laid_out)
        self._choose(moved(selection, follow, old, self._flow) if selection and old and self._flow else None)
        if selection and not self.selection:
            self.target_lost_at = time.monotonic()
        if self.selection != selection:
            self.post_message(self.SelectionChanged())

    def cursor_moved(self) -> None:
        """See `FlowView`."""
        self.post_message(self.CursorMoved())

    # -- selecting a phrase

    def select(self, selection: Selection | None) -> None:
        """Set or clear the selection; scrolls the caret into view and moves the cursor to its block."""
        if selection is None and self.selection is None and not self.chosen:
            return
        self._choose(selection)
        if selection is not None:
            moved = selection.head.position != self.cursor
            self.cursor = selection.head.position
            self.reveal(row_of(self.flow, selection.head)[0], 1, MARGIN)
            if moved:
                self.cursor_moved()
        self.refresh()
        self.post_message(self.SelectionChanged())

    def go_to(self, position: Position, offset: int) -> None:
        """Put the cursor on a block and scroll to one of its characters."""

        def jump() -> None:
            self.go(position)
            self.reveal(row_of(self.flow, Point(position, offset))[0], 1, MARGIN)

        self._when_laid_out(jump)

    def _choose(self, selection: Selection | None) -> None:
        self.selection = selection
        self.chosen = dict(spans(self.flow, self.phrase)) if self.phrase else {}
        self.caret = selection.head if selection else None

    @property
    def phrase(self) -> Selection | None:
        """The phrase that keys act on: the selection or, until it has a start, the word under the caret."""
        selection = self.selection
        return selection if selection is None or selection.anchor else word_at(self.flow, selection.head)

    @property
    def words(self) -> str:
        """The words of the phrase, on one line."""
        texts = (text_at(self.flow, position)[slice(*span)] for position, span in self.chosen.items())
        return " ".join(" ".join(texts).split()) if self.selection else ""

    def preview(self, where: Mapping[Position, Span]) -> None:
        """Draw spans as selected without selecting them, to show a candidate."""
        self.select(None)
        if where != self.chosen:
            self.chosen = dict(where)
            self.refresh()

    def begin_selecting(self) -> None:
        """Put the caret on the block under the cursor, to choose the start of a phrase."""
        if self.block is not None and self.block.text:
            self.select(Selection(None, Point(self.cursor, 0)))

    def set_keys(self, choosing: Mapping[str, str]) -> None:
        """Set the keys that apply while a phrase is selected."""
        self._choosing = choosing

    def announce(self, *, is_on: bool = True) -> None:
        """Draw the block under the cursor as selected, if no phrase is: a key is about to apply to it."""
        if not self.selection:
            block = self.block if is_on else None
            self.chosen = {self.cursor: Span(0, len(block.text))} if block else {}
            self.refresh()

    def apply_key(self, key: str, times: int = 1) -> bool:
        """See `Lines`; some keys move the caret while a phrase is selected."""
        does = self._choosing.get(key)
        if self.selection is None or does is None:
            return False
        self.do(does, times)
        return True

    def why_not(self, key: str) -> str:
        """See `Lines`; the reason why a selection key had no effect."""
        does = self._choosing.get(key, "") if self.selection is not None else ""
        return WHY_NOT.get(does, "The notes end here" if does else "")

    def do(self, does: str, times: int = 1) -> None:
        """Carry out a key's meaning while a phrase is selected; else nothing."""
        selection = self.selection
        if selection is None:
            return
        if does == "select_leave":
            self.select(None)
        elif does == "select_begin":
            self.select(Selection(selection.head, selection.head) if selection.anchor is None else selection)
        elif does == "select_other_end":
            self.select(selection.turned())
        else:
            head = selection.head
            for _ in range(times):
                before, head = head, MOTIONS[does](self.flow, head)
                if head == before:
                    break
            self.select(selection._replace(head=head))

    # -- the mouse

    def _point_at(self, event: events.MouseEvent) -> Point | None:
        """The character under the mouse."""
        if not self.episodes:
            return None
        row = max(0, min(self.top + event.y - HEAD, self.flow.height - 1))
        return point_at(self.flow, row, event.x - GUTTER - self._columns[0])

    def _is_under(self, point: Point, event: events.MouseEvent) -> bool:
        """True if the mouse is on the character itself, rather than next to the text."""
        row, cell = row_of(self.flow, point)
        text = self.flow.section(point.position.section).blocks[point.position.block].text
        size = cell_len(text[point.offset : cluster_end(text, point.offset)])
        return row == self.row_at(event.y) and 0 <= event.x - GUTTER - self._columns[0] - cell < size

    def _pick_at(self, event: events.MouseEvent) -> None:
        """Pick the highlight under the mouse, if there is one."""
        point = self._point_at(event)
        if point is None or not self._is_under(point, event):
            return
        at, here = point.offset, self.highlights.get(point.position, ())
        self.pick(innermost((each.span, each.id) for each in here if each.span.start <= at < each.span.end))

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Put the cursor on a block, where a drag may begin to select."""
        row = self.row_at(event.y)
        if row is None or event.button == 2:
            return
        if event.button == 3:
            if (position := self.flow.position_at(row)) not in self.chosen:
                self.select(None)
                self._move_to(position)
                self._pick_at(event)
            self.post_message(self.MenuRequested(event.screen_x, event.screen_y))
            return
        self.select(None)
        self._move_to(self.flow.position_at(row))
        self._is_dragging = True
        self._pressed = self._point_at(event)
        self._pick_at(event)
        self.capture_mouse()

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Select up to the mouse during a drag; scrolls at the edges."""
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
        """End the drag, keeping the selection."""
        self._is_dragging = False
        self.release_mouse()

    def on_click(self, event: events.Click) -> None:
        """Follow a link or report a click; a double click selects a word, a triple click the block."""
        if event.button != 1 or (point := self._point_at(event)) is None:
            return
        if event.chain == 1:
            if self.selection is not None or not self._is_under(point, event):
                return
            if _may_lead(self.episodes, point):
                self.post_message(self.LinkClicked(point.position, point.offset))
            else:
                self.post_message(self.Clicked(point))
        elif event.chain == 2:
            self.select(word_at(self.flow, point))
        else:
            self.select(Selection(line_start(self.flow, point), line_end(self.flow, point)))


def _may_lead(episodes: Sequence[Episode], point: Point) -> bool:
    """True if a character may belong to a link, or to notation such as a footnote's marker."""
    block = episodes[point.position.section].blocks[point.position.block]
    return any(run.start <= point.offset < run.end and run.style in (Style.LINK, Style.FAINT) for run in block.inlines)
