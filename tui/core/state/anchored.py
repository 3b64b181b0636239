"""Anchoring a note's records in the state, and computing its changes against the baseline."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from tui.core.anchoring import match
from tui.core.anchoring.highlighted_text import blocks_under
from tui.core.anchoring.snapshot import (
    Anchoring,
    Snapshot,
    advance,
    anchor_records,
    distinct_snapshots,
    dropped,
    in_doubt,
    key_of,
    unsettled,
)
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
from tui.core.state.answers_elsewhere import all_links_elsewhere, links_elsewhere
from tui.core.state.baseline import differences
from tui.core.state.model import Annotations, State, is_of, with_annotations, with_note, with_unfinished

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from tui.core.anchoring.matching.blocks import Matching
    from tui.core.anchoring.snapshot import Key
    from tui.core.anchoring.wordings import Wordings
    from tui.core.annotations.highlights import Anchor, Record
    from tui.core.notes.model import Note

_NO_WORDINGS: Wordings = {}


def with_new_text(state: State, note: Note, matching: Matching | None = None, *, is_unfinished: bool = False) -> State:
    """Replace a note's text and anchor its records in it.

    Args:
        state: The state before.
        note: The new text.
        matching: The old text matched with the new one, if there was an old one.
        is_unfinished: True while a writer has the file open, so that missing text may still arrive.
    """
    after = with_fresh_candidates(with_note(state, note))
    after = with_unfinished(after, note.path, is_unfinished=is_unfinished)
    annotations = state.annotations_of(note.path)
    if not state.has(note.path):
        annotations = replace(annotations, answers=all_links_elsewhere(after).get(note.path, {}))
    wanted = _wanted(annotations, annotations.records.values())
    anchoring = anchor_records(
        note,
        wanted,
        annotations.snapshots,
        annotations.wordings,
        matching,
        annotations.doubts,
        unsettled(annotations.anchors),
    )
    if is_unfinished:
        return with_annotations(after, note.path, replace(annotations, anchors=in_doubt(anchoring.anchors)))
    return with_annotations(after, note.path, replace(annotations, **anchoring._asdict()))


def with_fresh_candidates(state: State) -> State:
    """Drop candidates found in texts of other notes that have changed since; they are searched again."""
    for path in state.elsewhere:
        here = state.annotations_of(path)
        anchors = dict(here.anchors)
        for id_, anchor in here.anchors.items():
            if isinstance(anchor, NeedsReview) and anchor.is_elsewhere:
                fresh = tuple(each for each in anchor.candidates if is_of(state, each.note))
                anchors[id_] = NeedsReview(fresh) if fresh else Orphan()
        state = with_annotations(state, path, replace(here, anchors=anchors))
    return state


def with_baselines(state: State, baselines: Sequence[Note]) -> State:
    """Set baselines, and update the changes against them."""
    return with_changes(
        replace(state, baselines={**state.baselines, **{each.path: each for each in baselines}}),
        *(each.path for each in baselines),
    )


def with_changes(state: State, *paths: str, latest: Matching | None = None) -> State:
    """Update the changes of notes against their baselines, if those are known.

    ``latest`` is a matching of some text with today's of one of them, if there is one: it may be with the baseline.
    """
    found = {}
    for path in paths:
        baseline, note = state.baselines.get(path), state.note(path)
        if baseline is None or baseline == note:
            continue
        matching = latest
        if matching is None or matching.old is not baseline or matching.new is not note:
            matching = match(baseline, note)
        if (diff := differences(matching)).places:
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
    """Set the records of a note's sidecar, and anchor those that are new or moved.

    Unsaved changes are applied to them. If another earmark moved a highlight, its selector in the sidecar wins over its
    former anchor.
    """
    annotations = state.annotations_of(path)
    note = state.note(path)
    if annotations.unsaved:
        records = changed((*highlights, *questions), annotations.unsaved.values())
        highlights = [each for each in records if isinstance(each, Highlight)]
        questions = [each for each in records if isinstance(each, QuestionRecord)]
    former = {each.id: each for each in _wanted(annotations, annotations.records.values())}
    wanted = _wanted(annotations, [*highlights, *questions])
    placed = _placed(annotations, note, wanted, snapshots)
    known = {
        each.id: annotations.anchors[each.id]
        for each in wanted
        if (was := former.get(each.id)) is not None
        and (was is each or was.parts == each.parts)
        and each.id not in placed
    }
    wordings = _still_meant(annotations, wanted, placed)
    fresh = [each for each in wanted if each.id not in known]
    anchoring = anchor_records(note, fresh, snapshots, wordings, doubts=annotations.doubts)
    anchors = {each.id: known.get(each.id) or anchoring.anchors[each.id] for each in wanted}
    if path in state.unfinished:
        anchors = in_doubt(anchors)
        anchoring = Anchoring({}, distinct_snapshots(snapshots), wordings, annotations.doubts)
    given, snapshots = snapshots, anchoring.snapshots
    if path not in state.unfinished and known and not (annotations.snapshots and annotations.snapshots[0].note is note):
        snapshots = advance(note, wanted, anchors, snapshots)
    here = replace(
        annotations,
        highlights={each.id: each for each in highlights},
        questions={each.id: each for each in questions},
        anchors=anchors,
        snapshots=snapshots,
        wordings=anchoring.wordings,
        doubts=anchoring.doubts
        | annotations.doubts.intersection(key_of(each) for each in wanted if each.id in known)
        | dropped(wanted, anchors, given, snapshots),
    )
    state = with_annotations(state, path, here)
    before, after = (links_elsewhere(state, path, each) for each in (annotations.questions.values(), questions))
    for other in filter(state.has, {**before, **after}):
        kept = state.annotations_of(other).answers
        links = {id_: link for id_, link in kept.items() if id_ not in before.get(other, {})}
        state = with_answers(state, other, links | after.get(other, {}))
    if any(isinstance(each, AnswerLink) and each.id not in anchors for each in former.values()):
        # Its question may have moved to another note, and the block stayed here.
        state = with_answers(state, path, all_links_elsewhere(state).get(path, {}))
    return state


def with_answers(
    state: State,
    path: str,
    links: Mapping[str, AnswerLink],
    snapshots: tuple[Snapshot, ...] = (),
    wordings: Wordings = _NO_WORDINGS,
    doubts: Collection[Key] = (),
) -> State:
    """Set the blocks of a note that answer questions of other notes, and anchor those that are new or moved.

    Args:
        state: The state before.
        path: The note.
        links: All of its answering blocks.
        snapshots: Earlier texts with their positions.
        wordings: Their earlier words.
        doubts: Those that their selectors alone did not settle.
    """
    there = state.annotations_of(path)
    own = {each.id for each in sought(there.records.values())}
    links = {id_: link for id_, link in links.items() if id_ not in own}
    if links == there.answers:
        return state
    note, former = state.note(path), there.answers
    known = {
        id_: anchor
        for id_, link in links.items()
        if (was := former.get(id_)) is not None
        and (anchor := there.anchors.get(id_)) is not None
        and (was == link or _is_on(link, anchor, note))
    }
    here = {key_of(links[id_]): anchor.places for id_, anchor in known.items() if isinstance(anchor, Anchored)}
    fresh = [link for id_, link in links.items() if id_ not in known]
    anchoring = anchor_records(note, fresh, snapshots, wordings, doubts=doubts)
    anchors = {id_: anchor for id_, anchor in there.anchors.items() if id_ in own} | known
    is_unfinished = path in state.unfinished
    found = snapshots if is_unfinished else (Snapshot(note, here), *anchoring.snapshots)
    return with_annotations(
        state,
        path,
        replace(
            there,
            answers=links,
            anchors=anchors | (in_doubt(anchoring.anchors) if is_unfinished else anchoring.anchors),
            snapshots=_together(there.snapshots, found),
            wordings={**there.wordings, **anchoring.wordings},
            doubts=there.doubts | anchoring.doubts,
        ),
    )


def _is_on(link: AnswerLink, anchor: Anchor, note: Note) -> bool:
    """True if a link's selector, as updated, describes the block at its anchor."""
    return isinstance(anchor, Anchored) and blocks_under(note, anchor.places, link.parts) == [
        part.block for part in link.parts
    ]


def _together(snapshots: tuple[Snapshot, ...], more: tuple[Snapshot, ...]) -> tuple[Snapshot, ...]:
    """Merge the snapshots of some records with those of others in the same note; each text occurs once."""
    kept = list(snapshots)
    for each in more:
        at = next((number for number, one in enumerate(kept) if one.note == each.note), None)
        if at is None:
            kept.append(each)
        else:
            kept[at] = replace(kept[at], places={**kept[at].places, **each.places})
    return tuple(kept)


def _wanted(annotations: Annotations, records: Iterable[Record]) -> tuple[Sought, ...]:
    """Everything to anchor in a note with these records."""
    own = tuple(sought(records))
    ids = {each.id for each in own} if annotations.answers else ()
    return *own, *(link for link in annotations.answers.values() if link.id not in ids)


def _placed(annotations: Annotations, note: Note, wanted: Sequence[Sought], snapshots: Sequence[Snapshot]) -> set[str]:
    """The ids of records whose selectors disagree with their anchors in today's text."""
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
    """The earlier words of records, without those that were moved by hand, here or elsewhere.

    An update of a selector does not change the record's time; a link has none.
    """
    if not annotations.wordings:
        return annotations.wordings
    former = {each.id: each for each in _wanted(annotations, annotations.records.values())}
    meant = {
        each.id
        for each in wanted
        if (was := former.get(each.id)) is not None
        and was.parts != each.parts
        and (isinstance(each, AnswerLink) or isinstance(was, AnswerLink) or was.updated != each.updated)
    }
    return {id_: words for id_, words in annotations.wordings.items() if id_ not in meant and id_ not in placed}
