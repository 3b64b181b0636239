"""Snapshots: the texts in which records were last anchored with certainty, stored between sessions."""

from __future__ import annotations

import hashlib
from contextlib import suppress
from dataclasses import fields, replace
from functools import cache
from importlib.util import find_spec
from operator import attrgetter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import tui
from tui.core.anchoring.highlighted_text import blocks_under
from tui.core.anchoring.snapshot import GENERATIONS, Key, Snapshot, key_of
from tui.core.anchoring.wordings import Wording
from tui.core.annotations.highlights import Anchored, Part, sought
from tui.core.notes.model import Address, Place, Span
from tui.core.notes.reading import reread
from tui.files.remembered import kept_texts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from tui.core.anchoring.wordings import Wordings
    from tui.core.annotations.highlights import Sought
    from tui.core.notes.model import Note
    from tui.core.notes.splitting import Options
    from tui.core.state.model import Annotations


_DESCRIBED = "="
"Flag of a highlight whose selectors describe the text."


def recalled(
    note: Note, name: str, records: Iterable[Sought], options: Options, *, limit: int = kept_texts.TEXT
) -> tuple[Snapshot, ...]:
    """The snapshots of a note's records, newest first; ``name`` is the note's path at the time, or `answers_name`.

    Snapshots of more than ``limit`` bytes are ignored. A position is trusted if its block is unchanged. If the same
    version of the parser made the block, and it equals the one in the record's selector, this needs no parsing of the
    episode.
    """
    known = {_digest(each.id, each.parts): each for each in records}
    found = []
    for generation in range(GENERATIONS):
        snapshot = kept_texts.load_snapshot(_name(name, generation), limit=limit)
        if snapshot is None:
            break
        try:
            text = reread(note, snapshot.text, options)
        except UnicodeDecodeError:
            break
        text = note if text == note else text  # of one text with itself, nothing needs to be matched
        is_ours = snapshot.reader == _reader(note.path, options)
        places: dict[Key, tuple[Place, ...]] = {}
        described: set[Key] = set()
        for label, spans in snapshot.spans.items():
            digest, blocks, sign = (*label.split(" "), "", "")[:3]
            record = known.get(digest)
            if record is None:
                continue
            positions = tuple(_place(*span) for span in spans)
            is_told = is_ours and blocks == _digest_of_texts([part.block for part in record.parts])
            if is_told or (_fit(text, positions) and blocks == _digest_of_texts(_blocks(text, positions))):
                places[key_of(record)] = positions
                if is_told and sign == _DESCRIBED:
                    described.add(key_of(record))
        if places:
            found.append(Snapshot(text, places, frozenset(described)))
    return tuple(found)


def answers_name(path: str) -> str:
    """The name for the snapshots of a note's blocks that answer questions of other notes.

    They are separate from those of its records, since a session may open the note without the others.
    """
    return f"{path}\0answers"


def keep(path: str, annotations: Annotations, options: Options, *, limit: int) -> None:
    """Save the snapshots of a note's records and answers, unless they have more than ``limit`` bytes."""
    _keep(path, path, annotations, sought(annotations.records.values()), options, limit)
    if annotations.answers:
        _keep(answers_name(path), path, annotations, annotations.answers.values(), options, limit)


def _keep(
    under: str, path: str, annotations: Annotations, records: Iterable[Sought], options: Options, limit: int
) -> None:
    current = set(map(key_of, records))
    kept = [
        replace(snapshot, places={key: positions for key, positions in snapshot.places.items() if key in current})
        for snapshot in annotations.snapshots
    ]
    kept = [snapshot for snapshot in kept if snapshot.places]
    for generation in range(GENERATIONS):
        name = _name(under, generation)
        if generation >= len(kept):
            kept_texts.forget_snapshot(name)
            continue
        snapshot = kept[generation]
        spans = {_name_of(key, snapshot): tuple(map(_span_at, positions)) for key, positions in snapshot.places.items()}
        kept_texts.save_snapshot(name, snapshot.note.pieces, spans, _reader(path, options), limit=limit)
    wordings = {
        _digest(*key): [_stored(each) for each in annotations.wordings[key[0]]]
        for key in current
        if key[0] in annotations.wordings
    }
    kept_texts.save_wordings(under, wordings)
    # A snapshot may be too large to keep, or unreadable later: then its missing records are in doubt.
    missing = {key for snapshot in kept for key in snapshot.places if not _is_anchored(annotations, key)}
    kept_texts.save_doubts(under, [_digest(*key) for key in missing | (current & annotations.doubts)])


def recalled_wordings(name: str, records: Iterable[Sought]) -> Wordings:
    """The earlier words of a note's records, by id; ``name`` is as in `recalled`.

    The words of a record whose selector has changed since are ignored.
    """
    known = {_digest(each.id, each.parts): each.id for each in records}
    found: Wordings = {}
    kept = kept_texts.load_wordings(name)
    for digest in known.keys() & kept.keys():
        with suppress(TypeError):
            found[known[digest]] = tuple(map(_wording, kept[digest]))
    return found


def recalled_doubts(name: str, records: Iterable[Sought]) -> frozenset[Key]:
    """The records of a note that their selectors alone did not settle; ``name`` is as in `recalled`."""
    kept = kept_texts.load_doubts(name)
    return frozenset(key for key in map(key_of, records if kept else ()) if _digest(*key) in kept)


def _is_anchored(annotations: Annotations, key: Key) -> bool:
    return isinstance(annotations.anchors.get(key[0]), Anchored)


def _stored(wording: Wording) -> list[list[str | int]]:
    """The fields of a wording's selectors, each followed by those of its copy's if there is one."""
    fields = [list(_FIELDS(part)) for part in wording.parts]
    return [[*own, *_FIELDS(copy)] for own, copy in zip(fields, wording.copy, strict=True)] if wording.copy else fields


def _wording(values: Any) -> Wording:
    """Build a wording from what `_stored` gives; raises TypeError if it does not fit."""
    size = len(_FIELD_TYPES)
    parts = tuple(_part(each[:size]) for each in values)
    copy = tuple(_part(each[size:]) for each in values if each[size:])
    if not parts or len(copy) not in (0, len(parts)):
        raise TypeError
    return Wording(parts, copy)


def _part(values: Any) -> Part:
    """Build a selector from its fields; raises TypeError if they do not fit."""
    if [type(value) for value in values] != _FIELD_TYPES:
        raise TypeError
    return Part(*values)


def _reader(path: str, options: Options) -> str:
    """An identifier of the parser's version and options: equal ones turn one text into equal blocks."""
    return _digest_of_texts([path, repr(options), *_program()])


@cache
def _program() -> tuple[str, ...]:
    """The program's version and the files that parse notes, since in a checkout these change without the version."""
    parser = find_spec("mistune")
    folders = [Path(tui.__file__).with_name("core"), *map(Path, (parser and parser.submodule_search_locations) or ())]
    files = sorted(file for folder in folders for file in folder.rglob("*.py"))
    return tui.__version__, *(f"{file.name} {file.stat().st_size} {file.stat().st_mtime_ns}" for file in files)


_FIELDS: Callable[[Part], tuple[str | int, ...]] = attrgetter(
    *(field.name for field in fields(Part) if field.name not in ("others", "earlier"))
)
"The fields of a selector that describe a text; the others are about different texts."
_FIELD_TYPES = [*[str] * 6, *[int] * 2, str]


def _digest(id_: str, parts: Iterable[Part]) -> str:
    return _digest_of_texts([id_, repr([*map(_FIELDS, parts)])])


def _name_of(key: Key, snapshot: Snapshot) -> str:
    """The key of a highlight's positions in a snapshot: digests of the highlight and its blocks, and `_DESCRIBED` if it
    is.
    """
    blocks = blocks_under(snapshot.note, snapshot.places[key], key[1])
    name = f"{_digest(*key)} {_digest_of_texts(blocks)}"
    return f"{name} {_DESCRIBED}" if key in snapshot.described else name


def _digest_of_texts(texts: Iterable[str]) -> str:
    """A short digest of texts, the same in every session."""
    return hashlib.blake2b(repr([*texts]).encode("utf-8", "surrogatepass"), digest_size=12).hexdigest()


def _name(path: str, generation: int) -> str:
    """The name of an older snapshot of a note; the newest has the note's own name."""
    return path if not generation else f"{path}\0{generation}"


def _fit(note: Note, places: Iterable[Place]) -> bool:
    """True if places fit a text: another version of the parser may have made other blocks."""
    for place in places:
        (episode, block), (start, end) = place.address, place.span
        if not 0 <= episode < len(note.episodes) or not 0 <= block < len(note.episodes[episode].blocks):
            return False
        if not 0 <= start < end <= len(note.episodes[episode].blocks[block].text):
            return False
    return True


def _blocks(note: Note, places: Iterable[Place]) -> list[str]:
    return [note.block(place.address).text for place in places]


def _place(episode: int, block: int, start: int, end: int) -> Place:
    return Place(Address(episode, block), Span(start, end))


def _span_at(place: Place) -> kept_texts.SpanAt:
    return (*place.address, *place.span)
