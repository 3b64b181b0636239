"""Measure the importers on 5 MB of each format: ``python -m tests.bench.importing [FORMAT…]``.

Prints the processor time of reading a source, and of making its note and placing its marks in it. What brings
highlights alone goes onto a note of 5,000 bullets. Each format is measured in a process of its own, as a command is.
"""

from __future__ import annotations

import csv
import gc
import io
import json
import random
import subprocess
import sys
import time
from datetime import UTC, datetime
from itertools import count, islice
from typing import TYPE_CHECKING

from tests.importing.formats import hypothesis_corpus, notion_corpus
from tui.core.anchoring import describe
from tui.core.annotations.choices import Colour
from tui.core.annotations.highlights import Anchored, Highlight, MatchKind
from tui.core.annotations.ids import ulid
from tui.core.notes.model import Address, Library, Place, Span
from tui.core.notes.reading import read_note
from tui.core.state.model import Annotations, State
from tui.exporting.export import Export
from tui.exporting.registry import exporters, render_export
from tui.importing.contents import Source
from tui.importing.import_source import read_source
from tui.importing.marked_text import places
from tui.importing.note_text import compose_note
from tui.importing.registry import ImportKind, importers

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from tui.core.annotations.highlights import Anchor

SIZE = 5_000_000
BULLETS = 5_000
_SYLLABLES = ("sal", "mu", "ro", "pe", "kno", "ta", "north", "ve", "lim", "bel", "for", "sto", "ne", "win", "de", "han")
_WORDS = [f"{one}{two}{three}" for one in _SYLLABLES for two in _SYLLABLES for three in ("", *_SYLLABLES)]
_NOW = datetime(2026, 1, 1, tzinfo=UTC)
_COLOURS = list(Colour)


def sentence(number: int) -> str:
    """Words that belong to this number alone."""
    chance = random.Random(number)
    # Few words are frequent, as in every language.
    words = (_WORDS[int(chance.random() ** 3 * len(_WORDS))] for _ in range(24))
    return f"{' '.join(words).capitalize()} {number}."


NOTE = "# Salt\n\n" + "".join(f"- {sentence(number)}\n" for number in range(BULLETS))


def _full(pieces: Iterable[str], end: str = "") -> bytes:
    """As many pieces as make the size."""
    found, size = [], 0
    for piece in pieces:
        found.append(piece)
        size += len(piece)
        if size >= SIZE:
            break
    return ("".join(found) + end).encode()


def _kindle() -> bytes:
    return _full(
        f"Ropes {number // 500} (Lund, Mira)\r\n- Your {'Note' if number % 9 == 0 else 'Highlight'} on page {number} | "
        f"Location {10 * number}-{10 * number + 3} | Added on Sunday, March 3, 2024 10:05:07 PM\r\n\r\n"
        f"{sentence(number)}\r\n==========\r\n"
        for number in count()
    )


def _readwise() -> bytes:
    def rows() -> Iterator[str]:
        yield "Highlight,Book Title,Book Author,Note,Color,Tags,Location Type,Location,Highlighted at,Document tags\r\n"
        for number in count():
            line = io.StringIO()
            row = (
                sentence(number),
                f"Salt {number // 500}",
                "Mira Lund",
                ".trade why" * (number % 3 == 0),
                "blue",
                "a,b",
            )
            csv.writer(line).writerow((*row, "page", number, "2021-03-03 10:00:00+00:00", ""))
            yield line.getvalue()

    return _full(rows())


def _koreader_lua() -> bytes:
    lines: tuple[str, ...] = (
        "[{0}] = {{",
        '["chapter"] = "Knots",',
        '["color"] = "blue",',
        '["datetime"] = "2024-03-03 22:05:07",',
    )
    lines += ('["drawer"] = "lighten",', r'["note"] = "how \"so\"?",', '["pageno"] = {0},')
    lines += ('["pos0"] = "/body/DocFragment[7]/body/p[{0}]/text().0",', '["text"] = "{1}",', "}},\n")
    entries = ("\n      ".join(lines).format(number, sentence(number)) for number in count(1))
    return b'return {\n  ["annotations"] = {\n' + _full(
        entries, '  },\n  ["doc_props"] = { ["title"] = "Ropes" },\n}\n'
    )


def _koreader_json() -> bytes:
    entry = {
        "chapter": "Knots",
        "color": "blue",
        "drawer": "lighten",
        "note": "so?",
        "sort": "highlight",
        "time": 1709503507,
    }
    items = (json.dumps({**entry, "page": number, "text": sentence(number)}, indent=1) for number in count())
    listed = (f"{',' * (number > 0)}{item}" for number, item in enumerate(items))
    return b'{"title": "Ropes", "author": "Mira", "entries": [' + _full(listed, '], "number_of_pages": 9}')


def _html() -> bytes:
    pieces = (f"<p>{sentence(number)} <mark>{sentence(-number)}</mark></p>\n" for number in count(1))
    return b"<html><head><title>Salt</title></head><body><article><h1>Salt</h1>" + _full(
        pieces, "</article></body></html>"
    )


def _notion() -> bytes:
    pages, size = {}, 0
    for number in count():
        text = f"# Page {number}\n\n" + "\n".join(f"- [ ]  {sentence(number + each)}" for each in range(50))
        pages[f"Page {number} {number:032x}.md"] = text
        size += len(text)
        if size >= SIZE:
            return notion_corpus.sent(pages)
    raise AssertionError


def _captions() -> bytes:
    def cues() -> Iterator[str]:
        yield "WEBVTT\n\n"
        for number in count():
            minutes, seconds = divmod(3 * number, 60)
            hours, minutes = divmod(minutes, 60)
            at = f"{hours:02}:{minutes:02}:{seconds:02}"
            yield f"{at}.000 --> {at}.900\n<v {'Mira' if number % 5 else 'Ada'}>{sentence(number)[:60]}\n\n"

    return _full(cues())


def _segments() -> bytes:
    rows = (
        json.dumps({"speaker": f"A{number % 3}", "startTime": number, "endTime": number + 1, "body": sentence(number)})
        for number in count()
    )
    return b'{"version": "1.0.0", "segments": [' + _full(
        (f"{',' * (n > 0)}{row}\n" for n, row in enumerate(rows)), "]}"
    )


def _hypothesis() -> bytes:
    rows = (
        json.dumps(
            hypothesis_corpus.row(f"a{number}", sentence(number % BULLETS)[:80], text="why", tags=["salt"]), indent=1
        )
        for number in count()
    )
    return b'{"total": 1, "rows": [' + _full((f"{',' * (n > 0)}{row}\n" for n, row in enumerate(rows)), "]}")


def _state(marked: int) -> State:
    """The note with this many bullets highlighted and commented."""
    note = read_note("salt.md", NOTE)
    highlights: dict[str, Highlight] = {}
    anchors: dict[str, Anchor] = {}
    for number in range(marked):
        at = Address(0, number % BULLETS)
        where = (Place(at, Span(0, len(note.block(at).text) - 1 - number // BULLETS)),)
        id_ = ulid(number, number)
        colour = _COLOURS[number % len(_COLOURS)]
        highlights[id_] = Highlight(id_, colour, describe(note, where), _NOW, _NOW, f"why {number}", ("salt",))
        anchors[id_] = Anchored(where, MatchKind.EXACT, 1.0)
    return State(Library("salt.md", (note,)), {"salt.md": Annotations(highlights, {}, anchors)})


def _exported(name: str) -> Callable[[], bytes]:
    """As many highlights in earmark's own export as make the size."""

    def source() -> bytes:
        few = len(render_export(exporters()[name], Export(_state(1_000), has_questions=False)).text)
        marked = 1_000 * SIZE // max(few, 1)
        return render_export(exporters()[name], Export(_state(marked), has_questions=False)).text.encode()

    return source


def _comments_as_json() -> bytes:
    rows = (
        {"id": f"c{number}", "author": "Ada", "timestamp": "2024-03-03T22:05:07Z", "text": "why", "resolved": False}
        | {"line": number % BULLETS + 3, "selected_text": sentence(number % BULLETS)[:60], "start_column": 2}
        for number in count()
    )
    items = (f"{',' * (number > 0)}{json.dumps(row, indent=1)}\n" for number, row in enumerate(rows))
    return b'{"mrsf_version": "1.0", "document": "salt.md", "comments": [' + _full(items, "]}")


SAMPLES: dict[str, tuple[str, Callable[[], bytes]]] = {
    "kindle": ("kindle", _kindle),
    "readwise": ("readwise", _readwise),
    "koreader, Lua": ("koreader", _koreader_lua),
    "koreader, JSON": ("koreader", _koreader_json),
    "html": ("html", _html),
    "notion": ("notion", _notion),
    "marks": ("marks", lambda: _full(f"- {sentence(number)} =={sentence(-number)}==\n" for number in count(1))),
    "transcript, VTT": ("transcript", _captions),
    "transcript, JSON": ("transcript", _segments),
    "hypothesis": ("hypothesis", _hypothesis),
    "mrsf": ("mrsf", _exported("mrsf")),
    "mrsf, JSON": ("mrsf", _comments_as_json),
    "json": ("json", _exported("json")),
    "jsonl": ("jsonl", _exported("jsonl")),
    "w3c": ("w3c", _exported("w3c")),
    "earmark-page": ("earmark-page", _exported("html")),
}
"A source of each format by its name in the table."


def measured(what: str) -> None:
    """Measure one format; print its row."""
    name, source_of = SAMPLES[what]
    importer = importers()[name]
    data = source_of()
    state = None
    if importer.kind is not ImportKind.TEXT:
        text = data.decode() if importer.kind is ImportKind.MARKS else NOTE
        note = read_note("salt.md", text)
        state = State(Library("salt.md", (note,)))
        _ = [episode.blocks for episode in note.episodes]
    source = Source(f"a.{name}", data, state=state)
    gc.disable()  # As in a command.
    before = time.process_time()
    contents = read_source(importer, source)
    read = time.process_time() - before
    before = time.process_time()
    made = compose_note("", contents.documents, name, lambda *_: False)
    note = read_note("a.md", made.plain)
    found = places(read_note("a.md", made.text), note) if made.marks else {}
    placed = time.process_time() - before if contents.documents else 0.0
    number = sum(len(each.entries) for each in contents.documents) or len(contents.found)
    marks = len(found) or len(contents.found)
    faults = f" | {len(contents.faults):,} faults" if contents.faults else ""
    print(f"| {what} | {len(data) / 1e6:.1f} | {number:,} | {marks:,} | {read:.2f} | {placed:.2f} |{faults}")


def main(names: Iterable[str]) -> None:
    """Measure each format in a process of its own."""
    print(
        "| format | MB | entries | highlights | read, s | made and placed, s |\n| --- | --- | --- | --- | --- | --- |"
    )
    for what in names:
        subprocess.run([sys.executable, "-m", "tests.bench.importing", "--one", what], check=True)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--one"]:
        measured(sys.argv[2])
    else:
        main(islice(sys.argv, 1, None) if len(sys.argv) > 1 else SAMPLES)
