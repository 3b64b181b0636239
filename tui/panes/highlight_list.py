"""What the highlights tab lists, read off the state: what needs the reader first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.core.filtering import passes
from tui.core.highlights import Anchored, How, NeedsReview, Orphan
from tui.core.standing import words_under
from tui.panes.decisions import Entry, Row

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from tui.core.flow import Spot
    from tui.core.highlights import Anchor, Highlight, Place
    from tui.core.model import Span
    from tui.core.state import State

BETWEEN_PARTS = " … "
"What stands between the words of two blocks that one highlight marks."


def highlight_entries(state: State, section: int | None, query: str, names: Mapping[str, str]) -> list[Entry]:
    """The entries of the tab: needs review, orphans, the highlights in document order, kept orphans.

    Args:
        state: The state.
        section: The episode whose highlights are listed, or None for the whole library. What needs review and
            orphans are listed in either case.
        query: The filter; see `tui.core.filtering`.
        names: What the reader calls the colours.
    """
    review: list[Entry] = []
    orphans: list[Entry] = []
    kept: list[Entry] = []
    placed: list[Entry] = []
    for note in state.library.notes:
        marks = state.marks_of(note.path)
        for highlight in marks.highlights.values():
            anchor = marks.anchors.get(highlight.id, Orphan())
            text = words(state, note.path, highlight, anchor)
            if not passes(highlight, anchor, text, query, names):
                continue
            if isinstance(anchor, Anchored):
                where = spots_at(state, note.path, anchor.places)
                if section is None or any(spot.section == section for spot, _ in where):
                    placed.append(_entry(Row.PLACED, note.path, highlight, anchor, text, where, names))
            elif highlight.kept:
                kept.append(_entry(Row.ORPHAN, note.path, highlight, anchor, text, (), names))
            elif isinstance(anchor, NeedsReview):
                review += _with_candidates(state, note.path, highlight, anchor, text, names)
            else:
                orphans.append(_entry(Row.ORPHAN, note.path, highlight, anchor, text, (), names))
    placed.sort(key=lambda entry: entry.where)
    entries = [
        *under(_heading("Needs review"), review),
        *under(_heading("Orphans: their text is gone"), orphans),
        *(under(_heading("Highlights"), placed) if review or orphans or kept else placed),
        *under(_heading("Kept without their text"), kept),
    ]
    return [_told_if_unsaved(state, entry) for entry in entries]


def _told_if_unsaved(state: State, entry: Entry) -> Entry:
    if entry.row is Row.CANDIDATE or entry.id not in state.marks_of(entry.path).unsaved:
        return entry
    return entry._replace(details="\n".join(filter(None, (entry.details, "not saved yet"))))


def words(state: State, path: str, highlight: Highlight, anchor: Anchor) -> str:
    """The words a highlight sits on today; those it marked where it has no place."""
    if isinstance(anchor, Anchored):
        return BETWEEN_PARTS.join(words_under(state.note(path), anchor.places, highlight.parts))
    return BETWEEN_PARTS.join(part.exact for part in highlight.parts)


def words_at(state: State, path: str, places: Sequence[Place]) -> str:
    """The words at places of a note."""
    episodes = state.note(path).episodes
    found = []
    for place in places:
        block = episodes[place.address.episode].blocks[place.address.block]
        found.append(block.text[place.span.start : place.span.end])
    return BETWEEN_PARTS.join(found)


def spots_at(state: State, path: str, places: Sequence[Place]) -> tuple[tuple[Spot, Span], ...]:
    """Places of a note as they are counted over the library."""
    return tuple((state.spot(path, place.address), place.span) for place in places)


def under(heading: Entry, entries: Sequence[Entry]) -> Iterator[Entry]:
    """Entries under a heading of their own; nothing where there are none."""
    if entries:
        yield heading
        yield from entries


def _heading(text: str) -> Entry:
    return Entry(Row.HEADING, text)


def _entry(
    row: Row,
    path: str,
    highlight: Highlight,
    anchor: Anchor,
    text: str,
    where: tuple[tuple[Spot, Span], ...],
    names: Mapping[str, str],
) -> Entry:
    details = [highlight.comment] if highlight.comment else []
    facts = [f"#{tag}" for tag in highlight.tags]
    if own := names.get(highlight.colour):
        facts.insert(0, own)
    if isinstance(anchor, Anchored) and anchor.how is How.EDITED:
        was = BETWEEN_PARTS.join(part.quoted or part.exact for part in highlight.parts)
        if was != text:
            details.append(f"was: {was}")
    if row is not Row.PLACED:
        facts.append(highlight.parts[0].episode)
    if facts:
        details.append(" · ".join(facts))
    return Entry(row, " ".join(text.split()), path, highlight.id, where, "\n".join(details), colour=highlight.colour)


def _with_candidates(
    state: State,
    path: str,
    highlight: Highlight,
    anchor: NeedsReview,
    text: str,
    names: Mapping[str, str],
) -> list[Entry]:
    first = spots_at(state, path, anchor.candidates[0].places)
    entries = [_entry(Row.REVIEW, path, highlight, anchor, text, first, names)]
    for candidate in anchor.candidates:
        where = spots_at(state, path, candidate.places)
        episode = state.episodes[where[0][0].section].title
        entries.append(
            Entry(
                Row.CANDIDATE,
                " ".join(words_at(state, path, candidate.places).split()),
                path,
                highlight.id,
                where,
                f"{candidate.confidence:.0%} · {episode}",
                colour=highlight.colour,
            )
        )
    return entries
