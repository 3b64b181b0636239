"""Entries of the highlights tab: first those that need a decision."""

from __future__ import annotations

import os
from itertools import groupby
from operator import attrgetter, itemgetter
from typing import TYPE_CHECKING, NamedTuple

from tui.core.annotations.choices import Colour
from tui.core.annotations.highlights import Anchored, MatchKind, NeedsReview, Orphan
from tui.core.state.filtering import passes, read_filter
from tui.core.state.items import Group, HighlightItem, one_line, quoted_words, words_at
from tui.ui.lists.entries import EntryKind, Grouping, ListEntry, grouped, under

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from tui.core.annotations.highlights import Anchor, Candidate, Highlight
    from tui.core.notes.model import Note, Place, Position, Span
    from tui.core.state.model import State


class _Made(NamedTuple):
    """The entry of an anchored highlight, with the values that it was built from."""

    entry: ListEntry
    highlight: Highlight
    anchor: Anchored
    note: Note
    section: int
    "The note's first episode, counted over the library."

    def is_of(self, highlight: Highlight, anchor: Anchored, note: Note, section: int) -> bool:
        """True if these values would give the same entry."""
        return (
            self.highlight is highlight
            and self.section == section
            and (self.anchor is anchor or self.anchor == anchor)
            and (self.note is note or all(self._reads_the_same(note, *place.address) for place in anchor.places))
        )

    def _reads_the_same(self, note: Note, episode: int, _: int) -> bool:
        return self.note.episodes[episode].body is note.episodes[episode].body


class HighlightList:
    """Builds the entries of the tab, reusing those of unchanged highlights."""

    def __init__(self) -> None:
        self._made: dict[tuple[str, str], _Made] = {}
        "Entries by note path and highlight id; read and replaced as a whole, from any thread."
        self._names: Mapping[str, str] = {}

    def entries(
        self,
        state: State,
        section: int | None,
        query: str,
        names: Mapping[str, str],
        grouping: Grouping = Grouping.EPISODE,
    ) -> list[ListEntry]:
        """The entries of the tab: needs review, orphans, highlights in document order, kept orphans.

        Args:
            state: The state.
            section: The episode to list, or None for the whole library. Orphans and needs review are always listed.
            query: The filter; see `tui.core.state.filtering`.
            names: The reader's names for the colours.
            grouping: The order and headings of the anchored highlights.
        """
        review: list[ListEntry] = []
        orphans: list[ListEntry] = []
        kept: list[ListEntry] = []
        placed: list[ListEntry] = []
        wanted = read_filter(query)
        known = self._made if names == self._names else {}
        made: dict[tuple[str, str], _Made] = {}
        for note in state.library.notes:
            path, annotations = note.path, state.annotations_of(note.path)
            first = state.first_section(path)
            for highlight in annotations.highlights.values():
                anchor = annotations.anchors.get(highlight.id, Orphan())
                item = HighlightItem(note, highlight, anchor)
                if isinstance(anchor, Anchored):
                    one = known.get((path, highlight.id))
                    if one is None or not one.is_of(highlight, anchor, note, first):
                        one = _Made(_placed(state, path, highlight, anchor, names), highlight, anchor, note, first)
                    elif one.note is not note:
                        one = one._replace(anchor=anchor, note=note)
                    made[path, highlight.id] = one
                    text, where = one.entry.text, one.entry.where
                    is_here = section is None or any(position.section == section for position, _ in where)
                    if is_here and passes(highlight, anchor, text, wanted, names):
                        placed.append(one.entry)
                    continue
                text = item.words
                if not passes(highlight, anchor, text, wanted, names):
                    continue
                if item.group is Group.KEPT:
                    kept.append(_entry(EntryKind.ORPHAN, path, highlight, anchor, text, (), names))
                elif isinstance(anchor, NeedsReview):
                    review += _with_candidates(state, path, highlight, anchor, text, names)
                else:
                    orphans.append(_entry(EntryKind.ORPHAN, path, highlight, anchor, text, (), names))
        self._made, self._names = made, names
        placed.sort(key=_WHERE)
        is_apart = bool(review or orphans or kept)
        entries = [
            *under(Group.REVIEW.value, review),
            *under(Group.ORPHAN.value, orphans),
            *self._grouped(state, placed, section, grouping, is_apart=is_apart),
            *under(Group.KEPT.value, kept),
        ]
        if any(annotations.unsaved for annotations in state.annotations.values()):
            entries = [_with_unsaved_noted(state, entry) for entry in entries]
        return entries

    def _grouped(
        self, state: State, placed: list[ListEntry], section: int | None, grouping: Grouping, *, is_apart: bool
    ) -> Iterable[ListEntry]:
        """Anchored highlights below their headings; those of one episode need none unless other entries come first."""
        if grouping is Grouping.EPISODE:
            if section is None:
                return grouped(placed, lambda entry: state.episodes[entry.where[0][0].section].title)
            return under("Highlights", placed) if is_apart else placed
        titled = [(title, entry) for entry in placed for title in self._titles(entry, grouping)]
        order = list(Colour) if grouping is Grouping.COLOUR else sorted({title for title, _ in titled} - {UNTAGGED})
        ranks = {title: rank for rank, title in enumerate(order)}
        titled.sort(key=lambda each: ranks.get(each[0], len(ranks)))
        shown = [(self._names.get(title, title), entry) for title, entry in titled]
        return (each for title, group in groupby(shown, itemgetter(0)) for each in under(title, [e for _, e in group]))

    def _titles(self, entry: ListEntry, grouping: Grouping) -> Sequence[str]:
        """The groups of an anchored highlight: its colour, or each of its tags."""
        highlight = self._made[entry.key].highlight
        return (highlight.colour,) if grouping is Grouping.COLOUR else highlight.tags or (UNTAGGED,)


UNTAGGED = "No tag"
_WHERE = attrgetter("where")


def _placed(state: State, path: str, highlight: Highlight, anchor: Anchored, names: Mapping[str, str]) -> ListEntry:
    where = positions_at(state, path, anchor.places)
    return _entry(
        EntryKind.PLACED,
        path,
        highlight,
        anchor,
        HighlightItem(state.note(path), highlight, anchor).words,
        where,
        names,
    )


def _with_unsaved_noted(state: State, entry: ListEntry) -> ListEntry:
    if entry.row is EntryKind.CANDIDATE or entry.id not in state.annotations_of(entry.path).unsaved:
        return entry
    return entry._replace(details="\n".join(filter(None, (entry.details, "not saved yet"))))


def positions_at(state: State, path: str, places: Sequence[Place]) -> tuple[tuple[Position, Span], ...]:
    """Places of a note as positions and spans in the library."""
    return tuple((state.position(path, place.address), place.span) for place in places)


def positions_of(state: State, path: str, candidate: Candidate) -> tuple[tuple[Position, Span], ...]:
    """The places of a candidate for a note's record, as positions; the candidate may be in another note."""
    return positions_at(state, candidate.note.path if candidate.note else path, candidate.places)


def _entry(
    row: EntryKind,
    path: str,
    highlight: Highlight,
    anchor: Anchor,
    text: str,
    where: tuple[tuple[Position, Span], ...],
    names: Mapping[str, str],
) -> ListEntry:
    details = [highlight.comment] if highlight.comment else []
    facts = [f"#{tag}" for tag in highlight.tags]
    if own := names.get(highlight.colour):
        facts.insert(0, own)
    is_edited = isinstance(anchor, Anchored) and anchor.how is MatchKind.EDITED
    if is_edited and (was := quoted_words(highlight)) != text:
        details.append(f"was: {was}")
    if row is not EntryKind.PLACED:
        facts.append(highlight.parts[0].episode)
    if facts:
        details.append(" · ".join(facts))
    return ListEntry(row, one_line(text), path, highlight.id, where, "\n".join(details), colour=highlight.colour)


def _with_candidates(
    state: State,
    path: str,
    highlight: Highlight,
    anchor: NeedsReview,
    text: str,
    names: Mapping[str, str],
) -> list[ListEntry]:
    first = positions_of(state, path, anchor.candidates[0])
    entries = [_entry(EntryKind.REVIEW, path, highlight, anchor, text, first, names)]
    for candidate in anchor.candidates:
        where = positions_of(state, path, candidate)
        facts = [f"{candidate.confidence:.0%}", state.episodes[where[0][0].section].title]
        if candidate.note is not None:
            facts.append(os.path.basename(candidate.note.path))
        entries.append(
            ListEntry(
                EntryKind.CANDIDATE,
                one_line(words_at(candidate.note or state.note(path), candidate.places)),
                path,
                highlight.id,
                where,
                " · ".join(filter(None, facts)),
                colour=highlight.colour,
            )
        )
    return entries
