"""Notion's export: pages in Markdown or HTML and tables in CSV, in an archive in an archive."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.importing.formats.notion_corpus import (
    HTML,
    MARKDOWN,
    MARKDOWN_NOTE,
    MULES,
    ROADS,
    SALT,
    TABLE,
    archive,
    sent,
)
from tui.core.notes.reading import read_note
from tui.errors import SourceError
from tui.importing.contents import Source
from tui.importing.formats.notion import IMPORTER, read, recognises
from tui.importing.marked_text import places
from tui.importing.note_text import compose_note
from tui.importing.registry import detect_importer

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tui.importing.contents import SourceContents


def imported(*parts: Mapping[str, str | bytes]) -> SourceContents:
    return read(Source("export.zip", sent(*parts)))


def note_of(contents: SourceContents) -> str:
    return compose_note("", contents.documents, "notion", lambda *_: False).plain


def test_pages_stand_behind_the_page_they_are_in_with_the_rows_of_tables() -> None:
    contents = imported(MARKDOWN)
    assert note_of(contents) == MARKDOWN_NOTE
    assert contents.faults == ()
    assert contents.notices == ("Left out: 1 attachment, 1 page without a text",)


def test_a_note_of_pages_has_an_episode_for_each() -> None:
    note = read_note("a.md", note_of(imported(MARKDOWN)))
    assert [episode.title for episode in note.episodes] == ["Salt, and what it paid", "Caravans", "North", "The roads"]


def test_coloured_words_and_blocks_of_pages_in_html_are_highlights() -> None:
    contents = imported(HTML)
    text = compose_note("", contents.documents, "notion", lambda *_: False)
    note = read_note("a.md", text.plain)
    found = places(read_note("a.md", text.text), note)
    marked = [
        (note.block(place.address).text[place.span.start : place.span.end], each.mark.colour.value)
        for number, each in enumerate(text.marks)
        for place in found[number]
    ]
    assert marked == [("money", "blue"), ("Mules were not.", "pink"), ("money", "blue")]
    assert len({each.mark.key for each in text.marks}) == 3
    assert "[The roads](#The%20roads)" in text.plain
    assert [(document.title, document.about) for document in contents.documents] == [
        ("Salt", ("Guide: Mira",)),
        ("Caravans", ("in Salt", "Guide: Mira")),
        ("The roads", ("in Salt", "Guide: Mira")),
    ]


@pytest.mark.parametrize(
    ("parts", "is_whole"),
    [((MARKDOWN,), True), ((HTML,), True), (({f"A {SALT}.md": "# A\n\nb"}, {f"B {ROADS}.md": "# B\n\nc"}), True)],
)
def test_an_export_is_recognised_as_sent_and_unpacked_once(
    parts: tuple[Mapping[str, str | bytes], ...], *, is_whole: bool
) -> None:
    assert detect_importer(Source("x.zip", sent(*parts))) is IMPORTER
    assert recognises(Source("-", archive(parts[0]))) is is_whole
    assert read(Source("x.zip", archive(parts[0]))).documents == imported(parts[0]).documents


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"# A\n", archive({"a.html": "<p>b</p>"})])
def test_other_archives_are_not_recognised(data: bytes) -> None:
    assert not recognises(Source("x.zip", data))


def test_an_archive_without_pages_is_refused() -> None:
    with pytest.raises(SourceError, match=r"x\.zip: this is not a Notion export: it has no pages; name its format"):
        read(Source("x.zip", archive({"a.txt": "b"})))


def test_parts_are_read_together_and_a_page_in_two_is_there_once() -> None:
    page = {f"A {SALT}.md": "# A\n\nb"}
    contents = imported(page, {**page, f"A {SALT}/B {ROADS}.md": "# B\n\nc"})
    assert [(document.title, document.about) for document in contents.documents] == [("A", ()), ("B", ("in A",))]


def test_two_texts_of_one_page_are_both_kept() -> None:
    contents = imported({f"A {SALT}.md": "# A\n\nb"}, {f"A {SALT}.md": "# A\n\nc"})
    text = note_of(contents)
    assert "\nb\n" in text
    assert "\nc\n" in text


def test_pages_with_one_title_stay_apart() -> None:
    files = {
        f"Untitled {SALT}.md": "# Untitled\n\none",
        f"Home {TABLE}.md": "# Home\n\nx",
        f"Home {TABLE}/Untitled {ROADS}.md": "# Untitled\n\ntwo",
    }
    text = note_of(imported(files))
    assert text.endswith("# Home\n\nx\n\n# Untitled\n\nin Home\n\ntwo\n\n# Untitled\n\none\n")
    again = compose_note(text, imported(files).documents, "notion", lambda *_: False)
    assert (again.plain, again.added) == (text, ())


@pytest.mark.parametrize(
    ("folder", "above"),
    [(f"Home {TABLE}", ("in Home",)), ("Home", ("in Home",)), ("Elsewhere", ()), (f"Home-{TABLE}", ("in Home",))],
)
def test_a_folder_with_or_without_an_id_is_the_page_above(folder: str, above: tuple[str, ...]) -> None:
    contents = imported({f"Home {TABLE}.md": "# Home\n\nx", f"{folder}/A {SALT}.md": "# A\n\nb"})
    assert {document.title: document.about for document in contents.documents}["A"] == above


def test_properties_without_a_table_are_told_by_their_shape_and_prose_is_not() -> None:
    files = {
        f"A {SALT}.md": "# A\n\nStatus: done\nTags: x, y\n\ntext",
        f"B {ROADS}.md": "# B\n\nNote: this is prose\n\ntext",
        f"C {MULES}.md": "# C\n\nStatus: done\nTags: x, y",
    }
    about = {document.title: document.about for document in imported(files).documents}
    assert about == {"A": ("Status: done", "Tags: x, y"), "B": (), "C": ()}
    assert note_of(imported(files)).endswith("# C\n\n- Status: done\n- Tags: x, y\n")


def test_a_page_is_named_by_its_file_where_it_has_no_heading() -> None:
    assert imported({f"Salt {SALT}.md": "just words"}).documents[0].title == "Salt"


@pytest.mark.parametrize("encode", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
def test_pages_are_read_with_any_line_ends_and_byte_order_mark(encode: str, ends: str) -> None:
    data = "# Säle\n\n- eins\n\n## Zwei\n\n- drei\n".replace("\n", ends).encode(encode)
    assert note_of(imported({f"A {SALT}.md": data})).endswith("# Säle\n\n- eins\n\n## Zwei\n\n- drei\n")


def test_a_page_that_is_no_text_and_a_broken_table_are_told_by_name() -> None:
    contents = imported(
        {
            f"A {SALT}.md": bytes(range(128, 256)) * 50,
            f"B {ROADS}.md": "# B\n\nb",
            f"__MACOSX/._B {ROADS}.md": b"\0\5\x16\7",
        }
    )
    assert [(fault.line, fault.problem) for fault in contents.faults] == [(0, f"A {SALT}.md: this is not UTF-8 text")]
    assert [document.title for document in contents.documents] == ["B"]
    assert contents.notices == ()


def test_a_setext_heading_makes_no_episode() -> None:
    assert note_of(imported({f"A {SALT}.md": "# A\n\nTop\n===\n\nUnder\n---\n\n###### Low\n"})).endswith(
        "# A\n\n## Top\n\n### Under\n\n###### Low\n"
    )


@pytest.mark.parametrize(
    "open_",
    ["```\ncode", "~~~~ sh\ncode", "<!-- remark", "%%\nremark", "<pre>\nx", "<script>\nx", "<?x", "<![CDATA[ x", "<!X"],
)
def test_unclosed_markup_of_a_page_hides_no_other_page(open_: str) -> None:
    text = note_of(imported({f"A {SALT}.md": f"# A\n\n{open_}", f"B {ROADS}.md": "# B\n\nc"}))
    assert [episode.title for episode in read_note("a.md", text).episodes] == ["A", "B"]
