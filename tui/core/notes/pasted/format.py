"""Pasted text as a format of notes: the entry to its modules."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from tui.core.notes.format import NoteFormat
from tui.core.notes.pasted.episodes import parser_of, split_at, split_pasted
from tui.core.notes.pasted.headings import episode_titles
from tui.core.notes.splitting import name_of

if TYPE_CHECKING:
    from tui.core.notes.line_breaks import LineBreaks
    from tui.core.notes.model import Block, Body, Note
    from tui.core.notes.splitting import Definitions, Edit, Options, Split


class PastedFormat(NoteFormat):
    """Text pasted from a web page or a notes app, and any text in no other format."""

    name = "pasted"

    def split(self, name: str, text: str, options: Options) -> Split:
        """Find the episodes; see `split_pasted`."""
        return split_pasted(name, text, options)

    def resplit(self, note: Note, edit: Edit) -> Split | None:
        """Split the new text of an edit at titles of the form ``GUESTS on SHOW``."""
        if note.episodes[-1].show is None:
            return None  # Its episodes start at headings of any form, until a first title of this form appears.
        titles = list(episode_titles(edit.new))
        if len(titles) < (1 if edit.first else 2) or not edit.fits([title.start for title in titles]):
            return None
        return split_at(name_of(note.path), edit.new, titles, parser_of(note.episodes[-1].body).line_breaks)

    def excerpt(self, name: str, text: str, definitions: Definitions, line_breaks: LineBreaks = "auto") -> Split | None:
        """Split at titles of the form ``GUESTS on SHOW``, one of which must begin the text."""
        titles = list(episode_titles(text))
        return split_at(name, text, titles, line_breaks) if titles and not titles[0].start else None

    def blocks_within(self, body: Body, source: str) -> tuple[Block, ...] | None:
        """Parse lines as those of an episode without a title."""
        return replace(parser_of(body), skip=0)(source)

    def as_shown(self, words: str) -> str:
        """Read words as Markdown: they may have been copied from elsewhere with its markup."""
        return _markdown().as_shown(words)

    def block_id(self, line: str) -> str:
        """The id as in Markdown: links refer to blocks in the same way, whatever the format of their note."""
        return _markdown().block_id(line)

    def may_join(self, utf8: bytes) -> bool:
        """True if there is markup between two letters: pasted text loses nothing that Markdown keeps."""
        from tui.core.notes.markdown.shortcuts.source_words import may_join

        return may_join(utf8)

    def may_make(self, sign: str, utf8: bytes) -> bool:
        """True if the source may give rise to characters that it lacks."""
        from tui.core.notes.markdown.shortcuts.source_words import may_make

        return may_make(sign, utf8)


FORMAT = PastedFormat()


def _markdown() -> NoteFormat:
    # Imported here, since the first frame of pasted text does not need it.
    from tui.core.notes.markdown.format import FORMAT as MARKDOWN

    return MARKDOWN
