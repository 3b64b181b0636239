"""Targets of the fuzzer: functions that take any bytes and raise nothing, since their assertions hold for all."""

from __future__ import annotations

import os
import tempfile
import zlib
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from tests.core.promises import holds
from tests.faults.asked import conflict, link, quote, search
from tests.faults.inputs import is_in, several, two
from tui.core.anchoring import describe, resolve
from tui.core.annotations import merging
from tui.core.annotations.choices import Colour
from tui.core.annotations.highlights import Anchored, Highlight, MatchKind, NeedsReview, Part, Put, Remove, kind_of
from tui.core.annotations.merging import Version
from tui.core.notes.model import Address, Library, Note, Place, Span
from tui.core.notes.plain import plain_text
from tui.core.notes.reading import Options, read_note, reread
from tui.core.notes.sanitise import clean
from tui.core.notes.summary import summary
from tui.errors import ConfigError, NotesError, SidecarError
from tui.files import config
from tui.files.library import note_of
from tui.files.remembered import kept_texts, reader_state, unsaved
from tui.files.remembered.first_seen import FirstSeen
from tui.files.remembered.snapshots import recalled
from tui.files.remembered.state_folder import name_of
from tui.files.sidecar import merging as sidecar_merging
from tui.files.sidecar import text as sidecar_text
from tui.files.sidecar.merging import common_ancestor, parse_whole
from tui.files.toml import codec
from tui.files.toml.plain import read_table
from tui.reports.outline import outline_json, outline_text

if TYPE_CHECKING:
    from collections.abc import Callable

    from tui.core.annotations.highlights import Kind, Record
    from tui.files.sidecar.text import SidecarTable

NOW = datetime(2026, 11, 24, tzinfo=UTC)
NEW = Highlight("01NEW", Colour.PINK, (Part("a", "", "", "", "", "a", 0, 1),), NOW, NOW)
MOST_PLACES = 12
"Most places highlighted in a note."

NOTE = "/notes/a.md"

_FOLDER = tempfile.TemporaryDirectory(prefix="earmark-fuzz-")
"The folder for a target whose code reads only from disk."


def markdown(data: bytes) -> None:
    """A Markdown file."""
    _read("a.md", data)


def pasted(data: bytes) -> None:
    """A file of pasted text."""
    _read("a.txt", data)


def rereading(data: bytes) -> None:
    """An edit from one text to another: reading again equals reading."""
    for path in ("a.md", "a.txt"):
        old, new = two(data)
        note = read_note(path, old)
        for episode in note.episodes:
            summary(episode)
        again, fresh = reread(note, new), read_note(path, new)
        assert again == fresh
        assert [each.blocks for each in again.episodes] == [each.blocks for each in fresh.episodes]


def anchoring(data: bytes) -> None:
    """Highlights over an edit: each is in the text or an orphan, and on the same text where it was."""
    old, new = (read_note("a.md", text) for text in two(data))
    places = {str(number): (place,) for number, place in enumerate(_places(old))}
    highlights = [Highlight(name, Colour.YELLOW, describe(old, where), NOW, NOW) for name, where in places.items()]
    for name, anchor in resolve(old, highlights, (old, places)).items():
        assert isinstance(anchor, Anchored)
        assert (anchor.places, anchor.how) == (places[name], MatchKind.EXACT)
    for before in ((old, places), None):
        for anchor in resolve(new, highlights, before).values():
            found: list[Place] = []
            if isinstance(anchor, Anchored):
                found += anchor.places
            elif isinstance(anchor, NeedsReview):
                found += (place for candidate in anchor.candidates for place in candidate.places)
            assert all(is_in(new, place) for place in found)


def sidecar(data: bytes) -> None:
    """A highlights file: writing what was read gives it back, and a change loses nothing."""
    try:
        contents = sidecar_text.parse(data, "a.highlights.toml")
    except SidecarError:
        return
    records = [each.record for each in contents.entries]
    assert len({record.id for record in records}) == len(records)
    written = sidecar_text.parse(sidecar_text.to_bytes(contents), "a.highlights.toml")
    assert [each.record for each in written.entries] == records
    assert (written.note, written.version, written.missing_end) == (
        contents.note,
        contents.version,
        contents.missing_end,
    )
    changed = sidecar_text.with_note(sidecar_text.with_operations(contents, [Put(NEW), Remove("gone")]), "a.md")
    again = sidecar_text.parse(sidecar_text.to_bytes(changed), "a.highlights.toml")
    assert {each.record for each in again.entries} == {
        NEW,
        *(each for each in records if each.id not in (NEW.id, "gone")),
    }
    assert again.note == "a.md"


def merge(data: bytes) -> None:
    """Two highlights files made from a third: merging loses and duplicates nothing, in either order."""
    base, *both = (each.encode() for each in several(data, 3))
    try:
        ours, theirs = (parse_whole(each, "a.highlights.toml").contents for each in both)
    except SidecarError:
        return
    before = common_ancestor(base)
    merged = sidecar_merging.merged(before, ours, theirs).contents
    assert sidecar_text.parse(sidecar_text.to_bytes(merged), "a.highlights.toml") == merged
    old, one, other, found = (dict(map(_by_kind, each.entries)) for each in (before, ours, theirs, merged))
    assert found.keys() <= one.keys() | other.keys()
    for key in one.keys() | other.keys():
        stays = (key in one and key in other) or key not in old
        assert key in found or not stays
        if stays and (key in one) != (key in other):
            assert found[key] == {**one, **other}[key]
    assert set(sidecar_merging.merged(before, theirs, ours).contents.records) == set(merged.records)
    assert sidecar_merging.merged(before, merged, theirs).contents.records == merged.records
    for contents in (ours, theirs):
        assert sidecar_merging.merged(before, contents, contents).contents == contents
        versions = [Version(record) for record in contents.records]
        again = merging.merge((), versions, versions).versions
        assert {each.record for each in again} == set(contents.records)


def remembered(data: bytes) -> None:
    """Files in the state folder: whatever they contain counts as remembered, or as nothing."""
    before = os.environ.get("XDG_STATE_HOME")
    os.environ["XDG_STATE_HOME"] = _FOLDER.name
    try:
        _remembered(data)
    finally:
        del os.environ["XDG_STATE_HOME"]
        if before is not None:
            os.environ["XDG_STATE_HOME"] = before


def toml_text(data: bytes) -> None:
    """Any TOML: an error of ours, or what is read of it can be written and read back."""
    try:
        document = codec.loads(data)
    except codec.TomlError:
        return
    assert _same(codec.loads(codec.dumps(document)), document)


def one_table(data: bytes) -> None:
    """The quick reader of one table gives what tomllib gives, or nothing."""
    text = data.decode(errors="replace").replace("\r\n", "\n")
    if (document := read_table(text)) is not None:
        assert document == codec.loads(text)


def configuration(data: bytes) -> None:
    """A file of settings: settings, or an error that names the file."""
    path = Path(_FOLDER.name) / "config.toml"
    path.write_bytes(data)
    try:
        config.load(path, {}, path.parent, known_actions=["next-block"])
    except ConfigError as error:
        told = error
    else:
        return
    assert told.path == str(path)


TARGETS: dict[str, Callable[[bytes], None]] = {
    "markdown": markdown,
    "pasted": pasted,
    "rereading": rereading,
    "anchoring": anchoring,
    "sidecar": sidecar,
    "merge": merge,
    "remembered": remembered,
    "toml": toml_text,
    "table": one_table,
    "config": configuration,
    "search": search,
    "quote": quote,
    "link": link,
    "conflict": conflict,
}


def _read(path: str, data: bytes) -> None:
    """Read a file and show it in every way that needs no screen."""
    try:
        note = note_of(path, (data,), Options())
    except NotesError:
        return
    count = note.source.count("\n") + 1
    for episode in note.episodes:
        assert all(map(holds, episode.blocks))
        lines = [episode.lines(block) for block in episode.blocks]
        assert all(1 <= first <= last <= count for first, last in lines)
        assert all(above[0] <= below[0] for above, below in pairwise(lines))
        assert all(question.span.start < question.span.end for question, _ in summary(episode).questions)
    library = Library(path, (note,))
    outline_json(library).encode()
    for line in (*plain_text(note), *outline_text(library)):
        assert clean(line) == line
        assert "\n" not in line


def _remembered(data: bytes) -> None:
    folder = Path(_FOLDER.name) / "earmark"
    name, first = name_of(NOTE), os.fsencode(NOTE) + b"\n"
    for kind in ("places", "first-seen", "orders", "unsaved"):
        _put(folder / kind / name, first + data)
    for kind in ("theme", "widths"):
        _put(folder / kind, b"\n" + data)
    for kind in ("snapshots", "baselines"):
        _put(folder / kind / name, first + zlib.compress(data, 0))
    _put(folder / "unsaved" / f"{name}-1.toml", data)
    if (place := reader_state.load_bookmark(NOTE)) is not None:
        reader_state.save_bookmark(NOTE, place)
        assert reader_state.load_bookmark(NOTE) == place
    now = datetime.now(UTC)
    seen = FirstSeen()
    seen.record(NOTE, ["why?"], now)
    assert isinstance(seen.age(NOTE, "why?", now), str)
    assert isinstance(reader_state.load_order(NOTE), str)
    assert reader_state.load_theme() != ""
    assert min(reader_state.load_widths()) >= 0
    assert kept_texts.load_baseline(NOTE) == data
    note = read_note(NOTE, "- a\n- a dam\n")
    for snapshot in recalled(note, NOTE, [NEW], Options()):
        for places in snapshot.places.values():
            assert all(is_in(snapshot.note, place) for place in places)
    changes, files = unsaved.kept(NOTE)
    if changes:
        assert len(files) == 1
        assert unsaved.keep(NOTE, changes, "2")
        files[0].unlink()
        assert unsaved.kept(NOTE)[0] == changes
        unsaved.forget(unsaved.kept(NOTE)[1])


def _same(one: object, other: object) -> bool:
    """True if two TOML values are equal, with the keys of tables in any order and nan equal to nan."""
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(_same(one[key], other[key]) for key in one)
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(_same, one, other))
    return repr(one) == repr(other)


def _by_kind(entry: SidecarTable) -> tuple[tuple[Kind, str], Record]:
    return (kind_of(entry.record), entry.record.id), entry.record


def _put(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)


def _places(note: Note) -> list[Place]:
    """A phrase of each of the note's first blocks, alternately all of it and its second half."""
    places = []
    for number, episode in enumerate(note.episodes):
        for index, block in enumerate(episode.blocks):
            start = len(block.text) // 2 * (index % 2)
            if block.text[start:].strip():
                places.append(Place(Address(number, index), Span(start, len(block.text))))
    return places[:MOST_PLACES]
