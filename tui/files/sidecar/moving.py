"""Moving records along with their text into another note's sidecar: written there first, then removed here."""

from __future__ import annotations

import os
from collections import defaultdict
from contextlib import suppress
from dataclasses import replace
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, NamedTuple

from tui.core.anchoring.elsewhere import ElsewhereSearch
from tui.core.annotations.highlights import AnswerLink, Highlight, QuestionRecord
from tui.core.state.answers_elsewhere import all_links_elsewhere
from tui.core.state.highlighting import with_step_unsaved
from tui.core.state.model import with_annotations
from tui.core.state.relocation import (
    already_there,
    following_answer,
    lost_records,
    parted,
    still_valid,
    with_candidates,
    with_relocated,
)
from tui.errors import SidecarError
from tui.files.discovery import is_in
from tui.files.sidecar import store
from tui.files.sidecar.adoption import move_adopted
from tui.files.sidecar.joining import put_aside
from tui.files.sidecar.merging import NOTHING, merged, parse_whole
from tui.files.sidecar.text import Contents, SidecarTable, proven, table_in, to_bytes, with_note, written

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from tui.core.anchoring.elsewhere import Relocation
    from tui.core.annotations.highlights import Record
    from tui.core.notes.model import Library
    from tui.core.state.model import State
    from tui.core.state.relocation import Parted
    from tui.files.note_on_disk import NotesOnDisk
    from tui.files.sidecar.reading import SidecarReader


class Moved(NamedTuple):
    """The outcome of moving records."""

    state: State
    summary: str = ""
    "The message in one line; empty if nothing moved."
    fault: str = ""
    "The reason why not everything was moved; empty if it was."


class SidecarMover:
    """Finds records whose text is in another note of the library, and moves them there."""

    def __init__(
        self,
        notes: NotesOnDisk,
        reader: SidecarReader,
        within: Sequence[Path],
        write: Callable[[State, str], State],
    ) -> None:
        self._notes = notes
        self._reader = reader
        self._within = within
        "Folders that a sidecar's link may lead into."
        self._write = write
        "Saves the unsaved changes of a note."
        self._search = ElsewhereSearch()
        self.moved: tuple[Relocation, ...] = ()
        "Records that were moved in memory only."

    def search(self, state: State) -> Iterator[tuple[Relocation, ...] | None]:
        """Search other notes for the text of lost records: yields None after each step, and finally everything
        found.
        """
        lost = lost_records(state, self._strays(state.library), _gone(state))
        lost = tuple(each for each in lost if not self._leads_away(state.library, each.owner))
        there = already_there(state, lost)
        settled = {each.lost for each in there}
        for found in self._search.search([each for each in lost if each not in settled], state.library.notes):
            yield None if found is None else (*there, *found)

    def in_memory(self, state: State) -> State:
        """Move lost records to the notes that have their text, in memory only."""
        left: dict[tuple[str, str], Record] = {}
        found = self._all(state)
        for each in found:
            if each.is_certain and not each.lost.asked_in:
                record = left.get(each.lost.key, each.lost.record)
                assert not isinstance(record, AnswerLink)
                one = parted(state, record, each)
                left[each.lost.key] = one.left or one.moved
                state = with_relocated(state, [(each, one)])
                self.moved += (each,)
        # Answers come last, when a question that moved is in its new note.
        found = self._all(state) if found else ()
        for each in found:
            if each.is_certain and (step := following_answer(state, each)) is not None:
                state = with_step_unsaved(state, step)
                here = replace(state.annotations_of(step.note), unsaved={})
                state = with_annotations(state, step.note, here)
        return with_candidates(state, [each for each in found if not each.is_certain])

    def _all(self, state: State) -> tuple[Relocation, ...]:
        *_, found = self.search(state)
        return found or ()

    def move(self, state: State, found: Sequence[Relocation]) -> Moved:
        """Move what is certain and still valid, on disk and in the state."""
        found = still_valid(state, found, self._strays(state.library), _gone(state))
        groups: defaultdict[tuple[str, str], list[Relocation]] = defaultdict(list)
        for each in found:
            if each.is_certain and not each.lost.asked_in:
                groups[each.lost.owner, each.note.path].append(each)
        messages, faults = [], []
        for (owner, note), group in groups.items():
            name = PurePath(owner).name if state.has(owner) else store.INDEX.note_named(Path(owner))
            try:
                done = self._move(state, owner, note, group)
            except (SidecarError, OSError) as error:
                faults.append(_in_short(error))
                # It may be in both files; the next search removes it from the first.
                state = self._reader.read_one(state, state.note(note), tuple)
                continue
            state = with_relocated(state, done)
            if done:
                messages.append(_summary([one.moved for _, one in done], name or PurePath(owner).name, note))
        for each in found:
            if each.is_certain and (step := following_answer(state, each)) is not None:
                try:
                    state = self._write(with_step_unsaved(state, step), step.note)
                except (SidecarError, OSError) as error:
                    faults.append(_in_short(error))
                    continue
                messages.append(f"1 answer followed to {PurePath(each.note.path).name}")
        return Moved(state, ", ".join(dict.fromkeys(messages)), "; ".join(faults))

    def offer(self, state: State, found: Sequence[Relocation]) -> State:
        """Mark records with uncertain but still valid finds as needing review."""
        doubtful = [each for each in found if not each.is_certain]
        return with_candidates(state, still_valid(state, doubtful, {}, _gone(state)))

    def strays_moved(self) -> frozenset[Path]:
        """Sidecars whose note is gone and whose records were all moved in memory."""
        by_owner: defaultdict[str, set[str]] = defaultdict(set)
        for each in self.moved:
            by_owner[each.lost.owner].add(each.lost.record.id)
        return frozenset(
            Path(owner) for owner, ids in by_owner.items() if {record.id for record in _records(Path(owner))} <= ids
        )

    def _strays(self, library: Library) -> Mapping[str, Sequence[Record]]:
        """The records of sidecars whose note is gone, unless a note of the library has the whole sidecar."""
        taken = {path for path, note in self._reader.adopted.items() if note in library.numbers}
        # A note of its own, opened alone, stays in the library while its file is missing, and keeps its sidecar.
        taken |= {note.sidecar for path, note in self._notes.items() if path in library.numbers and note.sidecar}
        return {os.fspath(path): _records(path) for path, _ in self._reader.strays(library) if path not in taken}

    def _leads_away(self, library: Library, owner: str) -> bool:
        """True if a highlights file, a note's or a stray one, is a link out of what was opened.

        It may belong to the reader: whoever placed a link to it next to notes that quote it would otherwise learn its
        contents.
        """
        here = self._notes.get(owner)
        sidecar = os.fspath(here.sidecar) if here and here.sidecar else owner
        if not os.path.islink(sidecar):
            return False
        roots = (root if os.path.isdir(root) else os.path.dirname(root) or os.curdir for root in library.roots)
        return not any(is_in(os.path.realpath(sidecar), os.path.realpath(root)) for root in roots)

    def _move(
        self, state: State, owner: str, note: str, group: Sequence[Relocation]
    ) -> list[tuple[Relocation, Parted]]:
        """Move records from one note to another; return those that were still there to be moved."""
        disk, here = self._notes[note], self._notes.get(owner)
        new, name = store.sidecar_of(Path(note)), PurePath(note).name
        if (former := disk.former) is not None:
            move_adopted(former, new, name, self._within)
            disk.is_adopted, disk.beside = False, None
        olds = [Path(owner)] if here is None else [path for path in (here.sidecar, here.beside) if path is not None]
        done: list[tuple[Relocation, Parted]] = []
        for old in olds:
            done += _move(state, group, old, new, self._within)
        disk.sidecar, disk.written, disk.is_read = new, None, True
        disk.met.update(one.moved.id for _, one in done)
        if here is not None:
            here.written = None
        return done


def _gone(state: State) -> frozenset[str]:
    """Vanished notes in the library's folders whose blocks answer questions.

    Paths elsewhere are not even looked up: the highlights file may have come with the notes, and the path may wake a
    network folder.
    """
    roots = [os.path.abspath(root) for root in state.library.roots]
    named = (path for path in all_links_elsewhere(state) if not state.has(path))
    near = (path for path in named if any(is_in(os.path.abspath(path), root) for root in roots))
    return frozenset(path for path in near if not os.path.lexists(path))


def _records(sidecar: Path) -> tuple[Record, ...]:
    with suppress(SidecarError):
        contents = store.INDEX.contents(sidecar)
        return () if contents.read_only or contents.missing_end else contents.records
    return ()


def _move(
    state: State, moves: Sequence[Relocation], old: Path, new: Path, within: Sequence[Path]
) -> list[tuple[Relocation, Parted]]:
    """Write records into another sidecar and only then remove them here; unknown keys move along.

    If the program dies in between, both hold them, under the same ids. Raises SidecarError.
    """
    if (data := store.read(old, within)) is None:
        return []
    contents, note_name = parse_whole(data, os.fspath(old)).contents, PurePath(moves[0].note.path).name
    there = {entry.record.id: entry for entry in contents.entries}
    done, changed, brought = [], {}, []
    for found in moves:
        entry = there.get(found.lost.record.id)
        if entry is not None and _is_meant(entry.record, found):
            one = parted(state, entry.record, found)
            done.append((found, one))
            changed[entry.record.id] = entry.text, written(one.left, table_in(entry)) if one.left else None
            brought.append(_described(entry, one.moved))
    if not done:
        return []

    def with_brought(data: bytes | None) -> bytes | None:
        here = NOTHING if data is None else parse_whole(data, os.fspath(new)).contents
        together = merged(NOTHING, here, Contents(entries=tuple(brought))).contents
        return None if together == here else to_bytes(with_note(together, note_name))

    store.rewrite(new, with_brought, note=new.with_name(note_name), within=within)
    is_emptied = len(done) == len(contents.entries) and not any(one.left for _, one in done)
    if store.stray_name(old) is not None and is_emptied:
        put_aside(old, data)
        return done

    def without_moved(data: bytes | None) -> bytes | None:
        if data is None:
            return None
        here = parse_whole(data, os.fspath(old)).contents
        left = tuple(filter(None, map(remaining, here.entries)))
        return None if left == here.entries else proven(replace(here, entries=left), here, os.fspath(old))

    def remaining(entry: SidecarTable) -> SidecarTable | None:
        was, rest = changed.get(entry.record.id, ("", None))
        return rest if was == entry.text else entry

    store.rewrite(old, without_moved, within=within)
    return done


def _is_meant(record: Record, found: Relocation) -> bool:
    """True if the record in the file is the one that was searched, or a remainder of it."""
    return record.parts == found.lost.record.parts or (bool(found.parts) and {*found.parts} <= {*record.parts})


def _described(entry: SidecarTable, record: Record) -> SidecarTable:
    """The table with the id and selectors that its record has in the other note."""
    moved = replace(entry.record, id=record.id, parts=record.parts, kept=False)
    if isinstance(moved, QuestionRecord) and isinstance(record, QuestionRecord):
        moved = replace(moved, answered_in=record.answered_in)
    return written(moved, table_in(entry))


def _summary(records: Sequence[Record], old: str, new: str) -> str:
    kinds = {"highlight": sum(isinstance(each, Highlight) for each in records)}
    kinds["question"] = len(records) - kinds["highlight"]
    counts = [f"{count} {kind if count == 1 else f'{kind}s'}" for kind, count in kinds.items() if count]
    return f"{' and '.join(counts)} moved from {old} to {PurePath(new).name}"


def _in_short(error: SidecarError | OSError) -> str:
    return error.in_short() if isinstance(error, SidecarError) else str(error)
