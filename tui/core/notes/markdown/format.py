"""Markdown as a format of notes: its recognition, and the entry to its modules."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING

from tui.core.notes.markdown import fences
from tui.core.notes.format import Footnote, NoteFormat
from tui.core.notes.metadata.fields import read_front_matter
from tui.core.patterns import deferred
from tui.core.notes.markdown.references import footnotes_in
from tui.core.notes.markdown.references import referred_to

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tui.core.notes.line_breaks import LineBreaks
    from tui.core.notes.model import Block, Body, Note
    from tui.core.notes.splitting import Definitions, Edit, Options, Split


class MarkdownFormat(NoteFormat):
    """Markdown, with the additions of Obsidian, Logseq and other tools."""

    name = "markdown"

    def recognises(self, path: str, sample: str) -> bool:
        """True for Markdown, as opposed to text pasted from a page or an app."""
        headings = sum(1 for _ in islice(_HEADING.finditer(sample), 2))
        signs = _SIGN.search(sample) is not None
        if read_front_matter(sample).end:
            return True
        if path.lower().endswith(_MARKDOWN_ENDINGS):
            if headings or _FENCE.search(sample) or _SETEXT.search(sample):
                return True
            return not (signs and _is_pasted(sample)) and not _holds_titles(sample)
        if headings == 1 and not signs:
            return _HEADING.match(sample.lstrip("\n")) is not None or _FENCE.search(sample) is not None
        if headings or signs:
            return headings > 1
        return _FENCE.search(sample) is not None or (
            sum(1 for _ in islice(_INLINE.finditer(sample), 2)) == 2 and not _holds_titles(sample)
        )

    def split(self, name: str, text: str, options: Options) -> Split:
        """Find the episodes; see `split_markdown`."""
        from tui.core.notes.markdown.episodes import split_markdown

        return split_markdown(name, text, options)

    def resplit(self, note: Note, edit: Edit) -> Split | None:
        """Split the new text of an edit; see `split_edit`."""
        from tui.core.notes.markdown.shortcuts.rereading import split_edit

        return split_edit(note, edit)

    def definitions(self, note: Note) -> Definitions:
        """The definitions that every episode of a note is parsed with."""
        from tui.core.notes.markdown.episodes import way_of

        return way_of(note.episodes[0].body).definitions

    def referred_to(self, text: str, definitions: Definitions) -> Definitions:
        """The definitions whose labels occur in a text."""
        return referred_to(text, definitions)

    def excerpt(
        self, name: str, text: str, definitions: Definitions, line_breaks: LineBreaks = "auto"
    ) -> Split | None:
        """Split at the headings of the level that the text begins with."""
        from tui.core.notes.markdown.episodes import split_at
        from tui.core.notes.markdown.heading_lines import find_headings

        headings = find_headings(text)
        if not headings or headings[0].start:
            return None
        titles = [heading for heading in headings if heading.level == headings[0].level]
        return split_at(name, text, headings, titles, definitions, line_breaks)

    def blocks_after(self, old: Body, new: Body) -> tuple[Block, ...] | None:
        """Parse between the headings around the edit of a long episode."""
        from tui.core.notes.markdown.shortcuts.rereading_blocks import blocks_after

        return blocks_after(old, new)

    def as_shown(self, words: str) -> str:
        """Take the markup from words."""
        from tui.core.notes.markdown.blocks import parse

        return "\n".join(block.text for block in parse(_SHOWN_BULLET.sub("- ", words)))

    def footnotes(self, source: str) -> Sequence[Footnote]:
        """The labels like ``[^1]``, and ``[^1]:`` before a text."""
        return footnotes_in(source)

    def block_id(self, line: str) -> str:
        """The id behind a caret at the end of a line, as in Obsidian."""
        found = _BLOCK_ID.search(line)
        return found[1] if found else ""

    def may_join(self, utf8: bytes) -> bool:
        """True if there is markup between two letters."""
        from tui.core.notes.markdown.shortcuts.source_words import may_join

        return may_join(utf8)

    def may_make(self, sign: str, utf8: bytes) -> bool:
        """True if anything in the source gives other signs than it has."""
        from tui.core.notes.markdown.shortcuts.source_words import may_make

        return may_make(sign, utf8)


FORMAT = MarkdownFormat()


def _is_pasted(sample: str) -> bool:
    """True if more lines begin with pasted signs than with Markdown's marks, or have its links and the like."""
    signs = sum(1 for _ in _SIGN.finditer(sample))
    return signs >= sum(1 for _ in _MARK.finditer(sample)) + sum(1 for _ in _INLINE.finditer(sample))


_MARK = deferred(r"^[ \t]*(?:[-*+]|\d{1,3}[.)])[ \t]+\S", re.MULTILINE)
_MARKDOWN_ENDINGS = (".md", ".markdown", ".mdown", ".mkd", ".mdx", ".qmd", ".rmd")
_HEADING = deferred(r"^ {0,3}#{1,6}[ \t]+\S", re.MULTILINE)
_SETEXT = deferred(r"\S[^\S\n]*\n {0,3}={3,}[ \t]*$", re.MULTILINE)
_FENCE = deferred(rf"^ {{0,3}}{fences.RUN}", re.MULTILINE)
_INLINE = deferred(r"\*\*\w[^*\n]*\*\*|\]\(https?://|\[\[[^\[\]\n]+\]\]|`[^`\n]+`")
_SIGN = deferred(r"^[ \t\xa0]*[•◦▪▫‣⁃∙●○■□▶▸►➤\uf0a7\uf0b7]", re.MULTILINE)
_SHOWN_BULLET = deferred(r"^[ \t]*[•◦▪▫‣⁃∙●○■□·–][ \t]+", re.MULTILINE)
"A bullet as the reader shows it, or a web page."
_BLOCK_ID = deferred(r"\^([^\s^]+)\s*\Z")


def _holds_titles(sample: str) -> bool:
    """True if plain lines have the form of an episode's title."""
    if " on " not in sample:
        return False
    from tui.core.notes.pasted.headings import episode_titles

    return sum(1 for _ in islice(episode_titles(sample), 2)) == 2
