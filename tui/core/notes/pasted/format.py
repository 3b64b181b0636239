"""Pasted text as one of the formats of notes: the way to the modules that read it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.core.notes.format import NoteFormat
from tui.core.notes.pasted.episodes import split_at, split_pasted
from tui.core.notes.pasted.headings import episode_titles
from tui.core.notes.splitting import name_of

if TYPE_CHECKING:
    from tui.core.notes.model import Note
    from tui.core.notes.splitting import Definitions, Edit, Options, Split


class PastedFormat(NoteFormat):
    """Text pasted from a web page or a notes app; any text that is in no other format reads well as this."""

    name = "pasted"

    def recognises(self, path: str, sample: str) -> bool:
        """Take every text."""
        return True

    def split(self, name: str, text: str, options: Options) -> Split:
        """Find the episodes; see `split_pasted`."""
        return split_pasted(name, text, options)

    def resplit(self, note: Note, edit: Edit) -> Split | None:
        """Split the new text of an edit at the titles of the form ``GUESTS on SHOW``."""
        if note.episodes[-1].show is None:
            return None  # Its episodes start at headings of any form, which the first title of the form would end.
        titles = list(episode_titles(edit.new))
        if len(titles) < (1 if edit.first else 2) or not edit.fits([title.start for title in titles]):
            return None
        return split_at(name_of(note.path), edit.new, titles)

    def excerpt(self, name: str, text: str, definitions: Definitions) -> Split | None:
        """Split at the titles of the form ``GUESTS on SHOW``, of which the text begins with one."""
        titles = list(episode_titles(text))
        return split_at(name, text, titles) if titles and not titles[0].start else None

    def may_join(self, utf8: bytes) -> bool:
        """Look for markup between two letters. Nothing is gone from pasted text that is not gone from Markdown."""
        from tui.core.notes.markdown.source_words import may_join

        return may_join(utf8)

    def may_make(self, sign: str, utf8: bytes) -> bool:
        """Look for what gives other signs than it has."""
        from tui.core.notes.markdown.source_words import may_make

        return may_make(sign, utf8)


FORMAT = PastedFormat()
