"""KOReader's exports and sidecars."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from tests.importing.formats.koreader_corpus import BOOK, ENTRIES, EXPORT, LIBRARY, OLD_SIDECAR, SIDECAR
from tui.core.annotations.choices import Colour
from tui.errors import SourceError
from tui.importing.contents import Entry, Mark, Source, SourceContents
from tui.importing.formats.koreader import read
from tui.importing.marked_text import without_signs
from tui.importing.registry import detect_importer

TIME = datetime(2024, 3, 3, 22, 5, 7, tzinfo=UTC)


def contents(text: str, path: str = "metadata.epub.lua", *, marks_all: bool = False) -> SourceContents:
    return read(Source(path, text.encode(), marks_all))


def entries(result: SourceContents) -> list[Entry]:
    return [entry for document in result.documents for entry in document.entries]


def shown(result: SourceContents) -> list[tuple[str, str]]:
    return [(entry.heading, without_signs(entry.source)) for entry in entries(result)]


def marks(result: SourceContents) -> list[tuple[Colour, str, datetime | None]]:
    return [(mark.colour, mark.comment, mark.created) for entry in entries(result) for mark in entry.marks]


def sidecar(*annotation: str) -> str:
    return "return { annotations = { " + ", ".join(f"{{ pos0 = 1, {each} }}" for each in annotation) + " } }"


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("metadata.epub.lua", SIDECAR),
        ("a", SIDECAR),
        ("a", OLD_SIDECAR),
        ("Ropes.json", EXPORT),
        ("all.json", LIBRARY),
        ("a", "\ufeff" + EXPORT),
    ],
)
def test_each_shape_is_told(name: str, text: str) -> None:
    importer = detect_importer(Source(name, text.encode()))
    assert importer is not None
    assert importer.name == "koreader"


def test_a_sidecar_is_a_book_with_quotes_notes_colours_and_pages() -> None:
    result = contents(SIDECAR)
    (document,) = result.documents
    assert (document.title, document.about) == ("Ropes", ("by Mira Lund, Ada Roe",))
    assert shown(result) == [
        ("", '- A "bight" is no loop—yet. (p. xv)'),
        ("Knots", "- Ropes outlast\n  ships. (p. 12)"),
    ]
    assert marks(result) == [(Colour.BLUE, 'how "so"?', TIME)]
    assert result.notices == ("Left out: 1 bookmark",)
    assert not result.faults


def test_before_2024_notes_are_the_words_and_text_is_the_note() -> None:
    result = contents(OLD_SIDECAR)
    assert result.documents[0].title == "Salt roads"
    assert shown(result) == [
        ("", "- Mules carried it. (p. 3)"),
        ("", "- Nobody paid the mules. (p. 3)"),
        ("Trade", "- Salt was money."),
    ]
    assert [said[:2] for said in marks(result)] == [(Colour.GREEN, ""), (Colour.YELLOW, "so were shells")]
    assert result.notices == ("Left out: 1 bookmark",)


def test_an_export_is_a_book_and_a_note_without_words_is_a_bullet() -> None:
    result = contents(EXPORT, "Ropes.json")
    assert result.documents[0].about == ("by Mira Lund, Ada Roe",)
    assert shown(result) == [
        ("", "- A bight is no loop. (p. xv)"),
        ("Knots", "- Ropes outlast ships. (p. 12)"),
        ("", "- ask Ada (p. 17)"),
    ]
    assert marks(result) == [(Colour.BLUE, "how so?", TIME)]
    assert [mark for entry in entries(result) for mark in entry.marks] == [
        Mark("quote 12 Ropes outlast ships.", Colour.BLUE, "how so?", (), TIME, 5)
    ]


def test_an_export_of_several_books_has_a_document_for_each() -> None:
    result = contents(LIBRARY, "all.json", marks_all=True)
    assert [(document.title, document.about) for document in result.documents] == [
        ("Ropes", ("by Mira Lund, Ada Roe",)),
        ("Salt roads", ()),
    ]
    assert len(marks(result)) == 4


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"text": 5}, "`text` is not text"),
        ({"page": -1}, "`page` is not a number from 0 up"),
        ({"time": True}, "`time` is not a number from 0 up"),
    ],
)
def test_an_entry_that_is_none_is_told_and_the_others_are_read(changed: dict[str, Any], said: str) -> None:
    first, second, *_ = ENTRIES
    result = contents(json.dumps({**BOOK, "entries": [{**first, **changed}, second, 7]}, indent=1), "a.json")
    assert [(fault.line, fault.problem) for fault in result.faults] == [
        (5, f"this entry cannot be read: {said}"),
        (22, "this entry cannot be read: it is not an object"),
    ]
    assert len(entries(result)) == 1


def test_a_book_without_a_title_has_its_files_name() -> None:
    text = sidecar('text = "a"')
    assert contents(text, "x/Salt.sdr/metadata.epub.lua").documents[0].title == "Salt"
    assert contents(text, "x/mine.lua").documents[0].title == "mine"


@pytest.mark.parametrize(
    ("written", "words"),
    [
        (r'"a\tb"', "a\tb"),
        (r"'it\'s'", "it's"),
        (r'"\195\164\x62\u{e9}"', "äbé"),
        ("[[a]]", "a"),
        ("[=[\na]]b]=]", "a]]b"),
        (r'"a\z   b"', "ab"),
        (r'"\255"', "\ufffd"),
    ],
)
def test_every_way_to_write_a_text_is_read(written: str, words: str) -> None:
    (entry,) = entries(contents(sidecar(f"text = {written}")))
    assert entry.key == f"quote  {words}"


@pytest.mark.parametrize(
    ("text", "line", "problem"),
    [
        ("return os.execute('rm -rf x')", 1, "this is not a value of a Lua table"),
        ("return {\n a = print(1) }", 2, "this is not a value of a Lua table"),
        ("return {\n\n a = 1 + 2 }", 3, "this is not a value of a Lua table"),
        ('return {\n a = "b }', 2, "this is not a value of a Lua table"),
        ("return {\n a = [[b }", 2, "this [[ has no ]]"),
        ("return { --[=[ }\n", 1, "this --[=[ has no ]=]"),
        ("return { a = 1 b = 2 }", 1, "a comma is missing here"),
        ("return { [{}] = 1 }", 1, "this key is neither text nor a number"),
        ("return { a = 1", 1, "a comma is missing here"),
        ("return {} {}", 1, "this is not a single table"),
        ("return 5", 1, "this is not a single table"),
        ("", 1, "this is not a value of a Lua table"),
        ("return " + "{" * 5000, 1, "this table is nested too deeply"),
        ("return { a = " + "9" * 5000 + "}", 1, "this number is too long"),
    ],
)
def test_anything_but_values_in_a_table_is_reported_with_its_line_and_never_run(
    text: str, line: int, problem: str
) -> None:
    with pytest.raises(SourceError) as told:
        contents(text)
    assert (told.value.line, told.value.problem) == (line, problem)
    assert told.value.remedy


@pytest.mark.parametrize("text", ["{}", "[]", '{"entries": 5}', "{"])
def test_json_that_is_no_export_is_told(text: str) -> None:
    with pytest.raises(SourceError):
        contents(text, "a.json")
