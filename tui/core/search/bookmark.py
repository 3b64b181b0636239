"""Bookmarks: the reader's position in the notes, and how to find it again after they changed or grew."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING, NamedTuple

from tui.core.notes.model import TITLE, Position

if TYPE_CHECKING:
    from tui.core.notes.model import Episode
    from tui.core.state.model import State


class Bookmark(NamedTuple):
    """A reader's position in a note."""

    episode: str
    "The episode's title."
    block: str
    "The block's text; empty on the title."
    line: int
    "Its first line in the note, 1-based."
    row: int
    "Its row on the screen, from 0."


def bookmark_of(state: State, position: Position, row: int) -> Bookmark:
    """Bookmark a position shown on a row of the screen; `position_of` finds it again."""
    episode, block = state.episodes[position.section], state.block(position)
    line = episode.lines(block)[0] if block else episode.line
    return Bookmark(episode.title, block.text if block else "", line, row)


def position_of(state: State, episode: str, block: str, line: int) -> Position | None:
    """Find a bookmarked block: the one with this text in the episode of this title, else the nearest to the line.

    Args:
        state: The library as it is now; only the bookmarked episode is parsed.
        episode: The title of the episode.
        block: The text of the block; empty for the title.
        line: The first line of the block when it was bookmarked, 1-based.
    """
    episodes = state.episodes
    named = [index for index, each in enumerate(episodes) if each.title == episode]
    if not named:
        return None
    nearest = min(abs(episodes[index].line - line) for index in named)
    sections = [index for index in named if abs(episodes[index].line - line) == nearest]
    # In a folder many notes may share a title, and each has it in its first line.
    held = (index for index in sections if len(sections) > 1 and _holds(episodes[index], block))
    section = next(held, sections[0])
    return Position(section, _nearest(episodes[section], block, line))


def followed(before: State, after: State, position: Position) -> Position:
    """The position of a block after more of its note was read: the same block, or the nearest to its line."""
    note, episode, block = before.note_of(position.section), before.episodes[position.section], before.block(position)
    episodes = after.note(note.path).episodes
    line = episode.lines(block)[0] if block else episode.line
    section = max(0, bisect_right(episodes, line, key=lambda each: each.line) - 1)
    here, found = episodes[section], Position(after.first_section(note.path) + section, position.block)
    if here.body is episode.body or (
        block and here.line == episode.line and block in here.blocks[position.block :][:1]
    ):
        return found
    return found._replace(block=_nearest(here, block.text if block else "", line))


def _holds(episode: Episode, text: str) -> bool:
    """True if an episode has a block with this text; it is parsed only if its source has all the words."""
    words = (word.encode("utf-8", "surrogatepass") for word in text.split())
    return bool(text) and all(map(episode.body.utf8.__contains__, words)) and text in (b.text for b in episode.blocks)


def _nearest(episode: Episode, text: str, line: int) -> int:
    """The block of an episode nearest to a line of the note, among those with this text if there are any."""
    blocks = episode.blocks
    if not blocks:
        return TITLE
    for index in episode.body.known:  # a long episode need not be parsed for a block that is where it was
        if blocks[index].text == text and episode.lines(blocks[index])[0] == line:
            return index
    same = [index for index, block in enumerate(blocks) if block.text == text]
    return min(same or range(len(blocks)), key=lambda index: abs(episode.lines(blocks[index])[0] - line))
