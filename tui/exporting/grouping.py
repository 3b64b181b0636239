"""Highlights and questions grouped by note and episode."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tui.core.annotations.highlights import Anchored, NeedsReview, Orphan
from tui.core.annotations.link_ids import link_id
from tui.core.notes.questions import replying
from tui.core.notes.sanitise import printable_path
from tui.core.state.items import one_line
from tui.exporting.objects import lines_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tui.core.notes.model import Episode, Note
    from tui.core.state.items import HighlightItem, QuestionItem
    from tui.exporting.export import Export


class EpisodeGroup(NamedTuple):
    """The highlights and questions of an episode."""

    title: str
    episode: Episode | None
    "None for an episode that is no longer in the note."
    highlights: tuple[HighlightItem, ...]
    "In document order; those without a certain position come last."
    questions: tuple[QuestionItem, ...]


class NoteGroup(NamedTuple):
    """The highlights and questions of a note."""

    note: Note
    episodes: tuple[EpisodeGroup, ...]


class Answered(NamedTuple):
    """A text that answers a question."""

    depth: int
    "Number of bullets that it is nested in, beneath the question."
    text: str


def by_episode(export: Export) -> Iterator[NoteGroup]:
    """The notes with anything to export, each with its episodes in document order."""
    highlights: dict[str, list[HighlightItem]] = {}
    questions: dict[str, list[QuestionItem]] = {}
    for highlight in export.highlights:
        highlights.setdefault(highlight.note.path, []).append(highlight)
    for question in export.questions:
        questions.setdefault(question.note.path, []).append(question)
    for note in export.state.library.notes:
        here, asked = highlights.get(note.path, []), questions.get(note.path, [])
        if here or asked:
            yield NoteGroup(note, tuple(_episodes(note, here, asked)))


def _episodes(note: Note, highlights: list[HighlightItem], questions: list[QuestionItem]) -> Iterator[EpisodeGroup]:
    numbers: dict[str, int] = {}
    for number, episode in enumerate(note.episodes):
        numbers.setdefault(episode.title, number)
    marked: dict[int | str, list[HighlightItem]] = {}
    for item in sorted(highlights, key=_document_order):
        title = item.highlight.parts[0].episode
        anchor = item.anchor
        key = anchor.places[0].address.episode if isinstance(anchor, Anchored) else numbers.get(title, title)
        marked.setdefault(key, []).append(item)
    asked: dict[int | str, list[QuestionItem]] = {}
    own = {id(episode): number for number, episode in enumerate(note.episodes)}
    for question in questions:
        at = own.get(id(question.episode)) if question.episode else numbers.get(question.title)
        asked.setdefault(question.title if at is None else at, []).append(question)
    for number, episode in enumerate(note.episodes):
        if number in marked or number in asked:
            here, questioned = tuple(marked.pop(number, ())), tuple(asked.pop(number, ()))
            yield EpisodeGroup(episode.title, episode, here, questioned)
    for gone in dict.fromkeys((*marked, *asked)):
        yield EpisodeGroup(str(gone), None, tuple(marked.get(gone, ())), tuple(asked.get(gone, ())))


def _document_order(item: HighlightItem) -> tuple[bool, int, int, int, str]:
    if isinstance(item.anchor, Anchored):
        (episode, block), span = item.anchor.places[0].address, item.anchor.places[0].span
        return False, episode, block, span.start, item.highlight.id
    return True, item.highlight.parts[0].line, 0, 0, item.highlight.id


def place_of(item: HighlightItem) -> str:
    """The file and line of a highlight; only the file if its position is uncertain."""
    path = printable_path(item.note.path)
    return f"{path}:{lines_of(item.note, item.anchor.places[0])[0]}" if isinstance(item.anchor, Anchored) else path


def place_of_question(item: QuestionItem) -> str:
    """The file and line of a question; only the file if its position is uncertain."""
    path = printable_path(item.note.path)
    return f"{path}:{item.line}" if item.line else path


def doubt_about(item: HighlightItem) -> str:
    """The reason why a highlight has no line; empty if its position is certain."""
    if isinstance(item.anchor, Anchored):
        return ""
    return "needs review" if isinstance(item.anchor, NeedsReview) else "its text is gone"


def answers_to(item: QuestionItem) -> Iterator[Answered]:
    """The texts that answer a question: the reader's, the linked block, and everything nested beneath it."""
    record, asked = item.record, item.asked
    if record is not None and record.answer:
        yield Answered(0, record.answer)
    if record is not None and record.answered_by:
        anchor = item.annotations.anchors.get(link_id(record.id), Orphan())
        block = item.note.block(anchor.places[0].address) if isinstance(anchor, Anchored) else None
        yield Answered(0, one_line(block.text if block else record.answered_by[0].exact))
    if asked is not None and item.episode is not None:
        yield from (Answered(*each) for each in replying(item.episode.blocks, asked.block))
