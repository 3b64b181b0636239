"""Web pages and clipboards."""

from __future__ import annotations

import pytest

from tests.importing.formats.html_corpus import PAGES, HtmlPage, Shown
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
def test_what_has_no_text_is_refused(data: bytes) -> None:
    with pytest.raises(SourceError, match=r"a\.html: "):
        read(Source("a.html", data))


def test_nothing_but_a_menu_is_better_than_nothing() -> None:
    (document,) = read(Source("a.html", b"<nav><a href='/x'>Salt</a></nav>")).documents
    assert document.entries[0].source == "[Salt](/x)"
