"""A session's access to the disk once the notes are open: reads the rest of them, and follows edits."""

from __future__ import annotations

import os
import time
from collections import deque
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from functools import cached_property, partial
from pathlib import Path, PurePath
from typing import TYPE_CHECKING

from tui.core.annotations.ids import CHANCE_BITS, ulid
from tui.core.state.model import alone
from tui.core.state.refresh import Effect, edited, edited_alone, removed
from tui.errors import EarmarkError
from tui.files.discovery import leads_out
from tui.files.library import note_of, read_on
from tui.files.note_on_disk import NotesOnDisk
from tui.files.remembered.liveness import SessionLock
from tui.files.remembered.session_drafts import SessionDrafts
from tui.files.remembered.session_texts import SessionTexts
from tui.files.sidecar.copies import is_sidecar_name
from tui.files.sidecar.joining import join_notes
from tui.files.sidecar.places import SidecarsThere
from tui.files.sidecar.reading import SidecarReader
from tui.files.sidecar.saving import SidecarSaver
from tui.files.toml import codec
from tui.files.watching.stable_read import signature

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Generator, Iterable, Iterator, Mapping

    from tui.core.notes.model import Library, Note
    from tui.core.pieces import Pieces
    from tui.core.state.model import State
    from tui.files.library import Piece
    from tui.files.opened import Opened
    from tui.files.sidecar.adoption import Stray
    from tui.files.sidecar.moving import SidecarMover
    from tui.files.watching.watcher import Watcher


class Session:
    """The reader's access to the disk; every method except `watch` may be slow and belongs in a thread."""

    def __init__(self, opened: Opened, *, reads_once: bool = False) -> None:
        """Open a session; ``reads_once`` is as for `SidecarReader`."""
        self._opened = opened
        self._notes = NotesOnDisk()
        self._life = SessionLock(os.urandom(6).hex())
        chosen = (*opened.library.roots, opened.config.notes)
        self.folders = tuple(Path(each) for each in chosen if each and os.path.isdir(each))
        "Folders that a sidecar's link may lead into."
        self.sidecars = SidecarReader(opened, self._notes, self.folders, reads_once=reads_once)
        self.saving = SidecarSaver(opened, self._notes, self.sidecars, self._life, self.folders)
        self.texts = SessionTexts(opened, self._notes)
        self.drafts = SessionDrafts(opened, self._life)
        self._links = frozenset(root for root in opened.library.roots if os.path.isfile(root) and self._leads_out(root))
        "Opened notes that are links to a file outside, which the reader chose on purpose."
        self._watchers: list[Watcher] = []

    @cached_property
    def moving(self) -> SidecarMover:
        """The mover of records between notes; imported on first use, since it imports rapidfuzz."""
        from tui.files.sidecar.moving import SidecarMover

        return SidecarMover(self._notes, self.sidecars, self.folders, self.saving.write)

    def new_id(self) -> str:
        """A new id for a highlight: a ULID, so that ids sort by creation time."""
        return ulid(time.time_ns() // 1_000_000, int.from_bytes(os.urandom(CHANCE_BITS // 8)))

    def now(self) -> datetime:
        """The current time in UTC, rounded down to the second."""
        return datetime.now(UTC).replace(microsecond=0)

    # -- notes and highlights after the first frame

    def read_rest(
        self,
        library: Library,
        tell: Callable[[Piece], bool] = lambda _: True,
        wants_end: Callable[[], bool] = lambda: False,
    ) -> Library:
        """Read the rest of the notes; ``tell`` is called with each piece, and returns False to stop.

        A large file is read to its end even so, since half of it would look like a truncated file. ``wants_end``
        returns True if the last notes of a folder are wanted before those in between.
        """
        library = _read_pieces(library, self._opened.pieces, tell, wants_end)
        self._opened.pieces.close()
        return library

    def read_missing(self, state: State, tell: Callable[[Piece], bool]) -> State:
        """Read the notes of the folder that were skipped when reading was stopped, and their highlights."""
        before, opened = set(state.library.numbers), self._opened
        missing = read_on(state.library, opened.options, opened.seen)
        state = replace(state, library=_read_pieces(state.library, missing, tell))
        new = [note for note in state.library.notes if note.path not in before]
        return self.restore_unsaved(self.read_sidecars(state, new))

    def read_sidecars(self, state: State, notes: Iterable[Note] | None = None) -> State:
        """Read the sidecars of all notes, or of these."""
        wanted = state.library.notes if notes is None else tuple(notes)
        return state if self._opened.is_piped else self.sidecars.read(state, wanted)

    def read_own_sidecars(
        self,
        state: State,
        waiting: deque[str],
        there: SidecarsThere | None = None,
        is_over: Callable[[], bool] = lambda: False,
    ) -> State:
        """Read the own sidecars of waiting notes, at least one and as many as time allows; these leave the queue.

        ``there`` and ``is_over`` are as for `SidecarReader.read_own`.
        """
        if self._opened.is_piped:
            waiting.clear()
            return state
        return self.sidecars.read_own(state, self._unread(state, waiting), there, is_over)

    def _unread(self, state: State, waiting: deque[str]) -> Iterator[Note]:
        while waiting:
            path = waiting.popleft()
            if state.has(path) and not self.sidecars.has_read(path):
                yield state.note(path)

    def with_sidecar_of(self, state: State, path: str) -> State:
        """Read a note's own sidecar, unless that was done already."""
        return self.read_own_sidecars(state, deque((path,)))

    def sidecars_there(self, library: Library) -> SidecarsThere:
        """All sidecars in the folders of a library's notes; the watcher reports later changes."""
        there = SidecarsThere(library)
        for path in map(str, there.paths):
            self._opened.seen.setdefault(path, signature(path))
        return there

    def other_sidecars(self, library: Library, pause: Callable[[], None] = lambda: None) -> Mapping[str, Stray]:
        """The sidecars of a library's notes that have other names or are in other folders.

        ``pause`` is called between two files.
        """
        return {} if self._opened.is_piped else self.sidecars.others(library, pause)

    def read_other_sidecars(self, state: State, others: Mapping[str, Stray]) -> State:
        """Read these as well, and copies of sidecars, and restore what earlier sessions could not save."""
        return state if self._opened.is_piped else self.restore_unsaved(self.sidecars.read_others(state, others))

    def restore_unsaved(self, state: State) -> State:
        """Restore changes that earlier sessions could not save, as unsaved changes."""
        return state if self._opened.is_piped else self.saving.restore_unsaved(state)

    def merge_copies(self, state: State) -> Effect:
        """Merge copies of highlights files, and both sides of conflicts in them."""
        annotations = {note.path: state.annotations_of(note.path) for note in state.library.notes}
        done = join_notes(Path(path) for path, each in annotations.items() if each.copies or each.locked)
        faults = [fault.in_short() for joined in done for fault in joined.faults]
        doubts = [*faults, *(str(clash) for joined in done for clash in joined.clashes)]
        messages = [f"{joined.sidecar.name}: {joined.summary}" for joined in done if joined.has_merged]
        summary = "; ".join((*doubts, *messages)) or "Nothing to merge"
        return Effect(self.read_sidecars(state) if done else state, summary, is_warning=bool(doubts))

    # -- edits

    def watch(
        self,
        arrived: Callable[[str, Pieces | None, bool], None],
        notice: Callable[[str], None],
        known: Callable[[str], Pieces],
    ) -> None:
        """Start following the files; ``known`` gives the last text of one, or nothing.

        All callbacks run in a thread of the watcher.
        """
        if not self._opened.is_piped:
            # Imported here, since the first highlight does not need it: it imports watchdog.
            from tui.files.watching.watched import start_watchers

            self._watchers += start_watchers(self._opened, arrived, notice, known)

    def close(self) -> None:
        """Stop watching, and leave the stored changes to the next session."""
        for watcher in self._watchers:
            watcher.stop()
        self._life.end()

    def take_file(self, state: State, path: str, data: Pieces | None, *, is_unfinished: bool = False) -> Effect:
        """Handle a changed file, either a note or a sidecar.

        ``is_unfinished`` is True while a writer has it open, in which case a sidecar is left for later. Raises
        EarmarkError if the file is no longer text; the state then stays.
        """
        if is_sidecar_name(PurePath(path).name):
            if is_unfinished or self.sidecars.is_as_written(state, path, None if data is None else b"".join(data)):
                return Effect(state)
            return self.sidecars.reread(state, Path(path))
        old = state.note(path) if state.has(path) else None
        if data and path not in self._links and self._leads_out(path):
            data = None  # a link replaced the note, and its target is not a note of the folder
        if not data:
            return self._lose(state, path, is_missing=data is None) if old else Effect(state)
        if old is None and not self._opened.library.is_folder:
            return Effect(state)
        if old is not None:
            return edited_alone(state, [self._reread(alone(state, path), path, data, is_unfinished)])
        note = note_of(path, data, self._opened.options)
        effect, strays = edited(state, note, is_unfinished=is_unfinished), partial(self.sidecars.strays, state.library)
        return replace(effect, state=self.sidecars.read_one(effect.state, note, strays))

    def _reread(self, state: State, path: str, data: Pieces, is_unfinished: bool) -> Effect:
        """The effects of a note's new text on that note alone."""
        note, disk = note_of(path, data, self._opened.options, state.note(path)), self._notes[path]
        effect = edited(state, note, is_unfinished=is_unfinished)
        if disk.is_away:
            disk.is_away = False
            back = f"{PurePath(path).name} is back"
            effect = replace(effect, summary=", ".join(filter(None, (back, effect.summary))))
        return effect

    def take_notes(
        self,
        state: State,
        files: Mapping[str, Pieces | None],
        unfinished: Container[str] = (),
        is_over: Callable[[], bool] = lambda: False,
    ) -> tuple[Effect, tuple[str, ...]]:
        """Handle changed notes, at least one and as many as time allows; also return the handled ones.

        The edits of existing notes are combined at the end, so that each costs the same among ten thousand notes.
        """
        effect, edits, done = Effect(state), list[Effect](), list[str]()
        for path, data in files.items():
            if done and is_over():
                break
            done.append(path)
            is_unfinished = path in unfinished
            try:
                if data and effect.state.has(path) and (path in self._links or not self._leads_out(path)):
                    edits.append(self._reread(alone(effect.state, path), path, data, is_unfinished))
                    continue
                effect, edits = effect.and_then(edited_alone(effect.state, edits)), []
                effect = effect.and_then(self.take_file(effect.state, path, data, is_unfinished=is_unfinished))
            except (EarmarkError, OSError) as error:
                effect = effect.and_then(Effect(effect.state, str(error), is_warning=True))
        return effect.and_then(edited_alone(effect.state, edits)), tuple(done)

    def take_sidecars(
        self, state: State, files: Mapping[str, Pieces | None], is_over: Callable[[], bool] = lambda: False
    ) -> tuple[Effect, tuple[str, ...]]:
        """Handle changed sidecars, at least one and as many as time allows; also return the handled ones."""
        done, messages = list[str](), list[str]()
        for path, data in files.items():
            if done and is_over():
                break
            done.append(path)
            try:
                effect = self.take_file(state, path, data)
            except (EarmarkError, OSError) as error:
                messages.append(str(error))
                continue
            state = effect.state
            messages.append(effect.summary)
        return Effect(state, "; ".join(filter(None, messages)), is_warning=True), tuple(done)

    def _lose(self, state: State, path: str, *, is_missing: bool) -> Effect:
        """Handle a note that is missing or empty."""
        if is_missing and self._opened.library.is_folder:
            effect, name = removed(state, path), codec.storable(PurePath(path).name)
            left = tuple(stray for stray in self.sidecars.strays(state.library) if stray[1] == name)
            return replace(effect, state=self.sidecars.adopt(effect.state, left))
        self._notes[path].is_away = True
        word = "missing" if is_missing else "empty"
        summary = f"{PurePath(path).name} is {word}: its last text is shown, and its highlights are kept"
        return Effect(state, summary, is_warning=True)

    def _leads_out(self, path: str) -> bool:
        """True if a note is a link to a file that is not a note of the folders."""
        roots = self._opened.library.roots
        folders = [root if os.path.isdir(root) else os.path.dirname(root) or os.curdir for root in roots]
        return not self._opened.is_piped and all(
            leads_out(path, folder, self._opened.library.within) for folder in folders
        )


def _read_pieces(
    library: Library,
    pieces: Generator[Piece, bool],
    tell: Callable[[Piece], bool],
    wants_end: Callable[[], bool] = lambda: False,
) -> Library:
    latest = next(pieces, None)
    with suppress(StopIteration):
        while latest is not None and (tell(latest) or not latest.left):
            latest = pieces.send(wants_end())
    return library if latest is None else latest.library
