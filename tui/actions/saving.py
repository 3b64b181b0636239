"""What all actions stand on: the state and the panes, and the one way in which a change is saved and then shown."""

from __future__ import annotations

import asyncio
from functools import cached_property
from pathlib import PurePath
from typing import TYPE_CHECKING

from textual.app import App

from tui.core.state import State
from tui.errors import EarmarkError

if TYPE_CHECKING:
    from collections.abc import Callable

    from tui.core.flow import Spot
    from tui.core.highlights import Place
    from tui.core.model import Note
    from tui.core.steps import Step
    from tui.files.opened import Opened
    from tui.files.session import Session
    from tui.panes.bullets import Bullets
    from tui.panes.highlights import Highlights
    from tui.panes.status import Status

CHANGES = "changes"
"The group of the workers that save what a reader changed."


class SavingApp(App[None]):
    """An app with one immutable state; whatever changes it is saved first, and every change can be undone."""

    bullets: Bullets
    highlights: Highlights
    status: Status

    def __init__(self, opened: Opened) -> None:
        super().__init__()
        self.opened = opened
        self.state = State(opened.library)
        self.turn = asyncio.Lock()
        "Whoever makes a new state from the old one holds it, so that nobody is overtaken."
        self.highlights_read = asyncio.Event()
        "Set once the state has what the highlights files say; no change is made before."

    @cached_property
    def session(self) -> Session:
        """What is asked of the disk after the first frame, which does not wait for it to be imported."""
        from tui.files.session import Session

        return Session(self.opened)

    async def assign(self, state: State, follow: Callable[[Spot], Spot] = lambda spot: spot) -> None:
        """Take a state for the one that is on screen; what it says is saved already."""
        raise NotImplementedError

    def change(self, plan: Callable[[State], Step | None]) -> None:
        """Change highlights by what a plan makes of the state, once the changes before it are saved."""
        from tui.core import steps

        self.run_worker(self._carry_out(plan, steps.after, ""), group=CHANGES)

    def change_at(
        self,
        note: Note,
        places: tuple[Place, ...],
        plan: Callable[[State, tuple[Place, ...]], Step | None],
        lost: Callable[[], None] | None = None,
    ) -> None:
        """Change highlights on places of a note's text, wherever those are by the time that it is their turn.

        Where the notes have changed so much that this is not certain, nothing is done but ``lost``.
        """
        from tui.core import steps

        def on_todays_text(state: State) -> Step | None:
            today = next((each for each in state.library.notes if each.path == note.path), None)
            here = today and steps.carried(today, note, places)
            if here:
                return plan(state, here)
            self.status.say("The notes changed at that moment; nothing was marked", is_warning=True)
            if lost is not None:
                lost()
            return None

        self.change(on_todays_text)

    async def _carry_out(
        self, plan: Callable[[State], Step | None], then: Callable[[State, Step], State], suffix: str
    ) -> None:
        await self.highlights_read.wait()
        async with self.turn:
            before = self.state
            step = plan(before)
            if step is None:
                if suffix:
                    self.status.say("There is nothing more to do" + suffix.removeprefix(":"))
                return
            if not before.has(step.note):
                self.status.say(f"{PurePath(step.note).name} is not here: nothing was changed", is_warning=True)
                return
            if locked := before.marks_of(step.note).locked:
                self.status.say(locked, is_warning=True)
                return
            try:
                after = await asyncio.to_thread(self.session.with_step, before, step)
            except (EarmarkError, OSError) as error:
                self.status.say(f"Not saved: {error}", is_warning=True)
                return
            await self.assign(then(after, step))
            self.status.say(f"{step.title}{suffix}")

    async def action_quit(self) -> None:
        """Quit once all that was marked is on the disk."""
        pending = [worker for worker in self.workers if worker.group == CHANGES and not worker.is_finished]
        if pending:
            await self.workers.wait_for_complete(pending)
        self.exit()

    def action_undo(self) -> None:
        """Take the last change back."""
        from tui.core import steps

        self.run_worker(self._carry_out(steps.undoing, steps.after_undo, ": undone"), group=CHANGES)

    def action_redo(self) -> None:
        """Do the last change that was taken back again."""
        from tui.core import steps

        self.run_worker(self._carry_out(steps.redoing, steps.after_redo, ": done again"), group=CHANGES)

    def action_merge(self) -> None:
        """Merge what copies of highlights files say, and both sides of conflicts in them."""
        self.run_worker(self._merge(), group=CHANGES)

    async def _merge(self) -> None:
        await self.highlights_read.wait()
        async with self.turn:
            try:
                news = await asyncio.to_thread(self.session.with_joined, self.state)
            except (EarmarkError, OSError) as error:
                self.status.say(str(error), is_warning=True)
                return
            await self.assign(news.state)
            self.status.say(news.summary, is_warning=news.is_warning)

    # -- what the app does with its panes

    def show_highlights(self) -> None:
        """Hand the highlights tab what it lists."""
        raise NotImplementedError

    def focus_bullets(self) -> None:
        """Give the bullets the focus."""
        raise NotImplementedError
