"""Edits of a long Markdown episode that leave the note's split and definitions as they were."""

from __future__ import annotations

import re
from bisect import bisect_left
from itertools import islice
from operator import attrgetter
from typing import TYPE_CHECKING

from tui.core.notes.markdown.episodes import parser_of
from tui.core.notes.markdown.heading_lines import may_head
from tui.core.notes.markdown.references import labels_in
from tui.core.notes.markdown.shortcuts.rereading import has_open_front_matter
from tui.core.notes.markdown.shortcuts.rereading_blocks import CHUNK, LONG, reparse
from tui.core.notes.metadata.tool_pages import is_of_one_page
from tui.core.notes.model import Body, Kind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tui.core.notes.markdown.shortcuts.rereading_blocks import Hunk
    from tui.core.notes.model import Note


def body_after(note: Note, number: int, utf8: bytes, *, long: int = LONG, chunk: int = CHUNK) -> Body | None:
    """The parsed body of an edited episode; None if the edit may change more of the note than this episode's blocks.

    So it would if it changed a heading, metadata, or a definition and what refers to it.
    """
    old = note.episodes[number].body
    if has_open_front_matter(note) or parser_of(old).head is not None or not _begins_with_list(note, utf8):
        return None
    again = reparse(old, utf8, long=long, chunk=chunk)
    if again is None or not again.has_same_headings:
        return None
    above = max(1, parser_of(old).skip)
    if any(hunk.line < above or _may_change_headings(old, hunk) for hunk in again.hunks):
        return None
    if _may_change_references(old, again.hunks) and _defines_links(note, number):
        return None
    if any(map(is_of_one_page, _headings_above(note, number, again.hunks))):
        return None
    body = Body.of_utf8(utf8, old.parse, old.form)
    body.take(again.blocks)
    body.is_divisible = True
    return body


def _begins_with_list(note: Note, utf8: bytes) -> bool:
    """True unless the lines below the title of a note with one episode may be metadata, before or after the edit."""
    if len(note.episodes) > 1:
        return True
    body = note.episodes[0].body
    return all(_LIST.match(source, _behind_lines(source, parser_of(body).skip)) for source in (body.utf8, utf8))


_LIST = re.compile(rb"(?:[ \t]*\n)*[ \t]*(?:[-*+][ \t]|#{1,4}[ \t])")


def _behind_lines(utf8: bytes, count: int) -> int:
    at = 0
    for _ in range(count):
        at = utf8.find(b"\n", at) + 1 or len(utf8)
    return at


def _may_change_headings(old: Body, hunk: Hunk) -> bool:
    """True if the scan that finds a note's headings may stop at changed lines."""
    return any(
        may_head(lines.decode("utf-8", "surrogatepass")) for lines in (old.utf8[hunk.start : hunk.stop], hunk.new)
    )


def _may_change_references(old: Body, hunks: Sequence[Hunk]) -> bool:
    """True if the changed lines may refer to other links than before."""
    for hunk in hunks:
        gone, come = old.utf8[hunk.start : hunk.stop], hunk.new
        if _is_in_brackets(old.utf8, hunk.start) or any(_is_in_brackets(lines, len(lines)) for lines in (gone, come)):
            return True
        if len({frozenset(labels_in(lines.decode("utf-8", "surrogatepass"))) for lines in (gone, come)}) > 1:
            return True
    return False


def _is_in_brackets(utf8: bytes, at: int) -> bool:
    """True if an opening bracket above an offset may still be open there."""
    opened, closed = utf8.rfind(b"[", 0, at), utf8.rfind(b"]", 0, at)
    return opened > closed or (closed > 0 and utf8[closed - 1 : closed] == b"\\")


def _defines_links(note: Note, number: int) -> bool:
    """True if another part of the note may define a link."""
    others = (episode.body.utf8 for index, episode in enumerate(note.episodes) if index != number)
    return "]:" in note.head or any(b"]:" in utf8 for utf8 in others)


def _headings_above(note: Note, number: int, hunks: Sequence[Hunk]) -> set[str]:
    """The texts of the headings next above changed lines, and of the episode's title."""
    episode, found = note.episodes[number], set[str]()
    above = 0
    for hunk in hunks:
        index = bisect_left(episode.blocks, hunk.line, key=attrgetter("first"))
        headings = (block.text for block in reversed(episode.blocks[above:index]) if block.kind is Kind.HEADING)
        found.update(islice(headings, 1))
        above = index
    return found | {episode.title}
