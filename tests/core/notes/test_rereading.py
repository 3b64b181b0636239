"""Reading a note again after an edit."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.core.notes.format import recognised
from tui.core.notes.model import Note
from tui.core.notes.reading import Options, growing, read_note, reread
from tui.core.notes.rereading import find_edits, reread_edit
from tui.core.pieces import InMemory, Pieces, in_pieces

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tui.core.notes.line_breaks import LineBreaks

MARKDOWN = "---\nauthor: Mary\n---\n# Log\n\n" + "".join(
    f"## Talk {number}\n\n- a {number}\n  - b [x]\n\n### Part\n\ntext\n\n" for number in range(8)
)
PASTED = "Mary Lee\n\nTalk Notes\n\n" + "".join(
    f"Ada on Cogs ({number}/1)\n\n  • a {number}\n\nPart\n\n  • b\n\n" for number in range(1, 9)
)
NOTES = [("a.md", MARKDOWN), ("a.txt", PASTED)]


def parsed(path: str, text: str) -> Note:
    note = read_note(path, text)
    for episode in note.episodes:
        assert episode.blocks is not None
    return note


def pieces(text: bytes, size: int) -> Iterator[bytes]:
    """The text in pieces of about this size that end with a line."""
    start = 0
    while len(text) > 2 * size and (end := text.find(b"\n", start + size) + 1):
        yield text[start:end]
        start = end
    yield text[start:]


def cut(note: Note, text: str) -> Pieces:
    """The text, cut into a note's pieces and the rest between them."""
    return in_pieces(InMemory(text.encode()), note.pieces)


def same(one: Note, other: Note) -> bool:
    """True if two notes are equal down to the last block."""
    ways = [(a.body.parse, b.body.parse) for a, b in zip(one.episodes, other.episodes, strict=True)]
    return (
        one == other
        and all(a == b for a, b in ways)
        and [it.blocks for it in one.episodes] == [it.blocks for it in other.episodes]
    )


@pytest.mark.parametrize(("path", "text"), NOTES)
def test_only_the_edited_episode_is_parsed_again(path: str, text: str) -> None:
    note = parsed(path, text)
    again = reread(note, text.replace("a 4", "a 4, reworded"))
    assert [episode.body.is_parsed for episode in again.episodes].count(False) == 1
    assert same(again, read_note(path, text.replace("a 4", "a 4, reworded")))


@pytest.mark.parametrize(("path", "text"), NOTES)
def test_episodes_below_an_inserted_line_keep_their_blocks_and_move(path: str, text: str) -> None:
    note = parsed(path, text)
    longer = text.replace("a 4\n", "a 4\n\n\n")
    again = reread(note, longer)
    assert again.episodes[-1].body is note.episodes[-1].body
    assert again.episodes[-1].line == note.episodes[-1].line + 2
    assert same(again, read_note(path, longer))


@pytest.mark.parametrize(("path", "text"), NOTES)
def test_same_text_gives_the_same_bodies(path: str, text: str) -> None:
    note = parsed(path, text)
    again = reread(note, text)
    assert all(a.body is b.body for a, b in zip(again.episodes, note.episodes, strict=True))


@pytest.mark.parametrize(("path", "text"), NOTES)
def test_moved_episode_keeps_its_blocks(path: str, text: str) -> None:
    note = parsed(path, text)
    sources = [episode.body.source for episode in note.episodes]
    moved = note.head + "".join([*sources[3:6], *sources[:3], *sources[6:]])
    again = reread(note, moved)
    assert all(episode.body.is_parsed for episode in again.episodes)
    assert same(again, read_note(path, moved))


@pytest.mark.parametrize(("path", "text"), NOTES)
def test_edit_in_the_middle_needs_no_look_at_the_rest(path: str, text: str) -> None:
    edited = text.replace("a 4", "a 4, reworded")
    note = parsed(path, text)
    again = reread_edit(note, cut(note, edited), Options(), recognised(path, edited))
    assert again == read_note(path, edited)


@pytest.mark.parametrize(("path", "text"), NOTES)
def test_edits_far_apart_leave_alone_what_stands_between_them(path: str, text: str) -> None:
    note = parsed(path, text)
    edited = text.replace("a 2\n", "a 2, longer\n\n").replace("a 7", "a 7, reworded")
    again = reread_edit(note, cut(note, edited), Options(), recognised(path, edited))
    assert again is not None
    assert same(again, read_note(path, edited))
    assert [edit.end - edit.first for edit in find_edits(note, cut(note, edited))] == [2, 2]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("- a 4", "# Another\n\n- a 4"),
        ("- a 4", "```\n- a 4"),
        ("- a 4", "%% hidden\n- a 4"),
        ("- a 4", "<!-- hidden\n- a 4"),
        ("- a 4", "[x]: https://example.org\n\n- a 4"),
        ("# Log\n", "log\n"),
        ("author: Mary", "author: Ann"),
        ("## Talk 4", "## Episode metadata"),
        ("## Talk 4\n", "Talk 4\n"),
        ("text\n\n## Talk 5", "text\n## Talk 5"),
        ("## Talk", "### Talk"),
        ("# Log", "• log"),
        (MARKDOWN, ""),
        (MARKDOWN, PASTED),
    ],
)
def test_edit_that_changes_how_the_rest_is_read_is_seen(old: str, new: str) -> None:
    edited = MARKDOWN.replace(old, new)
    assert edited != MARKDOWN
    assert same(reread(parsed("a.md", MARKDOWN), edited), read_note("a.md", edited))


def test_options_hold_when_a_note_is_read_again() -> None:
    options = Options(episodes=3)
    edited = MARKDOWN.replace("a 4", "a 5")
    assert same(reread(read_note("a.md", MARKDOWN, options), edited, options), read_note("a.md", edited, options))


@pytest.mark.parametrize("options", [Options(), Options(in_folder=True), Options(episodes="file"), Options(episodes=1)])
def test_little_of_a_long_episode_is_parsed_again_whatever_the_options(options: Options) -> None:
    text = "# Foreword\n\n- one\n\n# Long\n\n" + "- a bullet of this long episode\n" * 10_000
    edited = text.replace("of this", "of that", 5_000).replace("of that", "of this", 4_999)
    note = read_note("a.md", text, options)
    long = note.episodes[-1].blocks
    again = reread(note, edited, options)
    assert again.episodes[-1].body.is_parsed
    assert sum(one is other for one, other in zip(again.episodes[-1].blocks, long, strict=True)) > 9_000
    assert same(again, read_note("a.md", edited, options))


def test_note_that_could_not_be_read_is_read_again() -> None:
    assert reread(Note("a.md", None, None, ()), MARKDOWN) == read_note("a.md", MARKDOWN)


def test_warnings_are_not_kept() -> None:
    note = replace(read_note("a.md", MARKDOWN), warnings=("not UTF-8",), notice="read as Windows-1252")
    assert reread(note, MARKDOWN).warnings == ()
    again = reread(note, MARKDOWN.replace("a 4", "a 5"))
    assert (again.warnings, again.notice) == ((), "")


def test_edits_among_equal_episodes_show_none_that_is_not_there() -> None:
    one, other, new = "## One\n\n- a\n\n", "## Two\n\n- b\n\n", "## One\n\n- c\n\n"
    before, after = "# Log\n\n" + one * 2 + other + one * 4, "# Log\n\n" + new + one + other + one * 2
    assert same(reread(parsed("a.md", before), after), read_note("a.md", after))


MARKDOWN_LINES = st.sampled_from(
    [
        *("# A", "## B", "## C", "## Ada on Cogs (9/1)", "### D", "   # e", "#", "- ## F"),
        *("- a?", "  - b", "words", "", "    code", "\ta", "> q", "1. n", "* * *", "---", "==="),
        *("```", "~~~", "`a", "%%", "<!--", "-->", "<div>", "<pre>", "</pre>"),
        *(
            "[x]: https://a.b",
            "[Y]: /u",
            "- [x]: /v",
            "see [x]",
            "[y] and [y]: z",
            "`[x]`",
            "[[Y]]",
            "[^1]: note",
            "title:: x",
            ":LOGBOOK:",
            ":END:",
            "## Episode metadata",
            "- Show: X",
        ),
    ]
)
PASTED_LINES = st.sampled_from(
    [
        *("Ada on Cogs", "  Ada on Cogs", "Ada and Bo on Cogs (9/1)", "Mary on Wheels", "• Ada on Cogs"),
        *("Heading", "What is it?", "• a", "  ◦ b", "", "words that end.", "by Mary Lee", "Mary Lee", "My Notes"),
        *("long line " * 12, "---", "12:30 x", "•", "\u200b"),
    ]
)


@st.composite
def edited_texts(draw: st.DrawFn) -> tuple[str, list[str]]:
    """A path, and texts, each made from the one before by replacing some lines or characters."""
    path, lines = draw(st.sampled_from([("a.md", MARKDOWN_LINES), ("a.txt", PASTED_LINES)]))
    text = "\n".join(draw(st.lists(lines, max_size=40)))
    texts = [text]
    for _ in range(draw(st.integers(1, 3))):
        if draw(st.booleans()):
            rows = text.split("\n")
            start = draw(st.integers(0, len(rows)))
            rows[start : start + draw(st.integers(0, 4))] = draw(st.lists(lines, max_size=3))
            text = "\n".join(rows)
        else:
            start = draw(st.integers(0, len(text)))
            text = text[:start] + draw(st.text("#\n `-x%[]:", max_size=3)) + text[start + draw(st.integers(0, 3)) :]
        texts.append(text)
    return path, texts


@given(edited_texts())
def test_reading_again_gives_what_reading_gives(edits: tuple[str, list[str]]) -> None:
    path, (text, *later) = edits
    note = parsed(path, text)
    for edited in later:
        note = reread(note, edited)
        assert same(note, read_note(path, edited))


@pytest.mark.parametrize(("path", "text"), NOTES)
@given(st.data())
def test_reading_again_after_many_edits_gives_what_reading_gives(path: str, text: str, data: st.DataObject) -> None:
    lines = MARKDOWN_LINES if path == "a.md" else PASTED_LINES
    sources = [*map(str.splitlines, text.splitlines(keepends=True))]
    for _ in range(data.draw(st.integers(2, 5))):
        row = data.draw(st.integers(0, len(sources) - 1))
        sources[row] = data.draw(st.lists(lines, max_size=3))
    edited = "".join(f"{line}\n" for source in sources for line in source)
    assert same(reread(parsed(path, text), edited), read_note(path, edited))


@given(edited_texts(), st.integers(1, 60))
def test_reading_piece_by_piece_gives_what_reading_gives(edits: tuple[str, list[str]], piece: int) -> None:
    path, texts = edits
    for text in texts:
        *_, note = growing(path, pieces(text.encode(), piece))
        assert same(note, read_note(path, text))


@pytest.mark.parametrize(("path", "text"), NOTES)
@pytest.mark.parametrize("piece", [1, 50, 200, 10_000])
def test_note_is_read_from_its_bytes(path: str, text: str, piece: int) -> None:
    *_, note = growing(path, pieces(text.encode(), piece))
    assert same(note, read_note(path, text))
    assert read_note(path, text.encode()) == note


@pytest.mark.parametrize(("path", "text"), NOTES)
@pytest.mark.parametrize("line_breaks", ["keep", "join"])
def test_line_breaks_to_keep_are_kept_piece_by_piece(path: str, text: str, line_breaks: LineBreaks) -> None:
    options = Options(line_breaks=line_breaks)
    text = text.replace("a 1\n", "a 1\nbelow\nit\n")
    *pieced, note = growing(path, pieces(text.encode(), 150), options)
    assert len(pieced) > 1
    assert same(note, read_note(path, text, options))
    edited = text.replace("below", "beneath")
    assert same(reread(note, edited, options), read_note(path, edited, options))


@pytest.mark.parametrize(("path", "text"), NOTES)
def test_growing_note_begins_with_its_first_episodes(path: str, text: str) -> None:
    notes = list(growing(path, pieces(text.encode(), 150)))
    whole = notes[-1].episodes
    for note, next_note in pairwise(notes):
        assert 3 <= len(note.episodes) <= len(next_note.episodes)
        assert note.episodes[:-1] == whole[: len(note.episodes) - 1]


def test_definition_that_comes_late_holds_for_the_episodes_above() -> None:
    text = MARKDOWN + "## Last\n\n[x]: https://example.org\n"
    *_, note = growing("a.md", pieces(text.encode(), 200))
    assert same(note, read_note("a.md", text))
    assert note.episodes[0].blocks[1].inlines


@pytest.mark.parametrize("piece", [200, 300, 100_000])
def test_reference_that_comes_late_makes_a_definition_above_one(piece: int) -> None:
    text = MARKDOWN.replace("a 1\n", "a 1\n\n[Bob]: /u\n\n") + "## Last\n\nsee [Bob]\n"
    *_, note = growing("a.md", pieces(text.encode(), piece))
    assert same(note, read_note("a.md", text))
    assert not any("[Bob]" in block.text for block in note.episodes[1].blocks)


@pytest.mark.parametrize("reference", ["[Bob]", "[he][bob]", "- ![Bob]"])
def test_an_edit_that_adds_or_takes_the_only_reference_is_seen(reference: str) -> None:
    without = MARKDOWN.replace("a 1\n", "a 1\n\n[Bob]: https://example.org\n")
    with_one = without.replace("### Part", reference, 1)
    assert same(reread(parsed("a.md", without), with_one), read_note("a.md", with_one))
    assert same(reread(parsed("a.md", with_one), without), read_note("a.md", without))


def test_an_edit_that_makes_a_heading_a_logs_first_entry_is_seen() -> None:
    text = "# Log\n\n## Notes\n\n" + "".join(f"### Part {number}\n\n- a\n\n" for number in range(9))
    edited = text.replace("Notes", "Ada on Cogs (2020)")
    assert same(reread(parsed("a.md", text), edited), read_note("a.md", edited))
    assert same(reread(parsed("a.md", edited), text), read_note("a.md", text))


@pytest.mark.parametrize("text", ["# A\r\n\r\n- b\r\n", "# A\r\r- b\r", "# A\r\r\n- b\n", "\ufeff# A\n\n- b\r\n"])
def test_lines_of_any_end_are_read_from_their_bytes(text: str) -> None:
    read = read_note("a.md", text.removeprefix("\ufeff"))
    assert read_note("a.md", text.encode()) == read
    assert [*growing("a.md", pieces(text.encode(), 1))][-1] == read
    assert reread(read, text.encode()) == read


def test_bytes_that_are_not_utf8_are_left_alone_wherever_they_stand() -> None:
    data = MARKDOWN.encode() + b"\xff\n"
    with pytest.raises(UnicodeDecodeError):
        read_note("a.md", data)
    with pytest.raises(UnicodeDecodeError):
        list(growing("a.md", pieces(data, 200)))


def test_edit_that_is_not_utf8_is_left_alone() -> None:
    edited = MARKDOWN.encode().replace(b"a 4", b"\xff")
    with pytest.raises(UnicodeDecodeError):
        reread(read_note("a.md", MARKDOWN), edited)


TAGGED = MARKDOWN.replace("author: Mary\n", "author: Mary\ntags: [cogs, steam]\n")
TOLD_BY = [
    ("a 4", "a 4, reworded"),
    ("a 0", "a 0, reworded"),
    ("steam", "wheels"),
    ("tags: [cogs, steam]\n", ""),
    ("---\n# Log", "# Log"),
    ("---\nauthor", "author"),
    ("[cogs, steam]\n", "[cogs, steam]\nand so on\n"),
    ("# Log\n", "# Log\n\nMore.\n"),
    ("# Log\n\n", ""),
    ("## Talk 0\n", ""),
    ("## Talk 3\n", "## Talk 3\n---\n"),
    ("## Talk 3\n", "## Talk 3\n\n## Metadata\n\n- Author: Ada\n- Category: #books\n"),
    ("## Talk 3\n", "## Talk 3\nshow:: Cogs\nhall:: large\n"),
]


@pytest.mark.parametrize(("old", "new"), TOLD_BY)
def test_metadata_that_is_shown_is_read_again_as_it_is_read(old: str, new: str) -> None:
    assert parsed("a.md", TAGGED).episodes[0].blocks[0].text == "tags: cogs, steam"
    edited = TAGGED.replace(old, new, 1)
    assert edited != TAGGED
    for before, after in ((TAGGED, edited), (edited, TAGGED)):
        assert same(reread(parsed("a.md", before), after), read_note("a.md", after))


def test_an_edit_below_metadata_that_is_shown_needs_no_look_at_the_rest() -> None:
    edited = TAGGED.replace("a 4", "a 4, reworded")
    note = parsed("a.md", TAGGED)
    again = reread_edit(note, cut(note, edited), Options(), recognised("a.md", edited))
    assert again is not None
    assert same(again, read_note("a.md", edited))
