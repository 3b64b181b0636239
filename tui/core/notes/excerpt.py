"""Excerpts: some episodes of a note, read before the rest.

No code, HTML or comment is open where an episode begins; so episodes at a known place of an unchanged text parse as in
the whole. From the rest of the note, only the definitions they refer to are needed.
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
"Bytes above an episode to read with it: as much as may be on screen above its first block."
BELOW = 1 << 17
"Bytes from an episode's beginning to read with it: enough reading until the rest is there."


class Excerpt(NamedTuple):
    """An excerpt: the place of some episodes in a note's UTF-8, and everything else that parsing them takes."""

    start: int
    "Start of the first episode, in bytes."
    end: int
    "End of the last episode, in bytes."
    line: int
    "The first line, counted from 1."
    title: str | None
    "Title of the note; likewise its author."
    author: str | None
    form: str
    "The name of the note's format."
    definitions: Definitions
    "The note's definitions that the excerpt refers to."


def excerpt_around(note: Note, episode: int, line_breaks: LineBreaks = "auto") -> Excerpt | None:
    """The excerpt of a note to read first for a reader in an episode; None if it is not certain how it parses.

    ``line_breaks`` are those that the note was read with.
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
    """Parse the bytes of an excerpt into a note; None if they are no such episodes."""
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
