"""Everything on disk that the first frame needs: the notes, or an excerpt of a large file, and the bookmark."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from tui.core.notes.model import STANDARD_INPUT, PartlyParsed
from tui.files.discovery import is_in
from tui.files.library import is_large, open_piecemeal
from tui.files.remembered import reader_state
from tui.files.watching.stable_read import signature

if TYPE_CHECKING:
    from tui.core.notes.model import Note
    from tui.core.search.bookmark import Bookmark
    from tui.files.config import Config
    from tui.files.watching.stable_read import Signature


class Opened:
    """An opened library, and what is remembered of the reader's use of it."""

    def __init__(self, path: str, config: Config, named: tuple[str, ...] = (), *, is_sample: bool = False) -> None:
        """Open the notes, or of a large file the excerpt where the reader left it. Raises NotesError.

        Args:
            path: A file, a folder, or ``-``.
            config: The configuration in force.
            named: The files and folders to open together; ``path`` then contains them all.
            is_sample: True for the sample notes.
        """
        self.config = config
        self.is_sample = is_sample
        self.seen: dict[str, Signature | None] = {}
        "The state of each file from just before it was read, so that no edit is missed."
        self.begin_at: Bookmark | None = None
        "A bookmark to begin at instead of the remembered one."
        self.is_excerpt = is_large(path)
        "True if a part of a large file is read at first, in which nothing can be highlighted."
        kept = reader_state.load_excerpt(path) if self.is_excerpt else None
        here = reader_state.load_note(_name(path, named)) if named or os.path.isdir(path) else ""
        self.library, self.pieces = open_piecemeal(
            path, config.options, self.seen, kept, named=named, within=config.links_into, here=here
        )
        self.options = config.options._replace(in_folder=len(self.library.notes) > 1)
        "The options for splitting these notes, which stay the same even if the configuration changes."

    @property
    def name(self) -> str:
        """The name under which the reader's state is remembered: the path, or all paths opened together."""
        return _name(self.library.path, self.library.named)

    @property
    def is_piped(self) -> bool:
        """True if the notes came from a pipe, so that nothing can be remembered about them."""
        return self.library.path == STANDARD_INPUT

    def is_near(self, path: str) -> bool:
        """True if a note missing at a path may be one of these under another name."""
        if not self.library.is_folder:
            return os.path.dirname(path) == os.path.dirname(os.path.abspath(self.library.path))
        return any(is_in(path, os.path.abspath(root)) for root in self.library.roots)

    def place(self) -> Bookmark | None:
        """The bookmark to begin at: a given one, else the remembered one."""
        return self.begin_at or reader_state.load_bookmark(self.name)

    def keep_bookmark(self, place: Bookmark, note: str = "") -> None:
        """Remember the bookmark and, in a folder, the path of the note that it is in."""
        if not self.is_piped:
            reader_state.save_bookmark(self.name, place)
        if note and self.library.is_folder:
            reader_state.save_note(self.name, note)

    def keep_excerpt(self, note: Note, episode: int, shown: range = range(0)) -> None:
        """Remember the excerpt of a large file around an episode, unless the file has changed.

        ``shown`` are the numbers of the episode's blocks that are needed to show it where the reader is.
        """
        if note.path != self.library.path or self.is_piped or not is_large(note.path):
            return
        if isinstance(note.episodes[episode].blocks, PartlyParsed):
            return  # the reader is still in what was remembered
        from tui.core.notes.excerpt import excerpt_around

        before = signature(note.path)
        excerpt = excerpt_around(note, episode, self.options.line_breaks, shown)
        if before and excerpt and before.size == sum(map(len, note.pieces)):
            reader_state.save_excerpt(note.path, reader_state.KeptExcerpt(before, excerpt))

    def keep_order(self, order: str) -> None:
        """Remember the order of the episode list."""
        if not self.is_piped:
            reader_state.save_order(self.name, order)

    def order(self) -> str:
        """The reader's last order of the episode list; empty if there is none."""
        return reader_state.load_order(self.name)


def _name(path: str, named: tuple[str, ...]) -> str:
    return "\n".join(map(os.path.abspath, named)) or path
