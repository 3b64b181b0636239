"""Whether an edit of a Markdown note changes only the episodes around it, and how these are split then."""

from __future__ import annotations

from dataclasses import replace
from operator import attrgetter
from typing import TYPE_CHECKING

from tui.core.notes.markdown.heading_lines import find_headings
from tui.core.notes.markdown.references import NO_DEFINITIONS, Definitions, find_definitions
from tui.core.notes.markdown.episodes import ParseMarkdown, says_one_episode, split_at
from tui.core.notes.metadata.fields import read_front_matter
from tui.core.notes.splitting import Split, name_of
from tui.core.notes.titles import read_title
from tui.core.notes.metadata.tool_pages import is_of_one_page

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tui.core.notes.markdown.heading_lines import HeadingLine
    from tui.core.notes.model import Episode, Note
    from tui.core.notes.splitting import Edit


def split_edit(note: Note, edit: Edit, definitions: Definitions) -> Split | None:
    """Split the new text of an edit; None where the edit may change how the rest of the note is read.

    ``definitions`` are those of the whole new text.
    """
    if not _is_plain(note, definitions) or any(sign in edit.old or sign in edit.new for sign in _FAR_REACHING):
        return None
    if _may_begin_otherwise(note, edit):
        return None
    level = _level(edit)
    before, headings = find_headings(edit.old), find_headings(edit.new)
    if any(is_of_one_page(heading.title) for heading in (*before, *headings)):
        return None
    shallower = [heading.level for heading in headings if heading.level < level]
    if shallower != [heading.level for heading in before if heading.level < level]:
        return None
    if _may_say_one_episode(note, edit, level, (before, headings)):
        return None
    titles = [heading for heading in headings if heading.level == level]
    # One of the episodes above may be without a heading: the text above the first.
    if max(edit.first - 1, 0) + len(titles) + max(edit.below - 1, 0) < 2:
        return None
    if not edit.fits([title.start for title in titles]):
        return None
    split = split_at(name_of(note.path), edit.new, headings, titles, definitions)
    # Front matter would go to the episode below the edit, which is as it was.
    return None if edit.below and split.starts[-1].offset != edit.next else split


def _may_say_one_episode(
    note: Note, edit: Edit, level: int, headings: tuple[Sequence[HeadingLine], Sequence[HeadingLine]]
) -> bool:
    """True where the note says that it is one episode, or may now: then all titles tell how it is split."""
    if read_title(note.title or "").show is not None:
        return True
    before, after = ([heading for heading in each if heading.level < level] for each in headings)
    if edit.first:
        top = note.head or note.episodes[0].body.source
        return [each.title for each in before] != [each.title for each in after] or says_one_episode(top, ())
    return says_one_episode(edit.old, before) or says_one_episode(edit.new, after)


def definitions_of(note: Note) -> Definitions:
    """The definitions that the episodes of a Markdown note are parsed with."""
    way = note.episodes[0].body.parse
    return way.definitions if isinstance(way, ParseMarkdown) else NO_DEFINITIONS


def definitions_after(note: Note, edit: Edit, utf8: bytes) -> Definitions:
    """The definitions of a note's new text, which is looked through only where the edit may have changed them."""
    if not any(sign in edit.old or sign in edit.new for sign in _DEFINING):
        return definitions_of(note)
    if b"]:" not in utf8:
        return NO_DEFINITIONS
    return find_definitions(utf8.decode("utf-8", "surrogatepass"))


def with_definitions(note: Note, more: Definitions) -> Note:
    """The note with further definitions, which stand below those it has: the first of a label holds."""
    known = definitions_of(note)
    links = {**more.links, **known.links}
    if links == known.links and more.footnotes <= known.footnotes:
        return note
    definitions = Definitions(links, known.footnotes | more.footnotes)
    return replace(note, episodes=tuple(_redefined(episode, definitions) for episode in note.episodes))


def _redefined(episode: Episode, definitions: Definitions) -> Episode:
    way = episode.body.parse
    assert isinstance(way, ParseMarkdown)
    return episode._replace(body=episode.body.parsed_by(replace(way, definitions=definitions)))


_DEFINING = ("]:", "```", "~~~")
"What defines something, or hides a definition."

_FAR_REACHING = ("%%", ":LOGBOOK:", ":PROPERTIES:", ":END:")
"What hides text up to a place far away."


_FENCES = ("---", "+++")
"What front matter begins with."


def _may_begin_otherwise(note: Note, edit: Edit) -> bool:
    """Whether front matter may begin or end to be some with an edit: its end makes some of all that is above it."""
    if not edit.first:
        return edit.new.startswith(_FENCES) and not read_front_matter(edit.new).end
    if note.head.startswith(_FENCES):
        return False
    way = note.episodes[0].body.parse
    has_some = isinstance(way, ParseMarkdown) and way.head is not None
    return not has_some and note.episodes[0].body.utf8.startswith(tuple(fence.encode() for fence in _FENCES))


def _is_plain(note: Note, definitions: Definitions) -> bool:
    """Whether all episodes are parsed in the plain way, and with these definitions."""
    ways = {id(way): way for way in map(attrgetter("body.parse"), note.episodes)}.values()
    return definitions_of(note) == definitions and all(
        isinstance(way, ParseMarkdown) and not way.regions for way in ways
    )


def _level(edit: Edit) -> int:
    """The level of the headings that start episodes, as one of them next to the edit has it; else 0."""
    source = edit.old if edit.first else edit.new[edit.next :]
    heading = next(iter(find_headings(source)), None)
    return heading.level if heading else 0
