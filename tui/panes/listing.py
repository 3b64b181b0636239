"""What the panes show, read off the state: list entries, marks to draw, and the facts of the status line."""

from __future__ import annotations

from collections import Counter, defaultdict
from pathlib import PurePath
from typing import TYPE_CHECKING

from tui.core.flow import Spot
from tui.core.highlights import Anchored, NeedsReview, Orphan
from tui.files.library import STANDARD_INPUT
from tui.panes.episodes import EpisodeEntry
from tui.panes.paint import Mark
from tui.panes.questions import QuestionEntry

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from tui.core.model import Body, Episode
    from tui.core.state import State
    from tui.core.survey import Survey


def drawn_marks(state: State) -> dict[Spot, tuple[Mark, ...]]:
    """The highlights to draw, by block, in the order in which they were made."""
    found: defaultdict[Spot, list[Mark]] = defaultdict(list)
    for path, marks in state.marks.items():
        if not any(note.path == path for note in state.library.notes):
            continue
        start = state.first_section(path)
        for highlight in marks.highlights.values():
            anchor = marks.anchors.get(highlight.id)
            if isinstance(anchor, Anchored):
                for place in anchor.places:
                    spot = Spot(start + place.address.episode, place.address.block)
                    found[spot].append(Mark(place.span, highlight.colour, highlight.id))
    return {spot: tuple(sorted(each, key=lambda mark: mark.id)) for spot, each in found.items()}


def note_names(state: State) -> list[str]:
    """For each episode what its note is called: title and author, else the file's name."""
    return [
        " · ".join(part for part in (note.title, note.author) if part) or PurePath(note.path).name
        for note in state.library.notes
        for _ in note.episodes
    ]


def episode_entries(
    state: State, surveys: Mapping[Body, Survey], marks: Mapping[Spot, Sequence[Mark]]
) -> list[EpisodeEntry]:
    """An entry for each episode; counts where they are known."""
    highlights = Counter(
        section for section, _ in {(spot.section, mark.id) for spot, here in marks.items() for mark in here}
    )
    notes = state.library.notes
    named = len(notes) > 1 and any(len(note.episodes) > 1 for note in notes)
    entries: list[EpisodeEntry] = []
    for note in notes:
        for index, episode in enumerate(note.episodes):
            survey = surveys.get(episode.body)
            entries.append(
                EpisodeEntry(
                    title=_guests(episode),
                    source=" · ".join(part for part in (episode.show, episode.date) if part),
                    bullets=survey.bullets if survey else None,
                    questions=survey.open_questions if survey else 0,
                    highlights=highlights[len(entries)],
                    note=(note.title or PurePath(note.path).name) if named and index == 0 else "",
                )
            )
    return entries


def _guests(episode: Episode) -> str:
    if not episode.guests:
        return episode.title
    *others, last = episode.guests
    return f"{', '.join(others)} & {last}" if others else last


def question_entries(
    state: State, sections: Sequence[int], survey_of: Callable[[Episode], Survey]
) -> list[QuestionEntry]:
    """The questions of some episodes: open ones first, then those with replies, each in document order."""
    episodes = state.episodes
    found = []
    for section in sections:
        for question, text in survey_of(episodes[section]).questions:
            spot = Spot(section, question.block)
            found.append(QuestionEntry(spot, text, question.count - 1, question.replies))
    return [*(entry for entry in found if not entry.replies), *(entry for entry in found if entry.replies)]


def facts(state: State) -> str:
    """The library and its counts, for the status line."""
    library = state.library
    name = "standard input" if library.path == STANDARD_INPUT else PurePath(library.path).name or library.path
    parts = [name]
    if library.is_folder:
        parts.append(_many(len(library.notes), "note"))
    parts.append(_many(len(state.episodes), "episode"))
    all_marks = [state.marks_of(note.path) for note in library.notes]
    anchors = [marks.anchors.get(highlight_id) for marks in all_marks for highlight_id in marks.highlights]
    if anchors:
        parts.append(_many(len(anchors), "highlight"))
    review = sum(isinstance(anchor, NeedsReview) for anchor in anchors)
    orphans = sum(isinstance(anchor, Orphan) for anchor in anchors)
    if review:
        parts.append(f"{review} {'needs' if review == 1 else 'need'} review")
    if orphans:
        parts.append(_many(orphans, "orphan"))
    if copies := sum(len(marks.copies) for marks in all_marks):
        parts.append(f"{copies} {'copy' if copies == 1 else 'copies'} to merge")
    return " · ".join(parts)


def troubles(state: State) -> list[str]:
    """What a reader should know of how the notes and highlights files were read."""
    found = [f"{note.path}: {warning}" for note in state.library.notes for warning in note.warnings]
    from tui.files.copies import notice

    locked = [marks.locked for marks in state.marks.values() if marks.locked]
    copies = [name for marks in state.marks.values() for name in marks.copies]
    return [*locked, *([notice(copies)] if copies else []), *found]


def _many(count: int, word: str) -> str:
    return f"{count} {word}" if count == 1 else f"{count} {word}s"
