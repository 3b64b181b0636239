"""Damaged sources: each ends in what could be read, or in one line on the file; no word comes from nowhere.

`python -m tests.importing.test_fuzzed 20000` tries as many variants for each importer, and prints what raised.
"""

from __future__ import annotations

import json
import random
import re
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

import pytest

from tests.importing.formats import html_corpus, hypothesis_corpus, kindle_corpus, koreader_corpus, readwise_corpus
from tests.importing.formats.test_kindle import NOTEBOOK, TRAPS
from tests.importing.formats.test_mrsf import SIDECAR
from tests.importing.formats.test_transcript import CHAPTERS, SEGMENTS, SRT, VTT
from tui.core.notes.model import Library
from tui.core.notes.reading import read_note
from tui.core.state.model import State
from tui.errors import SourceError
from tui.importing.bringing import read_in
from tui.importing.brought import Brought, Source
from tui.importing.marked_text import places
from tui.importing.note_text import composed
from tui.importing.registry import Brings, importers

_MARKS = (
    "# Log\n\n- a ==b== ^^c^^ <mark style='background: #abf'>d</mark> {==e==}{>>f<<} `==g==` ==🟢h==\n\n> ==i\n> j==\n"
)
CORPUS: dict[str, list[bytes]] = {
    "kindle": [
        kindle_corpus.file_of(*(record for given, _ in TRAPS.values() for record in given)),
        kindle_corpus.file_of(
            *(("Ropes (Lund)", each.line, "Salt was money") for each in kindle_corpus.records()[:30])
        ),
        NOTEBOOK.encode(),
    ],
    "readwise": [
        readwise_corpus.as_csv(readwise_corpus.table()[:40]),
        *(page.text.encode() for page in readwise_corpus.PAGES),
    ],
    "hypothesis": [each.encode() for each in (hypothesis_corpus.ANSWER, hypothesis_corpus.EXPORT)],
    "mrsf": [SIDECAR.encode()],
    "koreader": [
        text.encode()
        for text in (
            koreader_corpus.SIDECAR,
            koreader_corpus.OLD_SIDECAR,
            koreader_corpus.EXPORT,
            koreader_corpus.LIBRARY,
        )
    ],
    "html": [page.data for page in html_corpus.PAGES if len(page.data) < 10_000],
    "transcript": [VTT.encode(), SRT.encode(), json.dumps(SEGMENTS).encode(), json.dumps(CHAPTERS, indent=1).encode()],
    "marks": [_MARKS.encode(), _MARKS.replace("\n", "\r\n").encode()],
}
"Whole sources of each format."
_INSERTED = (
    *(
        b"\0",
        b"\xff",
        b"\xef\xbb\xbf",
        b"\r",
        b"\n",
        b"\r\n",
        b'"',
        b",",
        b"<",
        b">",
        b"==",
        b"\xed\xa0\x80",
        b"\xef\xb7\x90",
    ),
    *(b"==========\n", b"- ", b"| ", b"<mark>", b"</p>", b"<b>", b"```\n", b"# ", b"x" * 3000, b"(" * 500, b"&#x0;"),
)


def variant(chance: random.Random, whole: bytes) -> bytes:
    """A source with some damage."""
    data = bytearray(whole)
    for _ in range(chance.randint(1, 6)):
        at = chance.randrange(len(data) + 1)
        match chance.randrange(7):
            case 0:
                del data[at:]
            case 1:
                del data[:at]
            case 2 if at < len(data):
                data[at] ^= 1 << chance.randrange(8)
            case 3:
                data[at:at] = chance.choice(_INSERTED)
            case 4:
                end = data.find(b"\n", at) + 1 or len(data)
                data[end:end] = data[at:end]
            case 5:
                del data[at : at + chance.randrange(40)]
            case _:
                data[:] = data.replace(b"\r\n", b"\n") if b"\r\n" in data else data.replace(b"\n", b"\r\n")
    return bytes(data)


def tried(name: str, data: bytes) -> Brought | None:
    """What an importer brings of a source, composed into a note and placed; None if it is refused in a line."""
    importer = importers()[name]
    state = hypothesis_corpus.HERE if importer.brings is Brings.HIGHLIGHTS else None
    if importer.brings is Brings.MARKS:
        state = State(Library("a.md", (read_note("a.md", data.decode("utf-8", "replace")),)))
    source = Source("a.src", data, state=state)
    importer.recognises(source)
    refusal = None
    try:
        brought = read_in(importer, source)
    except SourceError as error:
        refusal = error
    if refusal is not None:
        assert re.match(r"a\.src(:\d+)?: ", str(refusal))
        assert "\n" not in str(refusal)
        assert refusal.remedy
        return None
    assert all(fault.line > 0 and "\n" not in fault.problem for fault in brought.faults)
    text = composed("", brought.documents, name, lambda *_: False)
    again = composed(text.plain, brought.documents, name, lambda *_: False)
    assert (again.plain, again.added) == (text.plain, ())
    note = read_note("a.md", text.plain)
    for number, found in places(read_note("a.md", text.text), note).items():
        assert number < len(text.marks)
        assert all(note.block(place.address).text[place.span.start : place.span.end].strip() for place in found)
    return brought


def test_every_importer_has_a_corpus() -> None:
    assert set(CORPUS) >= {row.name for row in importers().values() if row.brings is not Brings.HIGHLIGHTS}


@pytest.mark.parametrize("name", CORPUS)
def test_a_whole_source_is_read(name: str) -> None:
    assert all(tried(name, data) for data in CORPUS[name])


@pytest.mark.parametrize("name", CORPUS)
@pytest.mark.parametrize("seed", range(60))
def test_a_damaged_source_ends_well(name: str, seed: int) -> None:
    chance = random.Random(f"{name} {seed}")
    for _ in range(5):
        tried(name, variant(chance, chance.choice(CORPUS[name])))


def main(count: int) -> None:
    """Try this many variants for each importer; save those that raise, and print the slowest."""
    for name, wholes in CORPUS.items():
        chance, outcomes, slowest = random.Random(name), Counter[str](), 0.0
        for _ in range(count):
            data = variant(chance, chance.choice(wholes))
            before = time.process_time()
            try:
                outcomes["read" if tried(name, data) else "refused"] += 1
            except Exception as error:
                outcomes[f"{type(error).__name__}: {error}"[:90]] += 1
                (Path(tempfile.gettempdir()) / f"fuzzed-{name}-{len(outcomes)}").write_bytes(data)
            slowest = max(slowest, time.process_time() - before)
        print(f"{name}: {dict(outcomes)}; slowest {slowest:.2f} s")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1000)
