"""A stretch of a note: some of its episodes, which can be read before the rest of it is.

Where an episode begins nothing above is open, no code, HTML or comment; so episodes whose place in an unchanged text
is known read as they do in the whole. Of what stands elsewhere only the definitions that they refer to are needed.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from tui.core.notes.model import Note
from tui.core.notes.splitting import episodes_of, name_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tui.core.notes.markdown.references import Definitions
    from tui.core.notes.model import Episode
    from tui.core.notes.splitting import Split

ABOVE = 1 << 14
"How many bytes above an episode are read with it: what may be on screen over its first block."
BELOW = 1 << 17
"How many bytes from an episode's beginning on are read with it: enough to read on in until the rest is there."


class Stretch(NamedTuple):
    """Where in the UTF-8 of a note some of its episodes stand, and what else reading them takes."""

    start: int
    "The first byte of the first one."
    end: int
    "The byte behind the last one."
    line: int
    "The first line, counted from 1."
    title: str | None
    "The note's, as `author`."
    author: str | None
    links: Mapping[str, str] | None
    "The definitions of the note that are referred to here; None in pasted text, which has none."
    footnotes: frozenset[str] = frozenset()


def stretch_around(note: Note, episode: int) -> Stretch | None:
    """The stretch of a note to be read first by one who is in an episode; None where it is not known how it reads."""
    first, end = episode, episode + 1
    above, below = 0, len(note.episodes[episode].body.utf8)
    while first > 0 and above < ABOVE:
        first -= 1
        above += len(note.episodes[first].body.utf8)
    while end < len(note.episodes) and below < BELOW:
        below += len(note.episodes[end].body.utf8)
        end += 1
    start = sum(map(len, note.pieces[: first + 1]))
    episodes = note.episodes[first:end]
    utf8 = b"".join(each.body.utf8 for each in episodes)
    definitions = _referred_to(utf8.decode("utf-8", "surrogatepass"), _definitions(episodes[0]))
    found = Stretch(
        start,
        start + len(utf8),
        episodes[0].line,
        note.title,
        note.author,
        definitions.links if definitions else None,
        definitions.footnotes if definitions else frozenset(),
    )
    again = read_stretch(note.path, utf8, found)
    if again is None or again.episodes != episodes or not all(map(_is_parsed_as, again.episodes, episodes)):
        return None
    return found


def read_stretch(path: str, utf8: bytes, stretch: Stretch) -> Note | None:
    """The episodes of a stretch, of which these are the bytes, as a note; None where they are not what was meant."""
    try:
        text = utf8.decode()
    except UnicodeDecodeError:
        return None
    if (split := _split(name_of(path), text, stretch)) is None:
        return None
    starts = [start._replace(line=start.line + stretch.line - 1) for start in split.starts]
    return Note(path, stretch.title, stretch.author, episodes_of(text, starts))


def _split(name: str, text: str, stretch: Stretch) -> Split | None:
    # Each way of reading is imported for a text of its kind: start-up pays for one of them only.
    if stretch.links is None:
        from tui.core.notes.pasted import episodes as pasted_episodes
        from tui.core.notes.pasted.headings import episode_titles

        lines = list(episode_titles(text))
        return pasted_episodes.split_at(name, text, lines) if lines and not lines[0].start else None
    from tui.core.notes.markdown.episodes import split_at
    from tui.core.notes.markdown.heading_lines import find_headings
    from tui.core.notes.markdown.references import Definitions

    headings = find_headings(text)
    if not headings or headings[0].start:
        return None
    titles = [heading for heading in headings if heading.level == headings[0].level]
    return split_at(name, text, headings, titles, Definitions(stretch.links, stretch.footnotes))


def _definitions(episode: Episode) -> Definitions | None:
    """The definitions that an episode is parsed with; None for one of pasted text."""
    from tui.core.notes.markdown.episodes import ParseMarkdown

    way = episode.body.parse
    return way.definitions if isinstance(way, ParseMarkdown) else None


def _referred_to(text: str, definitions: Definitions | None) -> Definitions | None:
    """Those of the definitions whose labels stand in a text."""
    from tui.core.notes.markdown.references import Definitions, label_key

    if definitions is None or not (definitions.links or definitions.footnotes):
        return definitions
    labels = {label_key(found[1]) for found in _LABEL.finditer(text)}
    links = {key: address for key, address in definitions.links.items() if key in labels}
    return Definitions(links, frozenset(each for each in definitions.footnotes if f"^{each}" in labels))


_LABEL = re.compile(r"\[(?=((?:[^\\\[\]]|\\.){1,999})\])", re.DOTALL)
"What stands in brackets without brackets in it, as the label of a link reference or footnote does."


def _is_parsed_as(one: Episode, other: Episode) -> bool:
    """Whether two episodes are parsed in the same way but for the definitions that neither refers to."""
    from tui.core.notes.markdown.episodes import ParseMarkdown

    way, others = one.body.parse, other.body.parse
    if isinstance(way, ParseMarkdown) and isinstance(others, ParseMarkdown):
        return replace(way, definitions=others.definitions) == others
    return way == others
