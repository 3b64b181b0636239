"""The forms in which notes are written: one protocol, and the order in which the forms are asked.

A new form is a package beside ``markdown/`` and ``pasted/`` with a module that has a `NoteFormat` called ``FORMAT``, and
a row here. That module is imported for the first note that no row above it recognises; it imports its parser when the
note is read.
"""

from __future__ import annotations

from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, NamedTuple, Protocol, cast

from tui.core.notes.splitting import NO_DEFINITIONS

if TYPE_CHECKING:
    from tui.core.notes.model import Block, Body, Note
    from tui.core.notes.splitting import Definitions, Edit, Options, Split


class NoteFormat(Protocol):
    """One way in which notes are written.

    ``recognises`` and ``split`` are all that reading takes. What else there is makes it fast: each may say that only
    the whole is sure, and where it does not, its result is the same as that of reading the whole.
    """

    name: str
    "Its name in the registry."

    def recognises(self, path: str, sample: str) -> bool:
        """Tell by a path and the first `SAMPLE` code points of a text if it is in this format."""
        ...

    def split(self, name: str, text: str, options: Options) -> Split:
        """Find the episodes of a text; ``name`` is what a note is called that does not say it itself.

        The text's line ends are ``\\n``. Raises `re.error` where the options' pattern is none.
        """
        ...

    def resplit(self, note: Note, edit: Edit) -> Split | None:
        """Split the new text of an edit; None where it may change how the rest of the note is read."""
        return None

    def definitions(self, note: Note) -> Definitions:
        """Get what the episodes of a note refer to, wherever in the note it stands."""
        return NO_DEFINITIONS

    def referred_to(self, text: str, definitions: Definitions) -> Definitions:
        """Choose those of the definitions that a text refers to."""
        return definitions

    def excerpt(self, name: str, text: str, definitions: Definitions) -> Split | None:
        """Split a part of a note that begins with an episode; None where it does not seem to."""
        return None

    def blocks_after(self, old: Body, new: Body) -> tuple[Block, ...] | None:
        """Parse the new source of an episode around its edit; None where only parsing it whole is sure."""
        return None

    def may_join(self, utf8: bytes) -> bool:
        """Tell if the text of an episode may have a word that its source, in UTF-8, has only with markup inside it."""
        return True

    def may_make(self, sign: str, utf8: bytes) -> bool:
        """Tell if the text may have a sign, no letter or digit, that its source, in UTF-8, lacks."""
        return True


class _FormatRow(NamedTuple):
    """A format that is imported when it is asked for."""

    module: str
    endings: tuple[str, ...]
    "Files in a folder whose names end so, in lower case, are notes."


_FORMATS = {
    "markdown": _FormatRow("tui.core.notes.markdown.format", (".md", ".markdown", ".mdown", ".mkd")),
    "pasted": _FormatRow("tui.core.notes.pasted.format", (".txt", ".text")),
}
"In the order in which they are asked; the last one recognises everything."
ENDINGS = tuple(ending for row in _FORMATS.values() for ending in row.endings)
"How files of notes in a folder end; a file that is named itself may end in anything."
SAMPLE = 1 << 16
"So many code points of a text tell which format it is in."


def recognised(path: str, text: str) -> NoteFormat:
    """Find the format of a text, of which the first `SAMPLE` code points may stand for the whole."""
    sample = text[:SAMPLE]
    formats = map(_imported, _FORMATS)
    return next(form for form in formats if form.recognises(path, sample))


def format_of(body: Body) -> NoteFormat | None:
    """Get the format that the source of an episode is in; None where it is shown as plain lines."""
    return format_named(body.form)


def format_named(name: str) -> NoteFormat | None:
    """Get a format by its name in the registry; None where it has none of that name."""
    return _imported(name) if name in _FORMATS else None


@cache
def _imported(name: str) -> NoteFormat:
    return cast("NoteFormat", import_module(_FORMATS[name].module).FORMAT)
