"""Markdown as a format of notes: the entry point to its modules."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from tui.core.notes.format import Footnote, NoteFormat
from tui.core.notes.markdown.blocks import parse
from tui.core.notes.markdown.episodes import parser_of, split_at, split_markdown, titled
from tui.core.notes.markdown.heading_lines import find_headings
from tui.core.notes.markdown.references import footnotes_in, referred_to
from tui.core.patterns import deferred

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tui.core.notes.line_breaks import LineBreaks
    from tui.core.notes.model import Block, Body, Note
    from tui.core.notes.splitting import Definitions, Edit, Options, Split


class MarkdownFormat(NoteFormat):
    """Markdown, with the additions of Obsidian, Logseq and other tools."""

    name = "markdown"

    def split(self, name: str, text: str, options: Options) -> Split:
        """Find the episodes; see `split_markdown`."""
        return split_markdown(name, text, options)

    def resplit(self, note: Note, edit: Edit) -> Split | None:
        """Split the new text of an edit; see `split_edit`."""
        from tui.core.notes.markdown.shortcuts.rereading import split_edit

        return split_edit(note, edit)

    def definitions(self, note: Note) -> Definitions:
        """The definitions with which every episode of a note is parsed."""
        return parser_of(note.episodes[0].body).definitions

    def referred_to(self, text: str, definitions: Definitions) -> Definitions:
        """The definitions whose labels occur in a text."""
        return referred_to(text, definitions)

    def excerpt(self, name: str, text: str, definitions: Definitions, line_breaks: LineBreaks = "auto") -> Split | None:
        """Split at the headings of the level that the text begins with."""
        headings = find_headings(text)
        if not headings or headings[0].start:
            return None
        titles = titled(headings, headings[0].level)
        return split_at(name, text, headings, titles, definitions, line_breaks)

    def blocks_after(self, old: Body, new: Body) -> tuple[Block, ...] | None:
        """Parse around the changed lines of a long episode; see `reparse`."""
        from tui.core.notes.markdown.shortcuts.rereading_blocks import blocks_after

        return blocks_after(old, new)

    def reread_body(self, note: Note, number: int, utf8: bytes) -> Body | None:
        """Read a long episode again around its changed lines; see `body_after`."""
        from tui.core.notes.markdown.shortcuts.rereading_body import body_after

        return body_after(note, number, utf8)

    def blocks_within(self, body: Body, source: str) -> tuple[Block, ...] | None:
        """Parse lines with the definitions of the note; None if other lines of the episode are metadata."""
        way = parser_of(body)
        return None if way.regions else replace(way, skip=0, head=None)(source)

    def as_shown(self, words: str) -> str:
        """Remove the markup from words."""
        return "\n".join(block.text for block in parse(_SHOWN_BULLET.sub("- ", words)))

    def footnotes(self, source: str) -> Sequence[Footnote]:
        """Labels such as ``[^1]``, and ``[^1]:`` before a footnote's text."""
        return footnotes_in(source)

    def block_id(self, line: str) -> str:
        """The id after a caret at the end of a line, as in Obsidian."""
        found = _BLOCK_ID.search(line)
        return found[1] if found else ""

    def may_join(self, utf8: bytes) -> bool:
        """True if there is markup between two letters."""
        from tui.core.notes.markdown.shortcuts.source_words import may_join

        return may_join(utf8)

    def may_make(self, sign: str, utf8: bytes) -> bool:
        """True if the source may give rise to characters that it lacks."""
        from tui.core.notes.markdown.shortcuts.source_words import may_make

        return may_make(sign, utf8)


FORMAT = MarkdownFormat()


_SHOWN_BULLET = deferred(r"^[ \t]*[•◦▪▫‣⁃∙●○■□·–][ \t]+", re.MULTILINE)
"A bullet as displayed by the reader or on a web page."
_BLOCK_ID = deferred(r"\^([^\s^]+)\s*\Z")
