"""Reading a note: from a file's text to its title, its author and its episodes, none of them parsed yet."""

from __future__ import annotations

import re
from collections import deque
from dataclasses import replace
from itertools import chain, islice
from typing import TYPE_CHECKING

from tui.core.notes.metadata.fields import read_front_matter
from tui.core.notes.model import Body, Episode, Note
from tui.core.patterns import deferred
from tui.core.notes.splitting import Options, Split, episodes_of, name_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

__all__ = [
    "PIECE",
    "Options",
    "growing",
    "looks_like_markdown",
    "pieces_of",
    "read_note",
    "read_utf8",
    "reread",
    "reread_pieces",
    "reread_utf8",
]

_DEFAULT = Options()


def read_note(path: str, text: str, options: Options = _DEFAULT) -> Note:
    """Read a note's text; its line ends may be ``\\n``, ``\\r\\n`` or, where it has no other, ``\\r``.

    Whether it is Markdown or pasted text is told by what it looks like, with the path's ending as a hint.
    ``head`` and the episodes' sources, one after the other, are the whole text. What stands above the first
    episode and is more than a title and an author is an episode of its own, titled as the note is.
    """
    text = _with_line_feeds(text)
    return _note(path, text, text, options)


def read_utf8(path: str, utf8: bytes, options: Options = _DEFAULT) -> Note | None:
    """Read a note's text from its bytes, as `read_note` does; None where they are not UTF-8."""
    try:
        return deque(growing(path, pieces_of(utf8), options), maxlen=1).pop()
    except UnicodeDecodeError:
        return None


PIECE = 1 << 18
"So many bytes tell whether a note is Markdown; a note of more than twice as many is read piece by piece."


def pieces_of(utf8: bytes, size: int = PIECE) -> Iterator[bytes]:
    """A text in pieces, each of so many bytes and on to a line's end; a short one in a single piece."""
    start = 0
    while len(utf8) > 2 * size and (end := utf8.find(b"\n", start + size) + 1):
        yield utf8[start:end]
        start = end
    yield utf8[start:]


def growing(path: str, pieces: Iterable[bytes], options: Options = _DEFAULT) -> Iterator[Note]:
    """The note as its bytes come piece by piece: its first episodes, then more and more, last the whole note.

    There is a piece at least; where there are more, each has `PIECE` bytes and goes on to a line's end. Never is all
    decoded at once, where that can be: a single emoji makes each code point of a string take four bytes. Raises
    UnicodeDecodeError at the piece that is not UTF-8.
    """
    left = iter(pieces)
    text = _plain(next(left)).decode()
    more = (_with_line_ends(piece).decode() for piece in left)
    second = next(more, None) if options == Options() else None
    if second is None:
        yield read_note(path, text + "".join(more), options)
        return
    from tui.core.notes.rereading import grown

    note = _note(path, text, text, options)
    yield note
    for piece in chain((second,), more):
        try:
            again = grown(note, piece)
        except Exception:
            # Read whole, the note can be one that nothing splits.
            again = None
        if again is None:
            yield read_note(path, "".join((note.source, piece, *more)))
            return
        note = again
        yield note


def reread(note: Note, text: str, options: Options = _DEFAULT) -> Note:
    """Read a note again from its changed text, with the options it was read with.

    The result is what `read_note` gives; episodes whose source did not change keep the blocks that were parsed.
    """
    text = _with_line_feeds(text)
    utf8 = text.encode("utf-8", "surrogatepass")
    return _with_edit(note, utf8, options) or _taking_over(note, read_note(note.path, text, options))


def reread_utf8(note: Note, utf8: bytes, options: Options = _DEFAULT) -> Note | None:
    """Read a note again from its changed bytes, as `reread` does; None where they are not UTF-8.

    Where that is sure to give the same, only what an edit changed is looked at; 10 MB take 20 ms.
    """
    utf8 = _plain(utf8)
    if again := _with_edit(note, utf8, options):
        return again
    whole = read_utf8(note.path, utf8, options)
    return _taking_over(note, whole) if whole else None


def _with_edit(note: Note, utf8: bytes, options: Options) -> Note | None:
    # Imported here, as nothing is read again before the first frame.
    from tui.core.notes.rereading import reread_edit

    try:
        return reread_edit(note, utf8, options, is_markdown=looks_like_markdown(note.path, _sample_of(utf8)))
    except Exception:
        # Not UTF-8; or else a fault, and read whole the note can be one that nothing splits.
        return None


def _taking_over(note: Note, again: Note) -> Note:
    from tui.core.notes.rereading import taken_over

    return replace(again, episodes=taken_over(again.episodes, note.episodes))


def reread_pieces(note: Note, utf8: bytes, options: Options = _DEFAULT) -> Note | None:
    """Read a note again from what the pieces of another text of it are together; see `Note.pieces`.

    None where the bytes are no such pieces.
    """
    try:
        return reread_utf8(note, utf8, options) or reread(note, utf8.decode("utf-8", "surrogatepass"), options)
    except UnicodeDecodeError:
        return None


def looks_like_markdown(path: str, text: str) -> bool:
    """Whether a text is Markdown rather than pasted from a page or an app, judged by its first 64 KB."""
    sample = text[:_SAMPLE]
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


def _is_pasted(sample: str) -> bool:
    """Whether more lines begin with pasted signs than with Markdown's marks, or have its links and the like."""
    signs = sum(1 for _ in _SIGN.finditer(sample))
    return signs >= sum(1 for _ in _MARK.finditer(sample)) + sum(1 for _ in _INLINE.finditer(sample))


_SAMPLE = 65_536
_MARK = deferred(r"^[ \t]*(?:[-*+]|\d{1,3}[.)])[ \t]+\S", re.MULTILINE)
_MARKDOWN_ENDINGS = (".md", ".markdown", ".mdown", ".mkd", ".mdx", ".qmd", ".rmd")
_HEADING = deferred(r"^ {0,3}#{1,6}[ \t]+\S", re.MULTILINE)
_SETEXT = deferred(r"\S[^\S\n]*\n {0,3}={3,}[ \t]*$", re.MULTILINE)
_FENCE = deferred(r"^ {0,3}(?:```|~~~)", re.MULTILINE)
_INLINE = deferred(r"\*\*\w[^*\n]*\*\*|\]\(https?://|\[\[[^\[\]\n]+\]\]|`[^`\n]+`")
_SIGN = deferred(r"^[ \t\xa0]*[•◦▪▫‣⁃∙●○■□▶▸►➤\uf0a7\uf0b7]", re.MULTILINE)


def _holds_titles(sample: str) -> bool:
    """Whether lines, not headings, have the form of an episode's title."""
    if " on " not in sample:
        return False
    from tui.core.notes.pasted.headings import episode_titles

    return sum(1 for _ in islice(episode_titles(sample), 2)) == 2


def _with_line_feeds(text: str) -> str:
    if "\r" not in text:
        return text
    if "\n" not in text:
        return text.replace("\r", "\n")
    # A lone return among line feeds ends no line for editors, whose line numbers these must be.
    text = text.replace("\r\n", "\n")
    return re.sub(r"(?<!\r)\r++\n", "\n", text) if "\r\n" in text else text


def _plain(utf8: bytes) -> bytes:
    """Bytes as what `read_note` makes of their text: without a byte order mark, lines ending in ``\\n``."""
    utf8 = utf8.removeprefix(b"\xef\xbb\xbf")
    return _with_line_ends(utf8) if b"\n" in utf8 else utf8.replace(b"\r", b"\n")


def _with_line_ends(utf8: bytes) -> bytes:
    """Whole lines of a text that has ``\\n``, which now ends them all, as `_with_line_feeds` does."""
    if b"\r" not in utf8:
        return utf8
    utf8 = utf8.replace(b"\r\n", b"\n")
    return re.sub(rb"(?<!\r)\r++\n", b"\n", utf8) if b"\r\n" in utf8 else utf8


def _sample_of(utf8: bytes) -> str:
    return utf8[: 4 * _SAMPLE].decode(errors="ignore")


def _split(path: str, text: str, options: Options, *, is_markdown: bool) -> Split:
    name = name_of(path)
    # Each way of reading is imported with the first text of its kind: start-up pays for one of them only.
    if is_markdown:
        from tui.core.notes.markdown.episodes import split_markdown

        return split_markdown(name, text, options)
    from tui.core.notes.pasted.episodes import split_pasted

    return split_pasted(name, text, options)


def _note(path: str, text: str, sample: str, options: Options) -> Note:
    try:
        split = _split(path, text, options, is_markdown=looks_like_markdown(path, sample))
        episodes = episodes_of(text, split.starts)
    except Exception as error:
        # Whatever cannot be split has lines to read and to mark.
        from tui.core.notes.model import plain_lines

        return Note(path, None, None, (Episode(name_of(path), 1, Body(text, plain_lines, type(error).__name__)),))
    return Note(path, split.title, split.author, episodes, text[: split.starts[0].offset])
