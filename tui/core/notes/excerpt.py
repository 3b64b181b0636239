"""Excerpts: some episodes of a note, read before the rest.

No code, HTML or comment is open where an episode begins. So an episode whose offsets in an unchanged text are known
parses as it does in the whole note, given the definitions from elsewhere that it refers to.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tui.core.notes.format import format_named, format_of
from tui.core.notes.model import Note
from tui.core.notes.splitting import episodes_of, name_of

if TYPE_CHECKING:
    from tui.core.notes.line_breaks import LineBreaks
    from tui.core.notes.model import Episode
    from tui.core.notes.splitting import Definitions

ABOVE = 1 << 14
"Bytes above an episode to read along with it, for what the screen may show above its first block."
BELOW = 1 << 17
"Bytes from an episode's beginning to read along with it: enough to read until the rest is loaded."


class Excerpt(NamedTuple):
    """An excerpt: the byte range of some episodes in a note's UTF-8, and everything else needed to parse them."""

    start: int
    "Start of the first episode, in bytes."
    end: int
    "End of the last episode, in bytes."
    line: int
    "Its first line, 1-based."
    title: str | None
    "The note's title; ``author`` likewise."
    author: str | None
    form: str
    "The name of the note's format."
    definitions: Definitions
    "The definitions of the note that the excerpt refers to."


def excerpt_around(note: Note, episode: int, line_breaks: LineBreaks = "auto") -> Excerpt | None:
    """The excerpt to read first when the reader is in this episode; None if it might parse differently on its own.

    ``line_breaks`` is the option that the note was read with.
    """
    first, end = episode, episode + 1
    above, below = 0, len(note.episodes[episode].body.utf8)
    while first > 0 and above < ABOVE:
        first -= 1
        above += len(note.episodes[first].body.utf8)
    while end < len(note.episodes) and below < BELOW:
        below += len(note.episodes[end].body.utf8)
        end += 1
    episodes = note.episodes[first:end]
    if (form := format_of(episodes[0].body)) is None:
        return None
    start = sum(map(len, note.pieces[: first + 1]))
    utf8 = b"".join(each.body.utf8 for each in episodes)
    whole = form.definitions(note)
    found = Excerpt(start, start + len(utf8), episodes[0].line, note.title, note.author, form.name, whole)
    again = read_excerpt(note.path, utf8, found, line_breaks)
    if again is None or again.episodes != episodes or not all(map(_are_parsed_alike, again.episodes, episodes)):
        return None
    return found._replace(definitions=form.referred_to(utf8.decode(), whole))


def read_excerpt(path: str, utf8: bytes, excerpt: Excerpt, line_breaks: LineBreaks = "auto") -> Note | None:
    """Parse the bytes of an excerpt into a note; None if they do not begin with an episode."""
    try:
        text = utf8.decode()
    except UnicodeDecodeError:
        return None
    form = format_named(excerpt.form)
    if form is None or (split := form.excerpt(name_of(path), text, excerpt.definitions, line_breaks)) is None:
        return None
    starts = [start._replace(line=start.line + excerpt.line - 1) for start in split.starts]
    return Note(path, excerpt.title, excerpt.author, episodes_of(text, starts, form.name))


def _are_parsed_alike(one: Episode, other: Episode) -> bool:
    return one.body.parse == other.body.parse
