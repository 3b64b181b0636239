"""What one session of reading asks of the disk: the notes, the highlights, the edits, the reader's place."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path, PurePath
from typing import TYPE_CHECKING

from tui.core import state as transitions
from tui.core.edits import News, edited, removed
from tui.core.reading import read_note, reread
from tui.errors import SidecarError
from tui.files import sidecar
from tui.files.library import STANDARD_INPUT, decode, open_library

if TYPE_CHECKING:
    from collections.abc import Callable

    from tui.core.model import Note
    from tui.core.state import State, Step
    from tui.files.config import Config
    from tui.files.watch import Watcher


class Session:
    """The disk's side of a reader; every method may take a while and is meant for a thread, but `watch`."""

    def __init__(self, path: str, config: Config) -> None:
        """Open the notes; raises NotesError."""
        self.config = config
        self.library = open_library(path, config.options)
        self._options = replace(config.options, in_folder=len(self.library.notes) > 1)
        self._watcher: Watcher | None = None
        self._sidecars: dict[str, Path] = {}
        "Where each note's highlights lie, as it was when they were last read."

    def new_id(self) -> str:
        """An id for a highlight: a ULID, so that ids sort by the time they were made."""
        from ulid import ULID

        return str(ULID())

    def now(self) -> datetime:
        """The time, in UTC, to the second."""
        return datetime.now(UTC).replace(microsecond=0)

    # -- highlights

    def with_sidecars(self, state: State) -> State:
        """The state with what the highlights files say."""
        for note in state.library.notes:
            state = self._with_sidecar(state, note)
        return state

    def _with_sidecar(self, state: State, note: Note) -> State:
        if state.library.path == STANDARD_INPUT:
            return transitions.with_lock(state, note.path, "Nothing can be marked in what came by a pipe")
        path = self._sidecars[note.path] = sidecar.sidecar_of(Path(note.path))
        try:
            contents = sidecar.load(path)
        except SidecarError as error:
            return transitions.with_lock(state, note.path, f"{error}; marking is off")
        refusal = sidecar.refusal(path, contents)
        settled = state.marks_of(note.path).settled
        locked = str(refusal) if refusal else ""
        return transitions.with_records(state, note.path, contents.highlights, contents.questions, settled, locked)

    def with_step(self, state: State, step: Step) -> State:
        """Save a change, and the state after it; raises SidecarError, and then nothing is changed."""
        touched = {operation.id for operation in step.forward}
        care = [each for each in transitions.upkeep(state, step.note) if each.id not in touched]
        name = PurePath(step.note).name
        contents = sidecar.apply(self._sidecars[step.note], name, (*step.forward, *care))
        return transitions.with_saved(state, step, contents.highlights, contents.questions)

    # -- edits

    def watch(self, arrived: Callable[[str, bytes | None], None], notice: Callable[[str], None]) -> None:
        """Begin to follow the files; both are called from a thread of the watcher's."""
        from tui.files.watch import Watcher
        from tui.files.watched import target_of

        if self.library.path == STANDARD_INPUT:
            return
        target = target_of(self.library.path, is_folder=self.library.is_folder)
        self._watcher = Watcher(target, arrived, on_notice=notice)
        self._watcher.start()

    def close(self) -> None:
        """End watching."""
        if self._watcher is not None:
            self._watcher.stop()

    def with_file(self, state: State, path: str, data: bytes | None) -> News:
        """What follows from a file that has changed: a note's text, or what its highlights file says.

        Raises EarmarkError where it is no text any more; the state then stays.
        """
        for note in state.library.notes:
            if Path(path) in (self._sidecars.get(note.path), sidecar.sidecar_of(Path(note.path))):
                return News(self._with_sidecar(state, note))
        old = next((note for note in state.library.notes if note.path == path), None)
        if not data:
            return self._without(state, path, old, is_missing=data is None)
        if old is None and not self.library.is_folder:
            return News(state)
        text = decode(data, path)
        note = read_note(path, text.text, self._options) if old is None else reread(old, text.text, self._options)
        news = edited(state, replace(note, warnings=text.warnings))
        return replace(news, state=self._with_sidecar(news.state, note)) if old is None else news

    def _without(self, state: State, path: str, old: Note | None, *, is_missing: bool) -> News:
        if old is None:
            return News(state)
        if is_missing and self.library.is_folder:
            return removed(state, path)
        word = "missing" if is_missing else "empty"
        return News(state, f"{path} is {word}: what it held is shown, and the highlights are kept", is_warning=True)
