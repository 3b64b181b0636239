"""The reader as a Textual app: composes the panes and routes each message to its handler."""

from __future__ import annotations

import asyncio
import gc
import os
import sys
import time
from contextlib import suppress
from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING, Any, TypeVar

from textual.app import App
from textual.events import MouseEvent
from textual.filter import Monochrome
from textual.worker import WorkerFailed

from tui.core.layout.flow import shown_around
from tui.errors import CrashError
from tui.files.remembered import reader_state
from tui.keys import shown, undo_hint
from tui.ui import commands
from tui.ui.context import Context
from tui.ui.current import details, mode, whereabouts
from tui.ui.dialogs.windows import window_keys
from tui.ui.display import Display, Prepared
from tui.ui.drafts.keeping import DraftKeeper
from tui.ui.indexer import Indexer
from tui.ui.input.keyboard import Keyboard
from tui.ui.input.mouse import Borders
from tui.ui.library_search import LibrarySearch
from tui.ui.lists.hints import mending_hint
from tui.ui.loading import Loader
from tui.ui.navigation_history import NavigationHistory
from tui.ui.panes.main import Main, PaneRow
from tui.ui.prompt_line import PromptLine
from tui.ui.screen import Panes
from tui.ui.settings import AT_START, LOOK, LiveSettings
from tui.ui.store import Store
from tui.ui.terminal.theme import Theme
from tui.ui.unasked_end import end_unasked

if sys.platform != "win32":
    from tui.ui.terminal.driver import Driver
    from tui.ui.terminal.ending import handle_signals

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine, Sequence

    from textual import events
    from textual.app import ComposeResult
    from textual.await_complete import AwaitComplete
    from textual.driver import Driver as TextualDriver
    from textual.filter import LineFilter
    from textual.screen import Screen, ScreenResultCallbackType
    from textual.widget import AwaitMount

    from tui.core.notes.model import Library
    from tui.core.state.model import State
    from tui.files.config import Config
    from tui.files.opened import Opened
    from tui.keymap import Action
    from tui.ui.input.keyboard import Followed
    from tui.ui.panes.bullets import Bullets
    from tui.ui.panes.decisions import Decisions
    from tui.ui.panes.entries import Entries
    from tui.ui.panes.status import Status
    from tui.ui.settings import ConfigSource
    from tui.ui.start.first_keys import Early
    from tui.ui.store import Follow
    from tui.ui.terminal.ending import Terminal

T = TypeVar("T")

KEEP = 5.0
"Seconds between checks for changes to remember for the next session."
REMEMBERING = 0.5
"Seconds that remembering may take at exit."
YIELD = 0.001
"Longest time in seconds that a worker thread holds the interpreter lock, so that keys stay responsive."
LOOK_AGAIN = 0.01
"Seconds between two looks at keys that wait for a window or a list."
WRITTEN = 0.01
"Seconds allowed for the thread that writes the first frame, before reading the rest may slow it down."


class Reader(App[None]):
    """Three panes over one immutable state."""

    CSS_PATH = "app.tcss"
    ENABLE_COMMAND_PALETTE = False

    def __init__(self, opened: Opened, settings: ConfigSource | None = None, early: Early | None = None) -> None:
        self._applied_theme: Theme | None = None
        self._terminal = early.terminal if early else None
        "The terminal that shows the first frame."
        super().__init__()
        # Neither is used here; Textual would put two more widgets with styles on each screen.
        self._disable_tooltips = self._disable_notifications = True
        live, store = LiveSettings(opened, settings), (early and early.keys.store) or Store(opened, self)
        store.view = self
        self._early = early
        prompt = PromptLine(live.keys)
        indexer = Indexer(store, self, early.frame.overview if early else None)
        self._applied_theme = theme = Theme(self, opened)
        theme.apply_chosen()
        prompt.panes = panes = Panes(self, live, prompt, store.state)
        panes.bullets.former = early.frame.flow if early else None
        display = Display(store, panes, indexer, live)
        self.cx = cx = Context(
            windows=self,
            store=store,
            panes=panes,
            display=display,
            prompt=prompt,
            history=NavigationHistory(),
            search=LibrarySearch(store, self, panes, prompt, display),
            loader=Loader(store, self, panes, display, live),
            indexer=indexer,
            settings=live,
            theme=theme,
            typing=DraftKeeper(store, self, self),
        )
        self.keyboard = Keyboard(self, cx, commands.run, super().on_event)
        self._borders = Borders(cx)
        cx.typing.idle_for = cx.loader.idle_for = lambda: time.monotonic() - indexer.last_key
        display.detail, display.mode = lambda: details(cx), lambda: mode(cx)
        display.whereabouts = lambda: whereabouts(cx)
        indexer.show_counts, indexer.show_ages = display.show_counts, display.show_ages
        self._kept_library: Library | None = None
        "The library that the remembered bookmark belongs to."

    # -- the screen

    def get_default_screen(self) -> Screen[None]:
        """The screen that contains the panes."""
        is_drawn = self._terminal is not None and self._terminal.is_drawn
        self._main = Main(self.cx.panes.arrange, self.size, is_drawn=is_drawn)
        return self._main

    def compose(self) -> ComposeResult:
        """Build the panes."""
        with PaneRow(id="panes"):
            yield from self.cx.panes
        yield self.cx.panes.status

    def on_mount(self) -> None:
        """Show the library as far as it has been read; everything else follows after the first frame."""
        cx = self.cx
        cx.panes.arrange(self.size)
        cx.loader.return_to_bookmark()
        if self._early and self._early.frame.moved_to:
            cx.panes.bullets.place(*self._early.frame.moved_to)
        if chosen := cx.store.opened.order():
            cx.display.sort_as_before(chosen)
        cx.display.show_first()
        if self._early and (said := self._early.keys.said):
            self.say(said.text, is_warning=said.is_warning)
        if cx.history.stops and (keys := cx.settings.keys["return"]):
            name = os.path.basename(cx.history.stops[-1].path)
            self.say(f"{shown(keys[0])} leads back to {name}")
        if sys.platform != "win32" and isinstance(self._driver, Driver):
            self._handle_signals(self._driver)
            if cx.theme.is_asked:
                self._driver.ask_for_ground(self._follow_ground)
        # The size has not changed, so Textual would draw only differences, but the terminal shows an empty screen.
        self.app_resume_signal.subscribe(self, lambda _: self.refresh(layout=True))
        self.call_after_refresh(self._begin)

    def _follow_ground(self, is_light: bool) -> None:
        """Follow the terminal's background, and remember it once the first session no longer depends on its absence."""
        cx = self.cx

        async def keep() -> None:
            await cx.store.complete.wait()
            await cx.store.writing.run(cx.theme.keep_ground)

        if cx.theme.take_ground(is_light=is_light):
            self.run_in_background(keep, "ground")

    def _handle_signals(self, terminal: Terminal) -> None:
        """Exit on a terminating signal as quitting does, but without questions, which nobody may be there to answer."""

        def end(number: int, within: float) -> None:
            self.run_in_background(partial(end_unasked, self.cx, self._handle_sent_keys, 128 + number, within), "end")

        handle_signals(end, terminal, self.cx.typing.last_words, self._terminal)

    async def _handle_sent_keys(self) -> None:
        """Wait until every key that the terminal has sent so far is handled."""
        if sys.platform != "win32" and isinstance(self._driver, Driver) and self._driver.is_taken:
            await self._driver.read_out()
        is_heard = asyncio.Event()
        self.call_later(is_heard.set)  # behind the keys
        await is_heard.wait()
        while self.keyboard.is_holding:
            await asyncio.sleep(LOOK_AGAIN)

    def on_ready(self) -> None:
        """Handle the keys typed so far, once the panes are laid out: the first drawing shows their effect."""
        from tui.ui.terminal.threads import Computing

        asyncio.get_running_loop().set_default_executor(Computing())
        sys.setswitchinterval(YIELD)
        self._bind_windows()
        self._main.is_drawn = False  # the screen draws a moment later
        self.call_next(self.keyboard.begin)

    def _begin(self) -> None:
        """Start the work that the first frame did not need."""
        gc.freeze()
        self.set_timer(WRITTEN, lambda: self.run_in_background(self._load, "load"))
        self.cx.indexer.count()
        self.run_in_background(self.cx.indexer.import_soon, "import")
        self.set_interval(KEEP, self._keep)
        self.set_interval(LOOK, lambda: self.cx.settings.check(self.use_config, self.warn))

    async def _load(self) -> None:
        is_sample = self.cx.store.opened.is_sample
        if is_sample or await asyncio.to_thread(reader_state.is_first_session):
            self.keyboard.greet(is_sample=is_sample)
        self.run_in_background(self._resume_drafts, "taking up")
        await self.cx.loader.load()
        if notice := self.cx.settings.config.notice:
            self.warn(notice)

    async def _resume_drafts(self) -> None:
        await self.cx.store.complete.wait()
        if left := await self.cx.typing.take_over():
            # In a thread, since the windows that it imports would delay a key.
            resuming = await asyncio.to_thread(import_module, "tui.ui.drafts.resuming")
            await resuming.resume(self.cx, left)

    async def _keep(self) -> None:
        """Remember the bookmark and, once every note has been read, the highlights' snapshot."""
        cx, store = self.cx, self.cx.store
        if not (self.is_headless or store.is_closed or os.isatty(sys.__stdin__.fileno() if sys.__stdin__ else 0)):
            # The terminal is gone, and the signal about that was ignored.
            self.run_in_background(partial(end_unasked, cx, self._handle_sent_keys), "end")
        place, library, (here, block) = cx.loader.place(), store.state.library, cx.panes.bullets.cursor
        if not cx.loader.is_whole:
            if place is not None and cx.loader.has_moved:
                await store.writing.run(store.opened.keep_bookmark, place, store.state.note_of(here).path)
            return
        is_whole = place is not None and store.state.note_of(here).path not in store.state.unfinished
        if place is not None and is_whole and (place != cx.loader.kept_bookmark or library is not self._kept_library):
            cx.loader.kept_bookmark, self._kept_library = place, library
            note = store.state.note_of(here)
            await store.writing.run(store.opened.keep_bookmark, place, note.path)
            episode = here - store.state.first_section(note.path)
            shown = shown_around(block, len(note.episodes[episode].blocks))
            await asyncio.to_thread(store.opened.keep_excerpt, note, episode, shown)
        await asyncio.to_thread(store.session.texts.keep_snapshots, store.state)
        if not store.state.unfinished:
            await cx.indexer.keep_first_seen()

    async def on_unmount(self) -> None:
        """End all background work; skip remembering if it would take long."""
        store = self.cx.store
        store.is_closed = True
        try:
            with suppress(TimeoutError):
                async with asyncio.timeout(REMEMBERING):
                    await self.cx.typing.keep()
            with suppress(TimeoutError):
                async with asyncio.timeout(REMEMBERING):
                    await self._keep()
            await store.close()
        finally:
            await store.writing.end()

    def use_config(self, config: Config) -> None:
        """Apply a configuration."""
        cx, before = self.cx, self.cx.settings.config
        cx.settings.use(config)
        self.keyboard.use_keys()
        self._bind_windows()
        cx.panes.use_keys()
        cx.panes.bullets.set_measure(config.width)
        if (config.theme, config.ascii) != (before.theme, before.ascii):
            cx.theme.apply_chosen()
        cx.panes.show_hints()
        cx.display.show_highlights()
        cx.display.show_status()
        late = [name for name in AT_START if getattr(config, name) != getattr(before, name)]
        if config.notice:
            self.warn(config.notice)
        else:
            takes = "takes" if len(late) == 1 else "take"
            later = f"{', '.join(late)} {takes} effect the next time you start earmark"
            self.say(later if late else "Configuration reloaded")

    def _bind_windows(self) -> None:
        """Bind the configured keys of windows."""
        self.set_keymap(window_keys(self.cx.settings.keys))

    # -- called back by the store (`View`)

    async def prepare(self, state: State, follow: Follow) -> Prepared:
        """See `View`."""
        return await self.cx.display.prepare(state, follow)

    def show(self, before: State, prepared: object) -> None:
        """See `View`; searches and the navigation history follow the text if it changed."""
        assert isinstance(prepared, Prepared)
        cx = self.cx
        if not self.screen_stack:
            return  # the reader has quit meanwhile
        cx.display.show(before, prepared)
        if before.library is not cx.store.state.library:
            cx.search.search_again(prepared.follow)
            cx.history.follow(prepared.follow)
            cx.indexer.count()
        cx.display.show_rest()

    def say(self, message: str, *, is_warning: bool = False) -> None:
        """Show a message until it is replaced."""
        self.cx.panes.status.say(message, is_warning=is_warning)

    def warn(self, message: str) -> None:
        """Show a warning until it is replaced."""
        self.say(message, is_warning=True)

    def mending_hint(self) -> str:
        """See `View`."""
        return mending_hint(self.cx.settings.keys, self.cx.store.state)

    def undo_hint(self) -> str:
        """See `View`."""
        return undo_hint(self.cx.settings.keys)

    def release_keys(self) -> None:
        """See `View`."""
        self.call_next(self.keyboard.handle_waiting)

    # -- services for commands (`Windows`)

    def run_in_background(
        self, work: Callable[[], Coroutine[Any, Any, None]], group: str, *, overtakes: bool = False
    ) -> None:
        """Run work in the background without delaying keys; with ``overtakes`` it cancels unfinished work of its group.

        The coroutine is created only when it starts, since Python warns about one that never runs. Its description is
        the group, since Textual would write out all of its arguments, which may be ten thousand episodes. At exit
        nothing new starts, since there would be no screen for it.
        """
        if self._running:
            self.run_worker(work, group=group, description=group, exclusive=overtakes)  # type: ignore[arg-type]  # of several forms

    def leave(self, code: int = 0) -> None:
        """End the program."""
        self.exit(return_code=code)

    def perform(self, action: Action) -> None:
        """Run an action as if its key were pressed, after the current key."""
        self.call_next(self.keyboard.perform, action)

    # -- messages from the panes

    async def on_event(self, event: events.Event) -> None:
        """Handle keys one after another, and dragging of the borders between panes."""
        if isinstance(event, MouseEvent) and not event.is_forwarded and self._borders.handle(event):
            return
        await self.keyboard.handle(event)

    async def on_followed(self, message: Followed) -> None:
        """Handle the events that waited for a window."""
        await self.keyboard.followed(message)

    def on_bullets_cursor_moved(self) -> None:
        """Follow the cursor in the lists and the status line."""
        self.cx.display.cursor_moved()

    def on_bullets_selection_changed(self) -> None:
        """Show the keys for selecting while a phrase is selected, and its words."""
        self.cx.panes.show_hints()
        self.cx.display.show_status()

    def on_bullets_link_clicked(self, message: Bullets.LinkClicked) -> None:
        """Follow the clicked link."""
        commands.answer("click", self.cx, message)

    def on_bullets_clicked(self, message: Bullets.Clicked) -> None:
        """Show the comment of the clicked highlight."""
        commands.answer("show_comment", self.cx, message)

    def on_bullets_menu_requested(self, message: Bullets.MenuRequested) -> None:
        """Open a menu for the selected phrase or the block."""
        commands.answer("show_menu", self.cx, message)

    def on_entries_chosen(self, message: Entries.Chosen) -> None:
        """Go to the position of a list's cursor, or accept a clicked offer."""
        picker = self.cx.picker
        if picker is not None and message.control is picker.pane:
            picker.choose()
        else:
            self.cx.panes.show_entry(message.control)
        self.cx.panes.focus(self.cx.panes.bullets)

    def on_decisions_decision_made(self, message: Decisions.DecisionMade) -> None:
        """Apply the reader's decision on a list entry."""
        commands.answer("decide", self.cx, message.verdict, message.entry)
        message.pane.unheard -= 1
        self.release_keys()

    def on_decisions_order_requested(self, message: Decisions.OrderRequested) -> None:
        """Filter or regroup the list."""
        commands.answer(message.action, self.cx, message.pane)
        message.pane.unheard -= 1
        self.release_keys()

    def on_status_hint_chosen(self, message: Status.HintChosen) -> None:
        """Press the clicked key."""
        self.keyboard.press_hint(message.key)

    # -- overrides of Textual

    def push_screen(  # type: ignore[override]  # of what Textual can do here, what is needed
        self, screen: Screen[T], callback: ScreenResultCallbackType[T] | None = None
    ) -> AwaitMount:
        """Open a window; keys wait until it is ready."""
        mounted = super().push_screen(screen, callback)
        self.keyboard.wait_for(screen)
        return mounted

    def pop_screen(self) -> AwaitComplete:
        """Close a window; waiting keys go to the screen below, once the window's result is handled."""
        self.keyboard.wait_for_result()
        return super().pop_screen()

    async def action_quit(self) -> None:
        """Quit as if by the key."""
        await commands.run(self.cx, "quit")

    def get_line_filters(self) -> Sequence[LineFilter]:
        """See `App`; without colour, keep the terminal's own background and text, where Textual would use greys."""
        usual = [each for each in super().get_line_filters() if not isinstance(each, Monochrome)]
        return [*usual, *(self._applied_theme.filters if self._applied_theme else ())]

    def get_css_variables(self) -> dict[str, str]:
        """See `App`; computing them is useless before a theme is applied."""
        return super().get_css_variables() if self._applied_theme is not None else {}

    def refresh_css(self, animate: bool = True) -> None:
        """See `App`; before there is a screen, whose own styles are still to come, parse none."""
        if self.screen_stack:
            super().refresh_css(animate)
        else:
            self.stylesheet.set_variables(self.get_css_variables())

    def get_driver_class(self) -> type[TextualDriver]:
        """The terminal driver, which survives stops and the loss of the terminal."""
        if sys.platform == "win32":
            return super().get_driver_class()
        return partial(Driver, self._terminal)  # type: ignore[return-value]  # Textual only calls it

    @property
    def fault(self) -> Exception | None:
        """The first unexpected error, which ended the app; None after a normal exit."""
        error = self._exception
        cause = error.error if isinstance(error, WorkerFailed) else error
        return cause if isinstance(cause, Exception) else error

    def _handle_exception(self, error: Exception) -> None:
        # Textual would print a traceback with local variables, which contain the reader's notes and control sequences.
        if self._exception is None:
            self._exception = error
            self._exception_event.set()
        self._return_code = CrashError.exit_code
        self._close_messages_no_wait()


def run(opened: Opened, settings: ConfigSource, early: Early | None = None) -> int:
    """Read notes in the terminal, which may already show the first frame; return the exit code.

    Raises CrashError if the reader itself failed.
    """
    reader = Reader(opened, settings, early)
    _run(reader)
    while (onward := reader.cx.history.onward) is not None and reader.fault is None:
        reader = Reader(onward.opened, settings)
        reader.cx.history.arrive(onward)
        _run(reader)
    if reader.fault is not None:
        from tui.files.crash import reported

        raise reported(reader.fault) from reader.fault
    return reader.return_code or 0


def _run(reader: Reader) -> None:
    reader.run(mouse=reader.cx.settings.config.mouse)
    with suppress(OSError):  # the terminal is gone
        print(reader.cx.typing.last_words(), end="", file=sys.stderr)
