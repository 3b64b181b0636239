"""From a path on the command line to an open library: configuration, notes, and the reader in the terminal."""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager, nullcontext
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from tui.core.state.model import State
from tui.core.suggestion import SETTING_LIKENESS, nearest
from tui.errors import ConfigError, NotesError, TerminalError
from tui.files.config import load, load_to_trust, places
from tui.files.desktop.keyboard import take_keys_from_terminal
from tui.files.library import open_library
from tui.files.opened import Opened
from tui.files.watching.stable_read import signature
from tui.keymap import EVERY_ACTION
from tui.keys import faults
from tui.target import as_named, by_absolute_paths, target
from tui.ui.drawing.themes import NAMES
from tui.ui.terminal.lean import IN_PARTS, without_late_parts

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping, Sequence

    from tui.core.notes.model import Library
    from tui.files.config import Config
    from tui.files.library import Piece
    from tui.files.session import Session
    from tui.target import NotesTarget
    from tui.ui.start.first_keys import Early

NO_SCREENS = ("dumb", "unknown")
"Values of ``TERM`` for terminals without a screen to draw on."
TEXTUAL = {"TEXTUAL_FPS": "120", "ESCDELAY": "25"}
"""Textual's settings, unless the reader's environment has them. Frames per second at most: with the default of 60, a
result from a thread waits 8 ms on average. Milliseconds to wait for the rest of a sequence after an escape: with the
default of 100, the escape key would be the one slow key; users of vim set 10 to 50."""

ARENA_MAX = -8
"glibc's M_ARENA_MAX, the most heaps of a process."


def read_on_terminal(paths: Sequence[str] = (), config_file: str | None = None, commands: Collection[str] = ()) -> int:
    """Open the reader on notes; return the exit code.

    Raises TerminalError if nothing can be drawn, and the errors of `configuration`, `target` and the library.
    """
    if os.environ.get("TERM") in NO_SCREENS:
        problem = "this terminal cannot draw a screen"
        raise TerminalError(
            f"TERM={os.environ['TERM']}", problem, "pipe the output to print the notes: earmark PATH | more"
        )
    settings = ConfigFiles(config_file)
    with _environment(TEXTUAL):
        config = settings.load()
        named = target(paths, config, commands)
        wanted = by_absolute_paths(named)
        try:
            opened = Opened(wanted.path, config, wanted.named, is_sample=wanted.is_sample)
        except NotesError as error:
            raise as_named(error, wanted, named) from None
        take_keys_from_terminal()
        early = _first_frame(opened)
        with early.terminal if early else nullcontext(), without_late_parts():
            share_heap()  # before there is a thread
            if early:
                early.terminal.read_ahead()
                for name in IN_PARTS:
                    import_module(name)
                    early.keys.handle()
            from tui.ui.app import run

            if early:
                early.keys.handle()
    try:
        return run(opened, settings, early)
    finally:
        if early is not None:
            early.terminal.release()


def share_heap() -> None:
    """Have all threads share one heap; does nothing without glibc.

    glibc would give each thread its own, and what is free in it to no other. Only one thread at a time allocates
    anyway, the one with the interpreter lock.
    """
    import ctypes  # not above: the first frame is drawn without it

    if sys.platform == "linux" and (mallopt := getattr(ctypes.CDLL(None), "mallopt", None)):
        mallopt(ARENA_MAX, 1)


def _first_frame(opened: Opened) -> Early | None:
    """Draw the first frame, unless Textual's environment variables ask for something else."""
    if sys.platform == "win32":
        return None
    from tui.ui.start.first_frame import FirstFrame
    from tui.ui.terminal.early import EarlyTerminal

    terminal, frame = EarlyTerminal(), FirstFrame(opened)
    if not any(name.startswith("TEXTUAL_") and name not in TEXTUAL for name in os.environ):
        terminal.show(frame.text)
    from tui.ui.start.first_keys import Early, FirstKeys

    return Early(terminal, frame, FirstKeys(opened, frame, terminal))


@contextmanager
def _environment(settings: Mapping[str, str]) -> Iterator[None]:
    """Set variables that are unset, and unset them afterwards, so that editors do not inherit them."""
    added = {name: value for name, value in settings.items() if name not in os.environ}
    os.environ.update(added)
    try:
        yield
    finally:
        for name in added:
            del os.environ[name]


class ConfigFiles:
    """The configuration, reloaded when it has changed."""

    def __init__(self, config_file: str | None) -> None:
        """Remember the current folder, which may be deleted later. Raises NotesError if it is gone already."""
        self._file = config_file
        self._here = _current_folder()
        self.seen: tuple[object, ...] = ()
        "The value of `state` just before the configuration was last read."

    def load(self) -> Config:
        """The configuration in force; raises ConfigError."""
        self.seen = self.state()
        return _configuration(self._file, self._here)

    def state(self) -> tuple[object, ...]:
        """A fingerprint that differs whenever the configuration may have changed."""
        explicit = Path(self._file) if self._file is not None else None
        return tuple(signature(str(path)) for path in places(explicit, os.environ, self._here))


def configuration(config_file: str | None = None) -> Config:
    """The configuration in force; raises ConfigError, and NotesError if the current folder is gone."""
    return _configuration(config_file, _current_folder())


def _configuration(config_file: str | None, here: Path) -> Config:
    explicit = Path(config_file) if config_file is not None else None
    return _checked(load(explicit, os.environ, here, known_actions=_actions()))


def _current_folder() -> Path:
    try:
        return Path.cwd()
    except OSError:
        raise NotesError(".", "the current folder is gone", "change to another one") from None


def trust_here() -> Config:
    """Trust the current folder's configuration, and return the resulting configuration, read from the very bytes
    trusted.

    Raises ConfigError if it is invalid or missing, NotesError if the folder is gone.
    """
    from tui.files.remembered.trust import trust

    config, data = load_to_trust(_current_folder(), known_actions=_actions())
    _checked(config)
    path = config.path or ""
    if not trust(Path(path), data):
        raise ConfigError(
            path, "that you trust it cannot be remembered in the state folder", "check that you may write there"
        )
    return config


def _actions() -> set[str]:
    return {action.name for action in EVERY_ACTION}


def _checked(config: Config) -> Config:
    """Return the configuration once its theme and keys are checked; raises ConfigError."""
    if config.theme not in ("auto", "dark", "light"):
        _check_theme(config)
    if config.keys:
        _check_keys(config)
    return config


def _check_keys(config: Config) -> None:
    """Raise ConfigError for a key that is unknown or has two meanings."""
    for name, problem in faults(config.keys):
        remedy = "give it another one" if "as well" in problem else 'write it as "j", "ctrl+d", "space" or "pagedown"'
        path, line = config.origins[f"keys.{name}"]
        raise ConfigError(path, f"{problem} (`keys.{name}`)", remedy, line=line)


def _check_theme(config: Config) -> None:
    """Raise ConfigError for an unknown theme."""
    if config.theme not in NAMES:
        near = nearest(config.theme, NAMES, SETTING_LIKENESS)
        remedy = f'did you mean "{near}"?' if near else f"there are auto, dark, light, {', '.join(NAMES)}"
        problem = f'no theme is called "{config.theme}"'
        path, line = config.origins["theme"]
        raise ConfigError(path, problem, remedy, line=line)


def notes(target: NotesTarget, config: Config, tell: Callable[[str], None] = lambda _: None) -> Library:
    """Read the notes of a target. Raises NotesError.

    ``tell`` is called with progress from time to time.
    """
    library = open_library(
        target.path,
        config.options,
        lambda piece: tell(f"{piece.how_far} read"),
        named=target.named,
        within=config.links_into,
    )
    tell("the notes are read")
    return library


def marked_notes(
    target: NotesTarget, config: Config, tell: Callable[[str], None] = lambda _: None
) -> tuple[Session, State]:
    """Read the notes, as in `notes`, and their highlights files. Raises NotesError."""
    from tui.files.session import Session

    def is_told(piece: Piece) -> bool:
        tell(f"{piece.how_far} read")
        return True

    opened = Opened(target.path, config, target.named)
    session = Session(opened, reads_once=True)
    library = session.read_rest(opened.library, is_told)
    tell("finding the highlights")
    state = session.read_sidecars(State(library))
    return session, state if opened.is_piped else session.moving.in_memory(state)
