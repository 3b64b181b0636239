"""Keys pressed while the first frame stands alone: a step or a highlight need not wait for the import of Textual.

A highlight is made by the reader's own store, and on disk before the import goes on. Any other key, and all keys after
it, wait for the reader.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

from tui.core.annotations.choices import Colour
from tui.core.notes.model import whole_block
from tui.keys import keys_of, undo_hint

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine, Mapping, Sequence

    from tui.core.state.model import State
    from tui.files.opened import Opened
    from tui.ui.start.first_frame import FirstFrame
    from tui.ui.store import Change, Follow, Store
    from tui.ui.terminal.early import EarlyTerminal


class Early(NamedTuple):
    """The state of the start before Textual: what is on the screen, what it was drawn from, and what was typed."""

    terminal: EarlyTerminal
    frame: FirstFrame
    keys: FirstKeys


class Message(NamedTuple):
    """A message for the reader's status line."""

    text: str
    is_warning: bool


class FirstKeys:
    """Handles the keys that are typed before there is a reader."""

    def __init__(self, opened: Opened, frame: FirstFrame, terminal: EarlyTerminal) -> None:
        self._opened = opened
        self._frame = frame
        self._terminal = terminal
        keys = keys_of(opened.config.keys)
        commands: Mapping[str, Callable[[], bool]] = {
            "next": partial(self._step, 1),
            "previous": partial(self._step, -1),
            "mark": self._mark,
        }
        self._does = {key: does for name, does in commands.items() for key in keys[name] if key.isascii()}
        "The effect of each key; returns False if it needs the reader."
        self._unseen = _Unseen(keys)
        self.store: Store | None = None
        "The store with the changes made so far; None if there are none."

    @property
    def said(self) -> Message | None:
        """The message about the last change; None if there is none."""
        return self._unseen.said

    def handle(self) -> None:
        """Handle what was typed so far, up to the first key that needs the reader."""
        while (does := self._does.get(self._terminal.next_typed)) and does():
            self._terminal.drop_typed()

    def _step(self, by: int) -> bool:
        return self._frame.step(by)

    def _mark(self) -> bool:
        """Toggle the highlight of the block under the cursor."""
        if self._opened.is_excerpt or self._frame.block is None:
            return False
        import asyncio  # not above: the first frame is drawn without it

        from tui.ui.marking import marking
        from tui.ui.store import Store, Target

        self.store = store = self.store or Store(self._opened, self._unseen)
        position, state = self._frame.cursor, store.state
        note, place = state.note_of(position.section), whole_block(self._frame.block, state.address(position))
        named = self._opened.config.colours.get(Colour.YELLOW, Colour.YELLOW.value)

        async def carry_out(change: Change) -> None:
            await store.submit(change)

        asyncio.run(carry_out(marking(store, Target(note, (place,)), None, named)))
        return True


class _Unseen:
    """The store's view before there is a screen: it keeps the last message for the reader."""

    def __init__(self, keys: Mapping[str, Sequence[str]]) -> None:
        self._keys = keys
        self.said: Message | None = None
        self._running: set[object] = set()

    def run_in_background(
        self, work: Callable[[], Coroutine[Any, Any, None]], group: str, *, overtakes: bool = False
    ) -> None:
        """See `View`."""
        import asyncio

        self._running.add(asyncio.get_running_loop().create_task(work()))  # the loop itself would not keep it

    async def prepare(self, state: State, follow: Follow) -> object:
        """See `View`."""

    def show(self, before: State, prepared: object) -> None:
        """See `View`."""

    def say(self, message: str, *, is_warning: bool = False) -> None:
        """See `View`."""
        self.said = Message(message, is_warning)

    def mending_hint(self) -> str:
        """See `View`; a damaged file is reported again once all are read."""
        return ""

    def undo_hint(self) -> str:
        """See `View`."""
        return undo_hint(self._keys)

    def release_keys(self) -> None:
        """See `View`."""
