"""Adoption: a renamed or moved note is recognised by the text of its highlights, and gets its sidecar back."""

from __future__ import annotations

import os
from collections import Counter
from contextlib import suppress
from itertools import chain
from operator import itemgetter
from pathlib import Path
from typing import TYPE_CHECKING

from tui.core.anchoring.resolution import is_reworded_metadata, resolve
from tui.core.annotations.highlights import Anchored, MatchKind
from tui.errors import SidecarError
from tui.files.exchange import rename_new
from tui.files.lock import locked
from tui.files.os_errors import sidecar_unwritable
from tui.files.sidecar import store
from tui.files.sidecar.joining import put_aside
from tui.files.sidecar.merging import NOTHING, merged, parse_whole
from tui.files.sidecar.text import refusal, to_bytes, with_note
from tui.files.toml.codec import storable

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Sequence

    from tui.core.anchoring.word_pair_index import WordPairIndex
    from tui.core.annotations.highlights import Record
    from tui.core.notes.model import Note

Stray = tuple[Path, str]
"A sidecar whose note is gone, and that note's name."
Strays = tuple[Stray, ...]
SHARE = 0.5
"Minimum share of a sidecar's records that must have a certain position in a note for it to be the sidecar's own."
_LIKELY = 8
"Most notes searched for the records of one sidecar: those that share the most words with them."


def adopted(note: Note, strays: Strays) -> Stray | None:
    """The sidecar of a note under another name or in another folder, with the name of its former note; None if there is
    none.

    Args:
        note: A note that has no sidecar of its own.
        strays: Sidecars whose note is gone, with the notes' names, as from `tui.files.sidecar.store.strays`.
    """
    return adoptions((note,), strays).get(note.path)


def adoptions(notes: Sequence[Note], strays: Strays, pause: Callable[[], None] = lambda: None) -> dict[str, Stray]:
    """The strays that belong to notes, each with its note's former name, by the notes' paths.

    If two strays have equally many records with a certain position in a note, the one with the note's own name wins.
    ``pause`` is called between two notes and between two strays.
    """
    records = {}
    for stray in strays:
        pause()
        if found := _whole_records(stray[0]):
            records[stray] = found
    if not records:
        return {}
    # Imported here, since a session without strays does not need it: it imports rapidfuzz.
    from tui.core.anchoring.word_pair_index import WordPairIndex

    whereabouts = WordPairIndex(part for found in records.values() for each in found for part in each.parts)
    for number, note in enumerate(notes):
        pause()
        whereabouts.add(number, note.pieces)
    best: dict[str, tuple[int, bool, Stray]] = {}
    for stray, found in records.items():
        pause()
        for number in _likely(whereabouts, found):
            note = notes[number]
            certain, has_its_name = _certain(note, found), stray[1] == storable(os.path.basename(note.path))
            if certain and (note.path not in best or (certain, has_its_name) > best[note.path][:2]):
                best[note.path] = certain, has_its_name, stray
    return {path: stray for path, (*_, stray) in best.items()}


def _whole_records(sidecar: Path) -> tuple[Record, ...]:
    """The records of a sidecar; none if it is incomplete or cannot be read."""
    with suppress(SidecarError):
        contents = store.INDEX.contents(sidecar)
        return contents.records if refusal(str(sidecar), contents) is None else ()
    return ()


def _likely(whereabouts: WordPairIndex, records: Collection[Record]) -> list[int]:
    """The notes that may contain enough of some records to be their own, likeliest first."""
    held = Counter(number for each in records for number in {*chain(*map(whereabouts.likely, each.parts))})
    return [number for number, count in held.most_common(_LIKELY) if count >= SHARE * len(records)]


def owner(notes: Iterable[Note], records: Collection[Record]) -> Note | None:
    """The note that some records of a vanished note now belong to; None if that is uncertain."""
    found = [(certain, note) for note in notes if (certain := _certain(note, records))]
    return max(found, key=itemgetter(0))[1] if found else None


def ids_in(sidecar: Path) -> frozenset[str]:
    """The ids of a sidecar's records; none if it cannot be read."""
    with suppress(SidecarError):
        return frozenset(record.id for record in store.INDEX.contents(sidecar).records)
    return frozenset()


def holder_of_all(stray: Path, sidecars: Iterable[Path]) -> Path | None:
    """The only other sidecar with every record of a stray; None if there is none.

    Such a stray remains if the program died while moving highlights along with their note.
    """
    ids = ids_in(stray)
    return next((path for path in sidecars if path != stray and ids <= ids_in(path)), None) if ids else None


def _certain(note: Note, records: Collection[Record]) -> int:
    """Number of records with a certain position in a note; 0 if there are too few for it to be their own.

    One at least must stand there word for word: a lone sentence about the same thing may read like a reworded one.
    """
    anchors = resolve(note, records, None).values()
    certain = [each for each in anchors if isinstance(each, Anchored) and not is_reworded_metadata(each, note)]
    is_own = len(certain) >= SHARE * len(records) and any(each.how is not MatchKind.EDITED for each in certain)
    return len(certain) if is_own else 0


def move_adopted(old: Path, new: Path, note_name: str, within: Sequence[Path] = ()) -> None:
    """Rename and move an adopted sidecar to where its note's sidecar belongs.

    It may be gone, if another note that it could belong to got a highlight first.

    Args:
        old: Its present path.
        new: The path of the note's own sidecar, existing or not.
        note_name: The name of the note's file.
        within: As for `tui.files.sidecar.store.apply`.

    Raises SidecarError, with the file unchanged.
    """
    if os.path.realpath(old.parent) == os.path.realpath(new.parent):
        with locked(new, note=old):
            try:
                if not os.path.exists(old) or rename_new(old, new):
                    return
            except OSError as error:
                raise sidecar_unwritable(new, error) from error
    _merge_into(old, new, note_name, within)


def _merge_into(old: Path, new: Path, note_name: str, within: Sequence[Path]) -> None:
    """Write a sidecar's contents into the note's own, and only then put it aside.

    If the program dies in between, both hold everything, under the same ids. Raises SidecarError.
    """
    if (data := store.read(old)) is None:
        return
    said = parse_whole(data, os.fspath(old)).contents

    def change(there: bytes | None) -> bytes:
        here = NOTHING if there is None else parse_whole(there, os.fspath(new)).contents
        return to_bytes(with_note(merged(NOTHING, here, said).contents, note_name))

    store.rewrite(new, change, note=new.with_name(note_name), within=within)
    with suppress(SidecarError):
        put_aside(old, data)
