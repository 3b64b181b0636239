"""The first frame, drawn from the opened notes before Textual is imported, which takes most of the start.

It uses the views of the panes, so that Textual then draws the same cells. Highlights, changes and counts are read
later.
"""

from __future__ import annotations

import os
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from rich.color import ColorSystem

from tui.core.notes.model import TITLE, Position
from tui.core.search.bookmark import position_of
from tui.core.state.model import State
from tui.files.remembered import reader_state
from tui.keymap import FOOTER
from tui.keys import brief, keys_of
from tui.ui.drawing.look import colour_system, depth, inks_of, look_of, theme_of
from tui.ui.lists.facts import faults, note_name
from tui.ui.lists.hints import key_hints
from tui.ui.lists.overview import overview
from tui.ui.views.episodes import EpisodeView
from tui.ui.views.flow import FlowView
from tui.ui.views.lines import LineView
from tui.ui.views.pane_layout import pane_layout
from tui.ui.views.questions import QuestionView
from tui.ui.views.status import StatusView

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from rich.segment import Segment

    from tui.core.layout.flow import Flow
    from tui.core.notes.model import Block
    from tui.files.opened import Opened
    from tui.ui.drawing.styles import Inks

MANY = (ColorSystem.EIGHT_BIT, ColorSystem.TRUECOLOR)
"Colour systems of terminals with more than sixteen colours."
LEAST = (8, 4)
"Minimum columns and rows of a screen for a first frame."


class Canvas(NamedTuple):
    """An area to draw a view on."""

    columns: int
    lines: int
    inks: Inks
    is_in_focus: bool = False


class _Still(LineView):
    """A view that is drawn once."""

    canvas: Canvas

    @property
    def cells(self) -> tuple[int, int]:
        return self.canvas[:2]

    @property
    def inks(self) -> Inks:
        return self.canvas.inks

    @property
    def is_in_focus(self) -> bool:
        return self.canvas.is_in_focus

    def redraw(self, lines: range | None = None) -> None:
        pass

    def drawn(self) -> list[list[Segment]]:
        self.make_ready()
        return list(self.draw_lines(range(self.canvas.lines)))


class _StillFlow(_Still, FlowView):
    pass


class _StillEpisodes(_Still, EpisodeView):
    pass


class _StillQuestions(_Still, QuestionView):
    pass


class _StillStatus(StatusView):
    def __init__(self, hints: Sequence[tuple[str, str]], inks: Inks) -> None:
        super().__init__(hints)
        self._inks = inks

    @property
    def inks(self) -> Inks:
        return self._inks

    def redraw(self) -> None:
        pass


class FirstFrame:
    """The first frame of opened notes, for any size of terminal."""

    def __init__(self, opened: Opened, environ: Mapping[str, str] = os.environ) -> None:
        """Take the frame's content from the notes and the remembered state about them."""
        config = opened.config
        theme = theme_of(config, environ)
        self._look = look_of(theme, config, environ)
        self._colours = colour_system(environ)
        self._inks = inks_of(
            self._look.palette.name, depth(has_colour=self._look.has_colour, has_many=self._colours in MANY)
        )
        self._measure = config.width
        self._keys = keys_of(config.keys)
        self._state = State(opened.library)
        self.overview = overview(self._state, {})
        "Everything the panes show of the library."
        self.flow: Flow | None = None
        "The bullets as laid out last."
        self.moved_to: tuple[Position, int] | None = None
        "The block that the reader stepped to, and its row; None if the frame is as it was opened."
        self._view: _StillFlow | None = None
        "The bullets as drawn last."
        self._bookmark = opened.place()
        self._order = opened.order()
        self._widths = reader_state.load_widths()

    def rows(self, columns: int, rows: int) -> list[list[Segment]]:
        """The rows of the screen as segments, adapted to terminals with fewer characters or colours."""
        here = pane_layout(columns, rows, self._widths)
        lines = rows - here.status
        flow = _StillFlow(self._measure)
        flow.canvas = Canvas(here.bullets, lines, self._inks, is_in_focus=True)
        flow.show(self._state.episodes, partial(note_name, self._state))
        flow.show_counts(self.overview.episodes)
        if self.moved_to is not None:
            flow.place(*self.moved_to)
        elif (place := self._bookmark) and (at := position_of(self._state, place.episode, place.block, place.line)):
            flow.place(at, place.row)
        drawn = [flow.drawn()]
        self.flow, self._view = flow.flow, flow
        if here.has_episodes:
            drawn.insert(0, self._episodes(Canvas(here.episodes, lines, self._inks), flow.cursor.section).drawn())
        if here.has_side:
            questions = _StillQuestions()
            questions.canvas = Canvas(here.side, lines, self._inks)
            drawn.append(questions.drawn())
        beside = [[segment for part in parts for segment in part] for parts in zip(*drawn, strict=True)]
        return [self._look.shown(row) for row in (*beside, *self._status(flow, columns)[: here.status])]

    def step(self, by: int) -> bool:
        """Move the cursor by blocks; the screen follows with the next frame. False if there is no frame."""
        if (view := self._view) is None:
            return False
        view.step(by)
        self.moved_to = view.cursor, view.cursor_row
        return True

    @property
    def cursor(self) -> Position:
        """The position of the cursor in the frame drawn last."""
        return self._view.cursor if self._view else Position(0, TITLE)

    @property
    def block(self) -> Block | None:
        """The block under the cursor; None if there is none with words."""
        found = self._view.block if self._view else None
        return found if found and found.text else None

    def text(self, columns: int, rows: int) -> str:
        """The frame as terminal sequences; empty if the screen is too small."""
        if columns < LEAST[0] or rows < LEAST[1]:
            return ""
        return "".join(f"\x1b[{number};1H{self._row(row)}" for number, row in enumerate(self.rows(columns, rows), 1))

    def _row(self, row: list[Segment]) -> str:
        system = self._colours
        return "".join(ink.render(text, color_system=system) if ink else text for text, ink, _ in row)

    def _episodes(self, canvas: Canvas, section: int) -> _Still:
        """The episode list, with the cursor on an episode."""
        overview, pane = self.overview, _StillEpisodes()
        pane.canvas = canvas
        sections: Sequence[int] = range(len(overview.episodes))
        if self._order:
            from tui.core.search.episode_filter import Catalogue, Order

            if self._order in (Order.NEWEST, Order.OLDEST):
                sections = Catalogue(self._state.episodes).sections("", Order(self._order))
                pane.order = self._order
        pane.show(overview.episodes, overview.columns, sections)
        pane.follow(section)
        return pane

    def _status(self, flow: FlowView, columns: int) -> list[list[Segment]]:
        """The lines at the bottom."""
        edit = self._keys["edit"]
        advice = faults(self._state, flow.cursor.section, brief(edit[0]) if edit else "")
        status = _StillStatus(key_hints(self._keys, FOOTER), self._inks)
        status.show_facts(self.overview.facts, " · ".join(advice), whereabouts=flow.whereabouts())
        return status.draw(columns)
