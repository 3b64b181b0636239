"""From the disk to the screen: the notes as they are read, the highlights, and every edit that the watcher tells of."""

from __future__ import annotations

import asyncio
import gc
import time
from functools import partial
from importlib import import_module
from itertools import islice
from pathlib import PurePath
from typing import TYPE_CHECKING

from tui.core.search.bookmark import followed, place_of, spot_of
from tui.errors import EarmarkError
from tui.keymap import shown
from tui.ui.commands.changes import CatchingUpApp
from tui.ui.lists.facts import troubles
from tui.ui.settings import ConfiguringApp

if TYPE_CHECKING:
    from collections.abc import Callable

    from tui.core.notes.model import Spot
    from tui.core.search.bookmark import Place
    from tui.core.state.model import State
    from tui.files.library import Piece
    from tui.files.opened import Opened
    from tui.ui.settings import Settings

PATIENCE = 0.5
"Seconds after which the reader is told what takes so long."
SOME = 64
"Highlights files that are looked at in one go, if there is time."
LATER = 0.4
"Seconds after the first frame at which watching begins: imports before would hold the first keys up."


class RefreshingApp(CatchingUpApp, ConfiguringApp):
    """An app that shows what the disk has, and goes on showing it."""

    def __init__(self, opened: Opened, settings: Settings | None = None) -> None:
        super().__init__(opened, settings)
        self._arrived: dict[str, bytes | None] = {}
        "What the watcher read and nobody took up yet, by path."
        self._is_refreshing = False
        self._reading = ""
        "How far the reading of many notes, or of a large one, is; empty where it is done, or quick."
        self._is_stopped = False
        "Whether the reader wants no more notes to be read."
        self.unread = ""
        "How many notes are read of how many, once reading was stopped; empty while none are left out."
        self._is_whole = False
        "True once the opening's reading has ended, to the last note or stopped."
        self._end_wished: tuple[Spot, bool] | None = None
        "Where the key for the first or the last block led to while that was not read yet, and which it was for."
        self.kept_place: Place | None = None

    async def load(self) -> None:
        """Read the highlights and show them."""
        if await asyncio.to_thread(self.opened.is_first_session):
            self.greet()
        async with self.turn:
            # In threads: the imports alone would hold a key up.
            await asyncio.to_thread(import_module, "tui.ui.lists.questions")
            self.show_questions()
            session = await asyncio.to_thread(lambda: self.session)
            whole = await asyncio.to_thread(session.with_rest, self.state, self._tell_of_reading())
            self._end_reading()
            self._is_whole = True
            self.set_timer(LATER, self.watch_notes)
            if whole is not self.state:
                await self._show_rest(whole)
            read = await asyncio.to_thread(session.with_sidecars, self.state)
            await self.assign(await asyncio.to_thread(session.with_kept, read))
        self.highlights_read.set()
        if warnings := troubles(self.state):
            self.status.say(self.way_out() + warnings[0], is_warning=True)
        self.save_rest()
        await self.load_news()
        # What was read stays: with ten thousand highlights, each look at all of it would hold the keys up for 100 ms.
        gc.freeze()
        gc.enable()

    def action_read_on(self) -> None:
        """Read the notes of a folder that are left out because reading was stopped."""
        if self.unread:
            self._is_stopped, self.unread = False, ""
            self.do_behind(self._read_on, "reading")
        else:
            self.status.say("No notes are left to read" if self._is_whole else "Notes are being read")

    async def _read_on(self) -> None:
        async with self.turn:
            whole = await asyncio.to_thread(self.session.with_missing, self.state, self._tell_of_reading())
            self._end_reading()
            await self.assign(whole, partial(followed, self.state, whole))
        self.save_rest()
        await self.load_news()

    def _end_reading(self) -> None:
        """Say what is left out where reading was stopped, and how to read on."""
        how_far, self._reading = self._reading, ""
        if how_far and self._is_stopped:
            key = f" · {shown(self.keys['read_on'][0])} reads on" if self.keys["read_on"] else ""
            self.unread = f"{how_far} read{key}"
        if how_far:
            self.status.say(f"Stopped: {self.unread}" if self.unread else "")

    async def _show_rest(self, whole: State) -> None:
        """Show all that was read; who has not moved since, or asked for an end, is taken where that is now known."""
        follow, first = partial(followed, self.state, whole), self.bullets.flow.first(0)
        await self.assign(whole, follow)
        if self._end_wished is not None and self.bullets.cursor == follow(self._end_wished[0]):
            self.bullets.ends(last=self._end_wished[1])
        elif self.kept_place is None and self.bullets.cursor == follow(first):
            self.return_to_place()

    def return_to_place(self) -> None:
        """Put the cursor where the reader left it."""
        place = self.opened.place()
        if place is not None:
            spot = spot_of(self.state, place.episode, place.block, place.line)
            if spot is not None:
                self.kept_place = place
                self.bullets.place(spot, place.row)

    def where(self) -> Place | None:
        """Where the reader is."""
        return place_of(self.state, self.bullets.cursor, self.bullets.cursor_row) if self.state.episodes else None

    def action_ends(self, last: bool) -> None:
        """See `MovingApp`; of notes that are not all read yet, the end is gone to once it is."""
        super().action_ends(last)
        if not self._is_whole and self.pane is self.bullets:
            self._end_wished = self.bullets.cursor, last

    # -- edits, from the watcher to the screen

    def _tell_of_reading(self) -> Callable[[Piece], bool]:
        """What tells the reader how far reading is, and whether it shall go on."""
        loop, began = asyncio.get_running_loop(), time.monotonic()

        def tell(piece: Piece) -> bool:
            if time.monotonic() - began > PATIENCE and piece.how_far != self._reading:
                self._reading = piece.how_far
                way_out = " · esc stops" if piece.left else ""
                loop.call_soon_threadsafe(self.status.say, f"Reading: {self._reading}{way_out}")
            return not self._is_stopped

        return tell

    def action_leave(self) -> None:
        """Go back to the bullets and clear the message; what is read behind is read no further."""
        if self._reading and self.state.library.is_folder:
            self._is_stopped = True
        super().action_leave()

    def watch_notes(self) -> None:
        """Begin to follow edits."""
        if self.is_leaving:
            return
        loop = asyncio.get_running_loop()

        def arrived(path: str, data: bytes | None) -> None:
            loop.call_soon_threadsafe(self._take, path, data)

        def notice(text: str) -> None:
            loop.call_soon_threadsafe(self.status.say, text)

        self.session.watch(arrived, notice)
        self.watch_config()

    def _take(self, path: str, data: bytes | None) -> None:
        """Take up what the watcher read; what it read of the same file before is out of date."""
        self._arrived[path] = data
        if not self._is_refreshing:
            self._is_refreshing = True
            self.run_worker(self._refresh(), group="refresh")

    async def _refresh(self) -> None:
        """Show what arrived: notes before highlights files, and a mark that waits before the next of these."""
        try:
            while self._arrived:
                async with self.turn:
                    await self._show_arrived()
        finally:
            self._is_refreshing = False
        self.save_rest()

    async def _show_arrived(self) -> None:
        """Show the next note that arrived, or some highlights files; whoever calls has the turn."""
        before, path = self.state, next((each for each in self._arrived if not _is_sidecar(each)), None)
        try:
            if path is not None:
                data = self._arrived.pop(path)
                news = await asyncio.to_thread(self.session.with_file, before, path, data)
            else:
                some = dict(islice(self._arrived.items(), SOME))
                news, done = await asyncio.to_thread(self.session.with_sidecar_files, before, some)
                for each in done:
                    if self._arrived.get(each) is some[each]:
                        del self._arrived[each]
        except (EarmarkError, OSError) as error:
            self.status.say(str(error), is_warning=True)
            return
        if news.state is not before:
            await self.assign(news.state, partial(news.follow, before))
            self.note_edit(before, news)
            self.bullets.show_news(self.news, self.latest)
        if news.summary:
            way_out = self.way_out() if news.is_warning else ""
            self.status.say(way_out + news.summary, is_warning=news.is_warning)


def _is_sidecar(path: str) -> bool:
    from tui.files.sidecar.copies import is_sidecar_name

    return is_sidecar_name(PurePath(path).name)
