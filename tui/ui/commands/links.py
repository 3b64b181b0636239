"""What the keys for links do: follow one to the web or to its place in the library, and come back."""

from __future__ import annotations

import asyncio
from functools import partial
from pathlib import PurePath
from typing import TYPE_CHECKING, NamedTuple

from tui.core.notes.model import STANDARD_INPUT, TITLE, Spot
from tui.core.search.bookmark import place_of, spot_of
from tui.errors import EditorError, NotesError
from tui.keymap import shown
from tui.ui.commands.moving import MovingApp

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tui.core.search.bookmark import Place
    from tui.core.search.links import Link, Outside
    from tui.ui.dialogs.links import Choice
    from tui.ui.navigation_history import Onward
    from tui.ui.panes.bullets import Bullets

LONGEST_TRAIL = 200
"How many places the way back has."


class Step(NamedTuple):
    """A place that a link was followed from."""

    spot: Spot
    row: int
    "The row of the screen that it was on."


class FollowingApp(MovingApp):
    """An app whose reader follows links and comes back."""

    onward: Onward | None = None
    "Where the reader goes once the app has ended; None for nowhere."
    keys: dict[str, tuple[str, ...]]
    "The keys of every action, by its name."
    _came: Onward | None = None
    "How the reader came here by a link out of another library, or back to one; None where it was not so."
    _former: tuple[Place, ...] = ()
    "The way back as it was when the reader left this library by a link: before what the trail has."
    _trail: tuple[Step, ...] = ()
    "The places that links were followed and jumps made from, the last one last."

    def action_choose(self) -> None:
        """Follow the links of the block in hand; in a list, go to what it is on."""
        if self.pane is self.bullets:
            self._ask_which(self._links(self.bullets.cursor))
        else:
            super().action_choose()

    def on_bullets_link_clicked(self, message: Bullets.LinkClicked) -> None:
        """Follow the link that was clicked."""
        here = [link for link in self._links(message.spot) if link.start <= message.offset < link.end]
        self._ask_which(here, is_click=True)

    def _links(self, spot: Spot) -> Sequence[Link]:
        from tui.core.search.links import links_of

        block = self.state.block(spot) if self.state.episodes else None
        return links_of(self.state.episodes[spot.section], block) if block else ()

    def _ask_which(self, links: Sequence[Link], *, is_click: bool = False) -> None:
        """Follow a link that leads to the notes; ask first where one leads elsewhere, or where there are several."""
        from tui.core.search.links import is_of_web
        from tui.files.desktop.browser import can_open
        from tui.ui.dialogs.links import Links

        section = self.bullets.cursor.section
        if not links:
            if not is_click:
                self.status.say("There is no link in this block")
        elif len(links) == 1 and not is_of_web(links[0].target):
            self._follow(section, links[0].target)
        else:
            self.push_screen(Links(links, can_open=can_open()), self._chose)

    def _chose(self, choice: Choice | None) -> None:
        if choice is None:
            return
        if choice.is_copied:
            self._copy(choice.link.target)
        else:
            self._follow(self.bullets.cursor.section, choice.link.target)

    def _follow(self, section: int, target: str) -> None:
        self.do_behind(partial(self._followed, section, target), "follow", overtakes=True)

    async def _followed(self, section: int, target: str) -> None:
        """Find out where a link leads, in a thread as notes may have to be parsed, and go there."""
        from tui.core.search.links import Inside, Outside, Web, follow

        async with self.turn:  # so that the place found is a place of the notes on screen
            goal = await asyncio.to_thread(follow, self.state, section, target)
            if isinstance(goal, Inside):
                self._go(goal.spot)
            elif isinstance(goal, Web):
                self._open(goal.address)
            elif not isinstance(goal, Outside):
                self.status.say(goal.why, is_warning=True)
        if isinstance(goal, Outside):
            await self._go_out(goal)

    # -- from library to library

    async def _go_out(self, goal: Outside) -> None:
        """Have a note that is not in the library be read next."""
        from tui.ui.navigation_history import Onward, Stop, opened_at

        if self.state.library.path == STANDARD_INPUT:
            self.status.say(f"{goal.why}: these notes came by a pipe", is_warning=True)
            return
        try:
            opened = await asyncio.to_thread(opened_at, goal.path, goal.heading, self.opened.config)
        except NotesError as error:
            self.status.say(str(error), is_warning=True)
            return
        if opened is None:
            self.status.say(goal.why, is_warning=True)
            return
        trail = (*self._former, *(place_of(self.state, *step) for step in self._trail))
        here = place_of(self.state, self.bullets.cursor, self.bullets.cursor_row)
        stop = Stop(self.state.library.path, here, trail[-LONGEST_TRAIL:])
        await self._end_for(Onward(opened, (), (*(self._came.stops if self._came else ()), stop)))

    async def _go_back(self) -> None:
        """Have the library that the reader came from be read again."""
        from tui.ui.navigation_history import Onward, opened_again

        assert self._came is not None
        *stops, stop = self._came.stops
        try:
            opened = await asyncio.to_thread(opened_again, stop, self.opened.config)
        except NotesError as error:
            self.status.say(str(error), is_warning=True)
        else:
            await self._end_for(Onward(opened, stop.trail, tuple(stops)))

    def arrive(self, onward: Onward) -> None:
        """Begin as one who came by a link out of another library, or back to this one."""
        self._came = onward
        self._former = onward.trail

    def on_mount(self) -> None:
        """Say what leads back to the library that the reader came from."""
        if self._came and self._came.stops and self.keys["return"]:
            name = PurePath(self._came.stops[-1].path).name
            self.status.say(f"{shown(self.keys['return'][0])} leads back to {name}")

    async def _end_for(self, onward: Onward) -> None:
        self.onward = onward
        await super().action_quit()

    async def action_quit(self) -> None:
        """See `SavingApp`."""
        self.onward = None
        await super().action_quit()

    # -- in the library

    def _go(self, spot: Spot) -> None:
        self.leave_from_here()
        if spot.block == TITLE:
            self.bullets.top_on(spot.section)
        else:
            self.bullets.go(spot)

    def leave_from_here(self) -> None:
        """Have the way back lead to where the reader is."""
        self.leave_from(Step(self.bullets.cursor, self.bullets.cursor_row))

    def leave_from(self, here: Step) -> None:
        """Have the way back lead to a place."""
        self._trail = (*self._trail, here)[-LONGEST_TRAIL:]

    def _open(self, address: str) -> None:
        """Open an address that the reader has seen."""
        from tui.files.desktop.browser import can_open, open_address

        if not can_open():
            self._copy(address)
            return
        try:
            open_address(address)
        except EditorError as error:
            self.status.say(f"The address did not open: {error}", is_warning=True)
        else:
            self.status.say(f"Opened {address}")

    def _copy(self, address: str) -> None:
        self.copy_to_clipboard(address)
        self.status.say(f"Copied: {address}")

    def action_return(self) -> None:
        """Go back to where the last link was followed, or the last jump made, from."""
        if self._trail:
            *before, last = self._trail
            self._trail = tuple(before)
        elif self._former:
            *former, place = self._former
            self._former = tuple(former)
            spot = spot_of(self.state, place.episode, place.block, place.line)
            last = Step(spot or self.bullets.cursor, place.row)
        elif self._came and self._came.stops:
            self.do_behind(self._go_back, "follow", overtakes=True)
            return
        else:
            self.status.say("There is nowhere to go back to")
            return
        self.focus_bullets()
        self.bullets.place(last.spot, last.row)

    def follow_trail(self, follow: Callable[[Spot], Spot]) -> None:
        """Have the way back lead to the same blocks in the notes as they are now."""
        self._trail = tuple(step._replace(spot=follow(step.spot)) for step in self._trail)
