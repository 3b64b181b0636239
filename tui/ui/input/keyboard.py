"""Keys, processed in order and dispatched: to a window, the prompt line, a pane or a command, or as a count."""

from __future__ import annotations

import time
from collections import deque
from typing import TYPE_CHECKING, Any

from textual.events import Key, MouseDown, Paste
from textual.message import Message

from tui.keymap import ACTIONS, CHOOSING, COUNTED, DECIDING, OF_PHRASE
from tui.keys import brief, names_by_key, shown
from tui.ui.panes.decisions import Decisions
from tui.ui.panes.main import Main

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from textual import events
    from textual.app import App
    from textual.screen import Screen
    from textual.timer import Timer
    from textual.widget import Widget

    from tui.keymap import Action
    from tui.ui.context import Context

DIGIT_WAIT = 0.25
"Seconds to wait after a digit that has its own binding, in case it begins a count."
GREETING = (("help", "lists every key"), ("next", "moves"), ("mark", "highlights"))
"The actions that a new reader needs, with words for them."
SAMPLE = "This is a sample: `earmark FILE` opens yours"
LONGEST_COUNT = 5
"Most digits of a count."
LONGEST_PASTE = 1 << 20
"Most characters of a paste: a field needs seconds to lay out a megabyte, and delays all keys meanwhile."
REACTION = 0.4
"""Seconds in which nobody reacts to the screen: a key pressed so soon after an edit took away its phrase or bullet is
not meant for the bullet that is there now."""
ABOUT_BLOCK = frozenset(each.name for each in ACTIONS if each.needs in ("block", "highlight", "question"))
"Commands about the phrase or block under the cursor."
ROUNDS = 2
"Rounds of messages from a window's field to the app: one for the key, one for the field's message to its window."


class Followed(Message):
    """A message that follows a key through a window, and arrives after everything the key does there."""

    def __init__(self, window: Screen[Any], rounds: int) -> None:
        super().__init__()
        self.window = window
        self.rounds = rounds
        "The remaining rounds."


class Keyboard:
    """Processes keys one at a time, each with all of its effects before the next.

    Textual passes keys from widget to widget through message queues. If several arrive at the same time, as over a slow
    connection, a later one could reach a pane before an earlier one has taken effect.
    """

    def __init__(
        self,
        app: App[None],
        cx: Context,
        run: Callable[[Context, str], Awaitable[None]],
        hand_on: Callable[[events.Event], Awaitable[None]],
    ) -> None:
        """Start listening.

        Args:
            app: The app that receives the keys.
            cx: The context of commands.
            run: Runs a command by name.
            hand_on: Passes an event to Textual.
        """
        self._app = app
        self._cx = cx
        self._run = run
        self._hand_on_to_textual = hand_on
        self._is_early = True
        "True until the first frame is drawn."
        self._waiting: deque[Key | Paste] = deque()
        """Keys and pastes that are held back, in order: until the first frame, until a list shows an earlier key's
        change, or until a window is built or done with the previous key."""
        self._busy: Screen[Any] | None = None
        "The window that is being built or is handling a key."
        self._is_told = True
        "False until a closing window's result has been handled."
        self.digits = ""
        "The count being typed, or a digit that may begin one."
        self._digit_timer: Timer | None = None
        self._digit_at = 0.0
        "When that digit was pressed."
        self._is_begun = False
        "True once a key has been pressed."
        self.use_keys()

    def use_keys(self) -> None:
        """Bind the configured keys."""
        keys = self._cx.settings.keys
        self._does = names_by_key(ACTIONS, keys)
        self._does_to_phrase = names_by_key([each for each in CHOOSING if each.name in OF_PHRASE], keys)
        self._counted = {key for name in COUNTED for key in keys[name]}

    def greet(self, *, is_sample: bool) -> None:
        """Show a new reader the most important keys until the first key press, and that the notes are a sample if they
        are.
        """
        keys = self._cx.settings.keys
        said = [f"{shown(key)} {words}" for name, words in GREETING for key in keys[name][:1]]
        if not self._is_begun:
            self._cx.panes.status.greet(" · ".join([SAMPLE if is_sample else "Welcome", *said]))

    @property
    def is_deciding(self) -> bool:
        """True while a digit waits for the next key to show if it is a count, or while a key waits for a list."""
        return self._digit_timer is not None or bool(self._waiting)

    @property
    def is_holding(self) -> bool:
        """True while keys wait for their turn."""
        return bool(self._waiting)

    # -- in order

    async def begin(self) -> None:
        """Handle the keys typed before the first frame."""
        self._is_early = False
        await self.handle_waiting()

    async def handle_waiting(self) -> None:
        """Handle keys that waited for a change to appear on screen."""
        while self._waiting and not self._must_wait:
            await self._handle(self._waiting.popleft())

    @property
    def _must_wait(self) -> bool:
        """True if a key must wait, since in a list it applies to the entry that will be under the cursor.

        Once the reader has quit, it waits for ever: there is no screen that it could apply to.
        """
        if self._is_early or not self._is_told or not self._app.screen_stack:
            return True
        if not isinstance(self._app.screen, Main):
            return self._busy is self._app.screen
        focused = self._app.focused
        return isinstance(focused, Decisions) and bool(focused.unheard or self._cx.store.unshown)

    async def handle(self, event: events.Event) -> None:
        """Handle an event after all earlier ones; background work yields to it."""
        self._cx.indexer.last_key = time.monotonic()
        if isinstance(event, Paste) and not event.is_forwarded and len(event.text) > LONGEST_PASTE:
            self._cx.panes.status.say("Too much to paste: at most 1 MB", is_warning=True)
            return
        for each in self._as_pressed(event):
            if isinstance(each, Key | Paste) and not each.is_forwarded and (self._waiting or self._must_wait):
                self._waiting.append(each)
            else:
                await self._handle(each)

    def _as_pressed(self, event: events.Event) -> tuple[events.Event, ...]:
        """Split an unbound alt+key into escape and the key, since a terminal sends the same for both."""
        if (
            isinstance(event, Key)
            and event.key.startswith("alt+")
            and event.character is not None
            and not self._cx.settings.is_key(event.key)
        ):
            return Key("escape", "\x1b"), Key(event.character, event.character)
        return (event,)

    async def _hand_on(self, event: events.Event) -> None:
        """Pass an event to Textual; after a key press in a window, later keys wait."""
        is_typed = isinstance(event, Key | Paste) and not event.is_forwarded
        await self._hand_on_to_textual(event)
        if is_typed:
            self.wait_for(self._app.screen)

    def wait_for(self, window: Screen[Any], rounds: int = ROUNDS) -> None:
        """Hold keys back until a window has handled everything sent to it."""
        if window is self._app.screen and not isinstance(window, Main):
            is_sent = (window.focused or window).post_message(Followed(window, rounds - 1))
            self._busy = window if is_sent else None

    async def followed(self, message: Followed) -> None:
        """Handle held keys, once the window has handled everything before them."""
        if message.window is not self._busy or not self._app.screen_stack:
            return  # it has been closed meanwhile, or the reader has quit
        self._busy = None
        if message.rounds:
            self.wait_for(message.window, message.rounds)
        await self.handle_waiting()

    def wait_for_result(self) -> None:
        """Hold keys back until a closing window's result is handled."""
        self._is_told = False
        self._app.call_next(self._have_told)

    async def _have_told(self) -> None:
        self._is_told = True
        await self.handle_waiting()

    # -- dispatch

    async def _handle(self, event: events.Event) -> None:
        """Handle an event; for a key, with all of its effects."""
        cx, prompt = self._cx, self._cx.prompt
        if isinstance(event, Key) and not event.is_forwarded and isinstance(self._app.screen, Main):
            self._app.app_focus = True
            cx.display.follow_cursor()
            if prompt.request is not None and (event.is_printable or event.key not in cx.settings.keys["quit"]):
                self._type(event)
            else:
                await self._handle_key(event.key, event.time)
        elif isinstance(event, Paste) and not event.is_forwarded and prompt.request is not None:
            self._type(event)
        else:
            if isinstance(event, MouseDown) and self._digit_timer is not None:
                await self._handle_digit()  # it applies to the block under the cursor now
            if isinstance(event, MouseDown):
                cx.panes.status.say("")
            if isinstance(event, MouseDown) and prompt.request is not None:
                about_it = (prompt.request.pane, cx.panes.status)
                if not any(_is_on(pane, event) for pane in about_it):
                    prompt.end(is_entered=True)
            await self._hand_on(event)

    def _type(self, event: Key | Paste) -> None:
        """Pass a key or a paste to the prompt line."""
        before = self._cx.panes.bullets.cursor
        if isinstance(event, Key):
            self._cx.prompt.press(event)
        else:
            self._cx.prompt.type(event.text)
        if self._cx.panes.bullets.cursor != before:
            self._cx.display.cursor_moved()

    def press_hint(self, hint: str) -> None:
        """Press the key that was clicked in the footer."""
        settings = self._cx.settings
        key = {settings.written(brief(key)): key for keys in settings.keys.values() for key in keys}.get(hint, "")
        if key:
            self._app.post_message(Key(key, key if len(key) == 1 else None))

    async def _handle_key(self, key: str, pressed_at: float) -> None:
        """Handle a key, or a digit of a count."""
        cx = self._cx
        if not self._is_begun:
            self._is_begun = True
            cx.panes.status.greet("")
        cx.panes.status.say("")
        digits, self.digits = self.digits, ""
        if self._digit_timer is not None:
            self._digit_timer.stop()
            self._digit_timer = None
        if (
            cx.settings.config.counts
            and key.isdecimal()
            and key.isascii()
            and len(digits) < LONGEST_COUNT
            and (digits or key != "0")
        ):
            self.digits = digits + key
            cx.panes.status.say(self.digits)
            if self.digits in self._does:
                self._digit_timer = self._app.set_timer(DIGIT_WAIT, self._handle_digit)
                self._digit_at = pressed_at
                cx.panes.bullets.announce()
            return
        if digits:
            cx.panes.bullets.announce(is_on=False)
        if key in self._counted and digits not in ("", "1"):  # a count of one is ignored, so that `1 j` highlights
            cx.count = int(digits)
        elif digits in self._does:
            await self._press(digits, self._digit_at)
        elif digits and key == "escape":
            return
        await self._press(key, pressed_at)
        cx.count = 1

    async def _handle_digit(self) -> None:
        """Handle a waiting digit that was not a count after all."""
        if self._digit_timer is not None:
            self._digit_timer.stop()
        digit, self.digits, self._digit_timer = self.digits, "", None
        self._cx.panes.status.say("")
        self._cx.panes.bullets.announce(is_on=False)
        await self._press(digit, self._digit_at)

    async def _press(self, key: str, pressed_at: float) -> None:
        """Run the binding of a key."""
        cx = self._cx
        bullets = cx.panes.bullets
        before, phrase = bullets.cursor, bullets.selection
        if cx.panes.current.apply_key(key, cx.count):
            if phrase is not None and bullets.selection == phrase:
                self._explain(key)
        else:
            name = self._meaning(key)
            if name in ABOUT_BLOCK and cx.panes.current is bullets and pressed_at < bullets.target_lost_at + REACTION:
                cx.panes.status.say("The notes just changed: nothing was done", is_warning=True)
            elif name:
                await self._run(cx, name)
            elif not await self._app._check_bindings(key):
                self._explain(key)
        if bullets.cursor != before:
            cx.display.cursor_moved()  # now, so that the lists are drawn in the same frame

    def _meaning(self, key: str) -> str:
        """The name of the command that a key runs now; empty if there is none."""
        bullets = self._cx.panes.bullets
        of_phrase = self._does_to_phrase if bullets.selection is not None and self._cx.panes.current is bullets else {}
        return of_phrase.get(key) or self._does.get(key, "")

    def _explain(self, key: str) -> None:
        """Show the reason why a key has no effect."""
        cx = self._cx
        help_keys = cx.settings.keys["help"]
        hint = f" · {shown(help_keys[0])} lists the keys" if help_keys else ""
        cx.panes.status.say(cx.panes.current.why_not(key) or f"{shown(key)} does nothing here{hint}")

    async def perform(self, action: Action) -> None:
        """Run an action as if its key were pressed."""
        panes = self._cx.panes
        if action in DECIDING:
            panes.focus(panes.side)
            if not panes.side.decide(action.name):
                panes.status.say(panes.side.why_not_decide(action.name))
        elif action in CHOOSING and action.name not in OF_PHRASE:
            if panes.bullets.selection is None:
                panes.bullets.begin_selecting()
            panes.bullets.do(action.name)
        else:
            await self._run(self._cx, action.name)


def _is_on(pane: Widget | None, event: MouseDown) -> bool:
    return pane is not None and pane.region.contains(event.screen_x, event.screen_y)
