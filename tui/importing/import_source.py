"""Importing a source: read it, write or extend the note, add the highlights, remember what was imported."""

from __future__ import annotations

import os
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from tui.core.anchoring import Selectors
from tui.core.counted import counted
from tui.core.notes.metadata.tool_pages import is_of_an_import
from tui.core.notes.model import STANDARD_INPUT
from tui.core.notes.reading import read_note
from tui.errors import EarmarkError, NotesError, OutputError, SourceError
from tui.files.atomic import write_whole
from tui.files.library import decode
from tui.files.os_errors import output_unwritable, source_unreadable
from tui.files.regular import read_bytes, read_standard_input
from tui.files.remembered.imported import imported_name, load_imported, save_imported
from tui.files.sidecar.copies import is_own_name
from tui.importing.contents import Source
from tui.importing.interrupts import deferred_interrupts
from tui.importing.marked_text import places as places_of_marks
from tui.importing.note_text import compose_note
from tui.importing.placing import add_records, highlight_of, import_id
from tui.importing.registry import ImportKind, detect_importer, importers

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence, Set

    from tui.core.annotations.highlights import Highlight
    from tui.core.notes.model import Place
    from tui.core.state.model import State
    from tui.files.session import Session
    from tui.importing.contents import Entry, ImportedDocument, ImportedRecord, SourceContents
    from tui.importing.note_text import ComposedNote
    from tui.importing.registry import Importer

    Open = Callable[[str], tuple[Session, State]]

LARGEST = 1 << 28
"Most bytes of a source: ten times as many as a library of clippings has."


class NoteOutcome(NamedTuple):
    """The result of an import for one note."""

    path: str
    entries: int = 0
    "Number of new bullets, passages and pages."
    highlights: int = 0
    "Number of new highlights."
    deleted: int = 0
    "Number of highlights that the reader had deleted, which stay deleted."
    unplaced: tuple[int, ...] = ()
    "Source lines of highlights without a certain position in the note."


class ImportRequest(NamedTuple):
    """An import, as requested by the reader."""

    source: str
    "The path of the source; ``-`` for standard input."
    name: str = ""
    "The name of its format; empty to detect it by name and content."
    output: str = ""
    "The path of the note to write; empty to derive it from the source's name."
    onto: str = ""
    "The path of the notes that the highlights belong to."
    marks_all: bool = False
    appends: bool = False
    replaces: bool = False


class ImportReport(NamedTuple):
    """Messages about an import."""

    lines: tuple[str, ...]
    faults: tuple[str, ...]
    "Parts that could not be read or placed, one line each."


def import_source(
    request: ImportRequest, open_marked: Open, tell: Callable[[str], None] = lambda _: None
) -> ImportReport:
    """Carry out an import, reporting progress by ``tell``; raises EarmarkError, with nothing written.

    After ctrl+c there is no new note without its highlights, and the next import completes whatever there is.
    """
    tell(f"reading {request.source}")
    source = Source(request.source, _bytes_of(request.source), request.marks_all)
    importer = _importer(request, source)
    session = None
    if importer.kind is not ImportKind.TEXT:
        if importer.kind is ImportKind.MARKS and (request.output or request.onto):
            raise SourceError(request.source, "marks become highlights where they stand", "leave out -o and --onto")
        if importer.kind is ImportKind.HIGHLIGHTS and (request.output or not request.onto):
            raise SourceError(request.source, f"{importer.name} has only highlights", "name their notes: --onto PATH")
        session, state = open_marked(request.onto or request.source)
        source = replace(source, state=state)
    elif request.onto:
        raise SourceError(request.source, f"{importer.name} has its own text", "name the note to make: -o FILE")
    tell(f"reading {importer.name}")
    contents = read_source(importer, source)
    if session is not None and source.state is not None:
        tell(f"saving {counted(len(contents.found), 'highlight')}")
        outcomes = import_onto_notes(contents.found, session, source.state, brings_back=request.replaces)
    else:
        outcomes = (
            import_into_note(
                contents.documents,
                importer.name,
                _target(request),
                open_marked,
                tell,
                appends=request.appends,
                replaces=request.replaces,
            ),
        )
    return _report(request.source, contents, outcomes)


def read_source(importer: Importer, source: Source) -> SourceContents:
    """Read everything in a source; raises SourceError."""
    try:
        return importer.read(source)
    except NotesError as error:
        raise SourceError(error.path, error.problem, error.remedy) from error
    except ModuleNotFoundError as error:
        problem = f"{importer.name} needs the library {error.name}, which is not installed"
        distribution = _DISTRIBUTIONS.get(error.name or "", error.name)
        raise SourceError(source.path, problem, f"pip install {distribution}") from error


_DISTRIBUTIONS = {"webvtt": "webvtt-py", "yaml": "pyyaml"}
"Names of the packages to install, for modules with a different name."


def _importer(request: ImportRequest, source: Source) -> Importer:
    if request.name:
        return importers()[request.name]
    if (found := detect_importer(source)) is None:
        raise SourceError(request.source, "its format is not recognised", f"name it: --from {', '.join(importers())}")
    return found


def _target(request: ImportRequest) -> str:
    """The path of the note to write: as given, in the given folder, or else in the current one."""
    if request.output and not os.path.isdir(request.output):
        return request.output
    if request.source == STANDARD_INPUT:
        raise SourceError(request.source, "standard input has no name", "name the note to make: -o FILE")
    return os.path.join(request.output, f"{Path(request.source).stem}.md")


def _report(source: str, contents: SourceContents, outcomes: Sequence[NoteOutcome]) -> ImportReport:
    faults = [str(EarmarkError(source, each.problem, each.remedy, line=each.line or None)) for each in contents.faults]
    lines = []
    for outcome in outcomes:
        news = [counted(outcome.entries, "new piece")] if contents.documents else []
        news.append(counted(outcome.highlights, "new highlight"))
        news += [f"{counted(outcome.deleted, 'highlight')} deleted since"] if outcome.deleted else []
        lines.append(f"{outcome.path}: {', '.join(news)}")
        faults += [
            str(EarmarkError(source, "its highlight has no certain place in the note", "highlight it there", line=line))
            for line in outcome.unplaced
        ]
    return ImportReport((*(lines or ["Nothing to import"]), *contents.notices), tuple(faults))


def _bytes_of(path: str) -> bytes:
    """Read a source, with ``-`` for standard input; empty for a folder. Raises SourceError."""
    if path == STANDARD_INPUT:
        try:
            return read_standard_input(LARGEST)
        except OSError as error:
            raise source_unreadable(path, error) from error
    if os.path.isdir(path):
        return b""
    try:
        return read_bytes(path, limit=LARGEST)
    except OSError as error:
        raise source_unreadable(path, error) from error


def import_into_note(
    documents: Sequence[ImportedDocument],
    name: str,
    target: str,
    open_marked: Open,
    tell: Callable[[str], None],
    *,
    appends: bool,
    replaces: bool,
) -> NoteOutcome:
    """Write or extend a note, and add its highlights.

    Args:
        documents: The content of the source.
        name: The name of its format.
        target: The path of the note.
        open_marked: Opens a note with its highlights.
        tell: Called with progress messages.
        appends: True to add to a note that an import made.
        replaces: True to replace any file, and to restore what the reader deleted.

    Raises OutputError and SidecarError; a new note is then removed.
    """
    former = None if replaces else _present(target)
    before = former.text if former else None
    known = load_imported(target) if former else frozenset()

    def is_gone(document: ImportedDocument, entry: Entry) -> bool:
        return _entry_name(document, entry) in known

    tell("making the note")
    text = compose_note(before or "", documents, name, is_gone)
    if before is not None and text.plain != before and not appends:
        said = "1 new piece" if len(text.added) == 1 else f"{len(text.added):,} new pieces"
        raise OutputError(
            target, f"this note exists already, without {said}", "--append adds them, --force replaces it"
        )
    data = text.plain.encode("utf-8", "replace")
    if text.plain != before:
        _write(target, data, former, replaces=replaces)
    is_new = former is None and not replaces
    try:
        placed = _placed(text, name, target, open_marked, known, tell)
    except (EarmarkError, KeyboardInterrupt):
        if is_new:
            _unmake(target, data)
        raise
    entries = {_entry_name(document, entry) for document in documents for entry in document.entries}
    with deferred_interrupts():
        try:
            placed.save()
        except EarmarkError:
            if is_new:
                _unmake(target, data)
            raise
        save_imported(target, known | entries | placed.settled)
    return NoteOutcome(target, len(text.added), len(placed.wanted), placed.deleted, tuple(placed.unplaced))


def _unmake(target: str, data: bytes) -> None:
    """Remove a new note that could not be completed, unless someone has edited it since."""
    with suppress(OSError):
        if read_bytes(target, limit=LARGEST) == data:
            os.unlink(target)


def import_onto_notes(
    found: Sequence[ImportedRecord], session: Session, state: State, *, brings_back: bool
) -> tuple[NoteOutcome, ...]:
    """Add highlights to existing notes; those that the reader deleted stay deleted unless ``brings_back``.

    Raises SidecarError, with the note that it names unchanged.
    """
    outcomes = []
    for path in dict.fromkeys(each.path for each in found):
        here = {each.record.id: each for each in found if each.path == path}
        known, there = load_imported(path), state.annotations_of(path).records
        new = {id_: each for id_, each in here.items() if id_ not in there}
        wanted = {id_: each for id_, each in new.items() if brings_back or imported_name(id_) not in known}
        places = {id_: each.places for id_, each in wanted.items() if each.places}
        with deferred_interrupts():
            add_records(session, state, path, [each.record for each in wanted.values()], places)
            save_imported(path, known | {imported_name(id_) for id_ in here})
        outcomes.append(NoteOutcome(path, 0, len(wanted), len(new) - len(wanted)))
    return tuple(outcomes)


class _Former(NamedTuple):
    """A note that an earlier import made."""

    text: str
    data: bytes


def _present(target: str) -> _Former | None:
    """The existing note; None if there is none. Raises OutputError if no import made it."""
    try:
        data = read_bytes(target, limit=LARGEST)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise output_unwritable(Path(target), error) from error
    with suppress(NotesError):
        if is_of_an_import(text := decode(data, target).text):
            return _Former(text, data)
    raise OutputError(target, "this file exists, and no import made it", "--force replaces it")


def _write(target: str, data: bytes, former: _Former | None, *, replaces: bool) -> None:
    if is_own_name(os.path.basename(os.path.realpath(target))):
        raise OutputError(target, "an import never replaces highlights", "name another file")
    if replaces and os.path.islink(target) and os.path.exists(target):
        raise OutputError(target, "a symbolic link, which may lead to other notes", "name the file that it leads to")
    try:
        is_done = write_whole(Path(target), data, replaces=replaces, before=former.data if former else None)
    except OSError as error:
        raise output_unwritable(Path(target), error) from error
    if not is_done and former:
        raise OutputError(target, "this note was changed meanwhile, and is left as it is", "import again")
    if not is_done:
        raise OutputError(target, "this file exists already", "--force replaces it")


@dataclass
class _Placed:
    """Highlights made of a note's marks."""

    path: str
    wanted: dict[str, Highlight] = field(default_factory=dict)
    "Records to be added, by id."
    places: dict[str, tuple[Place, ...]] = field(default_factory=dict)
    settled: set[bytes] = field(default_factory=set)
    "Names of the marks that need nothing more, including deleted ones."
    deleted: int = 0
    "Number of those that the reader deleted."
    unplaced: list[int] = field(default_factory=list)
    "Source lines of highlights without a certain position."
    opened: tuple[Session, State] | None = None

    def save(self) -> None:
        """Add the records to the highlights file; raises SidecarError, with nothing changed."""
        if self.opened is not None:
            session, state = self.opened
            add_records(session, state, self.path, tuple(self.wanted.values()), self.places)


def _placed(
    text: ComposedNote, name: str, path: str, open_marked: Open, known: Set[bytes], tell: Callable[[str], None]
) -> _Placed:
    """Find the positions of the marks in a note that has been written."""
    placed = _Placed(path)
    if not text.marks:
        return placed
    placed.opened = session, state = open_marked(path)
    tell(f"placing {counted(len(text.marks), 'highlight')}")
    note, there = state.note(path), state.annotations_of(path).records
    places = places_of_marks(read_note(path, text.text), note)
    selectors = Selectors(note)
    for number, (document, mark) in enumerate(text.marks):
        id_ = import_id(mark.created, name, document.title, mark.key)
        if id_ not in there and id_ not in placed.wanted:
            if imported_name(id_) in known:
                placed.deleted += 1
            elif number in places:
                placed.wanted[id_] = highlight_of(mark, id_, selectors, places[number], session.now())
                placed.places[id_] = places[number]
            else:
                placed.unplaced.append(mark.line)
                continue
        placed.settled.add(imported_name(id_))
    tell(f"saving {counted(len(placed.wanted), 'highlight')}")
    return placed


def _entry_name(document: ImportedDocument, entry: Entry) -> bytes:
    return imported_name(document.title, entry.key)
