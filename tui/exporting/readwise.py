"""The fields and limits of highlights in Readwise's CSV import and its API (readwise.io/api_deets)."""

from __future__ import annotations

from pathlib import PurePath
from typing import TYPE_CHECKING, NamedTuple

from tui.core.annotations.highlights import Anchored
from tui.core.notes.sanitise import printable_path
from tui.exporting.grouping import by_episode, place_of
from tui.exporting.objects import lines_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from tui.core.state.items import HighlightItem
    from tui.exporting.export import Export
    from tui.exporting.grouping import EpisodeGroup

LONGEST = {"text": 8191, "title": 511, "author": 1024, "note": 8191}
"Most characters that Readwise accepts in a field."


class ReadwiseHighlight(NamedTuple):
    """A highlight with Readwise's fields."""

    text: str
    title: str
    "The episode's title, or the note's if the episode has none."
    author: str
    "The show, or else the guests, or else the note's author."
    is_podcast: bool
    note: str
    "The tags as ``.tag``, then the comment."
    line: int
    "The line of its block in the notes."
    at: datetime
    "The time of its creation."


def readwise_highlights(export: Export, cut: list[str]) -> Iterator[ReadwiseHighlight]:
    """The highlights, episode by episode; ``cut`` receives a message for each truncated field."""
    for note, episodes in by_episode(export):
        name = note.title or PurePath(printable_path(note.path)).stem
        for group in episodes:
            author = _author(group) or note.author or ""
            is_podcast = group.episode is not None and group.episode.show is not None
            for item in group.highlights:
                fields = {
                    "text": item.words,
                    "title": group.title or name,
                    "author": author,
                    "note": _note(item),
                }
                for field, most in LONGEST.items():
                    if len(fields[field]) > most:
                        cut.append(f"{place_of(item)}: its {field} is cut to the {most} characters that Readwise takes")
                        fields[field] = f"{fields[field][: most - 1]}…"
                yield ReadwiseHighlight(**fields, is_podcast=is_podcast, line=_line(item), at=item.highlight.created)


def _author(group: EpisodeGroup) -> str:
    return (group.episode.show or ", ".join(group.episode.guests)) if group.episode else ""


def _note(item: HighlightItem) -> str:
    tags = " ".join(f".{'_'.join(tag.split())}" for tag in item.highlight.tags)
    return "\n".join(filter(None, (tags, item.highlight.comment)))


def _line(item: HighlightItem) -> int:
    if isinstance(item.anchor, Anchored):
        return lines_of(item.note, item.anchor.places[0])[0]
    return item.highlight.parts[0].line
