"""What the first frame asks of the disk: the notes, of a large file some episodes, and where the reader was."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from tui.core.notes.model import STANDARD_INPUT
from tui.files.bounds import is_in
from tui.files.library import is_large, open_piecemeal
from tui.files.remembered import reader_state
from tui.files.watching.stable_read import signature

if TYPE_CHECKING:
    from tui.core.notes.model import Note
    from tui.core.search.bookmark import Bookmark
    from tui.files.config import Config
    from tui.files.watching.stable_read import Signature


class Opened:
    """Notes that were opened, and what is remembered of a reader of them."""

    def __init__(self, path: str, config: Config) -> None:
        """Open the notes, of a large file the episodes where the reader left it. Raises NotesError."""
        self.config = config
        self.seen: dict[str, Signature | None] = {}
        "What state each file was in when it was read; taken before, so that no edit falls between."
        self.begin_at: Bookmark | None = None
        "Where to begin, other than where the reader left these notes."
        left = reader_state.load_left(path) if is_large(path) else None
        self.library, self.pieces = open_piecemeal(path, config.options, self.seen, left)
        self.options = config.options._replace(in_folder=len(self.library.notes) > 1)
        "How these notes are split into episodes, whatever a configuration that is read later says."

    @property
    def is_piped(self) -> bool:
        """True where the notes came by a pipe: nothing can be kept of them."""
        return self.library.path == STANDARD_INPUT

    def is_near(self, path: str) -> bool:
        """Tell if a note that is gone from a path may be one of these by another name."""
        own = os.path.abspath(self.library.path)
        return is_in(path, own) if self.library.is_folder else os.path.dirname(path) == os.path.dirname(own)

    def is_first_session(self) -> bool:
        """Whether the reader has read nothing with earmark before."""
        return reader_state.is_first_session()

    def place(self) -> Bookmark | None:
        """Where to begin: where the reader left these notes, unless it is to be elsewhere."""
        return self.begin_at or reader_state.load_place(self.library.path)

    def keep_place(self, place: Bookmark) -> None:
        """Remember where the reader is."""
        if not self.is_piped:
            reader_state.save_place(self.library.path, place)

    def keep_left(self, note: Note, episode: int) -> None:
        """Remember what of a large file is to be read first around an episode, if the file is the note as it is."""
        if note.path != self.library.path or self.is_piped or not is_large(note.path):
            return
        from tui.core.notes.excerpt import stretch_around

        before = signature(note.path)
        stretch = stretch_around(note, episode)
        if before and stretch and before.size == sum(map(len, note.pieces)):
            reader_state.save_left(note.path, reader_state.Left(before, stretch))

    def keep_theme(self, theme: str) -> None:
        """Remember the theme that the reader chose."""
        reader_state.save_theme(theme)

    def keep_widths(self, widths: tuple[int, int]) -> None:
        """Remember the widths that the reader gave to the lists at the sides."""
        reader_state.save_widths(widths)

    def widths(self) -> tuple[int, int]:
        """The widths that the reader gave to the lists at the sides; 0 for the usual one."""
        return reader_state.load_widths()

    def keep_order(self, order: str) -> None:
        """Remember the order in which the episodes are listed."""
        if not self.is_piped:
            reader_state.save_order(self.library.path, order)

    def order(self) -> str:
        """The order in which the reader had the episodes listed last; empty where none was chosen."""
        return reader_state.load_order(self.library.path)

    def theme(self) -> str:
        """What the configuration says, else the theme the reader chose, else dark or light as the terminal is."""
        if self.config.theme != "auto":
            return self.config.theme
        return reader_state.load_theme() or _theme_of_terminal()


def is_utf8() -> bool:
    """Whether the locale is of UTF-8; one that nobody has set is, as Python has it."""
    named = next(filter(None, (os.environ.get(name) for name in ("LC_ALL", "LC_CTYPE", "LANG"))), "UTF-8")
    return "utf8" in named.lower().replace("-", "")


def _theme_of_terminal() -> str:
    """Light where the terminal says that its ground is, as rxvt, Konsole and others do; else dark."""
    ground = os.environ.get("COLORFGBG", "").rpartition(";")[2]
    return "light" if ground in ("7", "15") else "dark"
