"""How what is typed is heard: in order, and none of it lost before the first frame or around a window."""

from __future__ import annotations

import time
from collections import deque
from typing import TYPE_CHECKING, Any, TypeVar

from textual.events import Key, Paste
from textual.message import Message

from tui.ui.panes.decisions import Decisions
from tui.ui.panes.main import Main
from tui.ui.prompt_line import AskingApp

if TYPE_CHECKING:
    from textual import events
    from textual.await_complete import AwaitComplete
    from textual.screen import Screen, ScreenResultCallbackType
    from textual.widget import AwaitMount

    from tui.files.opened import Opened

T = TypeVar("T")

ROUNDS = 2
"Ways from a window's field to the app: a key's, and that of what the key has the field tell its window."


class HearingApp(AskingApp):
    """An app that takes up one key after the other."""

    class Followed(Message):
        """Goes the way of a key through a window, behind it, so that whatever the key does there is done before."""

        def __init__(self, window: Screen[Any], rounds: int) -> None:
            super().__init__()
            self.window = window
            self.rounds = rounds
            "How often it is still to go that way."

    def __init__(self, opened: Opened) -> None:
        super().__init__(opened)
        self.last_key = 0.0
        "When something was last typed or clicked, in seconds of the monotonic clock."
        self._is_early = True
        "Whether the first frame was not drawn yet."
        self._waiting: deque[Key | Paste] = deque()
        """What is typed and waits, in order: for the first frame, for what a key before it changes in a list, for a
        window to be built or to have taken up the key before it."""
        self._busy: Screen[Any] | None = None
        "The window that is still being built, or at work on a key."
        self._is_told = True
        "Whether what was over the panes has given what it was there for."

    async def take_up(self, event: events.Event) -> None:
        """Have an event do what it does, a key all of it."""
        raise NotImplementedError

    def is_key(self, name: str) -> bool:
        """Whether a key, by Textual's name of it, does something."""
        raise NotImplementedError

    async def take_early_keys(self) -> None:
        """Take up what was typed before there was anything to move in."""
        self._is_early = False
        await self.take_waiting_keys()

    async def take_waiting_keys(self) -> None:
        """See `SavingApp`."""
        while self._waiting and not self._must_wait:
            await self.take_up(self._waiting.popleft())

    @property
    def _must_wait(self) -> bool:
        """Whether a key is to wait: in a list it is about the entry that will be under the cursor."""
        if self._is_early or not self._is_told:
            return True
        if not isinstance(self.screen, Main):
            return self._busy is self.screen
        return isinstance(self.focused, Decisions) and bool(self.focused.unheard or self.unshown)

    async def on_event(self, event: events.Event) -> None:
        """Take keys up one after the other; work behind keeps out of their way.

        Textual hands a key from widget to widget by their queues: of keys that come at once, as over a slow line, a
        later one could reach a pane before an earlier one has had its effect.
        """
        self.last_key = time.monotonic()
        for each in self._as_pressed(event):
            if isinstance(each, Key | Paste) and not each.is_forwarded and (self._waiting or self._must_wait):
                self._waiting.append(each)
            else:
                await self.take_up(each)

    def _as_pressed(self, event: events.Event) -> tuple[events.Event, ...]:
        """An event; for alt with a key that does nothing, escape and the key, which send that if they come at once."""
        if (
            isinstance(event, Key)
            and event.key.startswith("alt+")
            and event.character is not None
            and not self.is_key(event.key)
        ):
            return Key("escape", "\x1b"), Key(event.character, event.character)
        return (event,)

    async def hand_on(self, event: events.Event) -> None:
        """Have Textual take up an event; behind a key of a window others wait."""
        is_typed = isinstance(event, Key | Paste) and not event.is_forwarded
        await super().on_event(event)
        if is_typed:
            self._wait_for(self.screen)

    def _wait_for(self, window: Screen[Any], rounds: int = ROUNDS) -> None:
        """Have what is typed wait until a window has taken up what it was sent."""
        if window is self.screen and not isinstance(window, Main):
            is_sent = (window.focused or window).post_message(self.Followed(window, rounds - 1))
            self._busy = window if is_sent else None

    async def on_hearing_app_followed(self, message: Followed) -> None:
        """Take up what waits for a window once that has taken up all before it."""
        if message.window is not self._busy:
            return  # it has closed meanwhile
        self._busy = None
        if message.rounds:
            self._wait_for(message.window, message.rounds)
        await self.take_waiting_keys()

    def push_screen(  # type: ignore[override]  # of what Textual can do here, what is needed
        self, screen: Screen[T], callback: ScreenResultCallbackType[T] | None = None
    ) -> AwaitMount:
        """Open a window; what is typed waits until it is there."""
        mounted = super().push_screen(screen, callback)
        self._wait_for(screen)
        return mounted

    def pop_screen(self) -> AwaitComplete:
        """Close a window; what was typed behind goes to what it was over, once that knows what the window gave."""
        self._is_told = False
        popped = super().pop_screen()
        self.call_next(self._have_told)
        return popped

    async def _have_told(self) -> None:
        self._is_told = True
        await self.take_waiting_keys()
