"""Everything the panes show of a library, computed at once; in a thread if there are ten thousand episodes or
highlights.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tui.ui.lists.episodes import EpisodeEntry, count_columns
from tui.ui.lists.facts import episode_entries, facts

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tui.core.notes.model import Body, Library, Position
    from tui.core.notes.summary import Summary
    from tui.core.state.model import State
    from tui.core.state.needs import Needs
    from tui.core.state.questions import QuestionStatus
    from tui.ui.drawing.paint import DrawnHighlight


class Overview(NamedTuple):
    """Everything the panes show of a state."""

    state: State
    highlights: Mapping[Position, tuple[DrawnHighlight, ...]]
    "Highlights to draw, by block in document order."
    signs: Mapping[Position, str]
    "Gutter signs for questions, by block."
    changes: Mapping[Position, str]
    "Change marks to draw, by block in document order."
    facts: str
    "The library and its counts, for the status line."
    needs: Needs | None
    "Counts of items that need the reader; None without highlights and questions."
    episodes: tuple[EpisodeEntry, ...]
    columns: tuple[int, ...]
    "Column widths for the episodes' counts."
    summaries: Mapping[Body, Summary]
    "Summaries made so far, limited to the state's episodes."
    unknown: tuple[int, ...]
    "Episodes without a summary, in order, counted over the library."
    asked: frozenset[int]
    "Episodes that have questions with records."


def overview(state: State, summaries: Mapping[Body, Summary], before: Overview | None = None) -> Overview:
    """Compute everything the panes show of a state, using the summaries made so far.

    ``before`` is an earlier overview, from which unchanged episodes are reused if the list has the same ones.
    """
    highlights: Mapping[Position, tuple[DrawnHighlight, ...]] = {}
    signs: Mapping[Position, str] = {}
    changes: Mapping[Position, str] = {}
    words: Mapping[int, Mapping[int, QuestionStatus]] = {}
    needed: Needs | None = None
    if state.annotations or state.changes:
        # Imported here, since the first frame has none.
        from tui.ui.lists import records

        highlights, signs = records.drawn_highlights(state), records.drawn_signs(state)
        changes, words = records.drawn_changes(state), records.words_by_section(state)
        needed = records.needs_of(state)
    reworded = None if before is None else _reworded(before.state.library, state.library)
    if before is None or reworded is None:
        entries = [*episode_entries(state, summaries, highlights, words, range(len(state.episodes)))]
        known = {each.body: summary for each in state.episodes if (summary := summaries.get(each.body))}
        unknown = tuple(number for number, each in enumerate(state.episodes) if each.body not in known)
    else:
        episodes = state.episodes
        uncounted = {*before.unknown, *reworded}
        counted = {number for number in uncounted if episodes[number].body in summaries}
        said = {
            position.section
            for positions in (before.highlights, highlights, before.changes, changes)
            for position in positions
        }
        changed = sorted(uncounted | said | before.asked | words.keys())
        entries = [*before.episodes]
        again = episode_entries(state, summaries, highlights, words, changed)
        for number, entry in zip(changed, again, strict=True):
            entries[number] = entry
        known = {**before.summaries, **{episodes[number].body: summaries[episodes[number].body] for number in counted}}
        if gone := {before.state.episodes[number].body for number in reworded}:
            for body in gone.difference(episode.body for episode in episodes):
                known.pop(body, None)
        unknown = tuple(sorted(uncounted - counted))
    return Overview(
        state,
        highlights,
        signs,
        changes,
        facts(state, None if unknown else sum(entry.questions for entry in entries)),
        needed,
        tuple(entries),
        count_columns(entries),
        known,
        unknown,
        frozenset(words),
    )


def _reworded(before: Library, after: Library) -> set[int] | None:
    """The episodes whose text differs between two libraries; None if anything else about their entries may differ."""
    if before is after:
        return set()
    if (before.path, before.starts) != (after.path, after.starts):
        return None
    if any(
        one.path != other.path or one.title != other.title for one, other in zip(before.notes, after.notes, strict=True)
    ):
        return None
    found: set[int] = set()
    for number, (one, other) in enumerate(zip(before.episodes, after.episodes, strict=True)):
        if one is other:
            continue
        if (one.title, one.guests, one.show, one.date) != (other.title, other.guests, other.show, other.date):
            return None
        if one.body is not other.body:
            found.add(number)
    return found
