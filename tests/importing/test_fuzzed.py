"""Damaged sources: each ends in what could be read, or in one line on the file; no word comes from nowhere.

`python -m tests.importing.test_fuzzed 20000` tries as many variants for each importer, or for those named behind, and
prints what raised.
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
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from tests.exporting import made
from tests.importing.formats import (
    html_corpus,
    hypothesis_corpus,
    kindle_corpus,
    koreader_corpus,
    notion_corpus,
    readwise_corpus,
    test_readwise,
)
from tests.importing.formats.test_kindle import NOTEBOOK, TRAPS
from tests.importing.formats.test_mrsf import SIDECAR
from tests.importing.formats.test_transcript import (
    CHAPTERS,
    DEEPGRAM,
    REV,
    SEGMENTS,
    SLOPPY_SRT,
    SRT,
    VTT,
    WHISPER_CPP,
    YOUTUBE,
)
from tui.core.notes.model import Library
from tui.core.notes.reading import read_note
from tui.core.state.model import State
from tui.errors import SourceError
from tui.exporting.export import Export
from tui.exporting.registry import exporters, render_export
from tui.importing.contents import Source, SourceContents
from tui.importing.import_source import read_source
from tui.importing.marked_text import places
from tui.importing.note_text import compose_note
from tui.importing.registry import ImportKind, importers

if TYPE_CHECKING:
    from collections.abc import Sequence

_MARKS = (
    "# Log\n\n- a ==b== ^^c^^ <mark style='background: #abf'>d</mark> {==e==}{>>f<<} `==g==` ==🟢h==\n\n> ==i\n> j==\n"
)
_MARKED = [
    (made.highlight(f"{number}", comment=comment, tags=("craft",)), made.ANCHORED)
    for number, comment in enumerate(("so they say", "<b>", ""))
]
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
        json.dumps(test_readwise.ANSWER).encode(),
        *(page.text.encode() for page in readwise_corpus.PAGES),
    ],
    "hypothesis": [each.encode() for each in (hypothesis_corpus.ANSWER, hypothesis_corpus.EXPORT)],
    "mrsf": [SIDECAR.encode(), json.dumps(yaml.safe_load(SIDECAR), default=str).encode()],
    **{
        importer: [render_export(exporters()[exporter], Export(made.state(*_MARKED))).text.encode()]
        for importer, exporter in (("json", "json"), ("jsonl", "jsonl"), ("w3c", "w3c"), ("earmark-page", "html"))
    },
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
    "notion": [
        notion_corpus.sent(notion_corpus.MARKDOWN),
        notion_corpus.sent(notion_corpus.HTML),
        notion_corpus.archive(notion_corpus.MARKDOWN),
    ],
    "transcript": [
        *(text.encode() for text in (VTT, SRT, SLOPPY_SRT)),
        *(json.dumps(each).encode() for each in (SEGMENTS, CHAPTERS, WHISPER_CPP, DEEPGRAM, REV, YOUTUBE)),
    ],
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
    """A source with random damage."""
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


def _reshaped(chance: random.Random, value: Any) -> Any:
    """A JSON value with some of the values in it replaced or removed."""
    if not chance.randrange(6 if isinstance(value, dict | list) else 3):
        return chance.choice(_STRANGE)
    if isinstance(value, dict) and value:
        key = chance.choice(sorted(value))
        left = {each: inside for each, inside in value.items() if each != key or chance.randrange(4)}
        return {**left, key: _reshaped(chance, value[key])} if key in left else left
    if isinstance(value, list) and value:
        at = chance.randrange(len(value))
        return [*value[:at], _reshaped(chance, value[at]), *value[at + chance.randrange(2) :]]
    return chance.choice(_STRANGE)


_STRANGE: tuple[Any, ...] = (
    *(None, True, False, 0, -1, 1.5, 1e300, float("inf"), 10**30, "", " ", "\0", "\ud800", "x" * 3000, "2024-13-99"),
    *([], {}, [[]], [None], {"": None}, {"type": "TextQuoteSelector"}, "9999-12-31T23:59:59-23:59", "0001-01-01T00:00"),
)


def damaged(name: str, chance: random.Random) -> bytes:
    """A damaged source of a format; in an archive, also with damaged files or names."""
    whole = chance.choice(CORPUS[name])
    if whole.startswith((b"{", b"[")) and chance.randrange(3):
        *above, last = whole.split(b"\n") if name == "jsonl" else [whole]
        return b"\n".join([*above, json.dumps(_reshaped(chance, json.loads(last or b"{}"))).encode()])
    if name != "notion" or not chance.randrange(3):
        return variant(chance, whole)
    files = dict(chance.choice((notion_corpus.MARKDOWN, notion_corpus.HTML)))
    for each in chance.sample(sorted(files), 3):
        data = files.pop(each)
        data = variant(chance, data.encode() if isinstance(data, str) else data)
        files[each if chance.randrange(3) else variant(chance, each.encode()).decode("utf-8", "replace")] = data
    return notion_corpus.sent(files)


def tried(name: str, data: bytes) -> SourceContents | None:
    """The result of importing a source, composed into a note and placed; None if it is refused in one line."""
    importer = importers()[name]
    state = hypothesis_corpus.HERE if importer.kind is ImportKind.HIGHLIGHTS else None
    if importer.kind is ImportKind.MARKS:
        state = State(Library("a.md", (read_note("a.md", data.decode("utf-8", "replace")),)))
    source = Source("a.src", data, state=state)
    importer.recognises(source)
    refusal = None
    try:
        contents = read_source(importer, source)
    except SourceError as error:
        refusal = error
    if refusal is not None:
        assert re.match(r"a\.src(:\d+)?: ", str(refusal))
        assert "\n" not in str(refusal)
        assert refusal.remedy
        return None
    assert all((fault.line > 0 or name == "notion") and "\n" not in fault.problem for fault in contents.faults)
    text = compose_note("", contents.documents, name, lambda *_: False)
    again = compose_note(text.plain, contents.documents, name, lambda *_: False)
    assert (again.plain, again.added) == (text.plain, ())
    note = read_note("a.md", text.plain)
    for number, found in places(read_note("a.md", text.text), note).items():
        assert number < len(text.marks)
        assert all(note.block(place.address).text[place.span.start : place.span.end].strip() for place in found)
    return contents


def test_every_importer_has_a_corpus() -> None:
    assert set(CORPUS) == set(importers())


@pytest.mark.parametrize("name", CORPUS)
def test_a_whole_source_is_read(name: str) -> None:
    assert all(tried(name, data) for data in CORPUS[name])


@pytest.mark.parametrize("name", CORPUS)
@pytest.mark.parametrize("seed", range(20))
def test_a_damaged_source_ends_well(name: str, seed: int) -> None:
    chance = random.Random(f"{name} {seed}")
    for _ in range(15):
        tried(name, damaged(name, chance))


def main(count: int, names: Sequence[str]) -> None:
    """Try this many variants for each importer; save those that raise, and print the slowest."""
    for name in names or CORPUS:
        chance, outcomes, slowest = random.Random(name), Counter[str](), 0.0
        for _ in range(count):
            data = damaged(name, chance)
            before = time.process_time()
            try:
                outcomes["read" if tried(name, data) else "refused"] += 1
            except Exception as error:
                outcomes[f"{type(error).__name__}: {error}"[:90]] += 1
                (Path(tempfile.gettempdir()) / f"fuzzed-{name}-{len(outcomes)}").write_bytes(data)
            slowest = max(slowest, time.process_time() - before)
        print(f"{name}: {dict(outcomes)}; slowest {slowest:.2f} s")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1000, sys.argv[2:])
