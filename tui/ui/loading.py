"""From the disk to the screen: the rest of the notes, the highlights, and every edit that the watcher reports."""

from __future__ import annotations

import asyncio
import gc
import math
import time
from collections import deque
from dataclasses import replace
from functools import partial
from importlib import import_module
from itertools import islice
from pathlib import PurePath
from typing import TYPE_CHECKING

from tui.core.search.bookmark import bookmark_of, followed, position_of
from tui.core.state.model import with_changes_of
from tui.garbage import uncollected
from tui.keys import shown
from tui.ui.lists.facts import changed_since, troubles
from tui.ui.store import MOMENT

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from tui.core.notes.model import Library, Position
    from tui.core.pieces import Pieces
    from tui.core.search.bookmark import Bookmark
    from tui.core.state.model import State
    from tui.files.library import Piece
    from tui.ui.display import Display
    from tui.ui.relocating import Relocator
    from tui.ui.screen import Panes
    from tui.ui.settings import LiveSettings
    from tui.ui.store import Store, View

PATIENCE = 0.5
"Seconds after which slow work is reported to the reader."
SOME = 256
"Most changed files to handle at a time."
LONGEST_YIELD, YIELD_CHECK = 0.2, 0.005
"Most seconds for which reading yields to a change, and seconds between checks if the change is done."
TOLD_EVERY = 0.1
"Seconds between messages about the progress of reading."
SHARE = 0.03
"Seconds of reading highlights files, or baselines, after which changes have their turn."
LONGEST_SHARE = 1.0
"Most seconds of reading changed files, unless a change is waiting, which ends it immediately."
KEY_REST = 0.15
"Seconds after a key press before more of many changed notes are read."
LATER = 0.4
"Seconds after the first frame at which watching starts, since earlier imports would delay the first keys."


class Loader:
    """Reads everything that the first frame did not need, and follows edits."""

    def __init__(self, store: Store, view: View, panes: Panes, display: Display, settings: LiveSettings) -> None:
        self._store = store
        self._view = view
        self._panes = panes
        self._display = display
        self._settings = settings
        self._arrived: dict[str, Pieces | None] = {}
        "Notes from the watcher that have not been handled yet, by path."
        self._arrived_sidecars: dict[str, Pieces | None] = {}
        "Highlights files from the watcher that have not been handled yet, by path."
        self._last_shown = 0.0
        "Seconds that showing an edit took; with ten thousand notes, as long as reading dozens of them again."
        self._unfinished: set[str] = set()
        "Notes that a writer had open when they were last read."
        self._is_refreshing = False
        self._reading = ""
        "Progress of reading many notes or a large one; empty if reading is done or quick."
        self._is_stopped = False
        "True once the reader has stopped the reading of notes."
        self.is_whole = False
        "True once the first reading has ended, complete or stopped."
        self._requested_end: tuple[Position, bool] | None = None
        "A pending `g` or `G`: where it went, and whether it meant the last block. Set while the library loads."
        self.kept_bookmark: Bookmark | None = None
        self.idle_for: Callable[[], float] = lambda: math.inf
        "Returns the seconds since the last key press; set by the app."
        self.relocator: Relocator | None = None
        "Moves highlights along with bullets into other notes; None until all highlights are read."

    async def load(self) -> None:
        """Read the rest of the notes and the highlights, and show them."""
        store = self._store
        # In threads, since the imports alone would delay a key; first what a highlight needs that may be waiting.
        session = await asyncio.to_thread(lambda: store.session)
        async with store.turn:
            await asyncio.to_thread(import_module, "tui.ui.lists.questions")
            self._display.show_questions()
        if store.ready.is_set():
            await self._read_current()
        # Without the turn, since nothing else changes the notes until they are watched.
        library = await asyncio.to_thread(
            session.read_rest, store.state.library, self._reading_progress(), self._wants_end
        )
        async with store.turn:
            self._end_reading()
            self.is_whole = True
            asyncio.get_running_loop().call_later(LATER, self._view.run_in_background, self.watch, "watching")
            if library is not store.state.library:
                await self._show_rest(replace(store.state, library=library))
        store.ready.set()
        await self._read_sidecars()
        store.complete.set()
        if warnings := troubles(store.state):
            self._view.say(self._view.mending_hint() + warnings[0], is_warning=True)
        elif notice := await asyncio.to_thread(_left_out, store.state.library):
            self._view.say(notice, is_warning=True)
        store.save_rest()
        relocating = await asyncio.to_thread(import_module, "tui.ui.relocating")
        self.relocator = relocating.Relocator(store, self._view, self.idle_for)
        self.relocator.search_soon()
        await self._load_changes()
        self._announce_changes()
        # Objects read so far will stay: with ten thousand highlights, each collection would delay keys by 100 ms.
        gc.freeze()
        gc.enable()

    async def _read_current(self) -> None:
        """Read the sidecar of the current note before all others, since its highlights are seen and changed first."""
        store = self._store
        async with store.turn:
            before = store.state
            state = await asyncio.to_thread(store.session.with_sidecar_of, before, self._current_note())
            if state is not before or before.annotations:  # a highlight was made before there was a screen
                await store.assign_yielding(state)

    async def _read_sidecars(self) -> None:
        """Read the sidecars, starting with that of the current note; changes have their turn in between."""
        store, session = self._store, self._store.session
        there = await asyncio.to_thread(session.sidecars_there, store.state.library)
        waiting = deque(store.state.library.numbers)
        while waiting:
            async with store.turn:
                path, before = self._current_note(), store.state
                waiting.appendleft(path)
                is_over = self._over_in(SHARE)
                state = await asyncio.to_thread(session.read_own_sidecars, before, waiting, there, is_over)
                if not waiting or state.annotations_of(path) is not before.annotations_of(path):
                    await store.assign_yielding(state)
                else:
                    store.state = state
        others = await asyncio.to_thread(session.other_sidecars, store.state.library, self._yield_to_changes)
        async with store.turn:
            state = await asyncio.to_thread(session.read_other_sidecars, store.state, others)
            await store.assign_yielding(state)
        for path in await asyncio.to_thread(self._stale_notes, store.state):
            async with store.turn:
                await self._save_returned(path)

    def _over_in(self, seconds: float) -> Callable[[], bool]:
        """A clock that returns True once these seconds have passed or a change waits for its turn."""
        end = time.monotonic() + seconds
        return lambda: time.monotonic() > end or self._store.is_saving

    def _current_note(self) -> str:
        """The path of the note that the cursor is in; empty if there is none."""
        state, section = self._store.state, self._panes.bullets.cursor.section
        return state.note_of(section).path if section < len(state.episodes) else ""

    def _stale_notes(self, state: State) -> Sequence[str]:
        return [path for path in state.annotations if self._store.session.saving.is_stale(state, path)]

    def read_on(self) -> None:
        """Read the notes of a folder that were skipped when reading was stopped."""
        if self._display.left_out:
            self._is_stopped, self._display.left_out = False, ""
            self._view.run_in_background(self._read_on, "reading")
        else:
            self._view.say("No notes left to read" if self.is_whole else "Notes are being read")

    async def _read_on(self) -> None:
        store = self._store
        async with store.turn:
            whole = await asyncio.to_thread(store.session.read_missing, store.state, self._reading_progress())
            self._end_reading()
            await store.assign(whole, partial(followed, store.state, whole))
        store.save_rest()
        await self._load_changes()

    def _end_reading(self) -> None:
        """Report which notes were skipped after reading was stopped, and how to read on."""
        how_far, self._reading = self._reading, ""
        if how_far and self._is_stopped:
            keys = self._settings.keys["read_on"]
            self._display.left_out = f"{how_far} read" + (f" · {shown(keys[0])} reads on" if keys else "")
        if how_far:
            self._view.say(f"Stopped: {self._display.left_out}" if self._display.left_out else "")

    async def _show_rest(self, whole: State) -> None:
        """Show everything read; go to the requested end or the bookmark, unless the reader has moved."""
        bullets = self._panes.bullets
        follow, first = partial(followed, self._store.state, whole), bullets.flow.first(0)
        await self._store.assign(whole, follow)
        if self._requested_end is not None and bullets.cursor == follow(self._requested_end[0]):
            bullets.ends(last=self._requested_end[1])
        elif self.kept_bookmark is None and bullets.cursor == follow(first):
            self.return_to_bookmark()

    def return_to_bookmark(self) -> None:
        """Put the cursor on the bookmark."""
        place = self._store.opened.place()
        if place is not None:
            position = position_of(self._store.state, place.episode, place.block, place.line)
            if position is not None:
                self.kept_bookmark = place
                self._panes.bullets.place(position, place.row)

    @property
    def has_moved(self) -> bool:
        """True if the reader has gone on from the bookmark, or from the beginning if it is not read yet."""
        bullets = self._panes.bullets
        return self.place() != self.kept_bookmark if self.kept_bookmark else bullets.cursor != bullets.flow.first(0)

    def place(self) -> Bookmark | None:
        """The bookmark of the current position."""
        bullets, state = self._panes.bullets, self._store.state
        return bookmark_of(state, bullets.cursor, bullets.cursor_row) if state.episodes else None

    def request_end(self, *, last: bool) -> None:
        """Go to the end once it is read, unless the reader moves meanwhile."""
        if not self.is_whole and self._panes.current is self._panes.bullets:
            self._requested_end = self._panes.bullets.cursor, last

    # -- reading on

    def _reading_progress(self) -> Callable[[Piece], bool]:
        """A callback that shows the reading progress, and returns False if reading should stop."""
        loop, due = asyncio.get_running_loop(), time.monotonic() + PATIENCE

        def tell(piece: Piece) -> bool:
            nonlocal due
            now = time.monotonic()
            if (self._reading or now > due) and piece.how_far != self._reading:
                self._reading = piece.how_far
                if now > due:
                    due = now + TOLD_EVERY
                    hint = " · esc stops" if piece.left else ""
                    loop.call_soon_threadsafe(self._view.say, f"Reading: {self._reading}{hint}")
            if piece.left and piece.has_end and self._wants_end():
                loop.call_soon_threadsafe(self._view.run_in_background, partial(self._show_end, piece.library), "end")
            self._yield_to_changes()
            return not self._is_stopped

        return tell

    def _wants_end(self) -> bool:
        """True if the reader asked for the last note and it is not shown yet."""
        return self._requested_end is not None and self._requested_end[1]

    async def _show_end(self, library: Library) -> None:
        """Show the last notes of a folder before those in between, and go to the end as requested."""
        store, bullets = self._store, self._panes.bullets
        async with store.turn:
            wished = self._requested_end
            if wished is None or self.is_whole:
                return
            self._requested_end = None
            state = replace(store.state, library=library)
            follow = partial(followed, store.state, state)
            await store.assign(state, follow)
            if bullets.cursor == follow(wished[0]):
                bullets.ends(last=True)

    def _yield_to_changes(self) -> None:
        """Wait briefly, in a thread, while a change is being made."""
        until = time.monotonic() + LONGEST_YIELD
        while self._store.ready.is_set() and self._store.is_saving and time.monotonic() < until:
            time.sleep(YIELD_CHECK)

    def stop(self) -> None:
        """Stop reading a folder."""
        if self._reading and self._store.state.library.is_folder:
            self._is_stopped = True

    async def _load_changes(self) -> None:
        """Find the changes since the last reading."""
        waiting = deque(self._store.state.library.numbers)
        while waiting:
            await self._load_some_changes(waiting)

    def _announce_changes(self) -> None:
        """Report the changes since the last reading, with the key that leads there, unless a message is already
        shown.
        """
        if not self._store.state.changes or self._panes.status.message:
            return
        is_below = any(position > self._panes.bullets.cursor for position in self._display.changes)
        keys = self._settings.keys["next_change" if is_below else "previous_change"]
        self._view.say(changed_since(self._store.state) + (f" · {shown(keys[0])} goes there" if keys else ""))

    async def _load_some_changes(self, waiting: deque[str]) -> None:
        """Find the changes of some waiting notes, without delaying a new highlight or quitting."""
        store = self._store
        before, is_over = store.state, self._over_in(SHARE)
        await asyncio.to_thread(self._yield_to_changes)
        found, paths = await asyncio.to_thread(store.session.texts.read_baselines, before, waiting, is_over)
        async with store.turn:
            if store.state.library is not before.library:
                waiting.extendleft(paths)  # once more, with today's text
                return
            state = with_changes_of(store.state, found, paths)
            if state.changes is store.state.changes:
                store.state = state
            else:
                await store.assign(state)

    # -- edits, from the watcher to the screen

    async def watch(self) -> None:
        """Start following edits, in a thread since the imports alone would delay a key."""
        if self._store.is_closed:
            return
        loop = asyncio.get_running_loop()

        def arrived(path: str, data: Pieces | None, is_unfinished: bool) -> None:
            loop.call_soon_threadsafe(self._take, path, data, is_unfinished)

        def notice(text: str) -> None:
            loop.call_soon_threadsafe(self._view.say, text)

        await asyncio.to_thread(self._store.session.watch, arrived, notice, self._known)

    def _known(self, path: str) -> Pieces:
        """The text of a note as it was last shown; nothing for other files."""
        state = self._store.state
        return state.note(path).pieces if state.has(path) else ()

    def _take(self, path: str, data: Pieces | None, is_unfinished: bool) -> None:
        """Queue a file from the watcher, in place of an earlier reading of it.

        A half-written sidecar is ignored, since it is reported again once its writer has closed it.
        """
        is_sidecar = _is_sidecar(path)
        if is_unfinished and is_sidecar:
            return
        (self._arrived_sidecars if is_sidecar else self._arrived)[path] = data
        (self._unfinished.add if is_unfinished else self._unfinished.discard)(path)
        if not self._is_refreshing:
            self._is_refreshing = True
            self._view.run_in_background(self._refresh, "refresh")

    async def _refresh(self) -> None:
        """Show files that arrived, notes before sidecars, with waiting changes in between."""
        shown = 0
        try:
            while self._arrived or self._arrived_sidecars:
                async with self._store.turn:
                    shown += await self._show_arrived()
                if shown > 1 and gc.isenabled():
                    # As at the start: with three thousand notes, each collection delayed keys by 0.1 to 0.2 s.
                    gc.collect(1)
                    gc.freeze()
                    await self._wait_for_keys()
        finally:
            self._is_refreshing = False
        self._store.save_rest()
        if self.relocator is not None:
            self.relocator.search_soon()

    async def _wait_for_keys(self) -> None:
        """Wait briefly while keys are pressed, so that many changed notes are read between keys."""
        until = time.monotonic() + LONGEST_SHARE
        while self.idle_for() < KEY_REST and time.monotonic() < until:
            await asyncio.sleep(KEY_REST / 3)

    async def _show_arrived(self) -> int:
        """Show some notes or highlights files that arrived, and return their number; the caller holds the turn.

        As many as can be read in the time that showing takes, which is the same for one and for many.
        """
        session, before = self._store.session, self._store.state
        arrived, is_over = self._arrived or self._arrived_sidecars, self._over_in(max(SHARE, self._last_shown))
        some = some_of(arrived, self._current_note())
        with uncollected():
            if arrived is self._arrived:
                unfinished = frozenset(self._unfinished)
                effect, done = await asyncio.to_thread(session.take_notes, before, some, unfinished, is_over)
            else:
                effect, done = await asyncio.to_thread(session.take_sidecars, before, some, is_over)
        for path in done:
            if arrived.get(path) is some[path]:
                del arrived[path]
        if effect.state is not before:
            began, bullets = time.monotonic(), self._panes.bullets
            is_there = effect.keeps(before, bullets.cursor)
            await self._store.assign(effect.state, partial(effect.follow, before))
            if not is_there:
                bullets.target_lost_at = time.monotonic()
            self._display.note_edit(before, effect)
            self._last_shown = min(LONGEST_SHARE, time.monotonic() - began)
            if arrived is self._arrived:
                for path in done:
                    await self._save_returned(path)
        if effect.summary:
            hint = self._view.mending_hint() if effect.is_warning else ""
            self._view.say(hint + effect.summary, is_warning=effect.is_warning)
        return len(done)

    async def _save_returned(self, path: str) -> None:
        """Save the words to which highlights returned; the caller holds the turn.

        If that fails, it is left to the next save.
        """
        store = self._store
        if store.session.saving.is_stale(store.state, path):
            saved = await store.writing.run(store.session.saving.save, store.state, path, patience=MOMENT)
            await store.assign(saved.state)


def some_of(arrived: Mapping[str, Pieces | None], here: str) -> Mapping[str, Pieces | None]:
    """Some of the files that arrived, starting with the current note's."""
    return {**({here: arrived[here]} if here in arrived else {}), **dict(islice(arrived.items(), SOME))}


def _is_sidecar(path: str) -> bool:
    from tui.files.sidecar.copies import is_sidecar_name

    return is_sidecar_name(PurePath(path).name)


def _left_out(library: Library) -> str:
    from tui.files.health import left_out, unread_folders

    return next(map(str, unread_folders(library)), "") or left_out(library)
