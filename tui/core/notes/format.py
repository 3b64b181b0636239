"""The formats of notes: one protocol, and the order in which formats are tried.

A new format is a package beside ``markdown/`` and ``pasted/`` with a row here. The package itself has a function
``recognises``: True for a text in the format, judged by its path and first `SAMPLE` code points. Its module ``format``
has a `NoteFormat` called ``FORMAT``, and is imported for the first note that the package recognises.
"""

from __future__ import annotations

from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, NamedTuple, Protocol, cast

from tui.core.notes.splitting import NO_DEFINITIONS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tui.core.notes.line_breaks import LineBreaks
    from tui.core.notes.model import Block, Body, Note
    from tui.core.notes.splitting import Definitions, Edit, Options, Split


class Footnote(NamedTuple):
    """A sign of a footnote in a source: a reference to it, or the label that its text begins with."""

    line: int
    "Its line, counted from 0."
    written: str
    shown: str
    "The sign in the block's text."
    key: str
    "Equal for all signs of one footnote."
    is_text: bool
    "True for the label before the footnote's text."


class NoteFormat(Protocol):
    """One format of notes.

    ``split`` suffices for reading. The other methods make it fast: each may answer that only the whole is sure, and any
    other result equals that of reading the whole.
    """

    name: str
    "Name in the registry."

    def split(self, name: str, text: str, options: Options) -> Split:
        """Find the episodes of a text; ``name`` is the note's name unless the text has a title.

        The text's line ends are ``\\n``. Raises `re.error` if the options' pattern is invalid.
        """
        ...

    def resplit(self, note: Note, edit: Edit) -> Split | None:
        """Split the new text of an edit; None if the edit may change how the rest of the note parses."""
        return None

    def definitions(self, note: Note) -> Definitions:
        """Everything that the episodes of a note may refer to, wherever it is in the note."""
        return NO_DEFINITIONS

    def referred_to(self, text: str, definitions: Definitions) -> Definitions:
        """The definitions that a text refers to."""
        return definitions

    def excerpt(
        self, name: str, text: str, definitions: Definitions, line_breaks: LineBreaks = "auto"
    ) -> Split | None:
        """Split a part of a note that begins with an episode; None if it does not seem to."""
        return None

    def blocks_after(self, old: Body, new: Body) -> tuple[Block, ...] | None:
        """Parse the new source of an episode around its edit; None if only parsing it whole is sure."""
        return None

    def as_shown(self, words: str) -> str:
        """Read words that were copied from the source of a note, or from the reader with its bullets, as plain text."""
        return words

    def footnotes(self, source: str) -> Sequence[Footnote]:
        """The signs of footnotes in some lines, in order."""
        return ()

    def block_id(self, line: str) -> str:
        """The id that a line gives to its block, for links to lead there; empty if it gives none."""
        return ""

    def may_join(self, utf8: bytes) -> bool:
        """True if the text of an episode may have a word that its source, in UTF-8, has only with markup inside."""
        return True

    def may_make(self, sign: str, utf8: bytes) -> bool:
        """True if the text may have a sign, no letter or digit, that its source, in UTF-8, lacks."""
        return True


class _FormatRow(NamedTuple):
    """A format, imported on first use."""

    package: str
    endings: tuple[str, ...]
    "Extensions, in lower case, of the files in a folder that are notes."


_FORMATS = {
    "markdown": _FormatRow("tui.core.notes.markdown", (".md", ".markdown", ".mdown", ".mkd")),
    "pasted": _FormatRow("tui.core.notes.pasted", (".txt", ".text")),
}
"Formats in the order of trying; the last one recognises everything."
ENDINGS = tuple(ending for row in _FORMATS.values() for ending in row.endings)
"Extensions of notes in a folder; a file named itself may have any."
SAMPLE = 1 << 16
"Code points of a text that decide its format."


def recognised(path: str, text: str) -> NoteFormat:
    """The format of a text, judged by its first `SAMPLE` code points."""
    sample = text[:SAMPLE]
    return next(_imported(name) for name, row in _FORMATS.items() if import_module(row.package).recognises(path, sample))


def format_of(body: Body) -> NoteFormat | None:
    """The format of an episode's source; None if it is shown as plain lines."""
    return format_named(body.form)


def format_named(name: str) -> NoteFormat | None:
    """A format by its name in the registry; None if there is none of that name."""
    return _imported(name) if name in _FORMATS else None


@cache
def _imported(name: str) -> NoteFormat:
    return cast("NoteFormat", import_module(f"{_FORMATS[name].package}.format").FORMAT)
