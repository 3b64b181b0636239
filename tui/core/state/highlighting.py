"""A reader's changes: planned as steps on the state, saved as operations by id, undone and redone."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, TypeVar, cast

from tui.core.anchoring import Selectors, describe, described_anew, placed, resolve
from tui.core.anchoring.highlighted_text import blocks_under
from tui.core.anchoring.snapshot import Snapshot, is_whole, key_of
from tui.core.annotations.changes import RecordChange, Step, changed, joined
from tui.core.annotations.choices import Colour
from tui.core.annotations.highlights import Anchored, Highlight, QuestionRecord, Refresh, same_words, sought
from tui.core.annotations.link_ids import question_of_link
from tui.core.notes.model import Place
from tui.core.state.anchored import with_records
from tui.core.state.answers_elsewhere import answer_elsewhere
from tui.core.state.model import with_annotations

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from tui.core.annotations.highlights import Anchor, Operation, Part, Record, Sought
    from tui.core.notes.model import Note
    from tui.core.state.model import State


Said = TypeVar("Said", Highlight, QuestionRecord)


def marking(
    state: State,
    path: str,
    places: Sequence[Place],
    colour: Colour | None,
    named: str = "",
    *,
    new_id: str,
    now: datetime,
) -> Step | None:
    """The step for a highlighting key on these places; None if nothing changes.

    With a colour, it recolours a highlight on exactly these places or makes a new one. Without one, it removes a
    highlight on exactly these places or makes one in the first colour.

    Args:
        state: The state as it is.
        path: The note's path.
        places: In document order, at least one.
        colour: The requested colour; None to toggle.
        named: The reader's name for that colour, or for the first one; empty for the colour's own name.
        new_id: The id of a new highlight.
        now: The time of the change, in UTC.
    """
    wanted = tuple(places)
    here = on_places(state, path, wanted)
    if here and colour is None:
        return step_to(state, path, [each.id for each in here], "Highlight removed")
    if here and colour is not None:
        if here[-1].colour is colour:
            return None
        return step_to(state, path, [replace(here[-1], colour=colour, updated=now)], f"Recoloured ({named or colour})")
    made = colour or Colour.YELLOW
    title = f"Highlighted ({named or made})"
    return making(state, path, wanted, made, lambda each: each, title, new_id=new_id, now=now)


def on_places(state: State, path: str, places: tuple[Place, ...]) -> list[Highlight]:
    """The highlights on exactly these places, in order of creation."""
    annotations = state.annotations_of(path)
    return [
        highlight
        for highlight in annotations.highlights.values()
        if isinstance(anchor := annotations.anchors.get(highlight.id), Anchored)
        and anchor.places[0].address == places[0].address
        and anchor.places == places
    ]


def making(
    state: State,
    path: str,
    places: Sequence[Place],
    colour: Colour,
    change: Callable[[Highlight], Highlight],
    title: str = "Highlighted",
    *,
    new_id: str,
    now: datetime,
) -> Step:
    """The step that makes a highlight on these places; ``change`` adds a comment or tags."""
    wanted = tuple(places)
    made = change(
        Highlight(id=new_id, colour=colour, parts=described_anew(state.note(path), wanted), created=now, updated=now)
    )
    return step_to(state, path, [made], title, {new_id: wanted})


def writing(
    state: State,
    path: str,
    places: tuple[Place, ...],
    change: Callable[[Highlight], Highlight],
    is_silent: Callable[[Highlight], bool],
    title: str = "Highlighted",
    *,
    new_id: str,
    now: datetime,
) -> Step | None:
    """The step that adds a text to a silent highlight on exactly these places, or to a new one.

    The highlights file may have been read since the reader began to type, or another may have marked the same words.
    """
    if silent := [each for each in on_places(state, path, places) if is_silent(each)]:
        return changing(state, path, silent[-1].id, change, title, now)
    return making(state, path, places, Colour.YELLOW, change, title, new_id=new_id, now=now)


def existing_like(state: State, step: Step) -> str | None:
    """The id of an existing highlight that equals the one a step would make, apart from id and times."""
    for made in (change.after for change in step.changes):
        for there in state.annotations_of(step.note).highlights.values():
            if isinstance(made, Highlight) and made == replace(
                there, id=made.id, created=made.created, updated=made.updated
            ):
                return there.id
    return None


def changing(
    state: State, path: str, highlight_id: str, change: Callable[[Highlight], Highlight], title: str, now: datetime
) -> Step | None:
    """The step that changes one highlight; None if it is gone or nothing changes."""
    before = state.annotations_of(path).highlights.get(highlight_id)
    if before is None or (after := change(before)) == before:
        return None
    return step_to(state, path, [replace(after, updated=now)], title)


def saying(
    state: State, path: str, record: Said, change: Callable[[Said], Said], title: str, now: datetime
) -> Step | None:
    """The step that changes a record as it was when the reader began to write about it; None if nothing changes.

    If it has moved to another note, it is changed there. If it was removed meanwhile, it comes back with the change, as
    in a merge.
    """
    notes = (path, *(each for each in state.annotations if each != path))
    for note in filter(state.has, notes):
        if (before := state.annotations_of(note).records.get(record.id)) is not None:
            path, record = note, cast("Said", before)
            break
    if (after := change(record)) == record:
        return None
    return step_to(state, path, [replace(after, updated=now)], title)


def placing(state: State, path: str, record_id: str, places: Sequence[Place], title: str, now: datetime) -> Step | None:
    """The step that moves a record to these places: an accepted candidate, a new position, or other bounds."""
    before = state.annotations_of(path).records.get(record_id)
    if before is None:
        return None
    parts = placed(before.parts, places, state.note(path))
    return step_to(
        state, path, [replace(before, parts=parts, kept=False, updated=now)], title, {record_id: tuple(places)}
    )


def keeping(state: State, path: str, record_id: str, now: datetime) -> Step | None:
    """The step that keeps an orphan as it is, or stops keeping it."""
    before = state.annotations_of(path).records.get(record_id)
    if before is None:
        return None
    title = "No longer kept without its text" if before.kept else "Kept without its text"
    return step_to(state, path, [replace(before, kept=not before.kept, updated=now)], title)


def deleting(state: State, path: str, record_id: str) -> Step | None:
    """The step that deletes a record."""
    before = state.annotations_of(path).records.get(record_id)
    if before is None:
        return None
    title = "Highlight removed" if isinstance(before, Highlight) else "Question removed"
    return step_to(state, path, [record_id], title)


def step_to(
    state: State,
    path: str,
    after: Sequence[Record | str],
    title: str,
    places: Mapping[str, tuple[Place, ...]] | None = None,
) -> Step:
    """A step to these records, or to the removal of those given by id; the state supplies the former ones."""
    known = state.annotations_of(path).records
    changes = [
        RecordChange(known.get(each), None)
        if isinstance(each, str)
        else RecordChange(before := known.get(each.id), _later(each, before))
        for each in after
    ]
    return Step(path, tuple(changes), title, places or {})


def _later(record: Record, before: Record | None) -> Record:
    """The record, dated no earlier than before: after the clock was set back, an older version must not win a merge."""
    if before is None or record.updated >= before.updated:
        return record
    try:
        return replace(record, updated=before.updated + _NEXT)
    except OverflowError:
        return replace(record, updated=before.updated)


_NEXT = timedelta(seconds=1)
"The resolution of times in a sidecar."


def with_step_unsaved(state: State, step: Step) -> State:
    """The state after a step that is not on disk yet, with its changes listed as unsaved."""
    annotations = state.annotations_of(step.note)
    records = changed(annotations.records.values(), step.changes)
    here = {key_of(each): step.places[each.id] for each in sought(records) if each.id in step.places}
    snapshots = (Snapshot(state.note(step.note), here, frozenset(here)), *annotations.snapshots)
    highlights = [each for each in records if isinstance(each, Highlight)]
    questions = [each for each in records if isinstance(each, QuestionRecord)]
    state = with_annotations(state, step.note, replace(annotations, unsaved=joined(annotations.unsaved, step.changes)))
    return with_records(state, step.note, highlights, questions, snapshots)


def operations(state: State, path: str) -> tuple[Operation, ...]:
    """The operations that save a note's changes and update its other selectors."""
    unsaved = state.annotations_of(path).unsaved
    if path in state.unfinished:
        return tuple(change.operation for change in unsaved.values())
    upkeep = (each for each in _upkeep(state, path) if each.id not in unsaved)
    return (*(change.operation for change in unsaved.values()), *upkeep)


def with_described(state: State, path: str) -> State:
    """The state with a note of which selectors describe its present text.

    Needed for a note whose records were found by their selectors alone; otherwise the snapshot knows.
    """
    annotations = state.annotations_of(path)
    if not annotations.snapshots:
        return state
    stale = {operation.id for operation in _upkeep(state, path)}
    fresh = sought(record for record in annotations.records.values() if record.id not in stale)
    here = annotations.snapshots[0]
    described = frozenset(key for each in fresh if (key := key_of(each)) in here.places)
    return with_annotations(
        state, path, replace(annotations, snapshots=(replace(here, described=described), *annotations.snapshots[1:]))
    )


def order(state: State, path: str) -> list[str]:
    """The ids of a note's anchored records, in today's document order."""
    anchors = state.annotations_of(path).anchors
    found = [(anchor.places[0], id_) for id_, anchor in anchors.items() if isinstance(anchor, Anchored)]
    found.sort(key=lambda each: (each[0].address, each[0].span, each[1]))
    return [id_ for _, id_ in found]


def upkeep_of_returned(state: State, path: str) -> tuple[Refresh, ...]:
    """Updates for records found in earlier words again, while the sidecar still has later ones.

    They deserve a save of their own: a machine that only has the sidecar would otherwise look for the later words.
    """
    annotations, note = state.annotations_of(path), state.note(path)
    if not annotations.wordings or path in state.unfinished:
        return ()
    back: set[str] = set()
    for each in sought(annotations.records.values()):
        anchor = annotations.anchors.get(each.id)
        if each.id in annotations.wordings and isinstance(anchor, Anchored):
            here = blocks_under(note, anchor.places, each.parts)
            earlier = [wording.blocks for wording in annotations.wordings[each.id]]
            if here in earlier and here != [part.block for part in each.parts]:
                back.add(question_of_link(each.id) or each.id)
    return tuple(operation for operation in _upkeep(state, path) if operation.id in back) if back else ()


def _upkeep(state: State, path: str) -> Iterator[Refresh]:
    """Updates of a note's selectors, for anchors that are certain and complete."""
    annotations = state.annotations_of(path)
    selectors = Selectors(state.note(path))

    def fresh(each: Sought, anchor: Anchor | None, selectors: Selectors = selectors) -> tuple[Part, ...]:
        if isinstance(anchor, Anchored) and is_whole(each, anchor):
            parts = selectors.refreshed(each.parts, anchor)
            return each.parts if same_words(parts, each.parts) else parts
        return each.parts

    described = annotations.snapshots[0].described if annotations.snapshots else frozenset()
    for record in annotations.records.values():
        link = record.answer_link if isinstance(record, QuestionRecord) else None
        if key_of(record) in described and (link is None or key_of(link) in described):
            continue
        after: Record = replace(record, parts=fresh(record, annotations.anchors.get(record.id)))
        if isinstance(after, QuestionRecord) and link is not None:
            if (other := answer_elsewhere(state, path, after)) is None:
                after = replace(after, answered_by=fresh(link, annotations.anchors.get(link.id)))
            elif other.note is not None and other.note.path not in state.unfinished:
                after = replace(after, answered_by=fresh(link, other.anchor, Selectors(other.note)))
        if after != record:
            yield Refresh(record, after)


def carried(note: Note, former: Note, places: Sequence[Place]) -> tuple[Place, ...] | None:
    """Carry places from a note's former text over to today's; None if they are not certain."""
    if note is former:
        return tuple(places)
    moment = datetime.min.replace(tzinfo=UTC)
    asked = Highlight("", Colour.YELLOW, describe(former, tuple(places)), moment, moment)
    anchor = resolve(note, [asked], (former, {"": tuple(places)}))[""]
    return anchor.places if isinstance(anchor, Anchored) and is_whole(asked, anchor) else None


def carried_elsewhere(state: State, former: Note, places: Sequence[Place]) -> tuple[str, tuple[Place, ...]] | None:
    """Carry a place over to the only block in other notes with its block's text: the note's path and the place."""
    # Imported here, since the first highlight does not need it: it takes 4 ms.
    from tui.core.anchoring.quotation import Quote, QuotedTexts

    first, *more = places
    text = former.block(first.address).text
    others = [note for note in state.library.notes if note.path != former.path]
    found = [] if more else QuotedTexts(others).places_of(Quote(text))
    same = [
        (each.note.path, each.places[0].address)
        for each in found
        if len(each.places) == 1 and each.note.block(each.places[0].address).text == text
    ]
    return (same[0][0], (Place(same[0][1], first.span),)) if len(same) == 1 else None


def with_saved(
    state: State,
    path: str,
    done: Sequence[Operation],
    highlights: Sequence[Highlight],
    questions: Sequence[QuestionRecord],
) -> State:
    """The state after these operations saved a note's changes and left these records in its sidecar.

    There may be more records than the operations brought: another earmark may have written meanwhile.
    """
    annotations = state.annotations_of(path)
    # New records are already anchored by these very parts; updated ones have new parts.
    fresh = list(sought(operation.record for operation in done if isinstance(operation, Refresh)))
    here = {
        key_of(each): anchor.places
        for each in fresh
        if isinstance(anchor := annotations.anchors.get(each.id), Anchored)
    }
    touched = {operation.id for operation in done}
    rest = sought(record for record in annotations.records.values() if record.id not in touched)
    note = state.note(path)
    known = (
        annotations.snapshots[0].described
        if annotations.snapshots and annotations.snapshots[0].note is note
        else frozenset()
    )
    described = frozenset(
        key
        for each in (*fresh, *rest)
        if (key := key_of(each)) not in known
        and isinstance(anchor := annotations.anchors.get(each.id), Anchored)
        and is_whole(each, anchor)
    )
    snapshots = (Snapshot(note, here, described), *annotations.snapshots)
    state = with_annotations(state, path, replace(annotations, unsaved={}, locked="", mending=None))
    return with_records(state, path, highlights, questions, snapshots)


def after(state: State, step: Step) -> State:
    """The state after a new step, which can be undone; nothing can be redone any more."""
    return replace(state, done=(*state.done, replace(step, places={})), undone=())


def undoing(state: State) -> Step | None:
    """The step that undoes the last one; None if there is nothing to undo."""
    return _as_known(state, state.done[-1].inverse) if state.done else None


def redoing(state: State) -> Step | None:
    """The step that was undone last, to do it again; None if there is nothing to redo."""
    return _as_known(state, state.undone[-1]) if state.undone else None


def after_undo(state: State, step: Step) -> State:
    """The state after this step undid the last one."""
    return replace(state, done=state.done[:-1], undone=(*state.undone, step.inverse))


def after_redo(state: State, step: Step) -> State:
    """The state after this step redid the last undone one."""
    return replace(state, done=(*state.done, step), undone=state.undone[:-1])


def _as_known(state: State, step: Step) -> Step:
    """The step, updated with the present versions of the records it removes, since another earmark may have changed
    them.
    """
    known = state.annotations_of(step.note).records
    changes = (
        replace(each, before=known.get(each.id, each.before)) if each.after is None else each for each in step.changes
    )
    return replace(step, changes=tuple(changes))
