"""Reading a note again where an edit changed it, without looking at the rest.

The old episodes are compared with the new text from both ends, source by source. What lies between is split
afresh, together with the unchanged episode on each side, since an edit may join what it touches to them. The
result is taken only if it cannot differ from that of the whole text; else there is none.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from tui.core import pasted_episodes, pasted_headings
from tui.core.model import Episode, Note
from tui.core.pasted_episodes import ParsePasted
from tui.core.splitting import Options, Split, episodes_of, name_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


def reread_edit(note: Note, text: str, options: Options, *, is_markdown: bool) -> Note | None:
    """The note read again from its changed text, line ends ``\\n``; None where only reading it whole is sure."""
    if options != Options() or not note.episodes or not text.startswith(note.head):
        return None
    if is_markdown == isinstance(note.episodes[0].body.parse, ParsePasted):
        return None
    edit = find_edit(note, text)
    if edit.old == edit.new:
        return replace(note, warnings=())
    split: Split | None
    if is_markdown:
        # Imported here because it takes the Markdown parser with it.
        from tui.core.rereading_markdown import split_edit

        split = split_edit(note, edit, text)
    else:
        split = _split_pasted(note, edit)
    return _with_edit(note, edit, split) if split else None


def taken_over(fresh: Iterable[Episode], old: Iterable[Episode]) -> tuple[Episode, ...]:
    """Fresh episodes with the bodies of old ones that are parsed and would be parsed the same again."""
    parsed = {episode.body.source: episode.body for episode in old if episode.body.is_parsed}
    return tuple(
        replace(episode, body=body)
        if (body := parsed.get(episode.body.source)) and body.parse == episode.body.parse
        else episode
        for episode in fresh
    )


class Edit(NamedTuple):
    """The part of a note that an edit may have changed: whole episodes."""

    first: int
    "The first old episode of it."
    end: int
    "The old episode behind it, if there is one: it and those below are as they were."
    below: int
    "How many old episodes are below it."
    old: str
    "Its old text, together with the next episode's, and from the note's first line on if ``first`` is 0."
    new: str
    "Its new text, likewise."
    next: int
    "Where the next episode should begin in ``new``."

    def fits(self, starts: Sequence[int]) -> bool:
        """Whether episodes that start at these offsets of ``new`` leave those around the edit as they were."""
        return (not self.first or starts[:1] == [0]) and (not self.below or starts[-1:] == [self.next])


def find_edit(note: Note, text: str) -> Edit:
    """Find what changed between a note and a text that begins with the note's ``head``."""
    sources = [episode.body.source for episode in note.episodes]
    first, at = 0, len(note.head)
    while first < len(sources) and text.startswith(sources[first], at):
        at += len(sources[first])
        first += 1
    end, stop = len(sources), len(text)
    # The topmost episode depends on the note's first lines: it is no stretch below, and none that an edit touches.
    while end > max(first, 1) and stop - len(sources[end - 1]) >= at and text.endswith(sources[end - 1], 0, stop):
        end -= 1
        stop -= len(sources[end])
    first = first - 1 if first > 1 else 0
    offset = len(note.head) + sum(map(len, sources[:first])) if first else 0
    following = sources[end] if end < len(sources) else ""
    old = ("" if first else note.head) + "".join(sources[first : end + 1])
    new = text[offset : stop + len(following)]
    return Edit(first, end, len(sources) - end, old, new, stop - offset)


def _split_pasted(note: Note, edit: Edit) -> Split | None:
    if note.episodes[-1].show is None:
        return None  # Its episodes start at headings of any form, which the first title of the form would end.
    titles = list(pasted_headings.episode_titles(edit.new))
    if len(titles) < 2 or not edit.fits([title.start for title in titles]):
        return None
    return pasted_episodes.split_at(name_of(note.path), edit.new, titles)


def _with_edit(note: Note, edit: Edit, split: Split) -> Note:
    line = note.episodes[edit.first].line - 1 if edit.first else 0
    starts = [start._replace(line=start.line + line) for start in split.starts]
    fresh = episodes_of(edit.new, starts)
    below = note.episodes[edit.end :]
    if below:
        lines = fresh[-1].line - below[0].line
        fresh = fresh[:-1]
        below = tuple(_moved(episode, lines) for episode in below) if lines else below
    return replace(
        note,
        title=note.title if edit.first else split.title,
        author=note.author if edit.first else split.author,
        episodes=(
            *note.episodes[: edit.first],
            *taken_over(fresh, note.episodes[edit.first : edit.end]),
            *below,
        ),
        head=note.head if edit.first else edit.new[: split.starts[0].offset],
        warnings=(),
    )


def _moved(episode: Episode, lines: int) -> Episode:
    # Not `replace`, which takes four times as long: there may be ten thousands of episodes.
    return Episode(episode.title, episode.line + lines, episode.body, episode.guests, episode.show, episode.date)
