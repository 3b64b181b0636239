"""The effects of an edit of the notes: new positions of blocks, and what became of the highlights."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, NamedTuple

from tui.core.anchoring import match
from tui.core.annotations.highlights import Anchored, MatchKind, NeedsReview, Orphan
from tui.core.counted import counted
from tui.core.notes.model import TITLE, Address, Position
from tui.core.state.anchored import with_changes, with_fresh_candidates, with_new_text
from tui.core.state.baseline import Diff, differences
from tui.core.state.model import with_alone, without_note

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from tui.core.anchoring.matching.blocks import Matching
    from tui.core.notes.model import Note
    from tui.core.state.model import Annotations, State


class NewText(NamedTuple):
    """A note's new text."""

    matching: Matching
    "The matching of its two texts."
    diff: Diff
    "Its changes."


@dataclass(frozen=True, slots=True)
class Effect:
    """The state after an external change, and the status message about it."""

    state: State
    summary: str = ""
    "The message, on one line; empty if there is none."
    is_warning: bool = False
    edits: Mapping[str, NewText] = field(default_factory=dict)
    "Edited notes by path; in all others, block addresses stay valid."

    def follow(self, before: State, position: Position) -> Position:
        """The new position of a block; the nearest one if it is gone."""
        if not self.state.episodes:
            return Position(0, TITLE)
        if not before.episodes:
            return Position(0, 0 if self.state.episodes[0].blocks else TITLE)
        path = before.note_of(position.section).path
        address = before.address(position)
        if not self.state.has(path):
            renamed = _same(self.state, before.note(path))
            if renamed is not None:
                return self.state.position(renamed.path, address)
            section = min(position.section, len(self.state.episodes) - 1)
            return Position(section, 0 if self.state.episodes[section].blocks else TITLE)
        if (edit := self.edits.get(path)) is not None:
            address = _successor(edit.matching, before.note(path), self.state.note(path), address)
        return self.state.position(path, address)

    def keeps(self, before: State, position: Position) -> bool:
        """True if a block is still in the notes, reworded or moved perhaps, so that `follow` gives its own position."""
        if not before.episodes:
            return True
        note, address = before.note_of(position.section), before.address(position)
        if not self.state.has(note.path):
            return _same(self.state, note) is not None
        edit = self.edits.get(note.path)
        return edit is None or address.block == TITLE or edit.matching.follow(address) is not None

    def and_then(self, other: Effect) -> Effect:
        """Combine the effects of this change with those of a later one in other files."""
        edits = {**self.edits, **other.edits}
        effects = [each for each in (self, other) if each.summary]
        warnings = [each.summary for each in effects if each.is_warning]
        if warnings or len(effects) < 2:
            summary = "; ".join(warnings or [each.summary for each in effects])
        else:
            summary = f"{counted(len(edits), 'note')} changed" if edits else other.summary
        return Effect(other.state, summary, bool(warnings), edits)


def edited_alone(state: State, effects: Sequence[Effect]) -> Effect:
    """Combine the effects of edits that were each made in the state of a note `alone`."""
    together = Effect(state)
    for each in effects:
        together = together.and_then(each)
    after = with_fresh_candidates(with_alone(state, [each.state for each in effects]))
    return replace(together, state=after)


def edited(state: State, note: Note, *, is_unfinished: bool = False) -> Effect:
    """The effects of a note's new text; the note may be new to the library.

    ``is_unfinished`` is True while a writer has its file open.
    """
    effect = _edited(state, note, is_unfinished)
    if is_unfinished:
        return replace(effect, summary=f"{_name(note.path)} is being written")
    if note.path in state.unfinished:
        return replace(effect, summary=", ".join(filter(None, (f"{_name(note.path)} is complete", effect.summary))))
    return effect


def _edited(state: State, note: Note, is_unfinished: bool) -> Effect:
    old = next((each for each in state.library.notes if each.path == note.path), None)
    if old is None:
        after = with_new_text(state, note, is_unfinished=is_unfinished)
        return Effect(after, f"New: {note.title or _name(note.path)}")
    if old == note:
        return Effect(with_new_text(state, note, is_unfinished=is_unfinished))
    matching = match(old, note)
    after = with_new_text(state, note, matching, is_unfinished=is_unfinished)
    after = with_changes(after, note.path, latest=matching)
    diff = differences(matching)
    became = _became(state.annotations_of(note.path), after.annotations_of(note.path))
    summary = " · ".join(filter(None, (_in_words(diff), ", ".join(became))))
    return Effect(after, summary, False, {note.path: NewText(matching, diff)})


def removed(state: State, path: str) -> Effect:
    """The effects of a note's removal from its folder."""
    if not state.has(path):
        return Effect(state)
    after = with_fresh_candidates(without_note(state, path))
    renamed = _same(after, state.note(path))
    if renamed is not None:
        return Effect(after, f"{_name(path)} is now {_way(path, renamed.path)}")
    return Effect(after, f"{_name(path)} is gone; its highlights are kept", True)


def _same(state: State, gone: Note) -> Note | None:
    """The note with the same text as a removed one, which was therefore renamed."""
    bodies = [episode.body for episode in gone.episodes]
    for note in state.library.notes:
        if note.path != gone.path and bodies and [episode.body for episode in note.episodes] == bodies:
            return note
    return None


def _name(path: str) -> str:
    return path.rpartition("/")[2]


def _way(old: str, new: str) -> str:
    """The new name of a note, with its folder if that changed."""
    folders = [path.rpartition("/")[0] for path in (old, new)]
    return _name(new) if len({*folders}) == 1 else f"{_name(folders[1])}/{_name(new)}"


def _in_words(diff: Diff) -> str:
    """Describe the changes of a text, as in ``2 bullets changed, 1 removed``."""
    counts = ((len(diff.signs), "changed"), (len(diff.removed), "removed"), (diff.moved, "moved"))
    present = [(count, word) for count, word in counts if count]
    return ", ".join(
        f"{counted(count, 'bullet') if number == 0 else count} {word}" for number, (count, word) in enumerate(present)
    )


def _became(before: Annotations, after: Annotations) -> list[str]:
    """Describe what became of a note's highlights and questions, for the status line."""
    highlights = Counter(_turns(before, after, after.highlights))
    questions = Counter(_turns(before, after, (each.id for each in after.questions.values() if not each.unmade)))
    return [
        f"{counts[turn]} {text if counts[turn] == 1 else texts}"
        for counts, turn, text, texts in (
            (highlights, "moved", "highlight moved", "highlights moved"),
            (highlights, "back", "highlight is back", "highlights are back"),
            (highlights, "review", "highlight needs review", "highlights need review"),
            (highlights, "orphan", "highlight lost its text", "highlights lost their text"),
            (questions, "back", "question is back", "questions are back"),
            (questions, "review", "question needs review", "questions need review"),
            (questions, "orphan", "question lost its text", "questions lost their text"),
        )
        if counts[turn]
    ]


def _turns(before: Annotations, after: Annotations, ids: Iterable[str]) -> Iterator[str]:
    """Describe each of these records that changed its state, in a word."""
    for record_id in ids:
        anchor, was = after.anchors[record_id], before.anchors.get(record_id)
        if isinstance(anchor, Anchored):
            if was is not None and not isinstance(was, Anchored):
                yield "back"
            elif was is not None and anchor.how is not MatchKind.EXACT:
                yield "moved"
        elif isinstance(anchor, NeedsReview):
            if not isinstance(was, NeedsReview):
                yield "review"
        elif not isinstance(was, Orphan):
            yield "orphan"


def _successor(matching: Matching, old: Note, new: Note, address: Address) -> Address:
    """The new address of a block; if it is gone, that of the nearest remaining block after or before it."""
    if link := matching.follow(address):
        return link.address
    count = len(old.episodes[address.episode].blocks)
    nearest = sorted(range(count), key=lambda block: (abs(block - address.block), -block))
    for block in nearest:
        link = matching.follow(Address(address.episode, block))
        if link and link.how is not MatchKind.MOVED:
            return link.address
    episode = min(address.episode, len(new.episodes) - 1)
    return Address(episode, min(address.block, len(new.episodes[episode].blocks) - 1))
