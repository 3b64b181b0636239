"""Records that follow their text into another note of the library."""

from __future__ import annotations

import posixpath
from dataclasses import replace
from typing import TYPE_CHECKING

from tui.core.anchoring import refreshed
from tui.core.anchoring.elsewhere import Homeless, Relocation
from tui.core.anchoring.snapshot import Snapshot, key_of
from tui.core.annotations.highlights import (
    Anchored,
    Candidate,
    Highlight,
    How,
    NeedsReview,
    Orphan,
    QuestionRecord,
    link_id,
    sought,
)
from tui.core.state.anchored import with_records
from tui.core.state.answers_elsewhere import note_at_way, way
from tui.core.state.highlighting import order
from tui.core.state.model import is_of, with_annotations

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from tui.core.annotations.changes import Step
    from tui.core.annotations.highlights import Anchor, Record
    from tui.core.notes.model import Note, Place
    from tui.core.state.model import State


def homeless(state: State, strays: Mapping[str, Sequence[Record]]) -> tuple[Homeless, ...]:
    """The records without a place in their notes, except those that another note has; ``strays`` by their sidecars.

    Those of a note that is being written, is locked, or has the record still to be saved, may have one yet.
    """
    found = []
    for path, here in state.annotations.items():
        if _is_settled(state, path):
            anchors, records = here.anchors, here.records
            lost = (records[id_] for id_ in records if is_lost(anchors.get(id_)) and id_ not in here.unsaved)
            found += [Homeless(path, record) for record in lost]
    found += [Homeless(path, record) for path, records in strays.items() for record in records]
    return tuple(found)


def _is_settled(state: State, path: str) -> bool:
    """True if a note is whole and its highlights file can be changed."""
    return state.has(path) and path not in state.unfinished and not state.annotations_of(path).locked


def is_lost(anchor: Anchor | None) -> bool:
    """True if a record has no place in its own note, certain or not."""
    return isinstance(anchor, Orphan) or (isinstance(anchor, NeedsReview) and anchor.is_elsewhere)


def already_there(state: State, lost: Iterable[Homeless]) -> tuple[Relocation, ...]:
    """The records that another note has as well, where it stands: a move that was cut short."""
    holders: dict[str, tuple[str, Anchored]] = {}
    for path, here in state.annotations.items():
        for id_ in here.records if _is_settled(state, path) else ():
            if isinstance(anchor := here.anchors.get(id_), Anchored):
                holders[id_] = path, anchor
    found = []
    for each in lost:
        if (holder := holders.get(each.record.id)) is not None and holder[0] != each.owner:
            path, anchor = holder
            candidate = Candidate(anchor.places, anchor.confidence, state.note(path))
            found.append(Relocation(each, (candidate,), is_certain=True))
    return tuple(found)


def still_so(
    state: State, found: Iterable[Relocation], strays: Mapping[str, Sequence[Record]]
) -> tuple[Relocation, ...]:
    """The finds that hold in a later state: the record is as lost as it was, the other note reads as it did."""
    lost = {*homeless(state, strays)}
    return tuple(
        each
        for each in found
        if each.homeless in lost
        and _is_settled(state, each.note.path)
        and all(one.note is not None and is_of(state, one.note) for one in each.candidates)
    )


def relocated(state: State, found: Relocation) -> Record:
    """The record as it is described in the other note; the block that answers a question may stay where it is."""
    candidate = found.candidates[0]
    anchor = Anchored(candidate.places, How.EDITED, candidate.confidence)
    owner, record, path = found.homeless.owner, found.homeless.record, found.note.path
    if isinstance(record, QuestionRecord) and record.answered_by:
        record = replace(record, answered_in=_answered_in(state, owner, record, path))
    return replace(record, parts=refreshed(record.parts, anchor, found.note), kept=False)


def _answered_in(state: State, owner: str, record: QuestionRecord, path: str) -> str:
    """The note that answers a question, as it is told once the question is in the note at a path."""
    if record.answered_in:
        note = note_at_way(state, owner, record.answered_in)
        other = note.path if note else posixpath.normpath(posixpath.join(posixpath.dirname(owner), record.answered_in))
    elif isinstance(state.annotations_of(owner).anchors.get(link_id(record.id)), Anchored):
        other = owner
    else:
        return ""
    return "" if other == path else way(path, other)


def with_relocated(state: State, moves: Iterable[Relocation]) -> State:
    """The state in which records are in the notes that their text is in now; their history follows them."""
    for found in moves:
        owner, record, note = found.homeless.owner, relocated(state, found), found.note
        there = state.annotations_of(note.path)
        if record.id not in there.records:
            state = _with(state, note, (*there.records.values(), record), {record.id: found.candidates[0].places})
        if state.has(owner):
            here = state.annotations_of(owner).records
            state = _with(state, state.note(owner), [each for id_, each in here.items() if id_ != record.id], {})
            state = replace(
                state,
                done=_following(state.done, record.id, owner, note.path),
                undone=_following(state.undone, record.id, owner, note.path),
            )
    return state


def _with(state: State, note: Note, records: Iterable[Record], places: Mapping[str, tuple[Place, ...]]) -> State:
    """The state with these records of a note; the places of some are known."""
    records = tuple(records)
    here = {key_of(each): places[each.id] for each in sought(records) if each.id in places}
    annotations = state.annotations_of(note.path)
    snapshots = (Snapshot(note, here, frozenset(here)), *annotations.snapshots) if here else annotations.snapshots
    highlights = [each for each in records if isinstance(each, Highlight)]
    questions = [each for each in records if not isinstance(each, Highlight)]
    state = with_records(state, note.path, highlights, questions, snapshots)
    rank = {id_: number for number, id_ in enumerate(order(state, note.path))}
    after = state.annotations_of(note.path)
    in_order = dict(sorted(after.highlights.items(), key=lambda each: rank.get(each[0], len(rank))))
    return with_annotations(state, note.path, replace(after, highlights=in_order))


def _following(steps: tuple[Step, ...], id_: str, old: str, new: str) -> tuple[Step, ...]:
    """The same steps, those about this record alone moved to its new note."""
    return tuple(
        replace(step, note=new) if step.note == old and {change.id for change in step.changes} == {id_} else step
        for step in steps
    )


def with_candidates(state: State, found: Iterable[Relocation]) -> State:
    """The state in which lost records need review, with their possible places in other notes."""
    offered = {each.homeless.key: each.candidates for each in found}
    for path in {*(owner for owner, _ in offered), *state.elsewhere}:
        here = state.annotations_of(path)
        anchors = {
            id_: (NeedsReview(offered[path, id_]) if (path, id_) in offered else Orphan())
            if is_lost(anchor)
            else anchor
            for id_, anchor in here.anchors.items()
        }
        if anchors != here.anchors:
            state = with_annotations(state, path, replace(here, anchors=anchors))
    return replace(state, elsewhere=frozenset(owner for owner, _ in offered))
