"""Follow links to the web, in the library or to other notes, and go back."""

from __future__ import annotations

import asyncio
import os
from typing import TYPE_CHECKING

from tui.core.notes.model import STANDARD_INPUT, TITLE, Position
from tui.core.notes.sanitise import clean
from tui.core.search.bookmark import bookmark_of
from tui.core.search.links import Inside, Outside, Web, follow, is_of_web, links_of
from tui.core.state.model import State
from tui.errors import EditorError, NotesError
from tui.files.desktop.browser import can_open, open_address
from tui.files.discovery import leads_out, note_at
from tui.files.library import open_library
from tui.files.opened import Opened
from tui.ui.dialogs.links import LinksDialog
from tui.ui.navigation_history import Departure, LibraryStop, NextLibrary
from tui.ui.panes.entries import Entries
from tui.ui.quitting import quit_once_saved
from tui.ui.views.flow import MARGIN

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tui.core.search.links import Link
    from tui.files.config import Config
    from tui.ui.context import Context
    from tui.ui.dialogs.links import LinkChoice
    from tui.ui.panes.bullets import Bullets


def choose(cx: Context) -> bool:
    """Follow the links of the current block, or go to the entry under a list's cursor; True if there was one."""
    pane = cx.panes.current
    if pane is cx.panes.bullets:
        links = _links(cx, cx.panes.bullets.cursor)
        _ask_which(cx, links)
        return bool(links)
    if isinstance(pane, Entries) and pane.is_choosable(pane.cursor):
        cx.panes.show_entry(pane)
        cx.panes.focus(cx.panes.bullets)
        return True
    return False


def click(cx: Context, message: Bullets.LinkClicked) -> None:
    """Follow the clicked link."""
    here = [link for link in _links(cx, message.position) if link.start <= message.offset < link.end]
    _ask_which(cx, here)


def _links(cx: Context, position: Position) -> Sequence[Link]:
    state = cx.store.state
    block = state.block(position) if state.episodes else None
    return links_of(state.episodes[position.section], block) if block else ()


def _ask_which(cx: Context, links: Sequence[Link]) -> None:
    """Follow a single link into the notes directly; ask before following any other."""

    def chose(choice: LinkChoice | None) -> None:
        if choice is not None and choice.is_copied:
            _copy(cx, choice.link.target)
        elif choice is not None:
            _follow(cx, cx.panes.bullets.cursor.section, choice.link.target)

    if len(links) == 1 and not is_of_web(links[0].target):
        _follow(cx, cx.panes.bullets.cursor.section, links[0].target)
    elif links:
        cx.windows.push_screen(LinksDialog(links, cx.settings.keys, can_open=can_open()), chose)


def _follow(cx: Context, section: int, target: str) -> None:
    async def follow() -> None:
        await _followed(cx, section, target)

    cx.windows.run_in_background(follow, "follow", overtakes=True)


async def _followed(cx: Context, section: int, target: str) -> None:
    """Resolve a link, in a thread since notes may have to be parsed, and go there."""
    async with cx.store.turn:  # so that the result is a position in the notes on screen
        goal = await asyncio.to_thread(follow, cx.store.state, section, target)
        if isinstance(goal, Inside):
            _go(cx, goal.position)
        elif isinstance(goal, Web):
            _open(cx, goal.address)
        elif not isinstance(goal, Outside):
            cx.panes.status.say(goal.why, is_warning=True)
    if isinstance(goal, Outside):
        await _go_out(cx, goal)


# -- in the library


def _go(cx: Context, position: Position) -> None:
    bullets = cx.panes.bullets
    cx.history.leave_from(Departure(bullets.cursor, bullets.cursor_row))
    if position.block == TITLE:
        bullets.top_on(position.section)
    else:
        bullets.go(position)


def go_back(cx: Context) -> None:
    """Go back to where the last link was followed or the last jump started."""
    bullets = cx.panes.bullets
    last = cx.history.back(cx.store.state, bullets.cursor)
    if last is not None:
        cx.panes.focus(bullets)
        bullets.place(last.position, last.row)
    elif cx.history.stops:

        async def back() -> None:
            await _go_back_out(cx)

        cx.windows.run_in_background(back, "follow", overtakes=True)
    else:
        cx.panes.status.say("Nothing to go back to")


# -- from library to library


async def _go_out(cx: Context, goal: Outside) -> None:
    """Open a note outside the library in place of it."""
    state = cx.store.state
    if state.library.path == STANDARD_INPUT:
        cx.panes.status.say(f"{goal.why}: this is standard input", is_warning=True)
        return
    stops, library = cx.history.stops, state.library
    first = (stops[0].named or (stops[0].path,)) if stops else library.roots
    chosen = [each for each in (*first, cx.settings.config.notes) if each is not None]
    try:
        opened = await asyncio.to_thread(opened_at, goal.path, goal.heading, cx.settings.config, chosen)
    except NotesError as error:
        cx.panes.status.say(str(error), is_warning=True)
        return
    if opened is None:
        cx.panes.status.say(goal.why, is_warning=True)
        return
    here = bookmark_of(state, cx.panes.bullets.cursor, cx.panes.bullets.cursor_row)
    stop = LibraryStop(library.path, library.named, here, tuple(cx.history.places(state)))
    _end_for(cx, NextLibrary(opened, (), (*cx.history.stops, stop)))


async def _go_back_out(cx: Context) -> None:
    """Reopen the library that the reader came from."""
    *stops, stop = cx.history.stops
    try:
        opened = await asyncio.to_thread(opened_again, stop, cx.settings.config)
    except NotesError as error:
        cx.panes.status.say(str(error), is_warning=True)
    else:
        _end_for(cx, NextLibrary(opened, stop.history, tuple(stops)))


def _end_for(cx: Context, onward: NextLibrary) -> None:
    cx.history.onward = onward
    quit_once_saved(cx)


# -- the web


def _open(cx: Context, address: str) -> None:
    """Open an address that the reader has seen."""
    if not can_open():
        _copy(cx, address)
        return
    try:
        open_address(address)
    except EditorError as error:
        cx.panes.status.say(f"The address did not open: {error}", is_warning=True)
    else:
        cx.panes.status.say(f"Opened {address}")


def _copy(cx: Context, address: str) -> None:
    address = clean(address)  # without characters that could have an effect when pasted
    cx.windows.copy_to_clipboard(address)
    cx.panes.status.say(f"Copied: {address}")


def opened_at(path: str, heading: str, config: Config, chosen: Sequence[str]) -> Opened | None:
    """Open the note at a path, at a heading; None if there is no such file. Raises NotesError.

    The path may lack its file extension. If the heading does not exist, the note opens at its beginning.

    Args:
        path: The path in the link.
        heading: The heading in the note.
        config: The configuration in force.
        chosen: The notes and folders that the reader opened; links may lead only into their folders.
    """
    folders = [each if os.path.isdir(each) else os.path.dirname(each) or os.curdir for each in chosen]
    # Paths outside them are not even looked up, since that may wake a network folder.
    try:
        here = os.path.abspath(path) + "/"
        near = [each for each in folders if here.startswith(os.path.abspath(each).rstrip("/") + "/")]
    except FileNotFoundError:
        raise NotesError(path, "the current folder is gone", "open the notes by their whole path") from None
    file = note_at(path) if near else None
    if not near or (file is not None and all(leads_out(file, each, config.links_into) for each in near)):
        problem = "this is outside the folder that you opened, and no link leads there"
        raise NotesError(path, problem, "open it directly: earmark PATH")
    if file is None:
        return None
    opened = Opened(file, config)
    state = State(open_library(file, config.options))
    goal = follow(state, 0, f"[[#{heading}]]") if heading and state.episodes else None
    position = goal.position if isinstance(goal, Inside) else Position(0, TITLE)
    if state.episodes:
        opened.begin_at = bookmark_of(state, position, MARGIN if position != Position(0, TITLE) else TOP)
    return opened


def opened_again(stop: LibraryStop, config: Config) -> Opened:
    """Reopen a library at the position where the reader left it. Raises NotesError."""
    opened = Opened(stop.path, config, stop.named)
    opened.begin_at = stop.place
    return opened


TOP = 99
"A row below any screen, which puts a position as far down as possible: a note's beginning, below its title."
