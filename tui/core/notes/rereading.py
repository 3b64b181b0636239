"""Rereading a note around an edit, without examining the rest.

The old episodes are compared with the new text from both ends, source by source, and in between wherever two adjacent
ones are unchanged. The other parts are split again, each together with its unchanged neighbours, since an edit may
merge episodes. The result is used only if reading the whole text is sure to give the same; else there is none.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from tui.core.notes.format import format_of
from tui.core.notes.model import Episode, Note
from tui.core.notes.splitting import Edit, Options, Split, episodes_of
from tui.core.pieces import Gap, gaps_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from tui.core.notes.format import NoteFormat
    from tui.core.pieces import Pieces


def reread_edit(note: Note, pieces: Pieces, options: Options, form: NoteFormat) -> Note | None:
    """Read a note again from its changed text, in this format, cut by `in_pieces`, with line ends ``\\n``.

    None if only reading it whole is safe. Raises UnicodeDecodeError if the changed part is not UTF-8.
    """
    if not note.episodes:
        return None
    if note.head and pieces[:1] != (note.head.encode("utf-8", "surrogatepass"),):
        return None
    if format_of(note.episodes[0].body) is not form:
        return None
    if (with_body := _with_edited_body(note, pieces, form)) is not None:
        return with_body
    if len(note.episodes) < 2 or not options.splits_by_looks:
        return None
    again = replace(note, warnings=(), notice="")
    edits = [edit for edit in find_edits(note, pieces) if edit.old != edit.new]
    if any(not edit.first and not edit.below for edit in edits):
        return None  # There is no neighbour to show how an episode begins.
    # From the bottom up, so that the numbers of the episodes above stay valid.
    for edit in reversed(edits):
        here = edit._replace(below=len(again.episodes) - edit.end)
        with_edit = _with_split(again, here, form.resplit(again, here))
        if with_edit is None:
            return None
        again = with_edit
    if len(edits) < 2:
        return again
    gone = [episode for edit in edits for episode in note.episodes[edit.first : edit.end]]
    return replace(again, episodes=reusing_bodies(again.episodes, gone))


def _with_edited_body(note: Note, pieces: Pieces, form: NoteFormat) -> Note | None:
    """The note with the new source of a single episode, if that leaves everything else as it was."""
    gaps = gaps_of(pieces[1:] if note.head else pieces, [episode.body.utf8 for episode in note.episodes])
    if len(gaps) != 1 or gaps[0].end - gaps[0].first != 1:
        return None
    number, _, utf8 = gaps[0]
    old = note.episodes[number].body
    body = form.reread_body(note, number, utf8)
    if body is None:
        return None
    lines = body.utf8.count(b"\n") - old.utf8.count(b"\n")
    below = note.episodes[number + 1 :]
    episodes = (
        *note.episodes[:number],
        note.episodes[number]._replace(body=body),
        *(tuple(_moved(episode, lines) for episode in below) if lines else below),
    )
    return replace(note, episodes=episodes, warnings=(), notice="")


def with_lines_added(note: Note, more: str, growth: dict[str, object]) -> Note | None:
    """The note with lines added at its end; None if only reading it whole is safe.

    ``growth`` is empty at first; the note's format keeps its state there between additions.
    """
    last = len(note.episodes) - 1
    source = note.episodes[last].body.source
    if last < 2 or len(source) > _LONGEST_TO_GROW:
        return None
    form = format_of(note.episodes[last].body)
    edit = Edit(last, last + 1, 0, source, source + more, len(source) + len(more), None, growth)
    return _with_split(note, edit, form.resplit(note, edit)) if form else None


_LONGEST_TO_GROW = 1 << 22
"Most code points of an episode that is split again with every piece added to it."


def reusing_bodies(fresh: Iterable[Episode], old: Iterable[Episode]) -> tuple[Episode, ...]:
    """Fresh episodes that share the parsed bodies of old ones wherever those would parse the same."""
    parsed = {episode.body: episode.body for episode in old if episode.body.is_parsed}
    again = tuple(
        episode._replace(body=body)
        if not episode.body.is_parsed and (body := parsed.get(episode.body)) and body.parse == episode.body.parse
        else episode
        for episode in fresh
    )
    changed = [episode.body for episode in again if not episode.body.is_parsed]
    gone = parsed.keys() - {episode.body for episode in again}
    if len(changed) == len(gone) == 1 and (form := format_of(changed[0])):
        blocks = form.blocks_after(*gone, *changed)
        if blocks is not None:
            changed[0].take(blocks)
    return again


def find_edits(note: Note, pieces: Pieces) -> list[Edit]:
    """The parts in which a note differs from a text in pieces that begins with the note's ``head``, in order.

    Each has an unchanged episode of its own on either side, so that it can be read without the others. Raises
    UnicodeDecodeError if a changed part is not UTF-8.
    """
    sources = [episode.body.utf8 for episode in note.episodes]
    apart: list[Gap] = []
    for gap in gaps_of(pieces[1:] if note.head else pieces, sources):
        # The topmost episode depends on the note's first lines: it is part of no edit further below.
        here = gap if gap.end else Gap(0, 1, gap.new + sources[0])
        if apart and here.first - apart[-1].end < 2:
            above = apart.pop()
            here = Gap(above.first, here.end, b"".join((above.new, *sources[above.end : here.first], here.new)))
        apart.append(here)
    return [_edit(note, sources, pieces, gap) for gap in apart]


def _edit(note: Note, sources: Sequence[bytes], pieces: Pieces, gap: Gap) -> Edit:
    """The edit that fills a gap, between the unchanged episodes beside it."""
    first, end = gap.first - 1 if gap.first > 1 else 0, gap.end
    head = b"" if first else note.head.encode("utf-8", "surrogatepass")
    following = sources[end] if end < len(sources) else b""
    old = b"".join((head, *sources[first : end + 1]))
    edited = b"".join((head, *sources[first : gap.first], gap.new)).decode()
    new = edited + following.decode("utf-8", "surrogatepass")
    return Edit(first, end, len(sources) - end, old.decode("utf-8", "surrogatepass"), new, len(edited), pieces)


def _with_split(note: Note, edit: Edit, split: Split | None) -> Note | None:
    if split is None:
        return None
    line = note.episodes[edit.first].line - 1 if edit.first else 0
    starts = [start._replace(line=start.line + line) for start in split.starts]
    fresh = episodes_of(edit.new, starts, note.episodes[0].body.form)
    below = note.episodes[edit.end :]
    if below:
        lines = fresh[-1].line - below[0].line
        fresh = fresh[:-1]
        below = tuple(_moved(episode, lines) for episode in below) if lines else below
    again = replace(
        note,
        title=note.title if edit.first else split.title,
        author=note.author if edit.first else split.author,
        episodes=(
            *note.episodes[: edit.first],
            *reusing_bodies(fresh, note.episodes[edit.first : edit.end]),
            *below,
        ),
        head=note.head if edit.first else edit.new[: split.starts[0].offset],
        warnings=(),
        notice="",
    )
    if split.reparse is None:
        return again
    bodies = ((each, each.body.parsed_by(split.reparse(each.body.parse))) for each in again.episodes)
    return replace(again, episodes=tuple(each._replace(body=body) for each, body in bodies))


def _moved(episode: Episode, lines: int) -> Episode:
    # Not `replace`, which takes four times as long: there may be tens of thousands of episodes.
    return Episode(episode.title, episode.line + lines, episode.body, episode.guests, episode.show, episode.date)
