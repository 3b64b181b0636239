"""Reading some episodes of a note before the rest of it."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.core.layout.flow import shown_around
from tui.core.notes.excerpt import ABOVE, BELOW, Excerpt, excerpt_around, read_excerpt
from tui.core.notes.model import Body, Library, Note, Position
from tui.core.notes.reading import Options, read_note
from tui.core.search.bookmark import followed
from tui.core.state.model import State

LINES = st.sampled_from(
    [
        "- a bullet with [a word][x]",
        "- [x] and [^n] and [X]",
        "[x]: https://example.org",
        "[^n]: a footnote",
        "```",
        "~~~",
        "%% hidden %%",
        "%%",
        "<!--",
        "-->",
        "### Part",
        "# Shallow",
        "Underlined",
        "---",
        "• pasted",
        "",
        "",
    ]
)
FILLER = "- words that fill an episode so that not all of them are read together\n" * 400
MARKDOWN = "# Log\n\n" + "".join(f"## Talk {number}\n\n- a {number} [b][x]\n\n{FILLER}\n" for number in range(20))
DEFINED = MARKDOWN + "\n[x]: https://example.org\n[y]: https://example.com\n"
PASTED = "Talk Notes\n\n" + "".join(
    f"Ada on Cogs ({number}/1)\n\n  • a {number}\n\n{FILLER}\n" for number in range(1, 20)
)
LARGE = [("a.md", MARKDOWN), ("a.md", DEFINED), ("a.txt", PASTED)]


def around(note: Note, episode: int) -> tuple[Excerpt, Note] | None:
    """The excerpt around an episode, and its contents."""
    excerpt = excerpt_around(note, episode)
    if excerpt is None:
        return None
    utf8 = note.source.encode()[excerpt.start : excerpt.end]
    part = read_excerpt(note.path, utf8, excerpt)
    assert part is not None
    return excerpt, part


@pytest.mark.parametrize(("path", "text"), LARGE)
def test_an_excerpt_keeps_the_line_breaks_that_the_note_keeps(path: str, text: str) -> None:
    note = read_note(path, text.replace("a 7", "a\nb\nc 7"), Options(line_breaks="keep"))
    excerpt = excerpt_around(note, 7, "keep")
    assert excerpt is not None
    part = read_excerpt(path, note.source.encode()[excerpt.start : excerpt.end], excerpt, "keep")
    assert part is not None
    assert part.episodes[0].blocks == next(e for e in note.episodes if e.line == part.episodes[0].line).blocks
    assert excerpt_around(note, 7, "join") is None


@given(st.lists(st.lists(LINES, max_size=6), min_size=1, max_size=8), st.data())
def test_stretch_reads_as_the_whole_does_there(talks: list[list[str]], data: st.DataObject) -> None:
    text = "".join(f"## Talk {number}\n\n" + "\n".join(lines) + "\n" for number, lines in enumerate(talks))
    note = read_note(data.draw(st.sampled_from(["a.md", "a.txt"])), text)
    episode = data.draw(st.integers(0, len(note.episodes) - 1))
    if found := around(note, episode):
        part = found[1]
        above = [each.line for each in note.episodes].index(part.episodes[0].line)
        there = note.episodes[above : above + len(part.episodes)]
        assert part.episodes == there
        assert [each.blocks for each in part.episodes] == [each.blocks for each in there]
        assert (part.title, part.author) == (note.title, note.author)


@pytest.mark.parametrize(("path", "text"), LARGE)
def test_a_few_episodes_around_the_one_in_hand_are_read(path: str, text: str) -> None:
    note = read_note(path, text)
    found = around(note, 12)
    assert found is not None
    excerpt, part = found
    assert part.episodes[0] == note.episodes[11]
    assert ABOVE + BELOW < excerpt.end - excerpt.start < ABOVE + BELOW + 2 * len(FILLER)
    assert part.episodes[1].blocks == note.episodes[12].blocks
    assert part.episodes[1].line == note.episodes[12].line


def test_only_the_definitions_that_are_referred_to_are_needed() -> None:
    excerpt = excerpt_around(read_note("a.md", DEFINED), 12)
    assert excerpt is not None
    assert excerpt.definitions.links == {"X": "https://example.org"}


def test_definition_is_text_in_a_part_where_it_is_in_the_whole() -> None:
    text = DEFINED.replace("- a 12", "[near]: /u\n\n[Ann]: /v\n\n- a 12") + "\n[near]\n"
    note = read_note("a.md", text)
    found = around(note, 12)
    assert found is not None
    texts = [block.text for episode in found[1].episodes for block in episode.blocks]
    assert "[Ann]: /v" in texts
    assert "[near]: /u" not in texts
    assert all(block in note.episodes[12].blocks for block in found[1].episodes[1].blocks)


def test_note_of_one_episode_has_no_stretch() -> None:
    assert excerpt_around(read_note("a.md", "only text\n\n- and a bullet\n"), 0) is None


@pytest.mark.parametrize(("path", "text"), LARGE)
@pytest.mark.parametrize("cut", [b"", b"\xff", b"- a bullet\n"])
def test_bytes_that_are_no_stretch_are_not_read(path: str, text: str, cut: bytes) -> None:
    excerpt = excerpt_around(read_note(path, text), 12)
    assert excerpt is not None
    assert read_excerpt(path, cut, excerpt) is None


@pytest.mark.parametrize(("path", "text"), LARGE)
def test_place_is_followed_from_a_part_to_the_whole(path: str, text: str) -> None:
    note = read_note(path, text)
    found = around(note, 12)
    assert found is not None
    assert followed(state(found[1]), state(note), Position(1, 3)) == Position(12, 3)


def state(note: Note) -> State:
    """Everything visible of a library with one note."""
    return State(Library(note.path, (note,)))


SHAPES = {
    "headings": [f"### Part {number}\n\n- a bullet\n  - below it {number}\n\n> quoted\n" for number in range(4000)],
    "bullets": [f"- a bullet\n  - below it {number}\n" for number in range(5000)],
    "paragraphs": [f"A paragraph {number}\nof two lines.\n\n" for number in range(5000)],
    "pasted": [f"  • a bullet {number}\n    ◦ below it\n\n" for number in range(5000)],
}
TITLES = {
    "a.md": "# Log\n\n- a\n\n# Long\n\n",
    "a.txt": "Talk Notes\n\nBo on Cogs (1/1)\n\n • a\n\nAda on Cogs (1/2)\n\n",
}


@pytest.mark.parametrize("name", SHAPES)
@pytest.mark.parametrize("block", [0, 3000, 1_000_000])
def test_blocks_around_the_reader_in_a_long_episode_are_read_as_in_the_whole(name: str, block: int) -> None:
    path = "a.txt" if name == "pasted" else "a.md"
    whole = read_note(path, TITLES[path] + "".join(SHAPES[name]))
    blocks = whole.episodes[-1].body.whole()
    shown = shown_around(min(block, len(blocks) - 1), len(blocks))
    excerpt = excerpt_around(whole, len(whole.episodes) - 1, shown=shown)
    assert excerpt is not None
    utf8 = whole.source.encode()[excerpt.start : excerpt.end]
    again = read_excerpt(path, utf8, excerpt)
    assert again is not None
    body = again.episodes[-1].body
    assert body.utf8 == whole.episodes[-1].body.utf8
    assert not body.is_parsed
    assert set(shown) <= set(body.known) < set(range(len(blocks)))
    assert [body.blocks[number] for number in body.known] == [blocks[number] for number in body.known]
    assert tuple(body.blocks[shown.start : shown.stop]) == blocks[shown.start : shown.stop]
    assert len(body.blocks) == len(blocks)
    assert not body.is_parsed
    assert tuple(body.blocks) == blocks


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("reaching", ["```\n", "%%\n", "<!--\n", "1. one\n"])
def test_blocks_that_parse_otherwise_by_themselves_are_not_read_before_the_rest(reaching: str, seed: int) -> None:
    chance = random.Random(seed)
    lines = [f"- a bullet {number}\n" for number in range(9000)]
    for _ in range(chance.randint(1, 4)):
        lines.insert(chance.randint(0, len(lines)), reaching)
    whole = read_note("a.md", "# Log\n\n- a\n\n# Long\n\n" + "".join(lines))
    blocks = whole.episodes[-1].body.whole()
    shown = shown_around(chance.randrange(len(blocks)), len(blocks))
    excerpt = excerpt_around(whole, len(whole.episodes) - 1, shown=shown)
    assert excerpt is not None
    again = read_excerpt("a.md", whole.source.encode()[excerpt.start : excerpt.end], excerpt)
    assert again is not None
    found = again.episodes[-1].body
    assert [found.blocks[number] for number in shown] == [blocks[number] for number in shown]


@given(st.slices(300), st.integers(-300, 299))
def test_blocks_of_a_partly_parsed_episode_are_those_of_the_whole(part: slice, number: int) -> None:
    note = read_note("a.md", "# Long\n\n" + "".join(f"- a bullet {number}\n" for number in range(300)))
    blocks = note.episodes[0].body.whole()
    body = Body(note.episodes[0].body.source, note.episodes[0].body.parse)
    body.take_part(100, blocks[100:150], len(blocks))
    assert (body.blocks[number], tuple(body.blocks[part])) == (blocks[number], blocks[part])
    assert body.read() == blocks


def test_a_partly_parsed_episode_is_parsed_for_a_block_that_is_not_known() -> None:
    note = read_note("a.md", "# Long\n\n" + "".join(f"- a bullet {number}\n" for number in range(300)))
    blocks = note.episodes[0].body.whole()
    body = Body(note.episodes[0].body.source, note.episodes[0].body.parse)
    body.take_part(100, blocks[100:150], len(blocks))
    assert (len(body.blocks), body.blocks[149], body.blocks[-151]) == (300, blocks[149], blocks[149])
    assert not body.is_parsed
    assert body.blocks[150] == blocks[150]
    assert body.is_parsed
