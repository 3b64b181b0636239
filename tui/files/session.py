"""What one session of reading asks of the disk once the notes are open: the rest of them, the highlights, the edits."""

from __future__ import annotations

import os
import time
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cache
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, NamedTuple

from tui.core.annotations.changes import Step, differences
from tui.core.annotations.highlights import Highlight, QuestionRecord, sought, tags_in
from tui.core.annotations.ids import CHANCE_BITS, ulid
from tui.core.notes.model import STANDARD_INPUT, Library
from tui.core.notes.reading import reread_pieces
from tui.core.state import highlighting
from tui.core.state.model import with_baselines, with_lock, with_marks, with_records
from tui.core.state.refresh import News, edited, removed
from tui.errors import DamagedError, EarmarkError, NotesError, SidecarError
from tui.files.atomic import unwritable
from tui.files.bounds import is_in, leads_out, notes_by_folder
from tui.files.library import note_of
from tui.files.lock import LOCK_SECONDS
from tui.files.remembered import drafts, reader_state, snapshots, unsaved
from tui.files.remembered.alive import Life
from tui.files.sidecar import store
from tui.files.sidecar.adoption import adopted, holder_of_all, ids_in, owner, take_over
from tui.files.sidecar.text import refusal, to_bytes
from tui.files.toml import codec
from tui.files.watching.refresh_rule import RESTED
from tui.files.watching.stable_read import signature
from tui.files.watching.writers import has_writer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from collections.abc import Set as AbstractSet

    from tui.core.anchoring.snapshot import Settled
    from tui.core.annotations.changes import RecordChange
    from tui.core.annotations.highlights import Record
    from tui.core.notes.model import Note
    from tui.core.state.model import Marks, State
    from tui.files.library import Piece
    from tui.files.opened import Opened
    from tui.files.remembered.drafts import Draft
    from tui.files.sidecar.text import Contents
    from tui.files.watching.watcher import Watcher


Strays = tuple[tuple[Path, str], ...]
"Highlights files whose note is gone, with the names of the notes."
SHARE = 0.03
"Seconds after which reading highlights files that changed lets a mark have its turn."


@dataclass(frozen=True, slots=True)
class Saved:
    """What came of saving."""

    state: State
    fault: str
    "Why not all is saved; empty where it is."


class Session:
    """The disk's side of a reader; every method may take a while and is meant for a thread, but `watch`."""

    def __init__(self, opened: Opened) -> None:
        self._opened = opened
        self._seen = opened.seen
        self._library = opened.library
        self._pieces = opened.pieces
        self._options = opened.config.options._replace(in_folder=len(opened.library.notes) > 1)
        named = opened.config.notes
        self._folders = tuple(Path(each) for each in (opened.library.path, named) if each and os.path.isdir(each))
        "Folders into which a highlights file that is a link may lead."
        self._is_linked = not opened.library.is_folder and self._leads_out(opened.library.path)
        "Whether the note that was opened is a link to another place, as the reader meant it."
        self._watcher: Watcher | None = None
        self._sidecars: dict[str, Path] = {}
        "Where each note's highlights lie, as it was when they were last read."
        self._written: dict[str, Contents] = {}
        "What highlights files say that are as this session wrote them last, as far as it knows."
        self._adopted: set[str] = set()
        "Notes whose highlights lie under the name that the note had before."
        self._away: set[str] = set()
        "Notes that are missing or empty at the moment."
        self._read: set[str] = set()
        "Notes of whose highlights all have been read once."
        self._met: dict[str, set[str]] = {}
        "The ids of the records that highlights files had when they were read or written, by note."
        self._kept: dict[str, tuple[Settled, ...]] = {}
        "What `keep_settled` wrote last, by note."
        self._kept_unsaved: dict[str, tuple[Mapping[str, RecordChange], bool]] = {}
        "What is in the state folder because it is not saved (yet), by note, and whether a power cut leaves it there."
        self._places: _Places | None = None
        self._name = os.urandom(6).hex()
        "What this session's files there are called."
        self._life = Life(self._name)

    @property
    def adopted(self) -> dict[Path, str]:
        """The sidecars of notes that were renamed or moved, with the notes as they are; the next mark moves them."""
        return {self._sidecars[note]: note for note in sorted(self._adopted, reverse=True)}

    @property
    def can_mark(self) -> bool:
        """Whether marks have a place to lie: nothing can be said beside what came by a pipe."""
        return self._library.path != STANDARD_INPUT

    def read_rest(self, state: State, tell: Callable[[Piece], bool] = lambda _: True) -> State:
        """Read what was not read yet; ``tell`` hears of each piece and says whether to go on.

        A large file is read to its end, whatever it says: half of one would be taken for one that was cut off.
        """
        state = self._with_pieces(state, self._pieces, tell)
        self._pieces.close()
        return state

    def read_missing(self, state: State, tell: Callable[[Piece], bool]) -> State:
        """Read the notes of the folder that were left out when reading was stopped, and their highlights."""
        from tui.files.library import read_on

        missing = read_on(self._library.path, self._options, self._seen, state.library.notes)
        before = {note.path for note in state.library.notes}
        whole = self._with_pieces(state, missing, tell)
        return self.take_up_unsaved(self.read_sidecars(whole, [n for n in whole.library.notes if n.path not in before]))

    def _with_pieces(self, state: State, pieces: Iterable[Piece], tell: Callable[[Piece], bool]) -> State:
        for piece in pieces:
            state = replace(state, library=piece.library)
            if not tell(piece) and piece.left:
                break
        self._library = state.library
        return state

    def new_id(self) -> str:
        """An id for a highlight: a ULID, so that ids sort by the time they were made."""
        return ulid(time.time_ns() // 1_000_000, int.from_bytes(os.urandom(CHANCE_BITS // 8)))

    def now(self) -> datetime:
        """The time, in UTC, to the second."""
        return datetime.now(UTC).replace(microsecond=0)

    # -- highlights

    def read_sidecars(self, state: State, notes: Iterable[Note] | None = None) -> State:
        """Read what the highlights files say, of all notes or of these."""
        strays = cache(self._strays)
        found: dict[str, Marks] = {}
        wanted = state.library.notes if notes is None else tuple(notes)
        state = replace(state, unfinished=state.unfinished | self._being_written(wanted))
        # A note without a sidecar may take over one whose highlights no other note has.
        for note in sorted(wanted, key=lambda note: not os.path.exists(store.sidecar_of(Path(note.path)))):
            known = {note.path: state.marks[note.path]} if note.path in state.marks else {}
            alone = replace(state, library=Library(state.library.path, (note,)), marks=known)
            found |= self._with_sidecar(alone, note, strays).marks
        return self._with_copies(replace(state, marks={**state.marks, **found}))

    def _being_written(self, notes: Iterable[Note]) -> frozenset[str]:
        """The paths of notes that another program was writing when they were read; the watcher looks at them again."""
        now, found = time.time(), []
        for note in notes:
            read = self._seen.get(note.path)
            if read is not None and abs(now - read.modified / 1e9) < RESTED and has_writer(note.path):
                self._seen[note.path] = None
                found.append(note.path)
        return frozenset(found)

    def _with_copies(self, state: State) -> State:
        """The state with the copies of highlights files that lie beside them."""
        return self._with_copies_of(state, [note.path for note in state.library.notes])

    def _with_copies_of(self, state: State, notes: Iterable[str]) -> State:
        """The state with the copies of some notes' highlights files."""
        from tui.files.sidecar.copies import copies_of

        paths = [path for path in notes if path in self._sidecars]
        found = copies_of({Path(path): self._sidecars[path] for path in paths})
        for path in paths:
            names = tuple(copy.name for copy in found.get(self._sidecars[path], ()))
            marks = state.marks_of(path)
            if marks.copies != names:
                state = with_marks(state, path, replace(marks, copies=names))
        return state

    def merge_copies(self, state: State) -> News:
        """Merge the copies of highlights files, and both sides of conflicts in them."""
        from tui.files.sidecar.joining import join_notes

        if state.library.path == STANDARD_INPUT:
            return News(state, "There is nothing to merge")
        marks = {note.path: state.marks_of(note.path) for note in state.library.notes}
        done = join_notes(Path(path) for path, each in marks.items() if each.copies or each.locked)
        told = [f"{joined.sidecar.name}: {joined.summary}" for joined in done if joined.copies or joined.is_mended]
        faults = [
            SidecarError(PurePath(each.path).name, each.problem, each.remedy, line=each.line)
            for joined in done
            for each in joined.faults
        ]
        doubts = [*map(str, faults), *(str(clash) for joined in done for clash in joined.clashes)]
        summary = "; ".join((*doubts, *told)) or "There is nothing to merge"
        return News(self.read_sidecars(state) if done else state, summary, is_warning=bool(doubts))

    def _with_sidecar(self, state: State, note: Note, strays: Callable[[], Strays]) -> State:
        if state.library.path == STANDARD_INPUT:
            return state
        path, former = store.sidecar_of(Path(note.path)), note.path
        self._adopted.discard(note.path)
        if not os.path.exists(path) and (found := adopted(note, strays())):
            path, former = found[0], str(found[0].with_name(found[1]))
            self._adopted.add(note.path)
        self._sidecars[note.path] = path
        self._written.pop(str(path), None)
        self._seen[str(path)] = signature(str(path))
        contents: Contents | None
        try:
            contents = store.load(path)
            fault = refusal(str(path), contents)
        except SidecarError as error:
            from tui.files.sidecar.joining import both_sides

            contents, fault = both_sides(path), error
        is_less = isinstance(fault, DamagedError) and note.path in self._read
        has_words = contents is not None and (contents.entries or note.path in state.marks)
        if contents is not None and has_words and not is_less:
            self._meet(note.path, contents)
            if fault is None and _is_known(state.marks_of(note.path), contents):
                self._read.add(note.path)
                return state
            texts = state.marks_of(note.path).settled
            if contents.entries and not texts:
                limit = self._opened.config.snapshot_limit
                texts = snapshots.recalled(note, former, sought(contents.records), self._options, limit=limit)
                words = snapshots.recalled_wordings(former, sought(contents.records))
                state = with_marks(state, note.path, replace(state.marks_of(note.path), wordings=words))
            state = with_records(state, note.path, contents.highlights, contents.questions, texts)
            if not texts:
                state = highlighting.with_described(state, note.path)
        if fault is None:
            self._read.add(note.path)
            return with_lock(state, note.path, "")
        return self._locked(state, note.path, fault)

    def _locked(self, state: State, note: str, fault: SidecarError) -> State:
        if isinstance(fault, DamagedError) and store.can_restore(self._sidecars[note]):
            bare = SidecarError(fault.path, fault.problem, line=fault.line)
            return with_lock(state, note, _in_short(bare), is_damaged=True)
        return with_lock(state, note, _in_short(fault))

    def write(self, state: State, note: str, *, patience: float = LOCK_SECONDS) -> State:
        """Save what is not saved of a note, and what is back on earlier words; gives the state after it.

        Raises SidecarError, and then nothing is changed.
        """
        if not state.marks_of(note).unsaved and not highlighting.upkeep_of_returned(state, note):
            return state
        path = store.sidecar_of(Path(note))
        if note in self._adopted:
            take_over(self._sidecars[note], path, PurePath(note).name, self._folders)
            self._adopted.discard(note)
        self._sidecars[note] = path
        operations = highlighting.operations(state, note)
        order = highlighting.order(state, note)
        contents = store.apply(
            path, PurePath(note).name, operations, order=order, patience=patience, within=self._folders
        )
        self._read.add(note)
        self._meet(note, contents)
        self._written[str(path)] = contents
        return highlighting.with_saved(state, note, operations, contents.highlights, contents.questions)

    def is_stale(self, state: State, note: str) -> bool:
        """Whether the highlights file names words that highlights of a note were on for a while only."""
        return (
            state.has(note) and not state.marks_of(note).unsaved and bool(highlighting.upkeep_of_returned(state, note))
        )

    # -- what cannot be saved

    def save(self, state: State, note: str, *, patience: float) -> Saved:
        """Save what is not saved of a note; what cannot be is kept in the state folder for the next session."""
        fault = ""
        self._keep_unsaved(note, state.marks_of(note).unsaved, durable=False)
        try:
            state = self.write(state, note, patience=patience)
        except DamagedError as error:
            state = self._locked(state, note, error)
            fault = state.marks_of(note).locked
        except SidecarError as error:
            fault = _in_short(error)
        except OSError as error:
            fault = _in_short(unwritable(Path(note), error))
        self._keep_unsaved(note, state.marks_of(note).unsaved)
        return Saved(state, fault)

    def take_up_unsaved(self, state: State) -> State:
        """Take up what the sessions before could not save of these notes, as what is not saved yet."""
        if not self.can_mark:
            return state
        for path in unsaved.waiting(note.path for note in state.library.notes):
            state = self._take_up(state, state.note(path), *unsaved.kept(path))
        for found, file in unsaved.of_gone_notes(self._is_near):
            records = [record for change in found.values() if (record := change.after or change.before)]
            if (renamed := owner(state.library.notes, records)) is not None:
                state = self._take_up(state, renamed, found, (file,))
        return state

    def _take_up(self, state: State, note: Note, found: Mapping[str, RecordChange], files: Iterable[Path]) -> State:
        if found:
            state = highlighting.held(state, Step(note.path, tuple(found.values()), ""))
            if self._keep_unsaved(note.path, state.marks_of(note.path).unsaved):
                unsaved.forget(files)
        return state

    def is_kept(self, state: State) -> bool:
        """Whether all that is not saved is in the state folder."""
        pending = {path: marks.unsaved for path, marks in state.marks.items() if marks.unsaved}
        return all(self._kept_unsaved.get(path, ({}, True))[0] == changes for path, changes in pending.items())

    def restore(self, state: State, note: str) -> tuple[State, str]:
        """Bring back the sidecar before a note's damaged one; gives the state after it, and what to tell of it.

        What was read of the damaged one while it was whole, and the one before does not have, is to be saved again;
        what another saved in that one before and nobody here has read yet stays. Raises SidecarError.
        """
        path, marks = self._sidecars[note], state.marks_of(note)
        aside = store.restore(path, within=self._folders)
        if note in self._read:
            changes = differences(store.load(path).records, marks.records.values())
            ours = {id_: change for id_, change in changes.items() if self._counts(note, change)}
            state = with_marks(state, note, replace(marks, unsaved=ours))
        state = self._with_sidecar(state, state.note(note), self._strays)
        return state, f"{path.name} is as it was before; the damaged one is {aside.name}"

    def _meet(self, note: str, contents: Contents) -> None:
        self._met.setdefault(note, set()).update(record.id for record in contents.records)

    def _counts(self, note: str, change: RecordChange) -> bool:
        """Whether a record as it is here counts more than as it is in a file that was brought back."""
        if change.before is None:
            return True
        if change.after is None:
            return change.id in self._met.get(note, ())
        return change.after.updated >= change.before.updated

    def _keep_unsaved(self, note: str, changes: Mapping[str, RecordChange], *, durable: bool = True) -> bool:
        """Keep in the state folder what is not saved of a note; whether it is there."""
        known, is_durable = self._kept_unsaved.get(note, ({}, True))
        if changes != known or (durable and not is_durable):
            self._life.begin()
            if not unsaved.keep(note, changes, self._name, durable=durable):
                return False
            self._kept_unsaved[note] = changes, durable
        return True

    def keep_for_next(self, state: State) -> None:
        """Keep what is not saved for the next session, beside what this one may still be about to save."""
        for path, marks in state.marks.items():
            if marks.unsaved:
                unsaved.keep(path, marks.unsaved, f"{self._name}.0")

    # -- what is being typed

    def keep_typed(self, draft: Draft, number: int) -> str:
        """Keep a text that is being typed; why it is not kept, empty where it is."""
        self._life.begin()
        return drafts.keep(draft, f"{self._name}-{number}")

    def forget_typed(self, number: int) -> None:
        """Forget a text that was typed: it is saved, or thrown away."""
        drafts.forget(f"{self._name}-{number}")

    def typed_before(self, state: State, numbers: Iterator[int]) -> list[tuple[int, Draft]]:
        """The texts about these notes that sessions before were ended over, each under one of these numbers from now.

        Of a note that is nowhere any more, the draft's note is where its words stand now, or empty.
        """
        if not self.can_mark:
            return []
        here = {os.path.abspath(note.path): note.path for note in state.library.notes}
        found = []
        for name, draft in drafts.left():
            note = here.get(draft.note)
            if note is None and self._is_near(draft.note) and not os.path.exists(draft.note):
                renamed = owner(state.library.notes, [draft.record])
                note = renamed.path if renamed else ""
            if note is None:
                continue
            self._life.begin()
            if note and is_said(draft, state.marks_of(note).records.get(draft.record.id)):
                drafts.forget(name)
            elif drafts.take_over(name, f"{self._name}-{(number := next(numbers))}"):
                found.append((number, draft._replace(note=note)))
        return found

    # -- what is remembered between sessions

    def _strays(self) -> Strays:
        """The sidecars in the library's folders whose note is gone, but for those whose records a note has as well."""
        found = (stray for folder in self._folders_of_notes() for stray in store.strays(folder))
        return tuple(stray for stray in found if not self._is_left_over(stray[0]))

    def _is_left_over(self, stray: Path) -> bool:
        ids = ids_in(stray)
        holders = (self._sidecars[note] for note, met in self._met.items() if not ids.isdisjoint(met))
        return holder_of_all(stray, holders) is not None

    def _folders_of_notes(self) -> Iterable[Path]:
        """The folders that notes of the library lie in, or did: one of which the last note was moved has none."""
        if self._library.is_folder:
            with suppress(NotesError):
                return notes_by_folder(Path(self._library.path))
        return dict.fromkeys(Path(note.path).parent for note in self._library.notes)

    def _is_near(self, path: str) -> bool:
        """Tell if a note that is gone from a path may be one of the library's by another name."""
        if self._library.is_folder:
            return is_in(path, os.path.abspath(self._library.path))
        return os.path.dirname(path) == os.path.dirname(os.path.abspath(self._library.path))

    def keep_settled(self, state: State) -> None:
        """Remember the texts in which records are anchored, for the notes whose records changed."""
        if state.library.path == STANDARD_INPUT:
            return
        for path, marks in state.marks.items():
            if marks.settled is self._kept.get(path):
                continue
            self._kept[path] = marks.settled
            if path in state.unfinished:
                whole = tuple(each for each in marks.settled if each.note is not state.note(path))
                marks = replace(marks, settled=whole)
            snapshots.keep(path, marks, self._options, limit=self._opened.config.snapshot_limit)

    def read_baselines(self, state: State, paths: Iterable[str]) -> State:
        """Find what is new in these notes since they were read; what is seen for the first time counts as read."""
        if state.library.path == STANDARD_INPUT:
            return state
        baselines = []
        for path in paths:
            if not state.has(path) or path in state.baselines:
                continue
            note = state.note(path)
            limit = self._opened.config.snapshot_limit
            if reader_state.is_baseline(path, note.pieces, limit=limit):
                baselines.append(note)
                continue
            text = reader_state.load_baseline(path, limit=limit)
            before = None if text is None else reread_pieces(note, text, self._options)
            if before is None and path not in state.unfinished:
                reader_state.save_baseline(path, note.pieces, limit=limit)
            baselines.append(before or note)
        return with_baselines(state, baselines) if baselines else state

    def read_as(self, state: State, baselines: Sequence[Note]) -> State:
        """The state in which notes were read as they are here, which is remembered."""
        for note in baselines:
            reader_state.save_baseline(note.path, note.pieces, limit=self._opened.config.snapshot_limit)
        return with_baselines(state, baselines)

    # -- edits

    def watch(self, arrived: Callable[[str, bytes | None, bool], None], notice: Callable[[str], None]) -> None:
        """Begin to follow the files; both are called from a thread of the watcher's."""
        from tui.files.watching.watched import target_of
        from tui.files.watching.watcher import Watcher

        if self._library.path == STANDARD_INPUT:
            return
        target = target_of(self._library.path, is_folder=self._library.is_folder)
        self._watcher = Watcher(target, arrived, seen=self._seen, on_notice=notice)
        self._watcher.start()

    def _leads_out(self, path: str) -> bool:
        """Tell if a note is a link to what is no note of the folder."""
        folder = self._library.path if self._library.is_folder else os.path.dirname(path)
        return path != STANDARD_INPUT and leads_out(path, folder or os.curdir)

    def close(self) -> None:
        """End watching, and leave to the next session what is kept for it."""
        if self._watcher is not None:
            self._watcher.stop()
        self._life.end()

    def take_file(self, state: State, path: str, data: bytes | None, *, is_unfinished: bool = False) -> News:
        """Take up a file that has changed: a note's text, or what its highlights file says.

        ``is_unfinished`` says that a writer has it open: a highlights file is then left for later.
        Raises EarmarkError where it is no text any more; the state then stays.
        """
        from tui.files.sidecar.copies import is_sidecar_name

        if is_sidecar_name(PurePath(path).name):
            if is_unfinished:
                return News(state)
            if (written := self._written.get(path)) is not None and data == to_bytes(written):
                return News(state)
            return self._with_changed_sidecar(state, Path(path))
        old = next((note for note in state.library.notes if note.path == path), None)
        if data and not self._is_linked and self._leads_out(path):
            data = None  # a link took the note's place, and what it leads to is no note of these
        if not data:
            return self._without(state, path, old, is_missing=data is None)
        if old is None and not self._library.is_folder:
            return News(state)
        note = note_of(path, data, self._options, old)
        news = edited(state, note, is_unfinished=is_unfinished)
        if path in self._away:
            self._away.discard(path)
            news = replace(news, summary=", ".join(filter(None, (f"{PurePath(path).name} is back", news.summary))))
        return replace(news, state=self._with_sidecar(news.state, note, self._strays)) if old is None else news

    def take_sidecars(self, state: State, files: Mapping[str, bytes | None]) -> tuple[News, tuple[str, ...]]:
        """Take up highlights files that have changed; gives those that were looked at as well.

        There is time for one, and for as many more as are done with in `SHARE`: a mark may wait meanwhile.
        """
        until, done, told = time.monotonic() + SHARE, [], []
        for path, data in files.items():
            done.append(path)
            try:
                news = self.take_file(state, path, data)
            except (EarmarkError, OSError) as error:
                told.append(str(error))
                continue
            state = news.state
            told.append(news.summary)
            if time.monotonic() > until:
                break
        return News(state, "; ".join(filter(None, told)), is_warning=True), tuple(done)

    def _with_changed_sidecar(self, state: State, path: Path) -> News:
        """What follows from a highlights file that has changed, for every note that may have it, or have it a copy."""
        from tui.files.sidecar.copies import notice

        before, strays, places = state, cache(self._strays), self._places_in(state.library)
        adopted_by = (note for note in self._adopted if self._sidecars.get(note) == path)
        theirs = tuple(dict.fromkeys((*places.by_sidecar.get(str(path), ()), *adopted_by)))
        for note_path in theirs:
            if state.has(note_path):
                state = self._with_sidecar(state, state.note(note_path), strays)
        if (name := store.stray_name(path)) is not None:
            state = self._with_adopted(state, ((path, name),))
        if not any(self._sidecars.get(note_path) == path for note_path in theirs):
            named = places.by_name.get((str(path.parent), store.INDEX.note_named(path) or ""), ())
            had = (each for each, marks in state.marks.items() if path.name in marks.copies and state.has(each))
            state = self._with_copies_of(state, dict.fromkeys((*named, *had)))
        warnings = []
        for note_path, marks in state.marks.items():
            former = before.marks_of(note_path)
            if marks is former:
                continue
            if copies := tuple(name for name in marks.copies if name not in former.copies):
                warnings.append(notice(copies))
            if marks.locked and marks.locked != former.locked:
                warnings.append(marks.locked)
            elif former.highlights and not marks.highlights:
                warnings.append(f"{path.name} has no highlights any more; {path.name}.bak may have them")
        return News(state, "; ".join(warnings), is_warning=True)

    def _places_in(self, library: Library) -> _Places:
        """Where the highlights of a library's notes may lie, gathered anew when a note comes or goes."""
        if self._places is None or self._places.notes != library.numbers.keys():
            self._places = _places_of(library)
        return self._places

    def _with_adopted(self, state: State, strays: Strays) -> State:
        """The state in which highlights files whose note is gone are of the notes whose they are and that have none."""
        for note in state.library.notes if strays else ():
            own = self._sidecars.get(note.path), *store.possible_sidecars(Path(note.path))
            if not any(each and os.path.exists(each) for each in own) and adopted(note, strays):
                state = self._with_sidecar(state, note, lambda: strays)
        return state

    def _without(self, state: State, path: str, old: Note | None, *, is_missing: bool) -> News:
        if old is None:
            return News(state)
        if is_missing and self._library.is_folder:
            news, name = removed(state, path), codec.storable(PurePath(path).name)
            left = tuple(stray for stray in self._strays() if stray[1] == name)
            return replace(news, state=self._with_adopted(news.state, left))
        self._away.add(path)
        word = "missing" if is_missing else "empty"
        summary = f"{PurePath(path).name} is {word}: what it held is shown, and the highlights are kept"
        return News(state, summary, is_warning=True)


class _Places(NamedTuple):
    """Where the highlights of a library's notes may lie; its notes are told by their paths."""

    notes: AbstractSet[str]
    by_sidecar: Mapping[str, Sequence[str]]
    "By the paths of the sidecars that they may have."
    by_name: Mapping[tuple[str, str], Sequence[str]]
    "By the folder, and the name that a sidecar has for them."


def _places_of(library: Library) -> _Places:
    by_sidecar: dict[str, list[str]] = {}
    by_name: dict[tuple[str, str], list[str]] = {}
    for note in library.notes:
        path = Path(note.path)
        for place in store.possible_sidecars(path):
            by_sidecar.setdefault(str(place), []).append(note.path)
        by_name.setdefault((str(path.parent), codec.storable(path.name)), []).append(note.path)
    return _Places(library.numbers.keys(), by_sidecar, by_name)


def _is_known(marks: Marks, contents: Contents) -> bool:
    """Whether a note has been shown with just what its sidecar says, as after a change of branches and back."""
    is_in_order = not (marks.unsaved or marks.locked or not marks.settled)
    return is_in_order and (tuple(marks.highlights.values()), tuple(marks.questions.values())) == (
        contents.highlights,
        contents.questions,
    )


def is_said(draft: Draft, record: Record | None) -> bool:
    """Whether a record says already what was being typed about it."""
    text = draft.text.strip()
    match record:
        case Highlight():
            said = record.comment == text if draft.kind == "comment" else record.tags == tags_in(text)
        case QuestionRecord():
            said = record.answer == text
        case _:
            said = False
    return said


def _in_short(error: SidecarError) -> str:
    """An error with the file's name: paths in full would fill the status line."""
    name = PurePath(error.path).name
    return str(SidecarError(name, error.problem, error.remedy.replace(error.path, name), line=error.line))
