"""Kindle's clippings and notebooks."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from tests.importing.formats.kindle_corpus import LANGUAGES, WORDS, Record, file_of, records
from tui.core.annotations.choices import Colour
from tui.errors import SourceError
from tui.importing.contents import Mark, Source, SourceContents
from tui.importing.formats.kindle import IMPORTER, read
from tui.importing.kindle.words import kind_of, page_of, place_of, time_of
from tui.importing.marked_text import without_signs

RECORDS = records()
HIGHLIGHT = "- Your Highlight on page {} | Location {} | Added on Sunday, March 3, 2024 10:05:07 PM"
NOTE = "- Your Note on page {} | Location {} | Added on Sunday, March 3, 2024 10:06:00 PM"


def contents(*record: tuple[str, str, str], marks_all: bool = False) -> SourceContents:
    return read(Source("My Clippings.txt", file_of(*record), marks_all))


def bullets(result: SourceContents) -> list[str]:
    return [without_signs(entry.source) for document in result.documents for entry in document.entries]


def marks(result: SourceContents) -> list[Mark]:
    return [mark for document in result.documents for entry in document.entries for mark in entry.marks]


def test_the_corpus_is_large_enough() -> None:
    assert len(RECORDS) >= 80
    assert len(LANGUAGES) >= 9


@pytest.mark.parametrize("record", RECORDS, ids=lambda record: f"{record.language}-{record.line[:40]}")
def test_the_second_line_is_read_in_every_language(record: Record) -> None:
    assert kind_of(record.line) == record.kind
    assert place_of(record.line) == record.place
    assert page_of(record.line) == record.page
    assert time_of(record.line) == datetime(2024, 3, 3, 22, 5, 7, tzinfo=UTC)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_note_is_the_comment_of_the_highlight_it_lies_on(language: str) -> None:
    words = LANGUAGES[language]
    said = {"page": "12", "place": "170-172", "first": "170", "end": "172", "time": words.time}
    result = contents(
        ("Ropes (Lund, Mira)", words.highlight[0].format(**said), WORDS[language]),
        ("Ropes (Lund, Mira)", words.note[0].format(**said), "so?"),
        ("Ropes (Lund, Mira)", words.bookmark[0].format(**said), ""),
    )
    (document,) = result.documents
    assert (document.title, document.about) == ("Ropes", ("by Lund, Mira",))
    (mark,) = marks(result)
    assert (mark.comment, mark.created) == ("so?", datetime(2024, 3, 3, 22, 5, 7, tzinfo=UTC))
    assert len(bullets(result)) == 1
    assert result.notices == ("Left out: 1 bookmark",)
    assert not result.faults


TRAPS: dict[str, tuple[list[tuple[str, str, str]], list[str]]] = {
    "a title with brackets": ([("Ropes (2nd ed.) (Lund (ed.))", HIGHLIGHT.format(1, "1-2"), "a")], ["- a (p. 1)"]),
    "a title without an author": ([("Ropes", HIGHLIGHT.format(1, "1-2"), "a")], ["- a (p. 1)"]),
    "a title that is a bracket": ([("(Ropes)", HIGHLIGHT.format(1, "1-2"), "a")], ["- a (p. 1)"]),
    "a byte order mark in the middle": (
        [("Ropes", HIGHLIGHT.format(1, "1-2"), "a"), ("\ufeffRopes", HIGHLIGHT.format(2, "9-9"), "b")],
        ["- a (p. 1)", "- b (p. 2)"],
    ),
    "the same twice": ([("Ropes", HIGHLIGHT.format(1, "1-2"), "a")] * 2, ["- a (p. 1)"]),
    "an end that is short": ([("R", "- Highlight Loc. 1085-86 | Added on Monday", "a")], ["- a (loc. 1085–1086)"]),
    "a place alone": ([("R", "- Your Highlight at location 7-7 | Added on x", "a")], ["- a (loc. 7)"]),
    "a page twice": ([("R", "- Your Highlight on page 3-3 | Added on x", "a")], ["- a (p. 3)"]),
    "pages in Roman numerals": ([("R", "- Your Highlight on page xvi-xvii | Added on x", "a")], ["- a (p. xvi–xvii)"]),
    "Roman pages come first": (
        [
            ("R", "- Your Highlight on page 3 | Added on x", "b"),
            ("R", "- Your Highlight on page iv | Added on x", "a"),
        ],
        ["- a (p. iv)", "- b (p. 3)"],
    ),
    "neither page nor place": ([("R", "- Your Highlight | Added on x", "a")], ["- a"]),
    "an article clipped": ([("R", "- Clip This Article on Page 2 | Added on x", "a")], ["- a (p. 2)"]),
    "KOReader's words": ([("R", "- Your highlight on page 9 | Added on x", "a")], ["- a (p. 9)"]),
    "a longer one at the same place": (
        [("R", HIGHLIGHT.format(1, "10-12"), "of rope"), ("R", HIGHLIGHT.format(1, "10-14"), "of rope and wool")],
        ["- of rope and wool (p. 1)"],
    ),
    "a shorter one later": (
        [("R", HIGHLIGHT.format(1, "10-14"), "of rope and wool"), ("R", HIGHLIGHT.format(1, "12-12"), "wool")],
        ["- of rope and wool (p. 1)"],
    ),
    "overlapping places with other words": (
        [("R", HIGHLIGHT.format(1, "10-12"), "of rope"), ("R", HIGHLIGHT.format(1, "12-14"), "and wool")],
        ["- of rope (p. 1)", "- and wool (p. 1)"],
    ),
    "the same words elsewhere": (
        [("R", HIGHLIGHT.format(1, "10-12"), "Yes."), ("R", HIGHLIGHT.format(9, "90-92"), "Yes.")],
        ["- Yes. (p. 1)", "- Yes. (p. 9)"],
    ),
    "another book's words": (
        [("R", HIGHLIGHT.format(1, "10-12"), "Yes."), ("S", HIGHLIGHT.format(1, "10-12"), "Yes.")],
        ["- Yes. (p. 1)", "- Yes. (p. 1)"],
    ),
    "the order of the book": (
        [("R", HIGHLIGHT.format(9, "90-92"), "b"), ("R", HIGHLIGHT.format(1, "10-12"), "a")],
        ["- a (p. 1)", "- b (p. 9)"],
    ),
    "a note on nothing": ([("R", NOTE.format(1, 10), "mine")], ["- mine (p. 1)"]),
    "signs of Markdown": (
        [("R", HIGHLIGHT.format(1, "1-2"), "# *a* [b] `c`\r\n- d\r\n1. e")],
        ["- \\# \\*a\\* \\[b] \\`c\\`\n  \\- d\n  1\\. e (p. 1)"],
    ),
    "a line of equals signs in the words": (
        [("R", HIGHLIGHT.format(1, "1-2"), "a\r\n===\r\nb")],
        ["- a\n  \\=\\=\\=\n  b (p. 1)"],
    ),
    "spaces around": ([("  R  ", HIGHLIGHT.format(1, "1-2"), " \xa0 a \u3000")], ["- a (p. 1)"]),
    "a limit in Japanese": ([("R", HIGHLIGHT.format(1, "1-2"), " <このアイテムのクリップの上限に達しました>")], []),
    "a limit in English": (
        [("R", HIGHLIGHT.format(1, "1-2"), "<You have reached the clipping limit for this item>")],
        [],
    ),
    "a limit in Chinese": ([("R", HIGHLIGHT.format(1, "1-2"), "<您已达到本内容的剪贴上限>")], []),
    "words in angle brackets": ([("R", HIGHLIGHT.format(1, "1-2"), "<p>")], ["- \\<p> (p. 1)"]),
    "no words": ([("R", HIGHLIGHT.format(1, "1-2"), "")], []),
    "a bookmark": ([("R", "- Your Bookmark on page 1 | Added on x", "")], []),
    "the word note in a highlight's line": (
        [("Note", "- Your Highlight on page 1 | Location 3 | Added on Sunday", "note")],
        ["- note (p. 1)"],
    ),
    "noncharacters in the words": ([("R", HIGHLIGHT.format(1, "1-2"), "a\ufdd0\ufddfb")], ["- ab (p. 1)"]),
}


def test_there_are_thirty_traps() -> None:
    assert len(TRAPS) >= 30


@pytest.mark.parametrize("name", TRAPS)
def test_a_trap_is_seen(name: str) -> None:
    given, expected = TRAPS[name]
    assert bullets(contents(*given)) == expected


def test_an_author_stands_in_the_last_bracket() -> None:
    (document,) = contents(("Ropes (2nd ed.) (Lund (ed.))", HIGHLIGHT.format(1, "1-2"), "a")).documents
    assert (document.title, document.about) == ("Ropes (2nd ed.)", ("by Lund (ed.)",))


def test_a_quote_is_highlighted_if_it_has_a_note_or_all_are() -> None:
    given = [
        ("R", HIGHLIGHT.format(1, "1-2"), "a"),
        ("R", HIGHLIGHT.format(2, "8-9"), "b"),
        ("R", NOTE.format(2, 9), "c"),
    ]
    assert [mark.comment for mark in marks(contents(*given))] == ["c"]
    assert [mark.comment for mark in marks(contents(*given, marks_all=True))] == ["", "c"]


@pytest.mark.parametrize(
    ("notes", "comment"), [(["a", "ab"], "ab"), (["ab", "a"], "ab"), (["a", "a"], "a"), (["a", "b"], "a\nb")]
)
def test_the_longer_of_two_stages_of_a_note_stays(notes: list[str], comment: str) -> None:
    given = [("R", HIGHLIGHT.format(2, "8-9"), "x"), *(("R", NOTE.format(2, 9), note) for note in notes)]
    assert [mark.comment for mark in marks(contents(*given))] == [comment]


def test_a_note_goes_to_the_shortest_highlight_that_holds_its_place() -> None:
    given = [
        ("R", HIGHLIGHT.format(2, "1-30"), "a long one"),
        ("R", HIGHLIGHT.format(2, "8-9"), "x"),
        ("R", NOTE.format(2, 9), "on x"),
    ]
    assert [mark.key.split()[-1] for mark in marks(contents(*given))] == ["x"]


def test_lines_that_are_no_record_are_reported() -> None:
    data = file_of(("R", HIGHLIGHT.format(1, "1-2"), "a")) + b"Ropes\r\nno second line\r\n==========\r\n"
    result = read(Source("c.txt", data))
    assert [(fault.line, fault.problem) for fault in result.faults] == [
        (7, "no line says that this is a highlight, a note or a bookmark")
    ]
    assert bullets(result) == ["- a (p. 1)"]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_line_ends_of_any_kind_are_read(end: str) -> None:
    assert bullets(read(Source("c.txt", file_of(("R", HIGHLIGHT.format(1, "1-2"), "a"), end=end)))) == ["- a (p. 1)"]


def test_a_file_that_is_none_is_refused() -> None:
    with pytest.raises(SourceError, match="not a Kindle clippings file"):
        read(Source("a.txt", b"- a note\n- and another\n"))


def test_a_clippings_file_is_recognised() -> None:
    for words in LANGUAGES.values():
        line = words.highlight[0].format(page="1", place="1-2", first="1", end="2", time=words.time)
        assert IMPORTER.recognises(Source("x.txt", file_of(("R", line, "a"))))
    assert not IMPORTER.recognises(Source("My Clippings.txt", b"# Notes\n- Your Highlight of the day\n"))


NOTEBOOK = """<!DOCTYPE html><html><body><div class="bodyContainer">
<div class="bookTitle">Ropes &amp; knots
</div><div class="authors">Lund, Mira</div>
<div class="sectionHeading">Chapter <b>1</b></div>
<h3 class="noteHeading">Highlight (<span class="highlight_yellow">yellow</span>) - Page 3 · Location 12</div>
<div class="noteText">Ropes <i>stretch</i>.</h3>
<div class="noteHeading">Note - Page 3 · Location 12</div><div class="noteText">so?</div>
<h3 class="noteHeading">Markierung(<span class="highlight_blue">blau</span>) - Seite 4 &gt; Position 40</h3>
<div class="noteText">Knots<br>slip.</div>
<div class="sectionHeading">Chapter 2</div>
<div class="noteHeading">Bookmark - Page 9</div>
<div class="noteHeading">Note - Page 9 · Location 90</div><div class="noteText">mine</div>
</body></html>"""


def test_a_notebook_is_read() -> None:
    source = Source("Ropes-Notebook.html", NOTEBOOK.encode())
    assert IMPORTER.recognises(source)
    result = read(source)
    (document,) = result.documents
    assert (document.title, document.about) == ("Ropes & knots", ("by Lund, Mira",))
    assert [(entry.heading, without_signs(entry.source)) for entry in document.entries] == [
        ("Chapter 1", "- Ropes stretch. (p. 3)"),
        ("Chapter 1", "- Knots\n  slip. (p. 4)"),
        ("Chapter 2", "- mine (p. 9)"),
    ]
    assert [(mark.comment, mark.colour) for mark in marks(result)] == [("so?", Colour.YELLOW), ("", Colour.BLUE)]
