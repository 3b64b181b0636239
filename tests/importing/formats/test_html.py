"""Web pages and clipboards."""

from __future__ import annotations

import pytest

from tests.importing.formats.html_corpus import PAGES, HtmlPage, Shown
from tests.importing.formats.notion_corpus import archive
from tui.core.notes.reading import Options, read_note
from tui.errors import SourceError
from tui.importing.contents import Source, SourceContents
from tui.importing.formats.html import IMPORTER, read
from tui.importing.marked_text import places, without_signs
from tui.importing.note_text import compose_note
from tui.importing.registry import detect_importer


def imported(page: HtmlPage) -> SourceContents:
    return read(Source(f"{page.name}.html", page.data))


def test_there_are_twenty_five_pages() -> None:
    assert len(PAGES) >= 25


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_a_page_is_read_as_it_looks(page: HtmlPage) -> None:
    (document,) = imported(page).documents
    (entry,) = document.entries
    assert (document.title, document.about) == (page.title, page.about)
    blocks = read_note("a.md", f"# T\n\n{without_signs(entry.source)}", Options(episodes="file")).episodes[0].blocks
    assert tuple(Shown(block.kind, block.depth, block.text) for block in blocks) == page.blocks
    assert not any(word in entry.source for word in page.without)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_its_marks_are_highlights_on_their_words(page: HtmlPage) -> None:
    result = imported(page)
    text = compose_note("", result.documents, "html", lambda *_: False)
    note = read_note("a.md", text.plain)
    found = places(read_note("a.md", text.text), note)
    words = tuple(
        (
            "".join(note.block(place.address).text[place.span.start : place.span.end] for place in found[number]),
            each.mark.colour.value,
        )
        for number, each in enumerate(text.marks)
    )
    assert words == page.marks


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_a_page_is_recognised(page: HtmlPage) -> None:
    assert detect_importer(Source(f"{page.name}.html", page.data)) is IMPORTER


def test_a_page_on_standard_input_is_recognised_by_its_beginning() -> None:
    assert detect_importer(Source("-", b"<meta charset='utf-8'><p>Salt</p>")) is IMPORTER
    assert detect_importer(Source("-", b"a < b\n")) is None


@pytest.mark.parametrize("data", [b"", b"words", b"<html><body><script>x</script></body></html>", b"<nav></nav>"])
def test_pages_without_text_are_refused(data: bytes) -> None:
    with pytest.raises(SourceError, match=r"a\.html: "):
        read(Source("a.html", data))


def test_nothing_but_a_menu_is_better_than_nothing() -> None:
    (document,) = read(Source("a.html", b"<nav><a href='/x'>Salt</a></nav>")).documents
    assert document.entries[0].source == "[Salt](/x)"


DOCUMENT = (
    b"<html><head><style>.c2{background-color:#ffff00}</style></head>"
    b"<body class='c1'><p>Salt was <span class='c2'>money</span>.</p></body></html>"
)
"A page as Google Docs exported it before 2022, without lists."


def test_each_page_of_a_zip_archive_is_a_document_and_pictures_are_counted() -> None:
    data = archive({"Salt roads.html": DOCUMENT, "b/Mules.HTM": b"<p>One mule</p>", "images/image1.png": b"\x89PNG"})
    source = Source("Salt roads.zip", data)
    assert detect_importer(source) is IMPORTER
    contents = read(source)
    assert [document.title for document in contents.documents] == ["Salt roads", "Mules"]
    assert [len(document.entries[0].marks) for document in contents.documents] == [1, 0]
    assert (contents.faults, contents.notices) == ((), ("Left out: 1 other file",))


def test_a_page_without_text_in_an_archive_is_a_fault_and_the_others_are_read() -> None:
    contents = read(Source("a.zip", archive({"a.html": b"<nav></nav>", "b.html": DOCUMENT})))
    assert [document.title for document in contents.documents] == ["b"]
    assert [fault.problem for fault in contents.faults] == ["a.html: this page has no text"]


def test_an_archive_without_a_page_is_refused() -> None:
    source = Source("a.zip", archive({"a.txt": "<p>Salt</p>"}))
    assert detect_importer(source) is None
    with pytest.raises(SourceError, match=r"a\.zip: this archive has no page; name its format with --from"):
        read(source)
