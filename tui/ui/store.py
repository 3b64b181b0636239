"""The reader's state and the only way to change it: everything on screen is on disk, or is marked as not saved."""

from __future__ import annotations

import asyncio
import threading
from contextlib import suppress
from enum import Enum, auto
from functools import cached_property, partial
from pathlib import PurePath
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

from tui.core.state.model import Mending, State, UnplacedError
from tui.errors import EarmarkError

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine, Sequence

    from tui.core.annotations.changes import Step
    from tui.core.annotations.highlights import QuestionRecord
    from tui.core.notes.model import Note, Place, Position
    from tui.files.opened import Opened
    from tui.files.session import Session
    from tui.ui.terminal.threads import WritingThread

    Follow = Callable[[Position], Position]

    class View(Protocol):
        """The screen that shows the state."""

        def run_in_background(
            self, work: Callable[[], Coroutine[Any, Any, None]], group: str, *, overtakes: bool = False
        ) -> None:
            """Run work in the background without delaying keys."""

        async def prepare(self, state: State, follow: Follow) -> object:
            """Compute in threads everything the panes will show of a state."""

        def show(self, before: State, prepared: object) -> None:
            """Show the store's state, given the result of `prepare`."""

        def say(self, message: str, *, is_warning: bool = False) -> None:
            """Show a message."""

        def mending_hint(self) -> str:
            """The key that makes a highlights file readable again, as the start of a message; empty if there is
            none.
            """

        def undo_hint(self) -> str:
            """The key that undoes, as the end of a message; empty if there is none."""

        def release_keys(self) -> None:
            """Handle keys that waited for a change to appear on screen."""


CHANGES = "changes"
"The worker group that saves the reader's changes."
SOON = 0.3
"Seconds after which a change that is still being saved is shown, marked as not saved."
PATIENCE = 1.0
"Seconds to wait for another writer before a change counts as not saved for now."
MOMENT = 0.1
"Seconds to wait for another writer after a first wait, since other changes are waiting too."
AGAIN = 3.0
"Seconds before unsaved changes are tried again."


class Target(NamedTuple):
    """Places in a note's text that a change applies to."""

    note: Note
    places: tuple[Place, ...]


class QuestionTarget(NamedTuple):
    """A question of a note, as the target of a change."""

    note: Note
    place: Place | None
    "The block that asks; None if it has no certain position."
    record: QuestionRecord | None
    "Its record, if there is one."


class Change(NamedTuple):
    """A reader's change to highlights or questions, planned on the state when it has its turn."""

    plan: Callable[[State], Step | None]
    "Returns the step to take; None if there is nothing to do. Raises UnplacedError."
    said: Callable[[str], str] = str
    "Returns the message for the step's title."
    record: Callable[[State, Step], State] | None = None
    "Adds the step to the history; None for an ordinary step that can be undone."
    nothing: str = ""
    "The message if there is nothing to do."
    note: str = ""
    "The note that it applies to, if its sidecar may not have been read yet."

    @classmethod
    def at(cls, target: Target, plan: Callable[[State, tuple[Place, ...]], Step | None], nothing: str = "") -> Change:
        """A change at places of a note, which are carried over to today's text; LOST if they are not certain."""

        def on_todays_text(state: State) -> Step | None:
            from tui.core.state import highlighting

            today = next((each for each in state.library.notes if each.path == target.note.path), None)
            if here := today and highlighting.carried(today, target.note, target.places):
                return plan(state, here)
            raise UnplacedError("marked")

        return cls(on_todays_text, nothing=nothing, note=target.note.path)

    def made_on(self, state: State, step: Step) -> State:
        """The state with the step planned on it, not saved yet."""
        from tui.core.state import highlighting

        return (self.record or highlighting.after)(highlighting.with_step_unsaved(state, step), step)


class Result(Enum):
    """The result of a change."""

    SAVED = auto()
    UNSAVED = auto()
    "On screen and in the state folder; saving is tried again."
    NOTHING = auto()
    LOST = auto()
    "The notes changed so much that its position is uncertain; nothing was done."
    LOCKED = auto()
    "The note is not here, or accepts no highlights."


class Outcome(NamedTuple):
    """The result of a change, and the message about it."""

    result: Result
    message: str = ""

    @property
    def is_warning(self) -> bool:
        """True if the change was not made as requested."""
        return self.result in (Result.UNSAVED, Result.LOST, Result.LOCKED)


def same(position: Position) -> Position:
    """The same position, for a state in which nothing moved."""
    return position


class Store:
    """Owns the state. Changes are saved one at a time; each is shown once saved or, after `SOON`, as not saved."""

    def __init__(self, opened: Opened, view: View) -> None:
        self.opened = opened
        self.state = State(opened.library)
        self.view = view
        self.turn = asyncio.Lock()
        "Held while a new state is derived from the present one, so that no change is lost."
        self.ready = asyncio.Event()
        "Set once changes are possible; each first reads the sidecar of its note, if necessary."
        if not opened.is_excerpt:
            self.ready.set()
        self.complete = asyncio.Event()
        "Set once the state includes all sidecars."
        self.unshown: set[object] = set()
        "Requested changes and lists that are not on screen yet."
        self._pending: set[asyncio.Future[Outcome]] = set()
        self._waiting: dict[object, Change] = {}
        "Changes waiting for their turn, in order."
        self._asked = asyncio.Event()
        "Set with each change that is submitted."
        self._is_ahead = False
        "True if the state is not on screen, since a change came first."
        self._being_saved: State | None = None
        "The state being saved."
        self._planning = threading.Lock()
        "Held while a change is planned and taken in hand, or kept for the next session, so that it is one of both."
        self._session: Session | None = None
        self._importing = threading.Lock()
        "Held while the session is imported."
        self._faults: dict[str, str] = {}
        "Reasons why changes are not saved, by note."
        self._again: asyncio.TimerHandle | None = None
        "The timer of the next attempt."
        self.is_closed = False
        "True once quitting has begun, after which nothing new may start."

    @cached_property
    def writing(self) -> WritingThread:
        """The thread that writes files."""
        from tui.ui.terminal.threads import WritingThread

        return WritingThread()

    @property
    def session(self) -> Session:
        """The session on disk; imported on first use, after the first frame, by one of the threads that want it."""
        with self._importing:
            if self._session is None:
                from tui.files.session import Session

                self._session = Session(self.opened)
            return self._session

    # -- changes

    def submit(self, change: Change) -> asyncio.Future[Outcome]:
        """Carry out a change in the background, after all earlier ones, and show its message."""
        outcome: asyncio.Future[Outcome] = asyncio.get_running_loop().create_future()
        self.unshown.add(outcome)
        self._pending.add(outcome)
        outcome.add_done_callback(self._pending.discard)
        self._waiting[outcome] = change
        self._asked.set()

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

        self.view.run_in_background(carry_out, CHANGES)
        return outcome

    def is_shown(self, asked: object) -> None:
        """Release the keys that waited for a change, which is now on screen or had no effect."""
        self.unshown.discard(asked)
        self.view.release_keys()

    async def _carry_out(self, change: Change, asked: object) -> Outcome:
        await self.ready.wait()
        async with self.turn:
            if not self.complete.is_set() and change.note:
                state = self.state
                self.state = await asyncio.to_thread(lambda: self.session.with_sidecar_of(state, change.note))
            outcome = await self._planned(change, asked)
            if self._is_ahead:
                await self.assign(self.state)
            if outcome.message:
                self.view.say(outcome.message, is_warning=outcome.is_warning)
            return outcome

    async def _planned(self, change: Change, asked: object) -> Outcome:
        """Plan a change on the present state and save it; the caller holds the turn."""
        try:
            step = await asyncio.to_thread(self._plan_change, change, asked)
        except UnplacedError as error:
            return Outcome(Result.LOST, f"The notes just changed: nothing was {error}")
        if isinstance(step, Outcome):
            return step
        shown = partial(self.is_shown, asked)
        done = change.said(step.title) if change.record else f"{step.title}{self.view.undo_hint()}"
        assert self._being_saved is not None
        return await self.save(self._being_saved, step.note, done, shown=shown)

    def _plan_change(self, change: Change, asked: object) -> Step | Outcome:
        """Plan a change and take the state with it in hand, or say why not; raises UnplacedError."""
        with self._planning:
            if asked not in self._waiting:
                return Outcome(Result.UNSAVED)  # it was kept for the next session
            if (step := change.plan(self.state)) is None:
                return Outcome(Result.NOTHING, change.nothing)
            if not self.state.has(step.note):
                return Outcome(Result.LOCKED, f"{PurePath(step.note).name} is not here: nothing was changed")
            if self.opened.is_piped:
                return Outcome(Result.LOCKED, "Standard input is read-only: save it to a file to highlight")
            self._being_saved = change.made_on(self.state, step)
            self._waiting.pop(asked, None)
        return step

    def keep_waiting(self) -> bool:
        """Store the current and waiting changes for the next session; in a thread, at the end.

        Returns True if all changes with a position are stored; none of them is then begun any more, which would save it
        under another id.
        """
        with self._planning:
            state, waiting = self._being_saved or self.state, dict(self._waiting)
            for change in waiting.values():
                with suppress(UnplacedError):
                    if (step := change.plan(state)) is not None and state.has(step.note):
                        state = change.made_on(state, step)
            if is_kept := self.session.saving.keep_for_next(state):
                for asked in waiting:
                    self._waiting.pop(asked, None)
            return is_kept

    def run(self, work: Callable[[], Coroutine[Any, Any, None]]) -> None:
        """Run other work that saves; quitting waits for it as it does for a change."""
        done: asyncio.Future[Outcome] = asyncio.get_running_loop().create_future()
        self._pending.add(done)
        done.add_done_callback(self._pending.discard)

        async def run() -> None:
            try:
                await work()
            finally:
                done.cancel()

        self.view.run_in_background(run, CHANGES)

    def show_in_background(self, work: Callable[[], Coroutine[Any, Any, None]]) -> None:
        """Compute a list in the background; keys that apply to it wait until it is shown."""
        listing = object()
        self.unshown.add(listing)

        async def run() -> None:
            try:
                await work()
            finally:
                self.is_shown(listing)

        self.view.run_in_background(run, "highlights")

    # -- saving, and unsaved changes

    async def save(
        self,
        state: State,
        note: str,
        done: str,
        *,
        patience: float = PATIENCE,
        shown: Callable[[], None] = lambda: None,
    ) -> Outcome:
        """Save the unsaved changes of a note, and show the state; the caller holds the turn.

        If saving takes long, the change is shown as not saved meanwhile, and ``shown`` is called.
        """
        saving = asyncio.ensure_future(self.writing.run(self.session.saving.save, state, note, patience=patience))
        await asyncio.wait([saving], timeout=SOON)
        if not saving.done():
            await self.assign(state)
            shown()
        saved = await saving
        self._being_saved = None
        await self.assign(saved.state)
        if not saved.fault:
            self._faults.pop(note, None)
            return Outcome(Result.SAVED, done)
        is_new = saved.fault != self._faults.get(note) or patience != MOMENT
        self._faults[note] = saved.fault
        if self._again is not None:
            self._again.cancel()
        self._again = asyncio.get_running_loop().call_later(AGAIN, self.save_rest)
        return Outcome(Result.UNSAVED, self.view.mending_hint() + saved.fault if is_new else "")

    @property
    def unsaved(self) -> int:
        """Number of records whose form on screen is not on disk."""
        return sum(len(annotations.unsaved) for annotations in self.state.annotations.values())

    @property
    def faults(self) -> Sequence[str]:
        """The reasons why changes are not saved, one sentence per note."""
        return tuple(self._faults.values())

    @property
    def is_saving(self) -> bool:
        """True while a change is unfinished, to which everything else yields."""
        return bool(self._pending)

    @property
    def pending(self) -> Sequence[asyncio.Future[Outcome]]:
        """The unfinished changes."""
        return tuple(self._pending)

    async def changes_shown(self) -> None:
        """Wait until every requested change is on screen, saved or not, since the next one may depend on it."""
        if self._pending:
            await asyncio.wait(self._pending, timeout=2 * SOON)

    def save_rest(self) -> None:
        """Try again to save the unsaved changes."""
        if self.unsaved and not self.is_closed:
            self.run(self.save_unsaved)

    async def save_unsaved(self) -> None:
        """Save as many of the unsaved changes as possible."""
        async with self.turn:
            for path, annotations in self.state.annotations.items():
                if annotations.unsaved and self.state.has(path):
                    outcome = await self.save(self.state, path, "All changes are saved now", patience=MOMENT)
                    if outcome.message:
                        self.view.say(outcome.message, is_warning=outcome.is_warning)

    async def restore(self) -> None:
        """Restore the highlights file from a backup made before it was damaged."""
        async with self.turn:
            damaged = [
                path
                for path, annotations in self.state.annotations.items()
                if annotations.mending is Mending.RESTORE and self.state.has(path)
            ]
            for path in damaged:
                try:
                    state, summary = await self.writing.run(self.session.saving.restore, self.state, path)
                except (EarmarkError, OSError) as error:
                    self.view.say(f"Not restored: {error}", is_warning=True)
                    return
                await self.assign(state)
                outcome = await self.save(state, path, summary)
                self.view.say(outcome.message, is_warning=outcome.is_warning)
            if not damaged:
                self.view.say("Nothing to restore")

    async def merge(self) -> None:
        """Merge copies of highlights files, and both sides of conflicts in them."""
        await self.complete.wait()
        async with self.turn:
            try:
                effect = await self.writing.run(self.session.merge_copies, self.state)
            except (EarmarkError, OSError) as error:
                self.view.say(str(error), is_warning=True)
                return
            await self.assign(effect.state)
            self.view.say(effect.summary, is_warning=effect.is_warning)

    # -- the state

    async def assign(self, state: State, follow: Follow = same) -> None:
        """Replace the state; ``follow`` maps positions in the former one. The caller holds the turn."""
        self._show(state, await self.view.prepare(state, follow))

    async def assign_yielding(self, state: State) -> None:
        """Replace the state, whose text is the same; a change that is submitted meanwhile is saved before it is shown.

        With thousands of notes, showing takes longer than saving. The caller holds the turn.
        """
        self._asked.clear()
        preparing, asked = (
            asyncio.ensure_future(each) for each in (self.view.prepare(state, same), self._asked.wait())
        )
        try:
            if not self._waiting:
                await asyncio.wait((preparing, asked), return_when=asyncio.FIRST_COMPLETED)
            if preparing.done():
                self._show(state, preparing.result())
            else:
                self.state, self._is_ahead = state, True
        finally:
            preparing.cancel()
            asked.cancel()

    def _show(self, state: State, prepared: object) -> None:
        before, self.state, self._is_ahead = self.state, state, False
        self.view.show(before, prepared)

    async def close(self) -> None:
        """End background work, after waiting for writes."""
        await self.writing.run(self.session.close)
