"""All that the reader sees, as one immutable value, and the transitions between such values."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field, replace
from itertools import accumulate
from typing import TYPE_CHECKING

from tui.core.anchoring import describe, refreshed
from tui.core.flow import TITLE, Spot
from tui.core.highlights import (
    Anchored,
    Colour,
    Highlight,
    How,
    Operation,
    Place,
    Put,
    QuestionRecord,
    Remove,
)
from tui.core.model import Address, Library, Note, Span
from tui.core.natural import natural
from tui.core.settling import Settled, advance, settle

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import datetime

    from tui.core.highlights import Anchor
    from tui.core.model import Block, Episode


@dataclass(frozen=True, slots=True)
class Marks:
    """What a reader said of one note, and where it stands today."""

    highlights: Mapping[str, Highlight] = field(default_factory=dict)
    "By id, in document order."
    questions: Mapping[str, QuestionRecord] = field(default_factory=dict)
    anchors: Mapping[str, Anchor] = field(default_factory=dict)
    "By the highlight's id."
    settled: tuple[Settled, ...] = ()
    "The texts in which the highlights were last anchored, newest first."
    locked: str = ""
    "Why nothing can be marked in this note; empty where it can."


@dataclass(frozen=True, slots=True)
class Step:
    """A change that a reader made to one note's highlights, and how to take it back."""

    note: str
    "The note's path."
    forward: tuple[Operation, ...]
    backward: tuple[Operation, ...]
    title: str
    "What was done, as the status line says it."
    places: Mapping[str, tuple[Place, ...]] = field(default_factory=dict)
    "Where the highlights that this step makes stand in the text it was made on."

    @property
    def inverse(self) -> Step:
        """The step that takes this one back."""
        return replace(self, forward=self.backward, backward=self.forward)


@dataclass(frozen=True, slots=True)
class State:
    """The library, what the reader said of it, and what can be undone and redone."""

    library: Library
    marks: Mapping[str, Marks] = field(default_factory=dict)
    "By the note's path."
    done: tuple[Step, ...] = ()
    undone: tuple[Step, ...] = ()
    _starts: tuple[int, ...] = field(init=False, compare=False, repr=False)
    "The section that each note's first episode is, and the number of sections."

    def __post_init__(self) -> None:
        counts = (len(note.episodes) for note in self.library.notes)
        object.__setattr__(self, "_starts", (0, *accumulate(counts)))

    @property
    def episodes(self) -> tuple[Episode, ...]:
        """The episodes of all notes, in order."""
        return tuple(episode for note in self.library.notes for episode in note.episodes)

    def note_of(self, section: int) -> Note:
        """The note that an episode, counted over the library, is in."""
        return self.library.notes[self._note_index(section)]

    def address(self, spot: Spot) -> Address:
        """Where a block of the flow stands in its note."""
        return Address(spot.section - self._starts[self._note_index(spot.section)], spot.block)

    def spot(self, path: str, address: Address) -> Spot:
        """Where a block of a note stands in the flow."""
        return Spot(self.first_section(path) + address.episode, address.block)

    def first_section(self, path: str) -> int:
        """The first episode of a note, counted over the library."""
        for index, note in enumerate(self.library.notes):
            if note.path == path:
                return self._starts[index]
        raise KeyError(path)

    def note(self, path: str) -> Note:
        """The note with a path."""
        for note in self.library.notes:
            if note.path == path:
                return note
        raise KeyError(path)

    def marks_of(self, path: str) -> Marks:
        """What the reader said of a note."""
        return self.marks.get(path, Marks())

    def block(self, spot: Spot) -> Block | None:
        """The block at a place in the flow; None for a title."""
        if spot.block == TITLE:
            return None
        address = self.address(spot)
        return self.note_of(spot.section).episodes[address.episode].blocks[address.block]

    def _note_index(self, section: int) -> int:
        return min(bisect_right(self._starts, section), len(self.library.notes)) - 1


def with_marks(state: State, path: str, marks: Marks) -> State:
    """The state in which this is what the reader said of a note."""
    return replace(state, marks={**state.marks, path: marks})


def with_note(state: State, note: Note) -> State:
    """The state in which a note reads as this one does; one new to the library is added in `natural` order."""
    notes = state.library.notes
    if any(old.path == note.path for old in notes):
        changed = tuple(note if old.path == note.path else old for old in notes)
    else:
        changed = tuple(sorted((*notes, note), key=lambda each: natural(each.path)))
    return replace(state, library=replace(state.library, notes=changed))


def with_new_text(state: State, note: Note) -> State:
    """The state in which a note has a new text and its highlights stand where they belong in it."""
    after = with_note(state, note)
    marks = state.marks_of(note.path)
    anchors, settled = settle(note, marks.highlights.values(), marks.settled)
    return with_marks(after, note.path, replace(marks, anchors=anchors, settled=settled))


def without_note(state: State, path: str) -> State:
    """The state without a note that is gone from its folder; what was said of it is kept."""
    notes = tuple(note for note in state.library.notes if note.path != path)
    return replace(state, library=replace(state.library, notes=notes))


def whole_block(block: Block, address: Address) -> Place:
    """The place that covers all of a block."""
    return Place(address, Span(0, len(block.text)))


def marking(
    state: State,
    path: str,
    places: Sequence[Place],
    colour: Colour | None,
    *,
    new_id: str,
    now: datetime,
) -> Step | None:
    """What marking these places means; None where they are marked so already.

    With a colour they are marked in it: a highlight that sits on exactly these places takes the colour. Without
    one a highlight on exactly these places is taken away, and else one in the first colour is made.

    Args:
        state: The state as it is.
        path: The note's path.
        places: In document order, at least one.
        colour: The colour asked for, or None to mark or unmark.
        new_id: The id that a new highlight gets.
        now: The time of the change, in UTC.
    """
    marks = state.marks_of(path)
    wanted = tuple(places)
    here = [
        highlight
        for highlight in marks.highlights.values()
        if isinstance(anchor := marks.anchors.get(highlight.id), Anchored) and anchor.places == wanted
    ]
    if here and colour is None:
        return _step(state, path, [Remove(each.id) for each in here], "highlight removed")
    if here and colour is not None:
        if here[-1].colour is colour:
            return None
        return _step(state, path, [Put(replace(here[-1], colour=colour, updated=now))], "colour changed")
    return making(state, path, wanted, colour or Colour.YELLOW, lambda each: each, new_id=new_id, now=now)


def making(
    state: State,
    path: str,
    places: Sequence[Place],
    colour: Colour,
    change: Callable[[Highlight], Highlight],
    *,
    new_id: str,
    now: datetime,
) -> Step:
    """What it takes to have a new highlight on these places; ``change`` gives it a comment or tags."""
    wanted = tuple(places)
    made = change(
        Highlight(id=new_id, colour=colour, parts=describe(state.note(path), wanted), created=now, updated=now)
    )
    return _step(state, path, [Put(made)], "marked", {new_id: wanted})


def changing(
    state: State, path: str, highlight_id: str, change: Callable[[Highlight], Highlight], title: str, now: datetime
) -> Step | None:
    """What it takes to change one highlight; None where it is gone or nothing changes."""
    before = state.marks_of(path).highlights.get(highlight_id)
    if before is None or (after := change(before)) == before:
        return None
    return _step(state, path, [Put(replace(after, updated=now))], title)


def placing(
    state: State, path: str, highlight_id: str, places: Sequence[Place], title: str, now: datetime
) -> Step | None:
    """What it takes to have a highlight sit on these places: a candidate accepted, a new place, other bounds."""
    before = state.marks_of(path).highlights.get(highlight_id)
    if before is None:
        return None
    anchor = Anchored(tuple(places), How.EDITED, 1.0)
    moved = replace(refreshed(before, anchor, state.note(path)), kept=False, updated=now)
    return _step(state, path, [Put(moved)], title, {highlight_id: tuple(places)})


def deleting(state: State, path: str, highlight_id: str) -> Step | None:
    """What it takes to delete a highlight."""
    if highlight_id not in state.marks_of(path).highlights:
        return None
    return _step(state, path, [Remove(highlight_id)], "highlight deleted")


def _step(
    state: State,
    path: str,
    forward: Sequence[Operation],
    title: str,
    places: Mapping[str, tuple[Place, ...]] | None = None,
) -> Step:
    """A step with these operations; what takes them back is read off the state."""
    marks = state.marks_of(path)
    backward: list[Operation] = []
    for operation in reversed(forward):
        before = marks.highlights.get(operation.id) or marks.questions.get(operation.id)
        backward.append(Remove(operation.id) if before is None else Put(before))
    return Step(path, tuple(forward), tuple(backward), title, places or {})


def upkeep(state: State, path: str) -> tuple[Operation, ...]:
    """The operations that bring a note's selectors up to date, for certain anchors only."""
    marks = state.marks_of(path)
    note = state.note(path)
    operations: list[Operation] = []
    for highlight in marks.highlights.values():
        anchor = marks.anchors.get(highlight.id)
        if isinstance(anchor, Anchored):
            fresh = refreshed(highlight, anchor, note)
            if fresh != highlight:
                operations.append(Put(fresh))
    return tuple(operations)


def with_lock(state: State, path: str, reason: str) -> State:
    """The state in which nothing can be marked in a note, and why; the highlights last seen stay on screen."""
    return with_marks(state, path, replace(state.marks_of(path), locked=reason))


def with_saved(state: State, step: Step, highlights: Sequence[Highlight], questions: Sequence[QuestionRecord]) -> State:
    """The state in which a note's sidecar holds these records, once a step was saved.

    The sidecar may hold more than the step brought: another earmark may have written to it meanwhile.
    """
    settled = state.marks_of(step.note).settled
    if step.places:
        settled = (Settled(state.note(step.note), step.places), *settled)
    return with_records(state, step.note, highlights, questions, settled)


def with_records(
    state: State,
    path: str,
    highlights: Sequence[Highlight],
    questions: Sequence[QuestionRecord],
    settled: tuple[Settled, ...],
    locked: str = "",
) -> State:
    """The state in which a note's sidecar holds these records; those that are new get their anchors."""
    marks = state.marks_of(path)
    note = state.note(path)
    known = {
        each.id: marks.anchors[each.id]
        for each in highlights
        if each.id in marks.anchors and _stands(each, marks.highlights.get(each.id))
    }
    found, settled = settle(note, [each for each in highlights if each.id not in known], settled)
    anchors = {each.id: known.get(each.id) or found[each.id] for each in highlights}
    return with_marks(
        state,
        path,
        Marks(
            {each.id: each for each in highlights},
            {each.id: each for each in questions},
            anchors,
            advance(note, anchors, settled),
            locked,
        ),
    )


def _stands(highlight: Highlight, before: Highlight | None) -> bool:
    """Whether a highlight marks the same text as it did: then its anchor holds."""
    return before is not None and [part.exact for part in before.parts] == [part.exact for part in highlight.parts]


def after(state: State, step: Step) -> State:
    """The state after a step was saved: it can be undone, and nothing can be redone."""
    return replace(state, done=(*state.done, replace(step, places={})), undone=())


def undoing(state: State) -> Step | None:
    """The step that takes the last one back; None where there is nothing to undo."""
    return state.done[-1].inverse if state.done else None


def redoing(state: State) -> Step | None:
    """The last step that was taken back; None where there is nothing to redo."""
    return state.undone[-1] if state.undone else None


def after_undo(state: State, _: Step) -> State:
    """The state after the last step was taken back."""
    return replace(state, done=state.done[:-1], undone=(*state.undone, state.done[-1]))


def after_redo(state: State, _: Step) -> State:
    """The state after the last step taken back was done again."""
    return replace(state, done=(*state.done, state.undone[-1]), undone=state.undone[:-1])
