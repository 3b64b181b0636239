"""The state of the reader and the one way to change it: what is on screen is on disk, or is shown as not saved."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from enum import Enum, auto
from functools import cached_property, partial
from pathlib import PurePath
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

from tui.core.state.model import State
from tui.errors import EarmarkError

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine, Sequence

    from tui.core.annotations.changes import Step
    from tui.core.notes.model import Note, Place, Position
    from tui.files.opened import Opened
    from tui.files.session import Session
    from tui.ui.terminal.threads import WritingThread

    Follow = Callable[[Position], Position]

CHANGES = "changes"
"The group of the work that saves what a reader changed."
SOON = 0.3
"Seconds after which a change that is still being saved is shown, as not saved."
PATIENCE = 1.0
"Seconds to wait for another writer before a change counts as not saved for now."
MOMENT = 0.1
"Seconds to wait for another writer where it was waited for before: meanwhile other changes wait."
AGAIN = 3.0
"Seconds until what could not be saved is tried again."


class Target(NamedTuple):
    """Places in a note's text that a change is about."""

    note: Note
    places: tuple[Place, ...]


class Change(NamedTuple):
    """Something a reader does to highlights or questions, planned on the state as it is when its turn comes."""

    plan: Callable[[State], Step | None]
    "Gives the step to take, None for nothing to do. Raises UnplacedError."
    suffix: str = ""
    "Stands behind the step's title in the message."
    record: Callable[[State, Step], State] | None = None
    "Puts the step into the history; None: as one that can be undone."
    nothing: str = ""
    "The message where there is nothing to do."

    @classmethod
    def at(cls, target: Target, plan: Callable[[State, tuple[Place, ...]], Step | None]) -> Change:
        """A change on places of a note's text, wherever those are by then; LOST where that is not certain."""

        def on_todays_text(state: State) -> Step | None:
            from tui.core.state import highlighting

            today = next((each for each in state.library.notes if each.path == target.note.path), None)
            if here := today and highlighting.carried(today, target.note, target.places):
                return plan(state, here)
            raise highlighting.UnplacedError("marked")

        return cls(on_todays_text)


class Result(Enum):
    """How a change ended."""

    SAVED = auto()
    UNSAVED = auto()
    "Held on screen and in the state folder; tried again."
    NOTHING = auto()
    LOST = auto()
    "The notes changed so much that its place is not certain; nothing was done."
    LOCKED = auto()
    "The note is not here, or takes no highlights."


class Outcome(NamedTuple):
    """How a change ended, and the message for it."""

    result: Result
    message: str = ""

    @property
    def is_warning(self) -> bool:
        """True where the change did not come about as asked for."""
        return self.result in (Result.UNSAVED, Result.LOST, Result.LOCKED)


class View(Protocol):
    """The screen that shows the state."""

    def run_behind(self, work: Callable[[], Coroutine[Any, Any, None]], group: str, *, overtakes: bool = False) -> None:
        """Do work while keys are answered."""

    async def prepare(self, state: State, follow: Follow) -> object:
        """Work out what the panes will show of a state, in threads."""

    def show(self, before: State, prepared: object) -> None:
        """Show the store's state, as it was prepared."""

    def say(self, message: str, *, is_warning: bool = False) -> None:
        """Show a message."""

    def way_out(self) -> str:
        """The key that mends a damaged highlights file, as a message begins; empty where none is damaged."""

    def keys_can_go_on(self) -> None:
        """Take up the keys that waited for a change to be on screen."""


def same(position: Position) -> Position:
    """A place where nothing moved."""
    return position


class Store:
    """Owns the state. Changes are saved one after the other; each is shown once saved, or as not saved after SOON."""

    def __init__(self, opened: Opened, view: View) -> None:
        self.opened = opened
        self.state = State(opened.library)
        self._view = view
        self.turn = asyncio.Lock()
        "Held by whoever makes a new state from the old one, so that nobody is overtaken."
        self.ready = asyncio.Event()
        "Set once the state has what the highlights files say; no change is made before."
        self.unshown: set[object] = set()
        "Changes and lists that were asked for and are not on screen yet."
        self._pending: set[asyncio.Future[Outcome]] = set()
        self._waiting: dict[object, Change] = {}
        "Changes whose turn has not come, in order."
        self._in_hand: State | None = None
        "The state that is being saved."
        self._faults: dict[str, str] = {}
        "Why the changes that are not saved are not, by note."
        self._again: asyncio.TimerHandle | None = None
        "The next try to save them."
        self.is_closed = False
        "True once the end has begun, after which nothing else may."

    @cached_property
    def writing(self) -> WritingThread:
        """The thread that writes files."""
        from tui.ui.terminal.threads import WritingThread

        return WritingThread()

    @cached_property
    def session(self) -> Session:
        """The disk after the first frame, which does not wait for it to be imported."""
        from tui.files.session import Session

        return Session(self.opened)

    # -- changes

    def submit(self, change: Change) -> asyncio.Future[Outcome]:
        """Carry out a change behind the keys, once those before it are done; its message is shown."""
        outcome: asyncio.Future[Outcome] = asyncio.get_running_loop().create_future()
        self.unshown.add(outcome)
        self._pending.add(outcome)
        outcome.add_done_callback(self._pending.discard)
        self._waiting[outcome] = change

        async def carry_out() -> None:
            try:
                found = await self._carry_out(change, outcome)
            except BaseException:
                outcome.cancel()
                raise
            finally:
                self._waiting.pop(outcome, None)
                self.is_shown(outcome)
            outcome.set_result(found)

        self._view.run_behind(carry_out, CHANGES)
        return outcome

    def is_shown(self, asked: object) -> None:
        """Let the keys go on that waited for something: it is on screen, or came to nothing."""
        self.unshown.discard(asked)
        self._view.keys_can_go_on()

    async def _carry_out(self, change: Change, asked: object) -> Outcome:
        await self.ready.wait()
        async with self.turn:
            outcome = await self._planned(change, asked)
            if outcome.message:
                self._view.say(outcome.message, is_warning=outcome.is_warning)
            return outcome

    async def _planned(self, change: Change, asked: object) -> Outcome:
        """Plan a change on today's state and save it; the caller has the turn."""
        from tui.core.state import highlighting

        before = self.state
        try:
            step = await asyncio.to_thread(change.plan, before)
        except highlighting.UnplacedError as error:
            return Outcome(Result.LOST, f"The notes changed at that moment; nothing was {error}")
        if step is None:
            return Outcome(Result.NOTHING, change.nothing)
        if not before.has(step.note):
            return Outcome(Result.LOCKED, f"{PurePath(step.note).name} is not here: nothing was changed")
        if not self.session.can_mark:
            return Outcome(Result.LOCKED, "Nothing can be marked in what came by a pipe")
        held = await asyncio.to_thread(highlighting.held, before, step)
        held = (change.record or highlighting.after)(held, step)
        self._in_hand = held
        self._waiting.pop(asked, None)
        shown = partial(self.is_shown, asked)
        return await self.save(held, step.note, f"{step.title}{change.suffix}", shown=shown)

    def keep_waiting(self) -> None:
        """Keep for the next session what is being saved, and what waits for its turn; in a thread, at the end."""
        from tui.core.state import highlighting

        state = self._in_hand or self.state
        for change in list(self._waiting.values()):
            with suppress(highlighting.UnplacedError):
                if (step := change.plan(state)) is not None and state.has(step.note):
                    state = highlighting.held(state, step)
        self.session.keep_for_next(state)

    def undo(self) -> asyncio.Future[Outcome]:
        """Take the last change back."""
        from tui.core.state import highlighting

        nothing = "There is nothing more to be undone"
        return self.submit(Change(highlighting.undoing, ": undone", highlighting.after_undo, nothing))

    def redo(self) -> asyncio.Future[Outcome]:
        """Do the last change that was taken back again."""
        from tui.core.state import highlighting

        nothing = "There is nothing more to be done again"
        return self.submit(Change(highlighting.redoing, ": done again", highlighting.after_redo, nothing))

    def run(self, work: Callable[[], Coroutine[Any, Any, None]]) -> None:
        """Do other work that saves; quitting waits for it as for a change."""
        done: asyncio.Future[Outcome] = asyncio.get_running_loop().create_future()
        self._pending.add(done)
        done.add_done_callback(self._pending.discard)

        async def run() -> None:
            try:
                await work()
            finally:
                done.cancel()

        self._view.run_behind(run, CHANGES)

    def show_behind(self, work: Callable[[], Coroutine[Any, Any, None]]) -> None:
        """Have a list worked out behind the keys; those that are about it wait until it is shown."""
        listing = object()
        self.unshown.add(listing)

        async def run() -> None:
            try:
                await work()
            finally:
                self.is_shown(listing)

        self._view.run_behind(run, "highlights")

    # -- saving, and what cannot be saved

    async def save(
        self,
        state: State,
        note: str,
        done: str,
        *,
        patience: float = PATIENCE,
        shown: Callable[[], None] = lambda: None,
    ) -> Outcome:
        """Save what is not saved of a note, and show the state; the caller has the turn.

        What is not on the disk soon is shown before it is, as not saved; ``shown`` is told of that.
        """
        saving = asyncio.ensure_future(self.writing.run(self.session.save, state, note, patience=patience))
        await asyncio.wait([saving], timeout=SOON)
        if not saving.done():
            await self.assign(state)
            shown()
        saved = await saving
        self._in_hand = None
        await self.assign(saved.state)
        if not saved.fault:
            self._faults.pop(note, None)
            return Outcome(Result.SAVED, done)
        is_news = saved.fault != self._faults.get(note) or patience != MOMENT
        self._faults[note] = saved.fault
        if self._again is not None:
            self._again.cancel()
        self._again = asyncio.get_running_loop().call_later(AGAIN, self.save_rest)
        return Outcome(Result.UNSAVED, (self._view.way_out() or "Not saved: ") + saved.fault if is_news else "")

    @property
    def unsaved(self) -> int:
        """How many records the disk does not have as they are on screen."""
        return sum(len(marks.unsaved) for marks in self.state.marks.values())

    @property
    def faults(self) -> Sequence[str]:
        """Why what is not saved is not, a sentence for each note."""
        return tuple(self._faults.values())

    @property
    def pending(self) -> Sequence[asyncio.Future[Outcome]]:
        """The changes that are not done with."""
        return tuple(self._pending)

    async def changes_shown(self) -> None:
        """Wait until the changes that were asked for are on screen, saved or not: the next one may be about them."""
        if self._pending:
            await asyncio.wait(self._pending, timeout=2 * SOON)

    def save_rest(self) -> None:
        """Try again to save what could not be saved."""
        if self.unsaved and not self.is_closed:
            self.run(self.save_unsaved)

    async def save_unsaved(self) -> None:
        """Save what is not saved, as far as it can be."""
        async with self.turn:
            for path, marks in self.state.marks.items():
                if marks.unsaved and self.state.has(path):
                    outcome = await self.save(self.state, path, "What was not saved is saved now", patience=MOMENT)
                    if outcome.message:
                        self._view.say(outcome.message, is_warning=outcome.is_warning)

    async def restore(self) -> None:
        """Bring back the highlights file from before one that is damaged."""
        async with self.turn:
            damaged = [path for path, marks in self.state.marks.items() if marks.is_damaged and self.state.has(path)]
            for path in damaged:
                try:
                    state, news = await self.writing.run(self.session.restore, self.state, path)
                except (EarmarkError, OSError) as error:
                    self._view.say(f"Not brought back: {error}", is_warning=True)
                    return
                await self.assign(state)
                outcome = await self.save(state, path, news)
                self._view.say(outcome.message, is_warning=outcome.is_warning)
            if not damaged:
                self._view.say("No highlights file is damaged that could be brought back")

    async def merge(self) -> None:
        """Merge what copies of highlights files say, and both sides of conflicts in them."""
        await self.ready.wait()
        async with self.turn:
            try:
                news = await self.writing.run(self.session.merge_copies, self.state)
            except (EarmarkError, OSError) as error:
                self._view.say(str(error), is_warning=True)
                return
            await self.assign(news.state)
            self._view.say(news.summary, is_warning=news.is_warning)

    # -- the state

    async def assign(self, state: State, follow: Follow = same) -> None:
        """Take a state for the one on screen; ``follow`` tells where a place of the former one is. Needs the turn."""
        prepared = await self._view.prepare(state, follow)
        before, self.state = self.state, state
        self._view.show(before, prepared)

    async def close(self) -> None:
        """End what was begun; what writes is waited for."""
        await self.writing.run(self.session.close)
