"""The library and everything the reader recorded, as one immutable value with simple transitions."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from tui.core.notes.model import TITLE, Address, Library, Note, Position
from tui.core.notes.natural_order import natural

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from tui.core.anchoring.snapshot import Key, Snapshot
    from tui.core.anchoring.wordings import Wordings
    from tui.core.annotations.changes import RecordChange, Step
    from tui.core.annotations.highlights import Anchor, AnswerLink, Highlight, QuestionRecord, Record
    from tui.core.notes.model import Block, Episode, Span
    from tui.core.state.baseline import Diff


class Mending(StrEnum):
    """An action that makes a sidecar readable again."""

    RESTORE = "restore"
    MERGE = "merge"


class UnplacedError(Exception):
    """The notes changed so much that a change has no certain position; the message names the change."""


@dataclass(frozen=True, slots=True)
class Annotations:
    """The records of one note and their present anchors."""

    highlights: Mapping[str, Highlight] = field(default_factory=dict)
    "Highlights by id, in document order."
    questions: Mapping[str, QuestionRecord] = field(default_factory=dict)
    anchors: Mapping[str, Anchor] = field(default_factory=dict)
    "Anchors by id, for everything in `tui.core.annotations.highlights.sought` and in `answers`."
    snapshots: tuple[Snapshot, ...] = ()
    "Snapshots of the text in which the records were last anchored, newest first."
    wordings: Wordings = field(default_factory=dict)
    "Earlier words of records, by id: if these reappear, the records are anchored to them again."
    doubts: frozenset[Key] = frozenset()
    "Records that their selectors alone did not settle."
    locked: str = ""
    "The reason why nothing can be saved for this note; empty if it can."
    mending: Mending | None = None
    "The action that would make its sidecar readable again; None if there is none, or no need for one."
    unsaved: Mapping[str, RecordChange] = field(default_factory=dict)
    "The reader's changes that are not on disk yet, by record id; the records above include them."

    copies: tuple[str, ...] = ()
    "Names of unread copies of the highlights file that may contain more than it does."
    answers: Mapping[str, AnswerLink] = field(default_factory=dict)
    "Blocks of this note that answer questions of other notes, by their ids."

    @property
    def records(self) -> Mapping[str, Record]:
        """Highlights and question records, by id."""
        return {**self.highlights, **self.questions}


def innermost(spans: Iterable[tuple[Span, str]], picked: str = "", offset: int | None = None) -> str:
    """The id of the current highlight among those on a block; empty if there are none.

    The picked one wins, then the shortest under the caret, then the shortest; of equal ones the latest.

    Args:
        spans: The highlights' spans on the block and their ids, the latest last.
        picked: The id of the one that the reader picked, if any.
        offset: The caret's offset in the block, if there is one.
    """
    here = list(spans)
    if any(id_ == picked for _, id_ in here):
        return picked
    if offset is not None:
        here = [each for each in here if each[0].start <= offset < each[0].end] or here
    return min(reversed(here), key=lambda each: each[0].end - each[0].start, default=(None, ""))[1]


_NOTHING = Annotations()


@dataclass(frozen=True, slots=True)
class State:
    """The library, the reader's records, and the history."""

    library: Library
    annotations: Mapping[str, Annotations] = field(default_factory=dict)
    "Records by the note's path."
    baselines: Mapping[str, Note] = field(default_factory=dict)
    "Baselines by path; unchanged episodes share their bodies with the note."
    changes: Mapping[str, Diff] = field(default_factory=dict)
    "Changes against the baselines, by path; unchanged notes have no entry."
    unfinished: frozenset[str] = frozenset()
    "Paths of notes that another program is writing: they update no snapshot, bookmark or selector."
    elsewhere: frozenset[str] = frozenset()
    "Paths of notes whose records have candidates in other notes."
    done: tuple[Step, ...] = ()
    undone: tuple[Step, ...] = ()

    @property
    def episodes(self) -> tuple[Episode, ...]:
        """The episodes of all notes, in order."""
        return self.library.episodes

    def note_of(self, section: int) -> Note:
        """The note that contains an episode, counted over the library."""
        return self.library.notes[self._note_index(section)]

    def address(self, position: Position) -> Address:
        """The address of a block in its note."""
        return Address(position.section - self.library.starts[self._note_index(position.section)], position.block)

    def position(self, path: str, address: Address) -> Position:
        """The position in the library of a note's block."""
        return Position(self.first_section(path) + address.episode, address.block)

    def first_section(self, path: str) -> int:
        """The first episode of a note, counted over the library."""
        return self.library.starts[self.library.numbers[path]]

    def note(self, path: str) -> Note:
        """The note at a path."""
        return self.library.notes[self.library.numbers[path]]

    def has(self, path: str) -> bool:
        """True if the library has a note at this path."""
        return path in self.library.numbers

    def annotations_of(self, path: str) -> Annotations:
        """The records of a note."""
        return self.annotations.get(path, _NOTHING)

    def block(self, position: Position) -> Block | None:
        """The block at a position; None for a title."""
        if position.block == TITLE:
            return None
        address = self.address(position)
        return self.note_of(position.section).block(address)

    def _note_index(self, section: int) -> int:
        return min(bisect_right(self.library.starts, section), len(self.library.notes)) - 1


def with_annotations(state: State, path: str, annotations: Annotations) -> State:
    """The state with these records for a note."""
    return replace(state, annotations={**state.annotations, path: annotations})


def with_note(state: State, note: Note) -> State:
    """The state with a new reading of a note; a note new to the library is inserted in `natural` order."""
    notes = state.library.notes
    if state.has(note.path):
        changed = tuple(note if old.path == note.path else old for old in notes)
    else:
        changed = tuple(sorted((*notes, note), key=lambda each: natural(each.path)))
    return replace(state, library=replace(state.library, notes=changed))


def alone(state: State, path: str) -> State:
    """The state of one note by itself: with ten thousand notes, its transitions cost no more than that note's."""
    note = state.note(path)
    return State(
        replace(state.library, notes=(note,)),
        {path: state.annotations[path]} if path in state.annotations else {},
        {path: state.baselines[path]} if path in state.baselines else {},
        {path: state.changes[path]} if path in state.changes else {},
        state.unfinished & {path},
    )


def with_alone(state: State, parts: Sequence[State]) -> State:
    """Merge back the states of notes that were each `alone`."""
    if not parts:
        return state
    notes = {note.path: note for part in parts for note in part.library.notes}
    changes = {path: diff for path, diff in state.changes.items() if path not in notes}
    for part in parts:
        changes |= part.changes
    library = state.library
    if any(state.note(path) is not note for path, note in notes.items()):
        library = replace(library, notes=tuple(notes.get(note.path, note) for note in library.notes))
    return replace(
        state,
        library=library,
        annotations={**state.annotations, **{path: each for part in parts for path, each in part.annotations.items()}},
        changes=state.changes if changes == state.changes else changes,
        unfinished=frozenset().union(state.unfinished - notes.keys(), *(part.unfinished for part in parts)),
    )


def with_unfinished(state: State, path: str, *, is_unfinished: bool) -> State:
    """Record that another program is writing a note, or has finished."""
    if is_unfinished == (path in state.unfinished):
        return state
    others = state.unfinished - {path}
    return replace(state, unfinished=others | {path} if is_unfinished else others)


def with_changes_of(state: State, other: State, paths: Sequence[str]) -> State:
    """The state with the changes of these notes from another state of the same library."""
    known = {path: baseline for path in paths if (baseline := other.baselines.get(path)) is not None}
    changes = {path: diff for path in paths if (diff := other.changes.get(path)) is not None}
    state = replace(state, baselines={**state.baselines, **known})
    return replace(state, changes={**state.changes, **changes}) if changes else state


def without_note(state: State, path: str) -> State:
    """The state without a note that was removed from its folder; its records are kept."""
    notes = tuple(note for note in state.library.notes if note.path != path)
    return with_unfinished(replace(state, library=replace(state.library, notes=notes)), path, is_unfinished=False)


def is_of(state: State, note: Note | None) -> bool:
    """True if the library holds this very reading of a note."""
    return note is not None and state.has(note.path) and state.note(note.path) is note


def with_lock(state: State, path: str, reason: str, *, mending: Mending | None = None) -> State:
    """Lock a note for a reason; the highlights last seen stay on screen."""
    annotations = state.annotations_of(path)
    if (annotations.locked, annotations.mending) == (reason, mending):
        return state
    return with_annotations(state, path, replace(annotations, locked=reason, mending=mending))
