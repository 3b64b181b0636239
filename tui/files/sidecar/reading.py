"""Reading sidecars into the state: at the start, when they change, and when notes are renamed."""

from __future__ import annotations

import os
from collections import defaultdict
from contextlib import suppress
from dataclasses import replace
from functools import cache, partial
from operator import attrgetter
from pathlib import Path
from typing import TYPE_CHECKING

from tui.core.annotations.highlights import sought
from tui.core.notes.model import Library
from tui.core.state import highlighting
from tui.core.state.anchored import with_answers, with_records
from tui.core.state.answers_elsewhere import all_links_elsewhere
from tui.core.state.model import Mending, with_annotations, with_lock
from tui.core.state.refresh import Effect
from tui.errors import ConflictError, DamagedError, NotesError, SidecarError
from tui.files.discovery import notes_by_folder
from tui.files.remembered import snapshots
from tui.files.sidecar import store
from tui.files.sidecar.adoption import Stray, Strays, adopted, adoptions, holder_of_all, ids_in
from tui.files.sidecar.copies import copies_of, notice
from tui.files.sidecar.joining import both_sides
from tui.files.sidecar.merging import NOTHING, merged
from tui.files.sidecar.places import SidecarPlaces, places_of
from tui.files.sidecar.text import refusal, to_bytes
from tui.files.toml import codec
from tui.files.watching.stable_read import signature
from tui.files.watching.writers import being_written

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from tui.core.notes.model import Note
    from tui.core.state.model import Annotations, State
    from tui.files.note_on_disk import NoteOnDisk, NotesOnDisk
    from tui.files.opened import Opened
    from tui.files.sidecar.places import SidecarsThere
    from tui.files.sidecar.text import Contents


class SidecarReader:
    """Reads the sidecars of notes."""

    def __init__(self, opened: Opened, notes: NotesOnDisk, within: Sequence[Path], *, reads_once: bool = False) -> None:
        """Read the sidecars of these notes.

        Args:
            opened: What the reader opened.
            notes: The notes on the disk.
            within: Folders that a sidecar's link may lead into.
            reads_once: True for a command that ends after one reading and saves little, if anything. A later save then
                compares all selectors with the text, which a reader on screen should not wait for.
        """
        self._opened = opened
        self._notes = notes
        self._within = within
        self._reads_once = reads_once
        self._places: SidecarPlaces | None = None

    def read(self, state: State, notes: Iterable[Note]) -> State:
        """Read the sidecars of some notes, and look for copies next to those of all notes."""
        # Own sidecars come first, since they decide which strays are left.
        state = self.read_own(state, notes)
        return self.read_others(state, self.others(state.library))

    def has_read(self, note: str) -> bool:
        """True if a note's sidecar has been looked for."""
        return self._notes[note].sidecar is not None

    def read_own(
        self,
        state: State,
        notes: Iterable[Note],
        there: SidecarsThere | None = None,
        is_over: Callable[[], bool] = lambda: False,
    ) -> State:
        """Read the own sidecars of some notes, at least one and as many as time allows.

        Args:
            state: The state before.
            notes: The notes; only those that are read are consumed.
            there: All sidecars in their folders, so that notes without any need no disk access; the watcher finds newer
                ones.
            is_over: True once time is up.
        """
        found: dict[str, Annotations] = {}
        unfinished = state.unfinished
        for note in notes:
            if not self.has_read(note.path):  # later, the watcher tells
                unfinished |= being_written(self._opened.seen, (note,))
            if there is not None and self._has_none(note.path, there):
                if is_over():
                    break
                continue
            # Alone, so that the state of all other notes need not be copied.
            known = {note.path: state.annotations[note.path]} if note.path in state.annotations else {}
            library = Library(state.library.path, (note,))
            alone = replace(state, library=library, annotations=known, unfinished=unfinished)
            found |= self.read_one(alone, note, tuple).annotations
            disk = self._notes[note.path]
            disk.is_new = not (disk.sidecar and os.path.exists(disk.sidecar))
            if is_over():
                break
        if not found and unfinished == state.unfinished:
            return state
        return replace(state, annotations={**state.annotations, **found}, unfinished=unfinished)

    def _has_none(self, note: str, there: SidecarsThere) -> bool:
        """True if none of a note's possible sidecars is known to exist; the note then counts as read."""
        places = store.possible_sidecars(Path(note))
        if any(map(there.may_have, places)):
            return False
        disk = self._notes[note]
        disk.sidecar, disk.is_new, disk.is_read = places[0], True, True
        return True

    def others(self, library: Library, pause: Callable[[], None] = lambda: None) -> Mapping[str, Stray]:
        """Sidecars under other names or in other folders, for notes whose own have been read; changes nothing.

        ``pause`` is called between two files.
        """
        if not (strays := self.strays(library, pause)):
            return {}
        bare = [note for note in library.notes if self._notes[note.path].is_new]
        found = adoptions(bare, strays, pause)
        by_name: dict[str, Strays] = {}
        for stray in strays:
            by_name[stray[1]] = (*by_name.get(stray[1], ()), stray)
        for note in library.notes:
            beside = by_name.get(codec.storable(os.path.basename(note.path)), ())
            if beside and not self._notes[note.path].is_new and (one := adopted(note, beside)):
                found[note.path] = one
        return found

    def read_others(self, state: State, others: Mapping[str, Stray]) -> State:
        """Read such sidecars as well, unless they are gone, and look for copies next to those of all notes."""
        for path, stray in others.items():
            if state.has(path) and os.path.exists(stray[0]):
                state = self.read_one(state, state.note(path), partial(tuple, (stray,)), beside=(stray,))
        for note in state.library.notes:
            self._notes[note.path].is_new = False
        state = self._with_answers(state)
        return self._read_copies(state, [note.path for note in state.library.notes])

    def read_one(self, state: State, note: Note, strays: Callable[[], Strays], *, beside: Strays = ()) -> State:
        """Read the sidecar of a note, or else one that was the note's under another name.

        If it has its own, a former one among ``beside`` is read as well.
        """
        disk, former = self._notes[note.path], note.path
        path, disk.is_adopted = store.sidecar_of(Path(note.path)), False
        if not os.path.exists(path) and (found := adopted(note, strays())):
            path, former = found[0], str(found[0].with_name(found[1]))
            disk.is_adopted = True
        disk.sidecar, disk.written = path, None
        self._opened.seen[str(path)] = signature(str(path))
        contents, fault = _load(path, self._within)
        disk.beside = None
        if contents is not None and contents.is_there and fault is None and not disk.is_adopted:
            contents = self._with_beside(contents, note, beside)
        is_less = isinstance(fault, DamagedError) and disk.is_read
        has_words = contents is not None and (contents.entries or note.path in state.annotations)
        if contents is not None and has_words and not is_less:
            disk.meet(contents)
            if fault is None and _is_known(state.annotations_of(note.path), contents):
                disk.is_read = True
                return state
            state = self._take_in(state, note, contents, former)
        if fault is None:
            disk.is_read = True
            return with_lock(state, note.path, "")
        return locked(state, disk, fault, self._within)

    def _with_beside(self, contents: Contents, note: Note, beside: Strays) -> Contents:
        """The contents of a note's sidecar, combined with those of a second one that was the note's."""
        if (found := adopted(note, beside)) is None:
            return contents
        with suppress(SidecarError):
            contents = merged(NOTHING, contents, store.INDEX.contents(found[0])).contents
            self._notes[note.path].beside = found[0]
        return contents

    def _take_in(self, state: State, note: Note, contents: Contents, former: str) -> State:
        """Put a sidecar's contents into the state; ``former`` is the note's path when its snapshots were written."""
        annotations = state.annotations_of(note.path)
        texts = annotations.snapshots
        if contents.entries and not texts:
            records = contents.records
            limit = self._opened.config.snapshot_limit
            texts = snapshots.recalled(note, former, sought(records), self._opened.options, limit=limit)
            words = snapshots.recalled_wordings(former, sought(records))
            doubts = snapshots.recalled_doubts(former, sought(records))
            state = with_annotations(state, note.path, replace(annotations, wordings=words, doubts=doubts))
        state = with_records(state, note.path, contents.highlights, contents.questions, texts)
        return state if texts or self._reads_once else highlighting.with_described(state, note.path)

    def _with_answers(self, state: State) -> State:
        """Anchor the blocks that answer questions of other notes, once those have been read."""
        limit, options = self._opened.config.snapshot_limit, self._opened.options
        for path, links in all_links_elsewhere(state).items():
            if state.has(path) and links != state.annotations_of(path).answers:
                note, name = state.note(path), snapshots.answers_name(path)
                texts = snapshots.recalled(note, name, links.values(), options, limit=limit)
                words = snapshots.recalled_wordings(name, links.values())
                doubts = snapshots.recalled_doubts(name, links.values())
                state = with_answers(state, path, links, texts, words, doubts)
        return state

    def _read_copies(self, state: State, notes: Iterable[str]) -> State:
        """Look for copies next to the sidecars of some notes."""
        sidecars = {path: sidecar for path in notes if (sidecar := self._notes[path].sidecar) is not None}
        found = copies_of({Path(path): sidecar for path, sidecar in sidecars.items()})
        for path, sidecar in sidecars.items():
            names = tuple(copy.name for copy in found.get(sidecar, ()))
            annotations = state.annotations_of(path)
            if annotations.copies != names:
                state = with_annotations(state, path, replace(annotations, copies=names))
        return state

    # -- sidecars whose note is gone

    @property
    def adopted(self) -> dict[Path, str]:
        """Sidecars of renamed or moved notes, by path, with their present notes; the next highlight moves the file."""
        notes = sorted(self._notes.values(), key=attrgetter("path"), reverse=True)
        return {former: note.path for note in notes if (former := note.former) is not None}

    def strays(self, library: Library, pause: Callable[[], None] = lambda: None) -> Strays:
        """Sidecars in a library's folders whose note is gone, except those whose records a note has as well."""
        found = [stray for folder in _folders_of(library) for stray in store.strays(folder, pause)]
        holders = self._holders() if found else {}
        return tuple(stray for stray in found if not _is_left_over(stray[0], holders))

    def _holders(self) -> Mapping[str, Sequence[Path]]:
        """Sidecars of notes in which each record was seen, by record id."""
        found: defaultdict[str, list[Path]] = defaultdict(list)
        for note in [*self._notes.values()]:
            if note.sidecar is not None:
                for id_ in note.met:
                    found[id_].append(note.sidecar)
        return found

    def adopt(self, state: State, strays: Strays) -> State:
        """Assign stray sidecars to their notes, if those have none."""
        for note in state.library.notes if strays else ():
            own = self._notes[note.path].sidecar, *store.possible_sidecars(Path(note.path))
            has_one, beside = any(each and os.path.exists(each) for each in own), _of_name(note, strays)
            if adopted(note, beside if has_one else strays):
                state = self.read_one(state, note, lambda: strays, beside=beside)
        return state

    # -- sidecars that changed

    def is_as_written(self, state: State, path: str, data: bytes | None) -> bool:
        """True if a sidecar has not changed since this session wrote it."""
        written = [note.written for note in self._owners(state.library, Path(path)) if note.sidecar == Path(path)]
        return bool(written) and all(each is not None and data == to_bytes(each) for each in written)

    def reread(self, state: State, path: Path) -> Effect:
        """Read a changed sidecar, or a copy of one, for every note that it may belong to."""
        before, strays = state, cache(partial(self.strays, state.library))
        owners = tuple(self._owners(state.library, path))
        for owner in owners:
            if state.has(owner.path):
                note, other = state.note(owner.path), owner.beside
                beside = _of_name(note, ((other, store.stray_name(other) or ""),) if other else ())
                state = self.read_one(state, note, strays, beside=beside)
        if (name := store.stray_name(path)) is not None:
            state = self.adopt(state, ((path, name),))
        if not any(owner.sidecar == path for owner in owners):
            places = self._places_in(state.library)
            named = places.by_name.get((str(path.parent), store.INDEX.note_named(path) or ""), ())
            had = (
                each
                for each, annotations in state.annotations.items()
                if path.name in annotations.copies and state.has(each)
            )
            state = self._read_copies(state, dict.fromkeys((*named, *had)))
        return Effect(state, "; ".join(_warnings(before, state, path.name)), is_warning=True)

    def _owners(self, library: Library, sidecar: Path) -> Iterator[NoteOnDisk]:
        """The notes that a sidecar may belong to."""
        usual = self._places_in(library).by_sidecar.get(str(sidecar), ())
        yield from (self._notes[path] for path in usual)
        yield from (note for note in self._notes.adopters(sidecar) if note.path not in usual)

    def _places_in(self, library: Library) -> SidecarPlaces:
        """The possible sidecars of a library's notes, recomputed when a note is added or removed."""
        if self._places is None or self._places.notes != library.numbers.keys():
            self._places = places_of(library)
        return self._places


def locked(state: State, disk: NoteOnDisk, fault: SidecarError, within: Sequence[Path]) -> State:
    """Lock a note with an unreadable sidecar, and tell what may mend it: an intact backup, or a merge."""
    if isinstance(fault, DamagedError) and disk.sidecar is not None and store.can_restore(disk.sidecar, within):
        return with_lock(state, disk.path, _bare(fault), mending=Mending.RESTORE)
    if isinstance(fault, ConflictError):
        return with_lock(state, disk.path, _bare(fault), mending=Mending.MERGE)
    return with_lock(state, disk.path, fault.in_short())


def _bare(fault: SidecarError) -> str:
    """An error in short, without its remedy, for which the reader has a key."""
    return SidecarError(fault.path, fault.problem, line=fault.line).in_short()


def _folders_of(library: Library) -> Iterable[Path]:
    """The folders of a library's notes, including those that the last note has moved out of."""
    if library.is_folder:
        with suppress(NotesError):
            return notes_by_folder(*library.roots, within=library.within)
    return dict.fromkeys(Path(path).parent for path in library.numbers)


def _is_left_over(stray: Path, holders: Mapping[str, Sequence[Path]]) -> bool:
    """True if another sidecar has every record of a stray."""
    others = dict.fromkeys(each for id_ in ids_in(stray) for each in holders.get(id_, ()))
    return holder_of_all(stray, others) is not None


def _of_name(note: Note, strays: Strays) -> Strays:
    """The strays whose note had this note's name, in another folder."""
    name = codec.storable(os.path.basename(note.path)) if strays else ""
    return tuple(stray for stray in strays if stray[1] == name)


def _load(path: Path, within: Sequence[Path]) -> tuple[Contents | None, SidecarError | None]:
    """The readable contents of a sidecar, and the reason why it cannot be changed."""
    try:
        contents = store.load(path, within)
        return contents, refusal(str(path), contents)
    except SidecarError as error:
        return both_sides(path, within), error


def _is_known(annotations: Annotations, contents: Contents) -> bool:
    """True if a note was shown with these contents before, as after switching a git branch and back."""
    is_in_order = not (annotations.unsaved or annotations.locked or not annotations.snapshots)
    return is_in_order and (tuple(annotations.highlights.values()), tuple(annotations.questions.values())) == (
        contents.highlights,
        contents.questions,
    )


def _warnings(before: State, state: State, sidecar: str) -> Iterator[str]:
    """Messages about a changed sidecar."""
    for path, noted in state.annotations.items():
        former = before.annotations_of(path)
        if noted is former:
            continue
        if copies := tuple(name for name in noted.copies if name not in former.copies):
            yield notice(copies)
        if noted.locked and noted.locked != former.locked:
            yield noted.locked
        elif former.highlights and not noted.highlights:
            yield f"{sidecar} has no highlights any more; {sidecar}.bak may have them"
