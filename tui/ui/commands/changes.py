"""What the keys for news do: through what has changed since it was last read, to the last edit, and all read."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from tui.core.state.model import with_news_of
from tui.ui.commands.moving import MovingApp
from tui.ui.saving import CHANGES

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tui.core.notes.model import Note, Spot
    from tui.core.state.model import State
    from tui.core.state.refresh import News

BATCH = 100
"Notes whose earlier texts are looked at before keys and edits have their turn."


class CatchingUpApp(MovingApp):
    """An app that knows what the reader has not read yet."""

    news: Mapping[Spot, str]
    "The change marks on screen, by block, in document order."
    latest: frozenset[Spot] = frozenset()
    "The blocks that the last edit changed."
    _unread: Sequence[Note] = ()
    "The texts against which there was something new before it was taken as read."

    async def load_news(self) -> None:
        """Find out what has changed since the notes were last read."""
        paths = [note.path for note in self.state.library.notes]
        for start in range(0, len(paths), BATCH):
            await self._load_news_of(paths[start : start + BATCH])

    async def _load_news_of(self, paths: Sequence[str]) -> None:
        """Find out what has changed in some notes; neither a mark nor the end has to wait for it."""
        is_of_today = False
        while not is_of_today:
            before = self.state
            found = await asyncio.to_thread(self.session.with_baselines, before, paths)
            async with self.turn:
                is_of_today = self.state.library is before.library
                if is_of_today:
                    state = with_news_of(self.state, found, paths)
                    if state.news is self.state.news:
                        self.state = state
                    else:
                        await self.assign(state)

    def note_edit(self, before: State, news: News) -> None:
        """Remember which blocks an edit changed; the state is the one after it."""
        if news.diff.places:
            self.latest = frozenset(self.state.spot(news.path, address) for address in news.diff.places)
        elif news.state.library is not before.library:
            self.latest = frozenset(news.follow(before, spot) for spot in self.latest)

    def action_change(self, by: int) -> None:
        """Go to the next change, or the previous one."""
        here = self.bullets.cursor
        ahead = [spot for spot in self.news if (spot > here if by > 0 else spot < here)]
        if ahead:
            at = min(self.times, len(ahead)) - 1
            self.bullets.go(ahead[at if by > 0 else -1 - at])
        else:
            self.status.say("Nothing has changed further on" if by > 0 else "Nothing has changed further up")

    def action_latest_edit(self) -> None:
        """Go to where the notes were edited last."""
        if self.latest:
            self.bullets.go(min(self.latest))
        else:
            self.status.say("Nothing was edited since you opened these notes")

    def action_read(self) -> None:
        """Take all as read: the change marks go; where there are none, those come back that went last."""
        self.run_worker(self._read_all(), group=CHANGES)

    async def _read_all(self) -> None:
        async with self.turn:
            state = self.state
            count = sum(len(diff.signs) + len(diff.removed) for diff in state.news.values())
            if count:
                read = [state.note(path) for path in state.news]
                self._unread = [state.baselines[path] for path in state.news]
                said = f"Read: {count:,} {'change' if count == 1 else 'changes'}; the key again brings them back"
            else:
                read = [note for note in self._unread if state.has(note.path)]
                self._unread = ()
                said = "Not read after all" if read else "There is nothing new"
            if read:
                await self.assign(await self.writing.run(self.session.read_as, state, read))
            self.status.say(said)

    def action_removed(self) -> None:
        """Show what was taken out of the notes since they were last read."""
        from tui.ui.dialogs.removed import removed_sheet

        gone = [
            each
            for note in self.state.library.notes
            if (diff := self.state.news.get(note.path))
            for each in diff.removed
        ]
        if gone:
            self.push_screen(removed_sheet(gone))
        else:
            self.status.say("Nothing was taken out since you last read these notes")
