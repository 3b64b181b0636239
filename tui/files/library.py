"""Opening notes: files decoded to text, folders and large files read piece by piece."""

from __future__ import annotations

import codecs
import errno
import os
import stat
from collections import deque
from contextlib import suppress
from dataclasses import replace
from functools import partial
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from tui.core.notes.format import ENDINGS
from tui.core.notes.model import STANDARD_INPUT, Library, Note
from tui.core.notes.natural_order import natural
from tui.core.notes.reading import (
    PIECE,
    Options,
    growing,
    read_note,
    reread,
)
from tui.core.patterns import deferred
from tui.errors import NotesError
from tui.files.discovery import note_files
from tui.files.os_errors import notes_unreadable
from tui.files.regular import open_regular, read_bytes, read_standard_input
from tui.files.watching.stable_read import signature

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterator, Sequence

    from tui.core.notes.excerpt import Excerpt
    from tui.core.pieces import Pieces
    from tui.files.remembered.reader_state import KeptExcerpt
    from tui.files.watching.stable_read import Signature


LARGEST = 1 << 30
"Largest file that is read, in bytes."


PIECEMEAL = 2 * PIECE
"Size from which a file is shown before all of it is read, in bytes."
BATCH = 100
"Files of a folder read before anything is shown; a folder of up to twice as many is read whole."
STEP = 10
"Files read per step after those, in a few milliseconds."
SCREEN = 20
"Notes read on either side of the current one so that the screen has no gap: each takes at least four rows."


class DecodedText(NamedTuple):
    """A file's bytes decoded to text."""

    text: str
    "The text with the file's own line ends."
    warnings: tuple[str, ...] = ()
    "Problems met while decoding it."
    notice: str = ""
    "The legacy encoding that it was decoded from, in words."


def open_library(
    path: str,
    options: Options,
    tell: Callable[[Piece], object] = lambda _: None,
    *,
    named: tuple[str, ...] = (),
    within: tuple[str, ...] = (),
) -> Library:
    """Open the notes of a file, a folder, or standard input for ``-``; ``tell`` is called with each piece of a folder.

    In a folder, an unreadable file becomes a note without episodes whose warning gives the reason; only if no file can
    be read is it an error. ``named`` are the files and folders to open together, in which case ``path`` contains them
    all; symbolic links may also lead into the folders in ``within``. Raises NotesError.
    """
    if path == STANDARD_INPUT:
        return Library(path, (note_of(path, (_standard_input(),), options),))
    if not named and not is_folder(path):
        return Library(path, (open_note(path, options),))
    library, pieces = _open_folder(path, named, within, options, {})
    for piece in pieces:
        library = piece.library
        tell(piece)
    return library


def is_folder(path: str) -> bool:
    """True for a folder, False for any other existing file. Raises NotesError."""
    try:
        return stat.S_ISDIR(os.stat(path).st_mode)
    except OSError as error:
        raise notes_unreadable(path, error) from None
    except ValueError:
        # A NUL character, which no path can contain.
        raise notes_unreadable(path, FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT))) from None


class Piece(NamedTuple):
    """A more complete reading of a library."""

    make: Callable[[], Library]
    "Builds the library read so far: for ten thousand notes this takes as long as reading a few dozen."
    left: int
    "Number of files still to be read; a large one counts as read with its first piece."
    how_far: str
    "Progress, in words."
    has_end: bool = False
    "True if the last notes of the folder have been read."

    @property
    def library(self) -> Library:
        """The library, built on each access."""
        return self.make()


def open_piecemeal(
    path: str,
    options: Options,
    seen: dict[str, Signature | None],
    kept: KeptExcerpt | None = None,
    *,
    named: tuple[str, ...] = (),
    within: tuple[str, ...] = (),
    here: str = "",
) -> tuple[Library, Generator[Piece, bool]]:
    """Open a library: return it once some episodes are read, with a generator of more complete versions.

    The last piece is the whole library; there is none if it is complete from the start. Raises NotesError.

    Args:
        path: A file, a folder, or ``-``.
        options: The options for splitting notes into episodes.
        seen: Receives the state of each file from just before it was read.
        kept: The excerpt of a large file where the reader left it, to be read first; None for its beginning.
        named: The files and folders to open together; ``path`` then contains them all.
        within: Folders elsewhere that symbolic links of a folder may lead into.
        here: The absolute path of the note where the reader left a folder, to be read first as well.
    """
    if path != STANDARD_INPUT and (named or os.path.isdir(path)):
        return _open_folder(path, named, within, options, seen, here)
    seen[path] = signature(path)
    if not is_large(path):
        return replace(open_library(path, options), within=within), _nothing_more()
    size = os.path.getsize(path)
    notes = _growing(path, options)
    first = None
    if kept and kept.signature == seen[path] and options.splits_by_looks:
        first = _excerpt(path, kept.excerpt, options)
    if first is None:
        first, _ = next(notes)
    return Library(path, (first,), within=within), _note_pieces(first, notes, within, size)


def is_large(path: str) -> bool:
    """True for a file that is shown before all of it is read."""
    return os.path.isfile(path) and os.path.getsize(path) >= PIECEMEAL


def _excerpt(path: str, excerpt: Excerpt, options: Options) -> Note | None:
    """Read an excerpt of a large file as a note; None if it cannot be read."""
    from tui.core.notes.excerpt import read_excerpt

    with suppress(OSError), open_regular(path) as file:
        file.seek(excerpt.start)
        return read_excerpt(path, file.read(excerpt.end - excerpt.start), excerpt, options.line_breaks)
    return None


def _note_pieces(
    first: Note, notes: Iterator[tuple[Note, int]], within: tuple[str, ...], size: int
) -> Generator[Piece, bool]:
    """Yield the note of a large file as more of it is read; if reading fails, the note carries the reason."""
    how_far = ""
    try:
        for note, count in notes:
            how_far = f"{count // 10**6:,} of {size // 10**6:,} MB"
            yield Piece(partial(Library, note.path, (note,), within=within), 0, how_far)
    except NotesError as error:
        whole = (replace(first, warnings=(str(error),)),)
        yield Piece(partial(Library, first.path, whole, within=within), 0, how_far)


def _open_folder(
    path: str,
    named: tuple[str, ...],
    within: tuple[str, ...],
    options: Options,
    seen: dict[str, Signature | None],
    here: str = "",
) -> tuple[Library, Generator[Piece, bool]]:
    for root in named:
        is_folder(root)
    files = note_files(*(named or (path,)), within=within)
    if not files:
        raise NotesError(path, "no notes in this folder", f"looked for {', '.join(ENDINGS)}")
    options = options._replace(in_folder=len(files) > 1)
    first = len(files) if len(files) < 2 * BATCH else BATCH
    known = {file: _note_seen(file, options, seen) for file in files[:first]}
    while first < len(files) and not any(note.episodes for note in known.values()):
        known[files[first]] = _note_seen(files[first], options, seen)
        first += 1
    if not any(note.episodes for note in known.values()):
        # Reading the first one again raises the reason.
        open_note(files[0], options)
    if (around := _index(files, here)) is not None:
        beside = files[max(first, around - SCREEN) : around + SCREEN]
        known |= {file: _note_seen(file, options, seen) for file in beside}
    library = Library(path, tuple(known.values()), is_folder=True, named=named, within=within)
    return library, _folder_pieces(library, files, known, options, seen)


def _index(files: Sequence[str], here: str) -> int | None:
    """The index of the file at an absolute path; None if it is not among them."""
    name = os.path.basename(here)
    likely = (number for number, file in enumerate(files) if name and file.endswith(name))
    return next((number for number in likely if os.path.abspath(files[number]) == here), None)


def _nothing_more() -> Generator[Piece, bool]:
    yield from ()


def _folder_pieces(
    library: Library,
    files: Sequence[str],
    known: dict[str, Note],
    options: Options,
    seen: dict[str, Signature | None],
) -> Generator[Piece, bool]:
    """Yield the library with more and more of its files; files skipped when reading is stopped count as seen.

    Once True is sent, the last files are read next, since the reader wants to see the end.
    """
    waiting, wants_end, has_end = deque(file for file in files if file not in known), False, files[-1] in known

    def make() -> Library:
        return replace(library, notes=tuple(known[file] for file in files if file in known))

    try:
        while waiting:
            take = waiting.pop if wants_end and not has_end else waiting.popleft
            count = SCREEN if wants_end and not has_end else STEP
            for file in [take() for _ in range(min(count, len(waiting)))]:
                known[file] = _note_seen(file, options, seen)
            has_end = files[-1] in known
            wants_end = yield Piece(make, len(waiting), f"{len(known):,} of {len(files):,} notes", has_end)
    finally:
        for file in files:
            if file not in seen:
                seen[file] = signature(file)


def read_on(library: Library, options: Options, seen: dict[str, Signature | None]) -> Generator[Piece, bool]:
    """Yield the library with the files of its folder that were skipped when reading was stopped, if any.

    Notes already read stay as they are, with their later edits.
    """
    known = {note.path: note for note in library.notes}
    files = sorted({*note_files(*library.roots, within=library.within), *known}, key=natural)
    missing = [file for file in files if file not in known]

    def make() -> Library:
        return replace(library, notes=tuple(known[file] for file in files if file in known))

    for start in range(0, len(missing), STEP):
        known |= {file: _note_seen(file, options, seen) for file in missing[start : start + STEP]}
        yield Piece(make, len(files) - len(known), f"{len(known):,} of {len(files):,} notes")


def _note_seen(file: str, options: Options, seen: dict[str, Signature | None]) -> Note:
    """Read a note of a folder; its file's state is taken first, so that no edit is missed."""
    seen[file] = signature(file)
    return _note_or_reason(file, options)


def _growing(path: str, options: Options) -> Iterator[tuple[Note, int]]:
    """Yield the note of a large file as more of it is read, finally the whole, with the number of bytes.

    Raises NotesError.
    """
    try:
        with open_regular(path, limit=LARGEST) as file:
            head = file.read(PIECE) + file.readline(PIECE)
            if options.splits_by_looks and not _is_plain(head):
                yield _beginning(path, head[:PIECE], options), len(head)
            head += b"" if head.endswith(b"\n") else file.readline()
            others = iter(lambda: file.read(PIECE) + file.readline(), b"")
            for note in growing(path, chain((head,), others), options):
                yield note, file.tell()
    except OSError as error:
        raise notes_unreadable(path, error) from None
    except UnicodeDecodeError:
        note = open_note(path, options)
        yield note, sum(map(len, note.pieces))


def _is_plain(head: bytes) -> bool:
    """True if the first bytes of a file are whole lines of UTF-8."""
    with suppress(UnicodeDecodeError):
        return head.endswith(b"\n") and b"\0" not in head and bool(head.decode())
    return False


def _beginning(path: str, head: bytes, options: Options) -> Note:
    """The note in a file's first bytes, up to the last complete character; raises NotesError."""
    with suppress(UnicodeDecodeError):
        head = head[: codecs.utf_8_decode(head)[1]]
    return read_note(path, decode(head, path).text, options)


def open_note(path: str, options: Options) -> Note:
    """Read one file of notes, whatever its name. Raises NotesError."""
    return note_of(path, (_bytes(path),), options)


def note_of(path: str, data: Pieces, options: Options, old: Note | None = None) -> Note:
    """Parse a file's bytes, in pieces, into a note, reusing parts of ``old``. Raises NotesError if they are not text.

    Plain UTF-8 is never decoded as a whole: a single emoji would make it take four bytes per character.
    """
    if not any(b"\0" in piece for piece in data):
        with suppress(UnicodeDecodeError):
            return reread(old, data, options) if old else read_note(path, b"".join(data), options)
    text = decode(b"".join(data), path)
    note = reread(old, text.text, options) if old else read_note(path, text.text, options)
    return replace(note, warnings=text.warnings, notice=text.notice)


def decode(data: bytes, path: str) -> DecodedText:
    """Decode bytes by their byte order mark, else as UTF-8, else from a legacy encoding if it is certain.

    As a last resort U+FFFD replaces everything that is not UTF-8. Raises NotesError, with the path, if too much is not
    text.
    """
    encoding = next((name for mark, name in _MARKS if data.startswith(mark)), "utf-8")
    warnings: tuple[str, ...] = ()
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        # Imported here, since few notes are not UTF-8.
        from tui.files.legacy_encoding import NAMES, legacy_encoding

        if encoding == "utf-8" and (older := legacy_encoding(data)):
            return DecodedText(data.decode(older), notice=f"read as {NAMES[older]}, since it is not UTF-8")
        text = data.decode(encoding, errors="replace")
        line = data.count(b"\n", 0, error.start) + 1
        warnings = (f"not all of it is {_NAMES[encoding]}: what is not, first in line {line}, is shown as \ufffd",)
    sample = text[:_SAMPLE]
    if (warnings or "\0" in sample) and len(_NO_TEXT.findall(sample)) > _MOST_NO_TEXT * len(sample):
        raise NotesError(path, "this is not UTF-8 text", "convert it to UTF-8 first")
    return DecodedText(text, warnings)


# UTF-32's mark begins with UTF-16's.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_NAMES = {"utf-8": "UTF-8", "utf-8-sig": "UTF-8", "utf-16": "UTF-16", "utf-32": "UTF-32"}
_SAMPLE = 65_536
_NO_TEXT = deferred("[\x00-\x08\x0e-\x1a\x1c-\x1f\ufffd]")
_MOST_NO_TEXT = 0.2
"""Largest share of bytes that are not text. In Latin-1 about 5 % are not UTF-8; in pictures, archives and programs 40
%."""


def _standard_input() -> bytes:
    try:
        return read_standard_input(LARGEST)
    except OSError as error:
        raise notes_unreadable("standard input", error) from None


def _bytes(path: str) -> bytes:
    try:
        return read_bytes(path, limit=LARGEST)
    except OSError as error:
        raise notes_unreadable(path, error) from None


def _note_or_reason(path: str, options: Options) -> Note:
    try:
        return open_note(path, options)
    except NotesError as error:
        return Note(path, None, None, (), warnings=(str(error),))
