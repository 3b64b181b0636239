"""Facts about the state for the panes: the entries of episodes, the status line, advice."""

from __future__ import annotations

import os
from collections import Counter
from functools import lru_cache
from pathlib import PurePath
from typing import TYPE_CHECKING

from tui.core.counted import counted
from tui.core.notes.model import STANDARD_INPUT, TITLE, Position
from tui.core.notes.titles import topic_of
from tui.ui.lists.episodes import EpisodeEntry

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from tui.core.notes.model import Body
    from tui.core.notes.summary import Summary
    from tui.core.state.model import State
    from tui.core.state.questions import QuestionStatus
    from tui.ui.drawing.paint import DrawnHighlight


TITLES = 1 << 15
"Most titles kept in the cache."


def note_name(state: State, section: int) -> str:
    """The display name of an episode's note: title and author, or the file name if those say nothing new."""
    note = state.note_of(section)
    name = " · ".join(part for part in (note.title, note.author) if part)
    title = note.episodes[state.address(Position(section, TITLE)).episode].title
    return name if name and name != title else PurePath(note.path).name


def episode_entries(
    state: State,
    summaries: Mapping[Body, Summary],
    highlights: Mapping[Position, Sequence[DrawnHighlight]],
    words: Mapping[int, Mapping[int, QuestionStatus]],
    sections: Iterable[int],
) -> Iterator[EpisodeEntry]:
    """Entries for these episodes, given in order, with the counts in ``summaries``.

    ``words`` are the recorded states of questions, by episode and block.

    Episodes with the same guests and show are distinguished by the part of their titles after the show.
    """
    by_section = {(section, each.id) for (section, _), here in highlights.items() for each in here}
    counts = Counter(section for section, _ in by_section)
    library = state.library
    named = len(library.notes) > 1
    root = PurePath(library.path)
    folders = {os.path.dirname(note.path) for note in library.notes}
    in_folders = library.is_folder and any(PurePath(folder) != root for folder in folders)
    alike = Counter((episode.guests, episode.show) for episode in state.episodes if episode.guests)
    start = end = 0
    for section in sections:
        if section >= end:
            note = state.note_of(section)
            start = state.first_section(note.path)
            end = start + len(note.episodes)
            name = (note.title or PurePath(note.path).name) if named and len(note.episodes) > 1 else ""
            folder = _folder_below(root, note.path) if in_folders else ""
            diff = state.changes.get(note.path)
            new = {address.episode for address in diff.places} if diff else ()
        episode = note.episodes[section - start]
        summary = summaries.get(episode.body)
        is_like_others = alike[episode.guests, episode.show] > 1
        title, source = _guests_and_source(episode.title, episode.guests, episode.show, episode.date, is_like_others)
        yield EpisodeEntry(
            title=title,
            source=source,
            bullets=summary.bullets if summary else None,
            questions=_open_count(summary, words.get(section, {})) if summary else 0,
            highlights=counts[section],
            has_changes=section - start in new,
            folder=folder,
            note=name,
            path=note.path,
        )


def _folder_below(root: PurePath, path: str) -> str:
    """The folder of a note relative to the opened one; empty if it is that folder."""
    folder = PurePath(path).parent
    return "" if folder == root else str(folder.relative_to(root)) if folder.is_relative_to(root) else folder.name


def _open_count(summary: Summary, words: Mapping[int, QuestionStatus]) -> int:
    from tui.core.state.questions import open_count

    return open_count(summary.questions, words)


@lru_cache(TITLES)
def _guests_and_source(
    title: str, guests: tuple[str, ...], show: str | None, date: str | None, is_like_others: bool
) -> tuple[str, str]:
    """An episode's guests, or title, and its source; cached, since otherwise an edit of one note would read all titles
    again.
    """
    topic = topic_of(title) if is_like_others else ""
    *others, last = guests or (title,)
    return f"{', '.join(others)} & {last}" if others else last, " · ".join(filter(None, (topic, show, date)))


def facts(state: State, open_questions: int | None = None) -> str:
    """The library and its counts, for the status line; includes open questions once every episode is counted."""
    library = state.library
    is_piped = library.path == STANDARD_INPUT
    name = "standard input" if is_piped else os.path.basename(os.path.abspath(library.path)) or library.path
    parts = [name]
    if library.is_folder:
        parts.append(counted(len(library.notes), "note"))
    parts.append(counted(len(state.episodes), "episode"))
    if open_questions is not None:
        parts.append(f"{open_questions:,} open")
    all_annotations = [state.annotations_of(note.path) for note in library.notes]
    if highlights := sum(len(annotations.highlights) for annotations in all_annotations):
        parts.append(counted(highlights, "highlight"))
    if copies := sum(len(annotations.copies) for annotations in all_annotations):
        parts.append(f"{copies} {'copy' if copies == 1 else 'copies'} to merge")
    return " · ".join(parts)


def changed_since(state: State) -> str:
    """Counts of the changes since the last reading, on one line."""
    diffs = state.changes.values()
    changed, removed = sum(len(diff.signs) for diff in diffs), sum(len(diff.removed) for diff in diffs)
    counts = [f"{counted(changed, 'bullet')} changed" if changed else "", f"{removed:,} removed" if removed else ""]
    return f"Since you last read: {', '.join(filter(None, counts))}"


def faults(state: State, section: int, opens: str) -> Iterator[str]:
    """Advice about the episode under the cursor if it has no text or could not be parsed.

    ``opens`` is the key that opens an editor, as displayed; empty if there is none.
    """
    here = state.episodes[section] if state.episodes else None
    if here is None or not here.blocks:
        if state.library.path == STANDARD_INPUT:
            yield "Nothing came through the pipe"
        else:
            yield f"This note is empty · {opens} opens your editor" if opens else "This note is empty"
    if here is not None and here.body.fault:
        yield f"Shown as plain text: parsing it failed ({here.body.fault})"


def troubles(state: State) -> list[str]:
    """Messages about problems met in reading the notes and highlights files."""
    found = [
        f"{PurePath(note.path).name}: {warning}"
        for note in state.library.notes
        for warning in (*note.warnings, *filter(None, (note.notice,)))
    ]
    from tui.files.sidecar.copies import notice

    locked = [annotations.locked for annotations in state.annotations.values() if annotations.locked]
    copies = [name for annotations in state.annotations.values() for name in annotations.copies]
    return [*locked, *([notice(copies)] if copies else []), *found]
