"""Records, and blocks that answer questions, whose text moved to another note of the library."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from tui.core.anchoring import refreshed
from tui.core.anchoring.elsewhere import LostRecord, Relocation, missing_parts
from tui.core.anchoring.snapshot import Snapshot, key_of
from tui.core.annotations.highlights import (
    Anchored,
    Candidate,
    Highlight,
    MatchKind,
    NeedsReview,
    Orphan,
    QuestionRecord,
    sought,
)
from tui.core.annotations.ids import ulid_from
from tui.core.annotations.link_ids import link_id, question_of_link
from tui.core.state.anchored import with_records
from tui.core.state.answering import linked
from tui.core.state.answers_elsewhere import relative_path, resolved_path
from tui.core.state.highlighting import order, step_to
from tui.core.state.model import is_of, with_annotations

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from tui.core.annotations.changes import Step
    from tui.core.annotations.highlights import Anchor, Record
    from tui.core.notes.model import Note, Place
    from tui.core.state.model import State


def lost_records(
    state: State, strays: Mapping[str, Sequence[Record]], gone: Collection[str] = ()
) -> tuple[LostRecord, ...]:
    """The records, and links to answering blocks, that are wholly or partly missing from their notes.

    Left out are notes being written, locked notes, and records still to be saved, since these may yet be found.

    Args:
        state: The state.
        strays: The records of sidecars whose note is gone, by sidecar.
        gone: Paths of notes with answering blocks that are neither in the library nor elsewhere on disk.
    """
    found: list[LostRecord] = []
    torn: list[LostRecord] = []
    for path, here in state.annotations.items():
        if _is_settled(state, path):
            for id_, record in here.records.items():
                anchor = here.anchors.get(id_)
                if id_ in here.unsaved:
                    continue
                if is_lost(anchor):
                    found.append(LostRecord(path, record))
                elif missing := missing_parts(state.note(path), record, anchor):
                    torn.append(LostRecord(path, record, missing=missing))
            found += _lost_answers(state, path, gone)
    found += [LostRecord(path, record) for path, records in strays.items() for record in records]
    # If a note was split in two and both halves took over its highlights file, each half holds pieces of highlights.
    holders = Counter(
        id_ for path, here in state.annotations.items() if torn and state.has(path) for id_ in here.highlights
    )
    return *found, *(each for each in torn if holders[each.record.id] == 1)


def _lost_answers(state: State, path: str, gone: Collection[str]) -> Iterator[LostRecord]:
    here = state.annotations_of(path)
    for question in here.questions.values():
        link = None if question.unmade or question.kept else question.answer_link
        if link is None or question.id in here.unsaved:
            continue
        other = resolved_path(state, path, question.answered_in) if question.answered_in else path
        is_missing = is_lost(state.annotations_of(other).anchors.get(link.id)) and other not in state.unfinished
        if is_missing if state.has(other) else other in gone:
            yield LostRecord(other, link, asked_in=path)


def _is_settled(state: State, path: str) -> bool:
    """True if a note is completely written and its highlights file can be changed."""
    return state.has(path) and path not in state.unfinished and not state.annotations_of(path).locked


def is_lost(anchor: Anchor | None) -> bool:
    """True if a record has no position in its own note, not even an uncertain one."""
    return isinstance(anchor, Orphan) or (isinstance(anchor, NeedsReview) and anchor.is_elsewhere)


def already_there(state: State, lost: Iterable[LostRecord]) -> tuple[Relocation, ...]:
    """Records that another note holds as well, in the right place: an interrupted move left them behind."""
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


def still_valid(
    state: State, found: Iterable[Relocation], strays: Mapping[str, Sequence[Record]], gone: Collection[str] = ()
) -> tuple[Relocation, ...]:
    """The relocations still valid in a later state: the record is still lost, and the other note reads the same."""
    lost = {*lost_records(state, strays, gone)}
    return tuple(
        each
        for each in found
        if each.lost in lost
        and _is_settled(state, each.note.path)
        and all(one.note is not None and is_of(state, one.note) for one in each.candidates)
    )


class Parted(NamedTuple):
    """A record split between the note it was in and the note that now has its text."""

    moved: Record
    "The record as described in the other note."
    left: Record | None
    "The rest of a highlight that covered several blocks; None if all of it moved."


def parted(state: State, record: Record, found: Relocation) -> Parted:
    """Move a record, or the parts of it that left; the block that answers a question may stay where it is.

    Each piece of a highlight torn apart becomes a highlight with its colour, comment and tags. The id of a torn-off
    piece is derived from the highlight's id and the words, so that repeated moves, by anyone, make it only once.
    """
    candidate = found.candidates[0]
    anchor, path = Anchored(candidate.places, MatchKind.EDITED, candidate.confidence), found.note.path
    gone = tuple(part for part in record.parts if part in found.parts) or record.parts
    if isinstance(record, QuestionRecord) and record.answered_by:
        record = replace(record, answered_in=_answered_in(state, found.lost.owner, record, path))
    moved = replace(record, parts=refreshed(gone, anchor, found.note), kept=False)
    left = tuple(part for part in record.parts if part not in gone)
    if not left:
        return Parted(moved, None)
    words = "\n".join(part.quoted or part.exact for part in gone)
    torn = ulid_from(record.id, words, int(record.created.timestamp() * 1000))
    return Parted(replace(moved, id=torn), replace(record, parts=left))


def _answered_in(state: State, owner: str, record: QuestionRecord, path: str) -> str:
    """The path of the note that answers a question, as stored once the question itself is in the note at ``path``."""
    if record.answered_in:
        other = resolved_path(state, owner, record.answered_in)
    elif isinstance(state.annotations_of(owner).anchors.get(link_id(record.id)), Anchored):
        other = owner
    else:
        return ""
    return "" if other == path else relative_path(path, other)


def with_relocated(state: State, moves: Iterable[tuple[Relocation, Parted]]) -> State:
    """The state with records moved to the notes that now have their text, along with their history."""
    for found, (moved, left) in moves:
        owner, note, id_ = found.lost.owner, found.note, found.lost.record.id
        there = state.annotations_of(note.path)
        if moved.id not in there.records:
            state = _with(state, note, (*there.records.values(), moved), {moved.id: found.candidates[0].places})
        if state.has(owner):
            here = state.annotations_of(owner)
            others = [each if each.id != id_ else left for each in here.records.values()]
            anchor = here.anchors.get(id_)
            places = {id_: anchor.places} if left and isinstance(anchor, Anchored) else {}
            state = _with(state, state.note(owner), filter(None, others), places)
        if state.has(owner) and left is None:
            state = replace(
                state,
                done=_following(state.done, id_, owner, note.path),
                undone=_following(state.undone, id_, owner, note.path),
            )
    return state


def _with(state: State, note: Note, records: Iterable[Record], places: Mapping[str, tuple[Place, ...]]) -> State:
    """The state with these records of a note, some of them at known places."""
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
    """The steps, with those that change only this record moved to its new note."""
    return tuple(
        replace(step, note=new) if step.note == old and {change.id for change in step.changes} == {id_} else step
        for step in steps
    )


def following_answer(state: State, found: Relocation) -> Step | None:
    """The step that updates a question to the note that now has its answering block; None if it was changed
    meanwhile.
    """
    path, link = found.lost.asked_in, found.lost.record
    question = state.annotations_of(path).questions.get(question_of_link(link.id) or "")
    if question is None or question.answer_link != link:
        return None
    candidate = found.candidates[0]
    moved = linked(state, path, question, found.note.path, candidate.places)
    return step_to(state, path, [moved], "", {} if moved.answered_in else {link.id: candidate.places})


def with_candidates(state: State, found: Iterable[Relocation]) -> State:
    """The state in which lost records need review, with their candidates in other notes."""
    offered: defaultdict[str, dict[str, NeedsReview]] = defaultdict(dict)
    for each in found:
        if not each.lost.missing:
            offered[each.lost.owner][each.lost.record.id] = NeedsReview(each.candidates)
    for path in {*offered, *state.elsewhere}:
        here, reviews = state.annotations_of(path), offered.get(path, {})
        # A note that is gone has no anchors yet; only blocks that answer questions are sought without it.
        anchors: dict[str, Anchor] = {**here.anchors, **(reviews if not state.has(path) else {})}
        anchors |= {id_: reviews.get(id_) or Orphan() for id_, anchor in anchors.items() if is_lost(anchor)}
        if anchors != here.anchors:
            state = with_annotations(state, path, replace(here, anchors=anchors))
    return replace(state, elsewhere=frozenset(offered))
