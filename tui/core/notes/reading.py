"""Reading a note: from a file's text to title, author and episodes, which are parsed later."""

from __future__ import annotations

import codecs
import re
from dataclasses import replace
from itertools import chain
from typing import TYPE_CHECKING

from tui.core.notes.format import SAMPLE, recognised
from tui.core.notes.model import Body, Episode, Note, plain_lines
from tui.core.notes.splitting import Options, episodes_of, name_of
from tui.core.pieces import InMemory, in_pieces

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tui.core.pieces import Pieces

__all__ = ["PIECE", "Options", "growing", "read_note", "reread"]

_DEFAULT = Options()
_MARK = codecs.BOM_UTF8
PIECE = 1 << 18
"Bytes that decide a note's format; a note more than twice as long is read in pieces."


def read_note(path: str, text: str | bytes, options: Options = _DEFAULT) -> Note:
    """Read a note from its text or UTF-8; line ends may be ``\\n``, ``\\r\\n`` or, if it has no others, ``\\r``.

    The format is guessed from the text, with the path's extension as a hint. ``head`` and the sources of the episodes,
    concatenated, are the whole text. If there is more than a title and an author above the first episode, that text
    becomes an episode of its own, named like the note. Raises UnicodeDecodeError if bytes are not UTF-8.
    """
    if isinstance(text, bytes):
        for note in growing(path, _pieces(text), options):
            whole = note
        return whole
    text = _with_line_feeds(text)
    return _note(path, text, text, options)


def growing(path: str, pieces: Iterable[bytes], options: Options = _DEFAULT) -> Iterator[Note]:
    """Read a note while its bytes arrive in pieces: yield its first episodes, then more and more, last the whole note.

    There is at least one piece; if there are several, each extends from `PIECE` bytes to the end of the line. The whole
    is not decoded at once if that can be avoided: a single emoji makes each code point of a string take four bytes.
    Raises UnicodeDecodeError at the piece that is not UTF-8.
    """
    left = iter(pieces)
    text = _plain(next(left)).decode()
    more = (_with_line_ends(piece).decode() for piece in left)
    second = next(more, None) if options.splits_by_looks else None
    if second is None:
        yield read_note(path, text + "".join(more), options)
        return
    from tui.core.notes.rereading import with_lines_added

    note = _note(path, text, text, options)
    yield note
    growth: dict[str, object] = {}
    for piece in chain((second,), more):
        try:
            again = with_lines_added(note, piece, growth)
        except Exception:
            # The note may be one that only reading it whole can split.
            again = None
        if again is None:
            yield read_note(path, "".join((note.source, piece, *more)), options)
            return
        note = again
        yield note


def reread(note: Note, text: str | bytes | Pieces, options: Options = _DEFAULT) -> Note:
    """Read a note again from its changed text or UTF-8, with the options it was read with.

    The result equals that of `read_note`, but unchanged episodes keep their parsed blocks. Only the edited part is
    examined if that is sure to give the same result: 10 MB take 20 ms. Raises UnicodeDecodeError if bytes are not
    UTF-8.
    """
    # Imported here, since nothing is read again before the first frame.
    from tui.core.notes.rereading import reread_edit, reusing_bodies

    pieces = _plain_pieces(text, note)
    try:
        again = reread_edit(note, pieces, options, recognised(note.path, _sample(pieces)))
    except Exception:
        # Not UTF-8; or a parser's failure, in which case the note is read whole.
        again = None
    if again is None:
        again = read_note(note.path, b"".join(text) if isinstance(text, tuple) else text, options)
        again = replace(again, episodes=reusing_bodies(again.episodes, note.episodes))
    return again


def _plain_pieces(text: str | bytes | Pieces, note: Note) -> Pieces:
    """Cut a text into a note's pieces and what stands between, without byte order mark, lines ended in ``\\n``."""
    if isinstance(text, tuple):
        if len(text) > 1 and not any(b"\r" in piece for piece in text):
            return tuple(filter(None, (text[0].removeprefix(_MARK), *text[1:])))
        text = b"".join(text)
    utf8 = _plain(text) if isinstance(text, bytes) else _with_line_feeds(text).encode("utf-8", "surrogatepass")
    return in_pieces(InMemory(utf8), note.pieces)


def _sample(pieces: Pieces) -> str:
    """The text that decides the format."""
    sample = bytearray()
    for piece in pieces:
        sample += piece[: 4 * SAMPLE - len(sample)]
        if len(sample) == 4 * SAMPLE:
            break
    return sample.decode(errors="ignore")


def _note(path: str, text: str, sample: str, options: Options) -> Note:
    try:
        form = recognised(path, sample)
        split = form.split(name_of(path), text, options)
        episodes = episodes_of(text, split.starts, form.name)
    except Exception as error:
        # Whatever cannot be split can still be read and highlighted as lines.
        body = Body(text, plain_lines, fault=type(error).__name__)
        return Note(path, None, None, (Episode(name_of(path), 1, body),))
    return Note(path, split.title, split.author, episodes, text[: split.starts[0].offset])


def _pieces(utf8: bytes) -> Iterator[bytes]:
    """Cut a text into pieces that each extend from `PIECE` bytes to the end of the line; a short text is one piece."""
    start = 0
    while len(utf8) > 2 * PIECE and (end := utf8.find(b"\n", start + PIECE) + 1):
        yield utf8[start:end]
        start = end
    yield utf8[start:]


def _plain(utf8: bytes) -> bytes:
    """Remove the byte order mark of a text and normalise its line ends to ``\\n``."""
    utf8 = utf8.removeprefix(_MARK)
    return _with_line_ends(utf8) if b"\n" in utf8 else utf8.replace(b"\r", b"\n")


def _with_line_feeds(text: str) -> str:
    if "\r" not in text:
        return text
    if "\n" not in text:
        return text.replace("\r", "\n")
    return _with_line_ends(text.encode("utf-8", "surrogatepass")).decode("utf-8", "surrogatepass")


def _with_line_ends(utf8: bytes) -> bytes:
    """Normalise the line ends of a text that contains ``\\n``."""
    if b"\r" not in utf8:
        return utf8
    # To editors, a lone carriage return among line feeds does not end a line, and line numbers must match theirs.
    utf8 = utf8.replace(b"\r\n", b"\n")
    return re.sub(rb"(?<!\r)\r++\n", b"\n", utf8) if b"\r\n" in utf8 else utf8
