"""What all panes show of a library, worked out at once: with ten thousand episodes or highlights, in a thread."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tui.panes.episodes import EpisodeEntry, count_columns
from tui.panes.listing import drawn_marks, drawn_news, drawn_signs, episode_entries, facts

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tui.core.flow import Spot
    from tui.core.model import Body, Episode
    from tui.core.state import State
    from tui.core.survey import Survey
    from tui.panes.paint import Mark


class Overview(NamedTuple):
    """What the panes show of a state."""

    marks: Mapping[Spot, tuple[Mark, ...]]
    "The highlights to draw, by block, in document order."
    signs: Mapping[Spot, str]
    "What the gutter says of questions, by block."
    news: Mapping[Spot, str]
    "The change marks to draw, by block, in document order."
    facts: str
    "The library and its counts, for the status line."
    episodes: tuple[EpisodeEntry, ...]
    columns: tuple[int, ...]
    "The widths of the episodes' counts."
    surveys: Mapping[Body, Survey]
    "Those that were made, of the state's episodes alone."
    unknown: tuple[Episode, ...]
    "Episodes that no survey was made of, in order."


def overview(state: State, surveys: Mapping[Body, Survey]) -> Overview:
    """Work out what the panes show of a state, with the surveys that were made of its episodes or of former ones."""
    marks = drawn_marks(state) if state.marks else {}
    found = [(episode, surveys.get(episode.body)) for episode in state.episodes]
    entries = tuple(episode_entries(state, [survey for _, survey in found], marks))
    unknown = tuple(episode for episode, survey in found if not survey)
    return Overview(
        marks,
        drawn_signs(state) if state.marks else {},
        drawn_news(state),
        facts(state, None if unknown else sum(entry.questions for entry in entries)),
        entries,
        count_columns(entries),
        {episode.body: survey for episode, survey in found if survey},
        unknown,
    )
