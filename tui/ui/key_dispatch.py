"""What a key is: one of an action, a digit of a count before one, a letter of a line that is typed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.events import Key, MouseDown, Paste

from tui.keymap import ACTIONS, CHOOSING, COUNTED, DECIDING, does_of, keys_of, shown
from tui.ui.keyboard import HearingApp
from tui.ui.panes.main import Main

if TYPE_CHECKING:
    from textual import events
    from textual.timer import Timer
    from textual.widget import Widget

    from tui.files.config import Config
    from tui.files.opened import Opened
    from tui.keymap import Action
    from tui.ui.panes.status import Status

DIGIT_WAIT = 0.25
"Seconds for which a digit that is a key of its own waits whether it is the beginning of a count."
GREETING = (("help", "all keys"), ("next", "next"), ("mark", "mark"))
"The actions that one needs to know of at first, and what they do."
LONGEST_COUNT = 5
"Digits of a count."


class KeyingApp(HearingApp):
    """An app whose keys do what the configuration says."""

    def __init__(self, opened: Opened) -> None:
        super().__init__(opened)
        self.digits = ""
        "The count that is being typed, or a digit that may become one."
        self._digit_timer: Timer | None = None
        self._is_begun = False
        "Whether a key was pressed."
        self.use_keys(opened.config)

    def use_keys(self, config: Config) -> None:
        """Have the keys do what a configuration says."""
        self.keys = keys_of(config.keys)
        "The keys of every action, by its name."
        self._does = does_of(ACTIONS, self.keys)
        self._counted = {key for name in COUNTED for key in self.keys[name]}
        self._takes_counts = config.counts

    def is_key(self, name: str) -> bool:
        """See `HearingApp`."""
        return any(name in keys for keys in self.keys.values())

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

    async def take_up(self, event: events.Event) -> None:
        """See `HearingApp`."""
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
            if isinstance(event, MouseDown) and self.asked is not None:
                about_it = (self.asked.pane, self.status)
                if not any(self._is_on(pane, event) for pane in about_it):
                    self.end_line(is_entered=True)
            await self.hand_on(event)

    def _type(self, event: Key | Paste) -> None:
        """Take up what is typed into the line at the bottom."""
        before = self.bullets.cursor
        if isinstance(event, Key):
            self.type_key(event)
        else:
            self.type_text(event.text)
        if self.bullets.cursor != before:
            self.on_flow_view_cursor_moved()

    def on_status_hint_chosen(self, message: Status.HintChosen) -> None:
        """Press the key that was clicked."""
        named = {shown(key): key for keys in self.keys.values() for key in keys}
        key = {**named, "esc": "escape"}.get(message.key, "")
        if self.asked is None or key in ("enter", "escape"):
            self.post_message(Key(key, key if len(key) == 1 else None))

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
        from tui.ui.panes.offers import Offer
        from tui.ui.picker import Offering, Wanted

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
