"""Whether an edit of a Markdown note changes only the episodes around it, and how these are split then."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.core import markdown
from tui.core.markdown_episodes import ParseMarkdown, split_at
from tui.core.metadata import is_snipd_heading
from tui.core.splitting import Split, name_of

if TYPE_CHECKING:
    from tui.core.model import Note
    from tui.core.rereading import Edit


def split_edit(note: Note, edit: Edit, text: str) -> Split | None:
    """Split the new text of an edit; None where the edit may change how the rest of the note is read.

    ``text`` is the whole new text.
    """
    definitions = markdown.definitions(text)
    if not _is_plain(note, definitions) or any(sign in edit.old or sign in edit.new for sign in _FAR_REACHING):
        return None
    if text.startswith("---") and not note.head:
        return None  # Its end would make front matter of all that is above it.
    level = _level(edit)
    before, headings = markdown.headings(edit.old), markdown.headings(edit.new)
    if any(is_snipd_heading(heading.title) for heading in (*before, *headings)):
        return None
    shallower = [heading.level for heading in headings if heading.level < level]
    if shallower != [heading.level for heading in before if heading.level < level]:
        return None
    titles = [heading for heading in headings if heading.level == level]
    # One of the episodes above may be without a heading: the text above the first.
    if max(edit.first - 1, 0) + len(titles) + max(edit.below - 1, 0) < 2:
        return None
    if not edit.fits([title.start for title in titles]):
        return None
    return split_at(name_of(note.path), edit.new, headings, titles, definitions)


_FAR_REACHING = ("%%", ":LOGBOOK:", ":PROPERTIES:", ":END:")
"What hides text up to a place far away."


def _is_plain(note: Note, definitions: markdown.Definitions) -> bool:
    """Whether all episodes are parsed in the plain way, and with these definitions."""
    ways = (episode.body.parse for episode in note.episodes)
    first = note.episodes[0].body.parse
    return (
        isinstance(first, ParseMarkdown)
        and first.definitions == definitions
        and all(isinstance(way, ParseMarkdown) and not way.hidden[1] for way in ways)
    )


def _level(edit: Edit) -> int:
    """The level of the headings that start episodes, as one of them next to the edit has it; else 0."""
    source = edit.old if edit.first else edit.new[edit.next :]
    heading = next(iter(markdown.headings(source)), None)
    return heading.level if heading else 0
