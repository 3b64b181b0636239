"""How keys are taken up: one after the other, none lost before the first frame, and moving keys with a count."""

from __future__ import annotations

import time
from collections import deque
from typing import TYPE_CHECKING, Any, TypeVar

from textual.events import Key, MouseDown, Paste
from textual.message import Message
from textual.screen import Screen

from tui.actions.asking import AskingApp
from tui.actions.moving import SLIM, WIDE
from tui.panes.decisions import Decisions
from tui.panes.keys import ACTIONS, CHOOSING, COUNTED, DECIDING, does_of, keys_of, shown

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from textual import events
    from textual.await_complete import AwaitComplete
    from textual.geometry import Size
    from textual.screen import ScreenResultCallbackType
    from textual.timer import Timer
    from textual.widget import AwaitMount, Widget

    from tui.files.config import Config
    from tui.files.opened import Opened
    from tui.panes.keys import Action

T = TypeVar("T")

DIGIT_WAIT = 0.25
"Seconds for which a digit that is a key of its own waits whether it is the beginning of a count."
GREETING = (("help", "all keys"), ("next", "next"), ("mark", "mark"))
"The actions that one needs to know of at first, and what they do."
LONGEST_COUNT = 5
"Digits of a count."
ROUNDS = 2
"Ways from a window's field to the app: a key's, and that of what the key has the field tell its window."
WIDTHS = ((0, "-slim"), (SLIM, "-narrow"), (WIDE, "-wide"), (120, "-roomy"), (150, "-huge"))
"The columns from which on the screen is of a kind, as the styles name it."
HEIGHTS = ((0, "-low"), (14, "-high"))
"The rows from which on it is; where it is low, the line of keys is left out."


class Main(Screen[None], inherit_bindings=False):
    """The one screen; its keys are the app's alone."""

    AUTO_FOCUS = "#bullets"

    def __init__(self, arrange: Callable[[int], None]) -> None:
        super().__init__(id="_default")
        self._arrange = arrange
        "Puts the panes where they belong at a width."

    def on_mount(self) -> None:
        """Be right in the first frame."""
        self._fit(self.app.size)

    def on_resize(self, event: events.Resize) -> None:
        """Have all styles right before Textual lays the screen out: its breakpoints come after, in a second frame."""
        self._fit(event.size)

    def _fit(self, size: Size) -> None:
        kinds = (_fitting(WIDTHS, size.width), _fitting(HEIGHTS, size.height))
        self.update_classes({kind: kind in kinds for _, kind in (*WIDTHS, *HEIGHTS)}, animate=False)
        self._arrange(size.width)


def _fitting(kinds: Sequence[tuple[int, str]], size: int) -> str:
    return next(kind for least, kind in reversed(kinds) if least <= size)


class KeyingApp(AskingApp):
    """An app that hears its keys in order."""

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
        self.digits = ""
        "The count that is being typed, or a digit that may become one."
        self._digit_timer: Timer | None = None
        self._is_begun = False
        "Whether a key was pressed."
        self._is_early = True
        "Whether the first frame was not drawn yet."
        self._waiting: deque[Key | Paste] = deque()
        """What is typed and waits, in order: for the first frame, for what a key before it changes in a list, for a
        window to be built or to have taken up the key before it."""
        self._busy: Screen[Any] | None = None
        "The window that is still being built, or at work on a key."
        self._is_told = True
        "Whether what was over the panes has given what it was there for."
        self.use_keys(opened.config)

    def use_keys(self, config: Config) -> None:
        """Have the keys do what a configuration says."""
        self.keys = keys_of(config.keys)
        "The keys of every action, by its name."
        self._does = does_of(ACTIONS, self.keys)
        self._counted = {key for name in COUNTED for key in self.keys[name]}
        self._takes_counts = config.counts

    def greet(self) -> None:
        """Tell one who is here for the first time the keys that matter; the first key that is pressed clears it."""
        named = [(self.keys[name][:1], word) for name, word in GREETING]
        said = ", ".join(f"{shown(key)} {word}" for keys, word in named for key in keys)
        if said and not self._is_begun:
            self.status.greet(f"Welcome: {said}")

    @property
    def is_deciding(self) -> bool:
        """Whether a digit waits for a key behind it, to be a count or else a key of its own, or a key for a list."""
        return self._digit_timer is not None or bool(self._waiting)

    async def take_early_keys(self) -> None:
        """Take up what was typed before there was anything to move in."""
        self._is_early = False
        await self.take_waiting_keys()

    async def take_waiting_keys(self) -> None:
        """See `SavingApp`."""
        while self._waiting and not self._must_wait:
            await self._take_up(self._waiting.popleft())

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
                await self._take_up(each)

    def _as_pressed(self, event: events.Event) -> tuple[events.Event, ...]:
        """An event; for alt with a key that does nothing, escape and the key, which send that if they come at once."""
        if (
            isinstance(event, Key)
            and event.key.startswith("alt+")
            and event.character is not None
            and not any(event.key in keys for keys in self.keys.values())
        ):
            return Key("escape", "\x1b"), Key(event.character, event.character)
        return (event,)

    async def _take_up(self, event: events.Event) -> None:
        if isinstance(event, Key) and not event.is_forwarded and isinstance(self.screen, Main):
            self.app_focus = True
            self.follow_cursor()
            if self.asked is not None and (event.is_printable or event.key not in self.keys["quit"]):
                self._type(event)
            else:
                await self._take_key(event.key)
        elif isinstance(event, Paste) and not event.is_forwarded and self.asked is not None:
            self._type(event)
        else:
            if isinstance(event, MouseDown) and self._digit_timer is not None:
                await self._take_digit()  # it is about the block that the cursor is on now
            if isinstance(event, MouseDown) and self.asked is not None and not self._is_on(self.asked.pane, event):
                self.end_line(is_entered=True)
            is_typed = isinstance(event, Key | Paste) and not event.is_forwarded
            await super().on_event(event)
            if is_typed:
                self._wait_for(self.screen)

    def _wait_for(self, window: Screen[Any], rounds: int = ROUNDS) -> None:
        """Have what is typed wait until a window has taken up what it was sent."""
        if window is self.screen and not isinstance(window, Main):
            is_sent = (window.focused or window).post_message(self.Followed(window, rounds - 1))
            self._busy = window if is_sent else None

    async def on_keying_app_followed(self, message: Followed) -> None:
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

    def _type(self, event: Key | Paste) -> None:
        """Take up what is typed into the line at the bottom."""
        before = self.bullets.cursor
        if isinstance(event, Key):
            self.type_key(event)
        else:
            self.type_text(event.text)
        if self.bullets.cursor != before:
            self.on_flow_view_cursor_moved()

    def _is_on(self, pane: Widget | None, event: MouseDown) -> bool:
        return pane is not None and pane.region.contains(event.screen_x, event.screen_y)

    async def _take_key(self, key: str) -> None:
        """Take up a key, or a digit of the count before one."""
        if not self._is_begun:
            self._is_begun = True
            self.status.greet("")
        digits, self.digits = self.digits, ""
        if self._digit_timer is not None:
            self._digit_timer.stop()
            self._digit_timer = None
        if (
            self._takes_counts
            and key.isdecimal()
            and key.isascii()
            and len(digits) < LONGEST_COUNT
            and (digits or key != "0")
        ):
            self.digits = digits + key
            self.status.say(self.digits)
            if self.digits in self._does:
                self._digit_timer = self.set_timer(DIGIT_WAIT, self._take_digit)
                self.bullets.announce()
            return
        if digits:
            self.status.say("")
            self.bullets.announce(is_on=False)
        if key in self._counted and digits:
            self.times = int(digits)
        elif digits in self._does:
            await self._press(digits)
        elif digits and key == "escape":
            return
        await self._press(key)
        self.times = 1

    async def _take_digit(self) -> None:
        """Take up a digit that no count came of."""
        if self._digit_timer is not None:
            self._digit_timer.stop()
        digit, self.digits, self._digit_timer = self.digits, "", None
        self.status.say("")
        self.bullets.announce(is_on=False)
        await self._press(digit)

    def action_palette(self) -> None:
        """Offer every action by its name while a line is typed."""
        from tui.actions.offering import Offering, Wanted
        from tui.panes.offers import Offer

        actions = (*ACTIONS, *CHOOSING, *DECIDING)
        keys = ("  ".join(map(shown, self.keys[action.name])) or "no key" for action in actions)
        offers = [
            Offer(" ", action.title, f"{action.group} · {key}") for action, key in zip(actions, keys, strict=True)
        ]

        words = [offer.text.casefold() for offer in offers]

        def taken(number: int) -> None:
            self.call_next(self._do, actions[number])

        self.offering = Offering(self, Wanted("do", "What to do", "actions", "do it", offers, words, taken))

    async def _do(self, action: Action) -> None:
        """Do what an action's key would do."""
        if action in DECIDING:
            self.focus_pane(self.side)
            self.side.decide(action.does)
        elif action in CHOOSING:
            if self.bullets.selection is None:
                self.bullets.begin_selecting()
            self.bullets.do(action.does)
        else:
            await self.run_action(action.does)

    async def _press(self, key: str) -> None:
        """Have a key do what it does."""
        before = self.bullets.cursor
        if not self.pane.take_key(key, self.times):
            if key in self._does:
                await self.run_action(self._does[key])
            else:
                await self._check_bindings(key)
        if self.bullets.cursor != before:
            self.on_flow_view_cursor_moved()  # now, so that the lists are drawn in the same frame
