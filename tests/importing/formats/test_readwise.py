"""Readwise's tables and pages."""

from __future__ import annotations

import csv
import io
import json
import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from tests.exporting.made import ANCHORED, highlight, state
from tests.importing.formats.readwise_corpus import COLUMNS, PAGES, TEXTS, Page, as_csv, table
from tui.core.annotations.choices import Colour
from tui.core.notes.reading import read_note
from tui.errors import SourceError
from tui.exporting.export import Export
from tui.exporting.registry import exporters, render_export
from tui.importing.contents import Entry, Mark, Source, SourceContents
from tui.importing.formats.readwise import IMPORTER, read
from tui.importing.marked_text import with_signs, without_signs
from tui.importing.registry import detect_importer

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tui.core.notes.model import Block


def rows(*given: dict[str, str], marks_all: bool = False) -> SourceContents:
    return read(Source("r.csv", as_csv([[row.get(name, "") for name in COLUMNS] for row in given]), marks_all))


def entries(result: SourceContents) -> list[Entry]:
    return [entry for document in result.documents for entry in document.entries]


def marks(result: SourceContents) -> list[Mark]:
    return [mark for entry in entries(result) for mark in entry.marks]


def words(text: str) -> list[str]:
    return re.findall(r"[^\W_]+", text)


def blocks(entry: Entry) -> Sequence[Block]:
    return read_note("a.md", without_signs(entry.source)).episodes[0].blocks


def test_every_row_of_the_table_keeps_its_words_note_and_tags() -> None:
    table_rows = table()
    assert len(table_rows) == 200
    result = read(Source("r.csv", as_csv(table_rows)))
    assert not result.faults
    assert [document.title for document in result.documents] == [f"Title {number}" for number in range(10)]
    shown = {entry.key: " ".join(block.text for block in blocks(entry)) for entry in entries(result)}
    assert len(shown) == 200
    for text, *_ in table_rows:
        plain = re.sub(r"\]\(\S+\)", "]", text)
        wanted = words(plain)
        assert not wanted or any(
            words(told)[: len(wanted)] == wanted or set(wanted) <= {*words(told), "a", "png"} for told in shown.values()
        ), text
    assert len(marks(result)) == sum(
        bool(text and (note or tags or colour not in ("", "yellow", "orange")))
        for text, _, _, _, note, colour, tags, *_ in table_rows
    )


@pytest.mark.parametrize("text", TEXTS)
def test_a_quote_is_one_bullet_with_its_words_alone(text: str) -> None:
    (entry,) = entries(rows({"Highlight": text, "Book Title": "T"}))
    first, *others = blocks(entry)
    assert first.kind == "bullet"
    assert all(block.kind == "paragraph" and block.indent == 1 for block in others)


def test_note_tags_colour_and_time_are_of_the_highlight() -> None:
    result = rows(
        {
            "Highlight": "salt",
            "Book Title": "T",
            "Note": ".concept .c1 why?",
            "Color": "blue",
            "Tags": "a b,c",
            "Highlighted at": "2021-03-03 10:00:00.5+02:00",
        }
    )
    time = datetime(2021, 3, 3, 8, tzinfo=UTC)
    assert marks(result) == [Mark(" salt", Colour.BLUE, "why?", ("a-b", "c", "concept"), time, 2)]


@pytest.mark.parametrize(
    ("kind", "place", "shown"),
    [
        ("page", "12", "- x (p. 12)"),
        ("page", "12.0", "- x (p. 12)"),
        ("location", "170", "- x (loc. 170)"),
        ("time_offset", "754", "- x (12:34)"),
        ("time_offset", "5049", "- x (1:24:09)"),
        ("offset", "0.35", "- x"),
        ("order", "3", "- x"),
        ("none", "", "- x"),
    ],
)
def test_a_place_that_says_something_stands_behind_the_quote(kind: str, place: str, shown: str) -> None:
    (entry,) = entries(rows({"Highlight": "x", "Book Title": "T", "Location Type": kind, "Location": place}))
    assert entry.source == shown


def test_quotes_stand_in_the_order_of_the_text_below_the_headings_highlighted_in_it() -> None:
    result = rows(
        {"Highlight": "b", "Book Title": "T", "Location Type": "page", "Location": "12"},
        {"Highlight": "a", "Book Title": "T", "Location Type": "page", "Location": "3"},
        {"Highlight": "Two", "Book Title": "T", "Note": ".h1", "Location Type": "page", "Location": "9"},
    )
    assert [(entry.heading, entry.source) for entry in entries(result)] == [("", "- a (p. 3)"), ("Two", "- b (p. 12)")]


def test_a_note_alone_is_a_bullet_and_what_was_discarded_is_counted() -> None:
    result = rows(
        {"Note": "mine", "Book Title": "T"},
        {"Highlight": "x", "Book Title": "T", "Tags": "discard"},
        {"Book Title": "T"},
    )
    assert [entry.source for entry in entries(result)] == ["- mine"]
    assert not marks(result)
    assert result.notices == ("Left out: 1 discarded highlight",)


def test_a_table_for_its_import_is_read_too() -> None:
    data = as_csv(
        [["x", "T", "A", "https://example.org", "n", "12", "2021-03-03 10:00:00"]],
        ["Highlight", "Title", "Author", "URL", "Note", "Location", "Date"],
    )
    result = read(Source("r.csv", data))
    assert result.documents[0].about == ("by A", "https://example.org")
    assert marks(result)[0][2:5] == ("n", (), datetime(2021, 3, 3, 10, tzinfo=UTC))


def test_columns_may_stand_in_any_order_and_the_last_may_be_missing() -> None:
    data = "\ufeffTAGS, Book Title ,highlight\r\na,T,x\r\n,T\r\n,T,y\r\n".encode()
    result = read(Source("r.csv", data))
    assert [entry.key for entry in entries(result)] == ["quote  x", "quote  y"]


@pytest.mark.parametrize(
    ("data", "line", "problem"),
    [
        ('Highlight,Title\nx,T\n"y,T\nz,T\n', 3, "a quotation mark in this row is never closed"),
        ("Highlight,Title\nx,T\ny,T,more\n", 3, "3 cells where the table has 2 columns"),
        ('Highlight,Title\n"a\nb",T\n"c"d,T\ne,T\n', 4, "a quotation mark in this row is never closed"),
    ],
)
def test_a_row_that_is_none_is_told_by_its_line(data: str, line: int, problem: str) -> None:
    result = read(Source("r.csv", data.encode()))
    assert [(fault.line, fault.problem) for fault in result.faults] == [(line, problem)]
    assert entries(result)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.title)
def test_a_page_is_read(page: Page) -> None:
    source = Source("page.md", page.text.encode())
    assert IMPORTER.recognises(source)
    result = read(source)
    found = [
        (
            without_signs(entry.source),
            entry.marks[0].comment if entry.marks else "",
            entry.marks[0].tags if entry.marks else (),
        )
        for entry in entries(result)
    ]
    assert tuple(found) == page.quotes
    assert not page.quotes or (result.documents[0].title, result.documents[0].about) == (page.title, ("by Mira Lund",))


def test_there_are_twelve_pages() -> None:
    assert len(PAGES) == 12


def test_files_of_other_programs_are_refused() -> None:
    for data in (b"", b"a,b\n1,2\n", b"# Notes\n\n- a\n", b"Highlight\nx\n"):
        assert not IMPORTER.recognises(Source("x", data))
        with pytest.raises(SourceError):
            read(Source("x", data))


@pytest.mark.parametrize("separator", [";", "\t", ","])
def test_a_table_that_a_spreadsheet_saved_with_another_separator_is_read(separator: str) -> None:
    rows_ = [["Highlight", "Book Title", "Extra", "Note"], ['x; y, z\t"quoted"\nover lines', "T", "1", "n"]]
    made = io.StringIO()
    csv.writer(made, delimiter=separator).writerows(rows_)
    source = Source("r.csv", b"\xef\xbb\xbf" + made.getvalue().encode())
    assert detect_importer(source) is IMPORTER
    assert [(mark.comment, mark.line) for mark in marks(read(source))] == [("n", 2)]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig", "utf-8"])
def test_a_table_is_recognised_in_any_encoding_with_a_mark(encoding: str) -> None:
    source = Source("r.csv", "Highlight,Book Title\r\nsält,T\r\n".encode(encoding))
    assert detect_importer(source) is IMPORTER
    assert len(entries(read(source))) == 1


@pytest.mark.parametrize("said", ["March 3, 2024 10:05 PM", "2024-03-03T22:05:00Z", "2024-03-03 23:05:00+01:00"])
def test_dates_are_read_as_readwise_and_spreadsheets_write_them(said: str) -> None:
    (mark,) = marks(rows({"Highlight": "x", "Book Title": "T", "Note": "n", "Highlighted at": said}))
    assert mark.created == datetime(2024, 3, 3, 22, 5, tzinfo=UTC)


HIGHLIGHTS = [
    {
        "id": 1,
        "text": "Salt was money.",
        "note": ".trade why?",
        "color": "blue",
        "location": 12,
        "location_type": "page",
        "highlighted_at": "2021-03-03T10:00:00Z",
        "tags": [{"id": 5, "name": "old roads"}],
        "is_deleted": False,
        "is_discard": False,
    },
    {"id": 2, "text": "gone", "is_deleted": True},
    {"id": 3, "text": "dropped", "is_discard": True},
    {"id": 4, "text": "plain", "location": None, "note": None},
    {"id": 5, "text": 7},
]
ANSWER = {
    "count": 1,
    "nextPageCursor": None,
    "results": [
        {"user_book_id": 9, "title": "salt", "readable_title": "salt", "author": "Mira", "highlights": HIGHLIGHTS},
        "none",
    ],
}


def test_an_answer_of_the_api_is_read_by_book() -> None:
    source = Source("export.json", json.dumps(ANSWER, indent=1).encode())
    assert detect_importer(source) is IMPORTER
    result = read(source)
    assert [(document.title, document.about) for document in result.documents] == [("salt", ("by Mira",))]
    assert [entry.source for entry in entries(result)] == [f"- {with_signs('Salt was money.', 0)} (p. 12)", "- plain"]
    (mark,) = marks(result)
    assert (mark.colour, mark.comment, mark.tags) == (Colour.BLUE, "why?", ("old-roads", "trade"))
    assert mark.created == datetime(2021, 3, 3, 10, tzinfo=UTC)
    assert result.notices == ("Left out: 1 discarded highlight",)
    assert [(fault.line > 1, fault.problem) for fault in result.faults] == [
        (True, "this highlight cannot be read: `text` is not text"),
        (True, "this entry cannot be read: it is not an object"),
    ]


def test_exports_for_the_api_are_read_as_well() -> None:
    text = render_export(exporters()["readwise-json"], Export(state((highlight("1", comment="why?"), ANCHORED)))).text
    source = Source("body.json", text.encode())
    assert detect_importer(source) is IMPORTER
    assert [mark.comment for mark in marks(read(source))] == ["why?"]


@pytest.mark.parametrize("text", ["{}", "[", "5", '{"results": 5}', '{"highlights": {}}'])
def test_other_json_is_refused(text: str) -> None:
    with pytest.raises(SourceError):
        read(Source("a.json", text.encode()))
