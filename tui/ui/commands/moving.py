"""What the keys for moving do: in a pane, from pane to pane, to episodes, headings and highlights."""

from __future__ import annotations

import asyncio
import time
from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING

from tui.ui.panes.bullets import Bullets
from tui.ui.panes.decisions import Decisions
from tui.ui.panes.entries import NOWHERE, Entries
from tui.ui.panes.main import WIDE
from tui.ui.saving import SavingApp

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from tui.core.notes.model import Episode, Spot
    from tui.core.notes.summary import Survey
    from tui.ui.drawing.paint import Mark
    from tui.ui.panes.episodes import Episodes
    from tui.ui.panes.highlights import Highlights
    from tui.ui.panes.questions import Questions

LOOKING = 1.0
"Seconds for which a heading is looked for in episodes that were not counted yet."


class MovingApp(SavingApp):
    """An app whose keys move over the notes, the lists and the panes."""

    episodes: Episodes
    questions: Questions
    side: Questions | Highlights
    "What the right column shows."
    marks: Mapping[Spot, tuple[Mark, ...]]
    "The highlights on screen, by block in document order."
    listed = 0
    "The episode that the lists at the sides are about."
    times = 1
    "The count that was typed before the key in hand."

    def arrange(self, width: int) -> None:
        """Show the panes that there is room for, and the one that has the focus."""
        raise NotImplementedError

    def known_survey(self, episode: Episode) -> Survey | None:
        """What an episode holds, where it was counted already."""
        raise NotImplementedError

    def show_hints(self) -> None:
        """Show the keys for what is going on."""
        raise NotImplementedError

    def show_questions(self) -> None:
        """Hand the question pane what it lists."""
        raise NotImplementedError

    def show_status(self) -> None:
        """Hand the status line what it says."""
        raise NotImplementedError

    def on_flow_view_cursor_moved(self) -> None:
        """Follow the cursor in the lists and the status line."""
        self.follow_cursor()
        self.status.say("")
        self.show_status()

    def follow_cursor(self) -> None:
        """Have the lists at the episode that the cursor is in."""
        section = self.bullets.cursor.section
        if section != self.listed:
            self.listed = section
            self.episodes.follow(section)
            if not self.questions.of_library:
                self.show_questions()
            if not self.highlights.of_library:
                self.show_highlights()

    # -- panes

    def focus_pane(self, pane: Bullets | Entries) -> None:
        """Give a pane the focus, and room."""
        if not pane.display:
            pane.display = True  # to say so anew would lay the screen out anew
        if isinstance(pane, Decisions) and pane.cursor == NOWHERE:
            pane.step(1)
        if pane is self.bullets and self.bullets.selection is None:
            self.bullets.preview({})  # what a list showed in its place was looked at
        self.screen.set_focus(pane)
        self.arrange(self.size.width)
        self.show_hints()

    @property
    def pane(self) -> Bullets | Entries:
        """The pane that keys are for."""
        focused = self.focused
        return focused if isinstance(focused, Bullets | Entries) else self.bullets

    def action_step(self, by: int) -> None:
        """Move by blocks or entries."""
        self._move(lambda pane: pane.step(by * self.times))

    def action_turn(self, pages: float) -> None:
        """Move by pages."""
        self._move(lambda pane: pane.turn(pages * self.times))

    def action_ends(self, last: bool) -> None:
        """Go to the first or the last block or entry."""
        self._move(lambda pane: pane.ends(last=last))

    def _move(self, move: Callable[[Bullets | Entries], None]) -> None:
        """Move in the pane; the bullets follow a list at once, so that the next key is about what it is on."""
        pane = self.pane
        before = pane.cursor
        move(pane)
        if isinstance(pane, Entries) and pane.cursor != before:
            self.show_entry(pane)

    def action_episode(self, by: int) -> None:
        """Go to the next episode, or to the beginning of this one and then to the previous one."""
        self.bullets.next_episode(by * self.times)

    async def action_heading(self, by: int) -> None:
        """Go to the next or the previous heading."""
        from tui.core.search.headings import heading_beside

        bullets, end = self.bullets, time.monotonic() + LOOKING
        episodes, here = bullets.episodes, bullets.cursor

        def is_over() -> bool:
            return time.monotonic() > end

        spot = await asyncio.to_thread(heading_beside, episodes, self.known_survey, here, by * self.times, is_over)
        if spot is not None and bullets.episodes is episodes:
            bullets.go(spot)
        elif is_over():
            self.status.say("There is no heading near; what is far is not counted yet")
        else:
            self.status.say("There is no heading further on" if by > 0 else "There is no heading further up")

    def action_pane(self, by: int, around: bool = False) -> None:
        """Go to a pane beside this one."""
        panes: list[Bullets | Entries] = [self.episodes, self.bullets, self.side]
        at = panes.index(self.pane) + by
        self.focus_pane(panes[at % len(panes)] if around else panes[min(max(at, 0), len(panes) - 1)])

    def action_choose(self) -> None:
        """Go to what the list is on."""
        pane = self.pane
        if isinstance(pane, Entries) and pane.is_choosable(pane.cursor):
            self.show_entry(pane)
            self.focus_pane(self.bullets)

    def action_leave(self) -> None:
        """Go back to the bullets and clear the message."""
        self.focus_bullets()
        self.status.say("")

    def focus_bullets(self) -> None:
        """Give the bullets the focus."""
        self.focus_pane(self.bullets)

    def action_scope(self) -> None:
        """List what the episode holds, or the library."""
        self.side.of_library = not self.side.of_library
        self.show_questions()
        self.show_highlights()

    def action_side(self) -> None:
        """Change between questions and highlights in the right column."""
        held = self.focused is self.side
        self.side = self.highlights if self.side is self.questions else self.questions
        self.show_highlights()
        if held or self.size.width < WIDE:
            self.focus_pane(self.side)
        self.arrange(self.size.width)

    def action_highlight(self, by: int) -> None:
        """Go to the next highlight, or the previous one."""
        here = self.bullets.cursor
        spots = list(self.marks)
        ahead = spots[bisect_right(spots, here) :] if by > 0 else spots[: bisect_left(spots, here)]
        if ahead:
            at = min(self.times, len(ahead)) - 1
            self.bullets.go(ahead[at if by > 0 else -1 - at])
        else:
            self.status.say("There is no highlight further on" if by > 0 else "There is no highlight further up")

    def listed_text(self) -> str:
        """See `SavingApp`."""
        pane = self.pane
        if pane not in (self.questions, self.highlights) or not pane.is_choosable(pane.cursor):
            return ""
        return (self.questions if pane is self.questions else self.highlights).entries[pane.cursor].text

    def show_entry(self, pane: Entries) -> None:
        """Show what a list's cursor is on, in its place; the list may be another one than when that was asked for."""
        if not pane.is_choosable(pane.cursor):
            return
        if pane is self.episodes:
            self.bullets.top_on(self.episodes.sections[pane.cursor])
        elif isinstance(pane, Decisions):
            where = pane.entries[pane.cursor].where
            self.bullets.preview(dict(where))
            if where:
                self.bullets.go(where[0][0])
