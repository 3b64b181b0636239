"""The formats of notes: one protocol, and the order in which formats are tried.

A new format is a package next to ``markdown/`` and ``pasted/`` with a row here. The package defines ``recognises``,
which is True for a text in the format, judged by its path and first `SAMPLE` code points. Its module ``format``,
imported for the first note that the package recognises, defines a `NoteFormat` called ``FORMAT``.
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
    """A footnote marker in a source: a reference to the footnote, or the label that begins its text."""

    line: int
    "Its line, 0-based."
    written: str
    shown: str
    "The marker as shown in the block's text."
    key: str
    "Equal for all markers of one footnote."
    is_text: bool
    "True for the label before the footnote's text."


class NoteFormat(Protocol):
    """One format of notes.

    ``split`` is all that reading needs. The other methods speed it up: each may answer that only parsing the whole note
    is safe, and any other answer equals the result of doing so.
    """

    name: str
    "Name in the registry."

    def split(self, name: str, text: str, options: Options) -> Split:
        """Find the episodes of a text; ``name`` is the note's name if the text has no title.

        The line ends of the text are ``\\n``. Raises `re.error` if the options' pattern is invalid.
        """
        ...

    def resplit(self, note: Note, edit: Edit) -> Split | None:
        """Split the new text of an edit; None if the edit may change how the rest of the note parses."""
        return None

    def definitions(self, note: Note) -> Definitions:
        """Everything in a note that its episodes may refer to."""
        return NO_DEFINITIONS

    def referred_to(self, text: str, definitions: Definitions) -> Definitions:
        """The definitions that a text refers to."""
        return definitions

    def excerpt(self, name: str, text: str, definitions: Definitions, line_breaks: LineBreaks = "auto") -> Split | None:
        """Split an excerpt that begins with an episode; None if it does not seem to."""
        return None

    def blocks_after(self, old: Body, new: Body) -> tuple[Block, ...] | None:
        """Parse the new source of an episode around its edit; None if only parsing it whole is safe."""
        return None

    def reread_body(self, note: Note, number: int, utf8: bytes) -> Body | None:
        """Read an edited episode again from its new source; None if the edit may change more than its blocks."""
        return None

    def blocks_within(self, body: Body, source: str) -> tuple[Block, ...] | None:
        """Parse some lines of an episode by themselves, counted from 0; None if it depends on where they stand.

        The caller compares the result with the whole.
        """
        return None

    def as_shown(self, words: str) -> str:
        """Turn words copied from a note's source, or from the screen with their bullets, into plain text."""
        return words

    def footnotes(self, source: str) -> Sequence[Footnote]:
        """The footnote markers in some lines, in order."""
        return ()

    def block_id(self, line: str) -> str:
        """The id that a line gives its block as a link target; empty if it gives none."""
        return ""

    def may_join(self, utf8: bytes) -> bool:
        """True if the text of an episode may have a word that is interrupted by markup in its UTF-8 source."""
        return True

    def may_make(self, sign: str, utf8: bytes) -> bool:
        """True if the text may have a character, neither letter nor digit, that its UTF-8 source lacks."""
        return True


class _FormatRow(NamedTuple):
    """A format, imported on first use."""

    package: str
    endings: tuple[str, ...]
    "Extensions, in lower case, of files that count as notes in a folder."


_FORMATS = {
    "markdown": _FormatRow("tui.core.notes.markdown", (".md", ".markdown", ".mdown", ".mkd")),
    "pasted": _FormatRow("tui.core.notes.pasted", (".txt", ".text")),
}
"Formats in the order in which they are tried; the last one recognises everything."
ENDINGS = tuple(ending for row in _FORMATS.values() for ending in row.endings)
"Extensions of notes in a folder; a file opened by name may have any."
SAMPLE = 1 << 16
"Code points at the start of a text that decide its format."


def recognised(path: str, text: str) -> NoteFormat:
    """The format of a text, judged by its first `SAMPLE` code points."""
    sample = text[:SAMPLE]
    return next(
        _imported(name) for name, row in _FORMATS.items() if import_module(row.package).recognises(path, sample)
    )


def format_of(body: Body) -> NoteFormat | None:
    """The format of an episode's source; None if it is shown as plain lines."""
    return format_named(body.form)


def format_named(name: str) -> NoteFormat | None:
    """The format with this name in the registry; None if there is none."""
    return _imported(name) if name in _FORMATS else None


@cache
def _imported(name: str) -> NoteFormat:
    return cast("NoteFormat", import_module(f"{_FORMATS[name].package}.format").FORMAT)
