"""What all actions stand on: the state and the panes, and the one way in which a change is saved and shown."""

from __future__ import annotations

import asyncio
import signal
from functools import cached_property, partial
from pathlib import PurePath
from typing import TYPE_CHECKING

from tui.core.state.model import State
from tui.errors import EarmarkError
from tui.ui.crash import FailingApp

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from textual.timer import Timer
    from textual.worker import Worker

    from tui.core.annotations.changes import Step
    from tui.core.notes.model import Note, Place, Spot
    from tui.files.opened import Opened
    from tui.files.session import Session
    from tui.ui.panes.bullets import Bullets
    from tui.ui.panes.highlights import Highlights
    from tui.ui.panes.status import Status
    from tui.ui.terminal.threads import Writing

CHANGES = "changes"
"The group of the workers that save what a reader changed."
SOON = 0.3
"Seconds after which a change that is still being saved is shown, as not saved."
PATIENCE = 1.0
"Seconds to wait for another writer before a change counts as not saved for now."
MOMENT = 0.1
"Seconds to wait for another writer where it was waited for before: meanwhile other changes wait."
SLOW = 1.5
"Seconds after which one who quits is asked whether to wait for a change that has no answer from the disk yet."
AGAIN = 3.0
"Seconds until what could not be saved is tried again."


class SavingApp(FailingApp):
    """An app with one immutable state; what changes it is saved first, or shown as not saved, and can be undone."""

    bullets: Bullets
    highlights: Highlights
    status: Status
    is_leaving = False
    "Whether the end has begun, after which nothing else may."

    def __init__(self, opened: Opened) -> None:
        super().__init__()
        self.opened = opened
        self.state = State(opened.library)
        self.turn = asyncio.Lock()
        "Whoever makes a new state from the old one holds it, so that nobody is overtaken."
        self.highlights_read = asyncio.Event()
        "Set once the state has what the highlights files say; no change is made before."
        self.unshown: set[object] = set()
        "The changes, and the lists, asked for that are not on screen yet."
        self._faults: dict[str, str] = {}
        "Why the changes that are not saved are not, by note."
        self._again: Timer | None = None
        "Waits to try to save them again."

    @cached_property
    def writing(self) -> Writing:
        """The thread that writes."""
        from tui.ui.terminal.threads import Writing

        return Writing()

    def use_threads(self) -> None:
        """Have what takes long be done in threads that hold up no end; not needed for the first frame."""
        from tui.ui.terminal.threads import Computing

        asyncio.get_running_loop().set_default_executor(Computing())

    @cached_property
    def session(self) -> Session:
        """What is asked of the disk after the first frame, which does not wait for it to be imported."""
        from tui.files.session import Session

        return Session(self.opened)

    async def assign(self, state: State, follow: Callable[[Spot], Spot] = lambda spot: spot) -> None:
        """Take a state for the one that is on screen; what is not saved of it says so."""
        raise NotImplementedError

    def change(self, plan: Callable[[State], Step | None]) -> None:
        """Change highlights by what a plan makes of the state, once the changes before it are saved."""
        from tui.core.state import highlighting

        self._begin_change(plan, highlighting.after)

    def change_at(
        self,
        note: Note,
        places: tuple[Place, ...],
        plan: Callable[[State, tuple[Place, ...]], Step | None],
        lost: Callable[[], None] = lambda: None,
    ) -> None:
        """Change highlights on places of a note's text, wherever those are by the time that it is their turn.

        Where the notes have changed so much that this is not certain, nothing is done but ``lost``.
        """
        from tui.core.state import highlighting

        def on_todays_text(state: State) -> Step | None:
            today = next((each for each in state.library.notes if each.path == note.path), None)
            here = today and highlighting.carried(today, note, places)
            if here:
                return plan(state, here)
            raise highlighting.UnplacedError("marked")

        self._begin_change(on_todays_text, highlighting.after, lost=lost)

    def _begin_change(
        self,
        plan: Callable[[State], Step | None],
        then: Callable[[State, Step], State],
        suffix: str = "",
        lost: Callable[[], None] = lambda: None,
    ) -> None:
        change = object()
        self.unshown.add(change)
        shown = partial(self.is_shown, change)

        async def carry_out() -> None:
            try:
                await self._carry_out(plan, then, suffix, shown, lost)
            finally:
                shown()

        self.run_worker(carry_out(), group=CHANGES)

    def is_shown(self, change: object) -> None:
        """What was asked for is on screen, or came to nothing: the keys that waited for it can have their turn."""
        self.unshown.discard(change)
        self.call_next(self.take_waiting_keys)

    async def _carry_out(
        self,
        plan: Callable[[State], Step | None],
        then: Callable[[State, Step], State],
        suffix: str,
        shown: Callable[[], None],
        lost: Callable[[], None],
    ) -> None:
        from tui.core.state import highlighting

        await self.highlights_read.wait()
        async with self.turn:
            before = self.state
            try:
                step = await asyncio.to_thread(plan, before)
            except highlighting.UnplacedError as error:
                self.status.say(f"The notes changed at that moment; nothing was {error}", is_warning=True)
                lost()
                return
            if step is None:
                if suffix:
                    self.status.say(f"There is nothing more to be{suffix.removeprefix(':')}")
                return
            if not before.has(step.note):
                self.status.say(f"{PurePath(step.note).name} is not here: nothing was changed", is_warning=True)
                return
            if not self.session.can_mark:
                self.status.say("Nothing can be marked in what came by a pipe", is_warning=True)
                return
            held = then(await asyncio.to_thread(highlighting.held, before, step), step)
            await self._saved(held, step.note, f"{step.title}{suffix}", patience=PATIENCE, shown=shown)

    # -- saving, and what cannot be saved

    async def _saved(
        self, state: State, note: str, done: str, *, patience: float, shown: Callable[[], None] = lambda: None
    ) -> None:
        """Save what is not saved of a note, and show the state; whoever calls has the turn.

        What is not on the disk soon is shown before it is, as not saved; ``shown`` is told of that.
        """
        saving = asyncio.ensure_future(self.writing.run(self.session.save, state, note, patience=patience))
        await asyncio.wait([saving], timeout=SOON)
        if not saving.done():
            await self.assign(state)
            shown()
        saved = await saving
        await self.assign(saved.state)
        if not saved.fault:
            self._faults.pop(note, None)
            self.status.say(done)
        else:
            if saved.fault != self._faults.get(note) or patience != MOMENT:
                self._faults[note] = saved.fault
                self.status.say((self.way_out() or "Not saved: ") + saved.fault, is_warning=True)
            if self._again is not None:
                self._again.stop()
            self._again = self.set_timer(AGAIN, self.save_rest)

    @property
    def _pending(self) -> list[Worker[object]]:
        """The changes that are not done with."""
        return [worker for worker in self.workers if worker.group == CHANGES and not worker.is_finished]

    async def changes_shown(self) -> None:
        """Wait until the changes that were asked for are on screen, saved or not: the next one may be about them."""
        if pending := self._pending:
            # Not awaited itself: what gave up waiting for it would cancel the changes.
            done = asyncio.ensure_future(self.workers.wait_for_complete(pending))
            await asyncio.wait([done], timeout=2 * SOON)

    @property
    def unsaved(self) -> int:
        """How many records the disk does not have as they are on screen."""
        return sum(len(marks.unsaved) for marks in self.state.marks.values())

    def save_rest(self) -> None:
        """Try again to save what could not be saved."""
        if self.unsaved:
            self.run_worker(self._save_rest(), group=CHANGES)

    async def _save_rest(self) -> None:
        async with self.turn:
            for path, marks in self.state.marks.items():
                if marks.unsaved and self.state.has(path):
                    await self._saved(self.state, path, "What was not saved is saved now", patience=MOMENT)

    def action_restore(self) -> None:
        """Bring back the highlights file from before one that is damaged."""
        self.run_worker(self._restore(), group=CHANGES)

    async def _restore(self) -> None:
        async with self.turn:
            damaged = [path for path, marks in self.state.marks.items() if marks.is_damaged and self.state.has(path)]
            for path in damaged:
                try:
                    state, news = await self.writing.run(self.session.with_restored, self.state, path)
                except (EarmarkError, OSError) as error:
                    self.status.say(f"Not brought back: {error}", is_warning=True)
                    return
                await self.assign(state)
                await self._saved(state, path, news, patience=PATIENCE)
            if not damaged:
                self.status.say("No highlights file is damaged that could be brought back")

    async def action_quit(self) -> None:
        """Quit once all that was marked is on the disk; ask first where it cannot be, or takes long."""
        self.do_behind(self._quit, "quit", overtakes=True)

    async def _quit(self) -> None:
        screens = len(self.screen_stack)
        if (pending := self._pending) and not await self._waited_for(pending):
            return
        if len(self.screen_stack) > screens:
            return  # What was typed has no place any more and is asked for again.
        if self.unsaved:
            self.run_worker(self._ask_to_leave(), group=CHANGES)
        else:
            self.exit()

    async def _waited_for(self, pending: Sequence[Worker[object]]) -> bool:
        """Wait until changes are done with; False where the reader decided what to do before that."""
        from tui.ui.dialogs.quitting import Answer, not_saved_yet

        # Not awaited itself: what gave up waiting for it would cancel the changes.
        done = asyncio.ensure_future(self.workers.wait_for_complete(list(pending)))
        await asyncio.wait([done], timeout=SLOW)
        if not done.done():
            question, answer = not_saved_yet(len(pending)), asyncio.get_running_loop().create_future()
            self.push_screen(question, answer.set_result)
            await asyncio.wait([done, answer], return_when=asyncio.FIRST_COMPLETED)
            if not answer.done() and self.screen is question:
                question.dismiss(None)
            elif answer.done():
                done.add_done_callback(lambda ended: ended.cancelled() or ended.exception())
                if answer.result() is Answer.LEAVE:
                    self.exit()
                return False
        await done
        return True

    def end_when_told(self) -> None:
        """Heed the system's word to end as quitting is, but ask nothing: nobody may be there to answer."""
        for number in (signal.SIGTERM, signal.SIGHUP):
            if signal.getsignal(number) is signal.SIG_DFL:
                asyncio.get_running_loop().add_signal_handler(number, self._end, number)

    def _end(self, number: int) -> None:
        async def end() -> None:
            if pending := self._pending:
                await self.workers.wait_for_complete(pending)
            self.exit(return_code=128 + number)

        self.run_worker(end())

    async def _ask_to_leave(self) -> None:
        """Try once more to save what is not saved; where that fails the reader decides."""
        from tui.ui.dialogs.quitting import Answer, Leaving, not_saved

        await self._save_rest()
        if not self.unsaved:
            self.exit()
            return

        def answered(answer: Answer | None) -> None:
            if answer is Answer.LEAVE:
                self.exit()
            elif answer is Answer.AGAIN:
                self.run_worker(self._ask_to_leave(), group=CHANGES)

        if isinstance(self.screen, Leaving):
            return  # the key was pressed twice
        is_kept = await asyncio.to_thread(self.session.is_kept, self.state)
        self.push_screen(not_saved(self.unsaved, tuple(self._faults.values()), is_kept=is_kept), answered)

    def action_undo(self) -> None:
        """Take the last change back."""
        from tui.core.state import highlighting

        self._begin_change(highlighting.undoing, highlighting.after_undo, ": undone")

    def action_redo(self) -> None:
        """Do the last change that was taken back again."""
        from tui.core.state import highlighting

        self._begin_change(highlighting.redoing, highlighting.after_redo, ": done again")

    def action_merge(self) -> None:
        """Merge what copies of highlights files say, and both sides of conflicts in them."""
        self.run_worker(self._merge(), group=CHANGES)

    async def _merge(self) -> None:
        await self.highlights_read.wait()
        async with self.turn:
            try:
                news = await self.writing.run(self.session.with_joined, self.state)
            except (EarmarkError, OSError) as error:
                self.status.say(str(error), is_warning=True)
                return
            await self.assign(news.state)
            self.status.say(news.summary, is_warning=news.is_warning)

    # -- what the app does with its panes

    async def take_waiting_keys(self) -> None:
        """Take up the keys that waited for a change to be on screen."""
        raise NotImplementedError

    def way_out(self) -> str:
        """The key that mends a damaged highlights file, as a message begins; empty where none is damaged."""
        raise NotImplementedError

    def show_highlights(self) -> None:
        """Hand the highlights tab what it lists."""
        raise NotImplementedError

    def listed_text(self) -> str:
        """What the list that has the focus says under its cursor; empty where the bullets have it."""
        raise NotImplementedError

    def focus_bullets(self) -> None:
        """Give the bullets the focus."""
        raise NotImplementedError
