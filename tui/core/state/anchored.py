"""The state with the records of a note anchored in its text, and with its changes against the baseline."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from tui.core.anchoring import match
from tui.core.anchoring.snapshot import Snapshot, advance, anchor_records, gathered, in_doubt, key_of
from tui.core.annotations.changes import changed
from tui.core.annotations.highlights import (
    Anchored,
    AnswerLink,
    Highlight,
    NeedsReview,
    Orphan,
    QuestionRecord,
    Sought,
    sought,
)
from tui.core.state.baseline import differences
from tui.core.state.model import Annotations, State, is_of, with_annotations, with_note, with_unfinished

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from tui.core.anchoring.matching.blocks import Matching
    from tui.core.anchoring.wordings import Wordings
    from tui.core.annotations.highlights import Anchor
    from tui.core.notes.model import Note


def with_new_text(state: State, note: Note, matching: Matching | None = None, *, is_unfinished: bool = False) -> State:
    """The state with a note's new text, and its records anchored in it.

    Args:
        state: The state before.
        note: The new text.
        matching: The old text matched with the new one, if there was an old one.
        is_unfinished: True while a writer has the file open: missing text may still be on its way.
    """
    after = with_fresh_candidates(with_note(state, note))
    after = with_unfinished(after, note.path, is_unfinished=is_unfinished)
    annotations = state.annotations_of(note.path)
    own = {id_: anchor for id_, anchor in annotations.anchors.items() if not _is_elsewhere(anchor)}
    former = own if note.path not in state.unfinished else {}
    anchoring = anchor_records(
        note, sought(annotations.records.values()), annotations.snapshots, annotations.wordings, matching, former
    )
    if is_unfinished:
        return with_annotations(after, note.path, replace(annotations, anchors=in_doubt(anchoring.anchors)))
    return with_annotations(after, note.path, replace(annotations, **anchoring._asdict()))


def with_fresh_candidates(state: State) -> State:
    """The state without candidates in texts of other notes that have changed: they are looked for again."""
    for path in state.elsewhere:
        here = state.annotations_of(path)
        anchors = dict(here.anchors)
        for id_, anchor in here.anchors.items():
            if isinstance(anchor, NeedsReview) and anchor.is_elsewhere:
                fresh = tuple(each for each in anchor.candidates if is_of(state, each.note))
                anchors[id_] = NeedsReview(fresh) if fresh else Orphan()
        state = with_annotations(state, path, replace(here, anchors=anchors))
    return state


def _is_elsewhere(anchor: Anchor) -> bool:
    return isinstance(anchor, NeedsReview) and anchor.is_elsewhere


def with_baselines(state: State, baselines: Sequence[Note]) -> State:
    """The state with these baselines, and the changes against them."""
    return with_changes(
        replace(state, baselines={**state.baselines, **{each.path: each for each in baselines}}),
        *(each.path for each in baselines),
    )


def with_changes(state: State, *paths: str) -> State:
    """The state with the changes of notes against their baselines, where those are known."""
    found = {}
    for path in paths:
        baseline, note = state.baselines.get(path), state.note(path)
        diff = None if baseline is None or baseline == note else differences(match(baseline, note))
        if diff is not None and diff.places:
            found[path] = diff
    if not found and state.changes.keys().isdisjoint(paths):
        return state
    others = {path: diff for path, diff in state.changes.items() if path not in paths}
    return replace(state, changes={**others, **found})


def with_records(
    state: State,
    path: str,
    highlights: Sequence[Highlight],
    questions: Sequence[QuestionRecord],
    snapshots: tuple[Snapshot, ...],
) -> State:
    """The state with the records of a note's sidecar, new and moved ones anchored.

    Unsaved changes are applied to them. If another earmark moved a highlight, its selector in the sidecar counts, not
    its former anchor.
    """
    annotations = state.annotations_of(path)
    note = state.note(path)
    if annotations.unsaved:
        records = changed((*highlights, *questions), annotations.unsaved.values())
        highlights = [each for each in records if isinstance(each, Highlight)]
        questions = [each for each in records if isinstance(each, QuestionRecord)]
    former = {each.id: each for each in sought(annotations.records.values())}
    wanted = tuple(sought([*highlights, *questions]))
    placed = _placed(annotations, note, wanted, snapshots)
    known = {
        each.id: annotations.anchors[each.id]
        for each in wanted
        if (was := former.get(each.id)) is not None
        and (was is each or was.parts == each.parts)
        and each.id not in placed
    }
    wordings = _still_meant(annotations, wanted, placed)
    anchoring = anchor_records(note, [each for each in wanted if each.id not in known], snapshots, wordings)
    anchors = {each.id: known.get(each.id) or anchoring.anchors[each.id] for each in wanted}
    if path in state.unfinished:
        anchors, anchoring = in_doubt(anchors), anchoring._replace(snapshots=gathered(snapshots), wordings=wordings)
    snapshots = anchoring.snapshots
    if path not in state.unfinished and known and not (annotations.snapshots and annotations.snapshots[0].note is note):
        snapshots = advance(note, wanted, anchors, snapshots)
    here = replace(
        annotations,
        highlights={each.id: each for each in highlights},
        questions={each.id: each for each in questions},
        anchors=anchors,
        snapshots=snapshots,
        wordings=anchoring.wordings,
    )
    return with_annotations(state, path, here)


def _placed(annotations: Annotations, note: Note, wanted: Sequence[Sought], snapshots: Sequence[Snapshot]) -> set[str]:
    """The ids of records whose selectors name another place in today's text than their anchors."""
    if not snapshots or snapshots[0].note is not note:
        return set()
    said = {each.id: places for each in wanted if (places := snapshots[0].places.get(key_of(each)))}
    anchors = {id_: annotations.anchors.get(id_) for id_ in said}
    return {
        id_
        for id_, anchor in anchors.items()
        if anchor is not None and not (isinstance(anchor, Anchored) and anchor.places == said[id_])
    }


def _still_meant(annotations: Annotations, wanted: Sequence[Sought], placed: Collection[str]) -> Wordings:
    """The earlier words of records, except those that somebody has placed anew, here or elsewhere.

    An update of a selector leaves the time of the last change as it is; a link has none.
    """
    if not annotations.wordings:
        return annotations.wordings
    former = {each.id: each for each in sought(annotations.records.values())}
    meant = {
        each.id
        for each in wanted
        if (was := former.get(each.id)) is not None
        and was.parts != each.parts
        and (isinstance(each, AnswerLink) or isinstance(was, AnswerLink) or was.updated != each.updated)
    }
    return {id_: words for id_, words in annotations.wordings.items() if id_ not in meant and id_ not in placed}
