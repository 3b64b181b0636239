"""Storing drafts of comments, tags and answers while they are typed, for the next session to resume."""

from __future__ import annotations

import asyncio
import itertools
from functools import cached_property, partial
from typing import TYPE_CHECKING, NamedTuple, Protocol

from tui.core.notes.sanitise import clean
from tui.ui.store import Result

if TYPE_CHECKING:
    from collections.abc import Callable

    from tui.core.annotations.highlights import Record
    from tui.files.remembered.drafts import Draft
    from tui.ui.dialogs.prompt import Prompt
    from tui.ui.dialogs.writing import WritingDialog
    from tui.ui.store import Outcome, Store, View
    from tui.ui.terminal.threads import WritingThread

    class Stage(Protocol):
        """The part of the app that opens windows."""

        def push_screen(self, screen: Prompt | WritingDialog, callback: Callable[[str | None], None]) -> object:
            """Open a window; the callback receives its result."""


FLUSH = 0.2
"Seconds from a key press until the draft is written."


class About(NamedTuple):
    """The highlight or question that a draft belongs to."""

    note: str
    kind: str
    record: Callable[[], Record]
    "Returns the record in its present or intended form; called in a thread, and may be slow."


class DraftKeeper:
    """Stores every draft until it is saved or discarded."""

    def __init__(self, store: Store, view: View, stage: Stage) -> None:
        self._store = store
        self._view = view
        self._stage = stage
        self._numbers = itertools.count(1)
        self._texts: dict[int, tuple[About, str]] = {}
        "Texts being typed or saved, by number."
        self._unkept: dict[int, str] = {}
        "Reasons why drafts are not stored, by number; empty while that is only a matter of time."
        self._gone: set[int] = set()
        "Numbers of texts whose record was gone when they were to be saved."
        self.idle_for: Callable[[], float] = lambda: 0.0
        "Returns the seconds since the last key press."
        self._window: Prompt | WritingDialog | None = None
        self._flush: asyncio.TimerHandle | None = None

    @cached_property
    def _thread(self) -> WritingThread:
        """A separate thread, since the one that writes highlights may wait for another writer."""
        from tui.ui.terminal.threads import WritingThread

        return WritingThread()

    def ask(
        self,
        window: Prompt | WritingDialog,
        about: About,
        save: Callable[[str], asyncio.Future[Outcome] | None],
        again: Callable[[str, int], None],
        gone: Callable[[str, int], None],
        number: int | None = None,
    ) -> None:
        """Open a window for a text, and save its result.

        Args:
            window: The window.
            about: The record that the text belongs to.
            save: Starts saving a text; returns None if there is nothing to save.
            again: Asks for a text once more, by its number, if its record is gone.
            gone: The same, if its record was gone before, and so may stay gone.
            number: The number of a draft that is already stored.
        """
        here = next(self._numbers) if number is None else number

        def typed(text: str) -> None:
            self._texts[here] = about, text
            self._unkept[here] = ""
            if self._flush is None:
                self._flush = asyncio.get_running_loop().call_later(FLUSH, self._flush_soon)

        def closed(text: str | None) -> None:
            self._window = None
            outcome = None if text is None else save(text)
            if text is None or outcome is None:
                self._forget(here)
                return

            async def settle() -> None:
                result = (await outcome).result
                if result is Result.LOST and here in self._gone:
                    gone(text, here)
                elif result in (Result.LOST, Result.LOCKED):
                    self._gone.add(here)
                    again(text, here)
                else:
                    self._forget(here)

            self._view.run_in_background(settle, "typed")

        window.on_typed = typed
        self._window = window
        self._stage.push_screen(window, closed)

    @property
    def is_open(self) -> bool:
        """True while a window has unsaved text."""
        return self._window is not None and self._window.is_changed

    @property
    def fault(self) -> str:
        """The reason why a draft is not stored; empty if all are."""
        return next(iter(self._unkept.values()), "")

    def last_words(self) -> str:
        """The texts neither saved nor stored, to be printed, since only the terminal can preserve them."""
        found = ((self._texts[number][1], fault) for number, fault in tuple(self._unkept.items()))
        return "".join(
            clean(f"earmark: what you typed could not be kept: {fault or 'there was no time'}. Here it is:\n{text}\n")
            for text, fault in found
        )

    async def keep(self) -> None:
        """Write every draft to the state folder."""
        if not self._store.ready.is_set():
            if self._unkept and not self._store.is_closed:
                self._flush = asyncio.get_running_loop().call_later(FLUSH, self._flush_soon)
            return
        for number in list(self._unkept):
            kept = self._texts[number]
            fault = await self._thread.run(self._keep, number, *kept)
            if self._texts.get(number) != kept:
                continue  # more was typed, or it was saved meanwhile
            if fault:
                self._unkept[number] = fault
            else:
                self._unkept.pop(number, None)
            if self._window is not None and not self._store.is_closed:
                self._window.show_fault(fault)

    def _keep(self, number: int, about: About, text: str) -> str:
        return self._store.session.drafts.keep(about.note, about.kind, text, about.record(), number)

    def _flush_soon(self) -> None:
        self._flush = None
        if not self._store.is_closed:
            self._view.run_in_background(self.keep, "typed")

    def _forget(self, number: int) -> None:
        if self._texts.pop(number, None) is None:
            return
        self._unkept.pop(number, None)

        async def forget() -> None:
            await self._thread.run(self._store.session.drafts.forget, number)

        self._view.run_in_background(forget, "typed")

    async def take_over(self) -> list[tuple[int, Draft]]:
        """The drafts left by earlier sessions, which this session takes over."""
        store = self._store
        found = await asyncio.to_thread(store.session.drafts.take_over, store.state, self._numbers)
        for number, draft in found:
            self._texts[number] = About(draft.note, draft.kind, partial(_same, draft.record)), draft.text
        return found


def _same(record: Record) -> Record:
    return record
