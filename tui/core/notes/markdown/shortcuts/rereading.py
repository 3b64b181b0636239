"""Edits of a Markdown note that do not affect the episodes around them, and the new split."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from operator import attrgetter
from typing import TYPE_CHECKING

from tui.core.notes.markdown import fences
from tui.core.notes.markdown.episodes import (
    ParseMarkdown,
    parser_of,
    says_one_episode,
    split_at,
    starts_a_log,
    titled,
)
from tui.core.notes.markdown.heading_lines import find_headings
from tui.core.notes.markdown.references import Labels, find_definitions, labels_in
from tui.core.notes.metadata.fields import read_front_matter
from tui.core.notes.metadata.tool_pages import is_of_one_page
from tui.core.notes.splitting import NO_DEFINITIONS, Definitions, Split, name_of
from tui.core.notes.titles import read_title

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tui.core.notes.markdown.heading_lines import HeadingLine
    from tui.core.notes.model import Note, Parse
    from tui.core.notes.splitting import Edit
    from tui.core.pieces import Pieces


def split_edit(note: Note, edit: Edit) -> Split | None:
    """Split the new text of an edit; None if the edit may change how the rest of the note parses.

    Lines added at the end of the note may define something for all episodes; other edits may not.
    """
    definitions = _definitions_of(note) if edit.whole is None else _definitions_after(note, edit, edit.whole)
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
    titles = titled(headings, level)
    # One of the episodes above may be the text above the first heading.
    if max(edit.first - 1, 0) + len(titles) + max(edit.below - 1, 0) < 2:
        return None
    if not edit.fits([title.start for title in titles]):
        return None
    line_breaks = parser_of(note.episodes[0].body).line_breaks
    split = split_at(name_of(note.path), edit.new, headings, titles, definitions, line_breaks)
    # Front matter would be moved to the episode below the edit, which must not change.
    if edit.below and split.starts[-1].offset != edit.next:
        return None
    more = definitions if edit.growth is None else _with_more(note, edit, edit.growth)
    return split if more == definitions else split._replace(reparse=partial(_redefined, more))


def _may_say_one_episode(
    note: Note, edit: Edit, level: int, headings: tuple[Sequence[HeadingLine], Sequence[HeadingLine]]
) -> bool:
    """True if the note says, or may now say, that it is one episode, in which case the split depends on every title."""
    if read_title(note.title or "").show is not None:
        return True
    before, after = ([heading for heading in each if heading.level < level] for each in headings)
    if edit.first:
        top = note.head or note.episodes[0].body.source
        return [each.title for each in before] != [each.title for each in after] or says_one_episode(top, ())
    if any(starts_a_log(each) and each[1].level < level for each in headings):
        return True
    return says_one_episode(edit.old, before) or says_one_episode(edit.new, after)


def _definitions_of(note: Note) -> Definitions:
    return parser_of(note.episodes[0].body).definitions


def _definitions_after(note: Note, edit: Edit, whole: Pieces) -> Definitions:
    """The definitions in a note's new text, searched only if the edit may have changed them."""
    may_define = any(sign in edit.old or sign in edit.new for sign in _DEFINING)
    if not may_define and labels_in(edit.old) == labels_in(edit.new):
        return _definitions_of(note)
    # An episode begins with a line, so that no sign is in two pieces.
    if not any(b"]:" in piece for piece in whole):
        return NO_DEFINITIONS if may_define else _definitions_of(note)
    return find_definitions(b"".join(whole).decode("utf-8", "surrogatepass"))


def _with_more(note: Note, edit: Edit, growth: dict[str, object]) -> Definitions:
    """The definitions in a note and the lines added to it."""
    labels = growth.get("labels")
    if not isinstance(labels, Labels):
        growth["labels"] = labels = Labels()
        labels.add(note.source)
    labels.add(edit.new, (episode.body.source for episode in note.episodes))
    return labels.definitions


def _redefined(definitions: Definitions, parse: Parse) -> Parse:
    assert isinstance(parse, ParseMarkdown)
    return replace(parse, definitions=definitions)


_DEFINING = ("]:", *fences.RUNS)
"Strings that define something or hide a definition."

_FAR_REACHING = ("%%", ":LOGBOOK:", ":PROPERTIES:", ":END:")
"Strings that hide text up to a distant place."


_FENCES = ("---", "+++")
"Lines that begin front matter."


def _may_begin_otherwise(note: Note, edit: Edit) -> bool:
    """True if an edit may create or remove front matter, whose closing line affects everything above it."""
    if not edit.first:
        return edit.new.startswith(_FENCES) and not read_front_matter(edit.new).end
    return has_open_front_matter(note)


def has_open_front_matter(note: Note) -> bool:
    """True if a note begins as with front matter, but no line closes it yet."""
    first = note.episodes[0].body
    if note.head or parser_of(first).head is not None:
        return False
    return first.utf8.startswith(tuple(fence.encode() for fence in _FENCES))


def _is_plain(note: Note, definitions: Definitions) -> bool:
    """True if every episode is parsed in the ordinary way, and with these definitions."""
    bodies = {id(body.parse): body for body in map(attrgetter("body"), note.episodes)}.values()
    return _definitions_of(note) == definitions and not any(parser_of(body).regions for body in bodies)


def _level(edit: Edit) -> int:
    """The level of the headings that start episodes, taken from one next to the edit; 0 if there is none."""
    source = edit.old if edit.first else edit.new[edit.next :]
    heading = next(iter(find_headings(source)), None)
    return heading.level if heading else 0
