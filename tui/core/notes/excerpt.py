"""Excerpts: some episodes of a note, read before the rest, and some blocks of a long one, parsed before the rest.

No code, HTML or comment is open where an episode begins. So an episode whose offsets in an unchanged text are known
parses as it does in the whole note, given the definitions from elsewhere that it refers to. Lines inside a long one are
compared with the whole when they are remembered.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tui.core.notes.format import format_named, format_of
from tui.core.notes.model import Body, Kind, Note
from tui.core.notes.splitting import episodes_of, name_of

if TYPE_CHECKING:
    from tui.core.notes.format import NoteFormat
    from tui.core.notes.line_breaks import LineBreaks
    from tui.core.notes.model import Block, Episode
    from tui.core.notes.splitting import Definitions

ABOVE = 1 << 14
"Bytes above an episode to read along with it, for what the screen may show above its first block."
BELOW = 1 << 17
"Bytes from an episode's beginning to read along with it: enough to read until the rest is loaded."


FAR = 1000
"Most blocks to go beyond the wanted ones for lines that parse by themselves."


class EpisodePart(NamedTuple):
    """Neighbouring blocks of a long episode, an excerpt's last, whose lines parse by themselves as in the whole."""

    offset: int
    "Start of the episode in the excerpt, in bytes."
    first: int
    "Number of the first block."
    total: int
    "Number of blocks in the episode."
    start: int
    "Start of their lines in the episode's UTF-8, in bytes."
    end: int
    "End of their lines, in bytes."
    line: int
    "Their first line in the episode, 0-based."


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
    part: EpisodePart | None = None
    "The blocks around the reader in a long episode; None if all are parsed."


def excerpt_around(
    note: Note, episode: int, line_breaks: LineBreaks = "auto", shown: range = range(0)
) -> Excerpt | None:
    """The excerpt to read first when the reader is in this episode; None if it might parse differently on its own.

    ``line_breaks`` is the option that the note was read with, ``shown`` the numbers of the episode's blocks that are
    needed to show it where the reader is.
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
    part = _part_around(note.episodes[episode].body, form, shown)
    for each in (found._replace(part=part and part._replace(offset=above)), found):
        again = read_excerpt(note.path, utf8, each, line_breaks)
        if again is not None and again.episodes == episodes and all(map(_are_parsed_alike, again.episodes, episodes)):
            return each._replace(definitions=form.referred_to(utf8.decode(), whole))
    return None


def read_excerpt(path: str, utf8: bytes, excerpt: Excerpt, line_breaks: LineBreaks = "auto") -> Note | None:
    """Parse the bytes of an excerpt into a note; None if they do not begin with an episode."""
    form, part = format_named(excerpt.form), excerpt.part
    # No episode begins inside a long one: its title is all that need be looked for.
    lead = utf8 if part is None else utf8[: utf8.find(b"\n", part.offset + ABOVE) + 1] or utf8
    try:
        text = lead.decode()
    except UnicodeDecodeError:
        return None
    if form is None or (split := form.excerpt(name_of(path), text, excerpt.definitions, line_breaks)) is None:
        return None
    starts = [start._replace(line=start.line + excerpt.line - 1) for start in split.starts]
    episodes = episodes_of(text, starts, form.name)
    if part is not None:
        *others, long = episodes
        body = Body.of_utf8(utf8[part.offset :], long.body.parse, form.name)
        if blocks := _blocks_of(body, form, part):
            body.take_part(part.first, blocks, part.total)
        episodes = (*others, long._replace(body=body))
    return Note(path, excerpt.title, excerpt.author, episodes)


def _part_around(body: Body, form: NoteFormat, shown: range) -> EpisodePart | None:
    """The part of a long episode with these blocks; None if it is not parsed, or parses only as a whole."""
    if len(body.utf8) <= BELOW or not body.is_parsed or body.fault or not shown:
        return None
    blocks = body.whole()
    for is_edge in (_is_heading, _is_top):
        above = range(shown.start, max(-1, shown.start - FAR), -1)
        below = range(shown.stop, min(len(blocks), shown.stop + FAR))
        first = next((number for number in above if is_edge(blocks[number])), None)
        stop = next((number for number in below if is_edge(blocks[number])), None)
        if first is None or (stop is None and below.stop < len(blocks)):
            continue
        start = _offset(body.utf8, blocks[first].first)
        end = len(body.utf8) if stop is None else _offset(body.utf8, blocks[stop].first)
        part = EpisodePart(0, first, len(blocks), start, end, blocks[first].first)
        if _blocks_of(body, form, part) == blocks[first:stop]:
            return part
    return None


def _blocks_of(body: Body, form: NoteFormat, part: EpisodePart) -> tuple[Block, ...] | None:
    """Parse the lines of a part by themselves."""
    found = form.blocks_within(body, body.utf8[part.start : part.end].decode("utf-8", "surrogatepass"))
    line = part.line
    return found and tuple(block._replace(first=block.first + line, last=block.last + line) for block in found)


def _is_heading(block: Block) -> bool:
    return block.kind is Kind.HEADING and _is_top(block)


def _is_top(block: Block) -> bool:
    return not block.quoted and block.indent <= (block.kind is Kind.BULLET)


def _offset(utf8: bytes, line: int) -> int:
    """The offset of a line, 0-based."""
    at = 0
    for _ in range(line):
        at = utf8.index(b"\n", at) + 1
    return at


def _are_parsed_alike(one: Episode, other: Episode) -> bool:
    return one.body.parse == other.body.parse
