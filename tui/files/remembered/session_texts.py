"""Texts of notes stored for the next session: baselines and snapshots."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING

from tui.core.notes.reading import reread
from tui.core.state.anchored import with_baselines
from tui.files.remembered import kept_texts, snapshots

if TYPE_CHECKING:
    from collections import deque
    from collections.abc import Callable, Sequence

    from tui.core.notes.model import Note
    from tui.core.state.model import State
    from tui.files.note_on_disk import NotesOnDisk
    from tui.files.opened import Opened


class SessionTexts:
    """Reads and stores the texts of a session's notes."""

    def __init__(self, opened: Opened, notes: NotesOnDisk) -> None:
        self._opened = opened
        self._notes = notes

    def keep_snapshots(self, state: State) -> None:
        """Save the snapshots of the notes whose records changed."""
        if self._opened.is_piped:
            return
        for path, noted in state.annotations.items():
            disk = self._notes[path]
            if noted.snapshots is disk.snapshots:
                continue
            disk.snapshots = noted.snapshots
            if path in state.unfinished:
                whole = tuple(each for each in noted.snapshots if each.note is not state.note(path))
                noted = replace(noted, snapshots=whole)
            snapshots.keep(path, noted, self._opened.options, limit=self._limit)

    def read_baselines(
        self, state: State, waiting: deque[str], is_over: Callable[[], bool] = lambda: False
    ) -> tuple[State, tuple[str, ...]]:
        """Find the changes of waiting notes since their baselines; a note without a baseline counts as read.

        At least one note, and as many as time allows, leave the queue; they are also returned.
        """
        baselines: list[Note] = []
        done: list[str] = []
        while waiting and not (done and is_over()):
            done.append(path := waiting.popleft())
            if self._opened.is_piped or not state.has(path) or path in state.baselines:
                continue
            note = state.note(path)
            if kept_texts.is_baseline(path, note.pieces, limit=self._limit):
                baselines.append(note)
                continue
            before = None
            if (text := kept_texts.load_baseline(path, limit=self._limit)) is not None:
                with suppress(UnicodeDecodeError):
                    before = reread(note, text, self._opened.options)
            if before is None and path not in state.unfinished:
                kept_texts.save_baseline(path, note.pieces, limit=self._limit)
            baselines.append(before or note)
        return with_baselines(state, baselines) if baselines else state, tuple(done)

    def read_as(self, state: State, baselines: Sequence[Note]) -> State:
        """Mark notes as read in these versions, and save them as baselines."""
        for note in baselines:
            kept_texts.save_baseline(note.path, note.pieces, limit=self._limit)
        return with_baselines(state, baselines)

    @property
    def _limit(self) -> int:
        """Most bytes of a text that is stored."""
        return self._opened.config.snapshot_limit
